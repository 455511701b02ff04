"""The search page: its filters, its hits, and what it says when it cannot search."""

import re
from dataclasses import replace

from fastapi.testclient import TestClient

from ingest.document import Document
from service.library import Library
from service.pages import STATIC
from tests.service.conftest import make_client
from tests.service.fakes import FILE, HOSTILE, OTHER, FakeSearcher, fake_library, make_documents

PLAN, KUST = make_documents()
IDS = [passage.id for document in (PLAN, KUST) for passage in document.passages]


def hits_of(text: str) -> list[str]:
    """The passages that the hits open."""
    return re.findall(r'<h3[^>]*><a href="[^"]*lees=(\w+)', text)


def plain(text: str) -> str:
    """A page with its spaces in one form."""
    return " ".join(text.split())


def test_filters_show_how_many_of_the_best_they_leave(client: TestClient) -> None:
    """Each facet counts over the passages found without it, so that the other choices keep their figures."""
    text = client.get("/", params={"q": "huisarts", "region": "Kennemerland"}).text
    counts = dict(re.findall(r'name="region" value="([^"]+)"(?: checked)?> <span>[^<]+<span class="count">'
                             r'<span class="hidden">: </span>(\d+)', text))  # fmt: skip
    assert counts == {"Kennemerland": "1", "Utrecht Stad": "1", "Flevoland": "1"}
    assert hits_of(text) == [IDS[2]]


def test_filters_add_up_within_a_facet_and_narrow_across(client: TestClient) -> None:
    """Two regions give the passages of both; a document beside them gives only its own."""
    both = {"q": "huisarts", "region": ["Kennemerland", "Flevoland"]}
    assert hits_of(client.get("/", params=both).text) == [IDS[1], IDS[2]]
    assert hits_of(client.get("/", params=both | {"document": FILE}).text) == [IDS[1]]
    assert hits_of(client.get("/", params={"q": "huisarts", "kind": "regioplan"}).text) == [IDS[1]]
    assert hits_of(client.get("/", params={"q": "huisarts", "kind": "regioplan", "document": OTHER}).text) == []


def test_each_filter_can_be_taken_away(client: TestClient) -> None:
    """A chip names its filter and leads to the search without it; the others stay."""
    text = client.get("/", params={"q": "huisarts", "region": ["Kennemerland", "Flevoland"], "kind": "regioplan"}).text
    chips = re.findall(r'class="chip" href="([^"]+)"', text)
    assert len(chips) == 3
    assert "/?q=huisarts&amp;region=Flevoland&amp;kind=regioplan" in chips
    assert "/?q=huisarts&amp;region=Kennemerland&amp;region=Flevoland" in chips
    assert 'href="/?q=huisarts">Alle filters wissen' in text


def test_a_filter_is_found_by_another_spelling(client: TestClient) -> None:
    """What a reader types in the address gets its own name."""
    text = client.get("/", params={"q": "huisarts", "region": "kennemerland", "theme": "digitale ZORG"}).text
    assert 'value="Kennemerland" checked' in text
    assert 'value="Digitale zorg" checked' in text


def test_a_wrong_filter_is_told_with_the_choices(client: TestClient) -> None:
    """Nothing is searched; the nearest names are links, the filter lies open, and no address of the API is named."""
    answer = client.get("/", params={"q": "huisarts", "document": "brochure-kus.pdf", "region": "Flevoland"})
    text = plain(answer.text)
    assert answer.status_code == 422
    assert "Wij kennen geen document ‘brochure-kus.pdf’. Er is niet gezocht." in text
    assert f'href="/?q=huisarts&amp;region=Flevoland&amp;document={OTHER}">{OTHER}</a>' in text
    assert '<details class="facet wrong" open name="filter"> <summary>Document' in text
    assert 'class="hit"' not in text
    assert "/v1/" not in text.partition("<main")[2].partition("</main>")[0].replace("/v1/suggestions", "")


def test_near_copies_are_folded(client: TestClient) -> None:
    """A passage that says nearly the same as a higher hit stands under it, with its page and region."""
    text = client.get("/", params={"q": "cursus digitale"}).text
    assert hits_of(text) == [IDS[0]]
    folded = plain(text.partition("Bijna dezelfde tekst op 1 andere plaats")[2].partition("</details>")[0])
    assert f"lees={IDS[2]}" in folded
    assert "(Kennemerland)" in folded


def test_why_is_folded_away(client: TestClient) -> None:
    """Each hit tells on demand which words were found and how near its meaning is."""
    text = plain(client.get("/", params={"q": "valpreventie"}).text)
    assert "<summary>Waarom deze treffer?" in text
    assert "Woorden uit uw vraag: <b>valpreventie</b>." in text
    assert re.search(r"Lijkt in betekenis voor \d+% op uw vraag\.", text)


def test_more_hits_are_a_link_away(client: TestClient) -> None:
    """A full list offers a longer one, that starts where this one ended."""
    text = client.get("/", params={"q": "huisarts", "limit": 1}).text
    assert 'href="/?q=huisarts&amp;limit=11#treffer-2" data-more>Toon meer treffers' in text
    assert "Toon meer" not in client.get("/", params={"q": "huisarts"}).text


def test_no_answer_says_what_was_searched(client: TestClient) -> None:
    """Beside the words that there is none stands how much was searched, and the way to a search without filters."""
    text = client.get("/", params={"q": "maanlanding", "region": "Kennemerland"}).text
    notice = plain(text.partition("lijkt geen antwoord te staan")[2].partition("</div>")[0])
    assert "2 documenten" in notice
    assert 'href="/?q=maanlanding">zonder filters zoeken' in notice


def test_too_long_a_question_is_refused_beside_its_box(client: TestClient) -> None:
    """The complaint stands on the page and is tied to the field."""
    answer = client.get("/", params={"q": "x" * 1001})
    assert answer.status_code == 422
    assert 'aria-describedby="klacht" aria-invalid="true"' in answer.text
    assert "telt 1001 tekens" in answer.text


def test_the_page_is_light(client: TestClient) -> None:
    """With its style and modules a page of hits with a full memo stays below 100 kB."""
    many = [replace(PLAN.passages[0], id=f"{at:016x}", text=f"{'Ouderen volgen een cursus valpreventie. ' * 20}{at}")
            for at in range(30)]  # fmt: skip
    big = replace(PLAN, passages=tuple(many))
    page = make_client(lambda: fake_library([big])).get(
        "/", params={"q": "valpreventie", "p": [passage.id for passage in many[:10]]}
    )
    assert page.text.count('<article class="hit') == 10
    modules = sum(len(path.read_bytes()) for path in STATIC.glob("*.js"))
    assert len(page.content) + len((STATIC / "page.css").read_bytes()) + modules < 100_000


def test_hostile_words_stay_words() -> None:
    """A script in a title, heading, region, file name, filter or question is shown, never run."""
    plan: Document = replace(
        PLAN, title=HOSTILE, kind=HOSTILE, file=f"{HOSTILE}.pdf",
        passages=(replace(PLAN.passages[0], document=f"{HOSTILE}.pdf", section=(HOSTILE,), theme=HOSTILE,
                          regions=(HOSTILE,), lead=HOSTILE),),
    )  # fmt: skip
    client = make_client(lambda: fake_library([plan, KUST]))
    for params in (
        {"q": f"valpreventie {HOSTILE}", "lees": PLAN.passages[0].id},
        {"q": "valpreventie", "region": HOSTILE, "document": HOSTILE, "kind": HOSTILE},
        {"q": "valpreventie", "p": HOSTILE, "v": HOSTILE},
    ):
        text = client.get("/", params=params).text
        assert not re.search(r"<script(?! type=\"module\" src=\"/static/)", text)
        assert "alert(&#39;" in text or "alert%28" in text


def test_a_search_is_done_once_without_filters() -> None:
    """Facets count over what was found already; only a facet that limits the search is searched again without it."""

    class Counting(FakeSearcher):
        asked = 0

        def search(self, *args: object, **named: object):  # type: ignore[no-untyped-def]  # noqa: ANN202
            Counting.asked += 1
            return super().search(*args, **named)

    searcher = Counting()
    base = fake_library()
    library = Library(searcher, base.coverage, base.failures, base.regions, base.themes)
    client = make_client(lambda: library)
    client.get("/", params={"q": "huisarts"})
    assert Counting.asked == 1
    client.get("/", params={"q": "huisarts", "region": "Kennemerland", "theme": "Digitale zorg"})
    assert Counting.asked == 4
