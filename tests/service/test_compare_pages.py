"""The page that compares regions."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from service.compare_files import COLUMNS
from service.compare_pages import CompareAsk, address, excerpt
from service.schemas import Hit
from tests.service.comparisons import PLANS, comparing_library
from tests.service.conftest import make_client
from tests.service.test_pages import Outline

PAGES = [
    "/vergelijken",
    "/vergelijken?q=beweegtuinen",
    "/vergelijken?q=beweegtuinen&show=gevonden&kind=zorgkantoorregio",
    "/vergelijken?q=maanraketten&strictness=ruim",
    "/vergelijken?q=zorgacademie&level=subregio&parent=Atlantis",
    f"/vergelijken?passage_id={PLANS[0].id}",
    "/vergelijken?passage_id=weg",
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a service over the made-up plans."""
    library = comparing_library(tmp_path_factory.mktemp("data"))
    with make_client(lambda: library) as made:
        yield made


@pytest.mark.parametrize("path", PAGES)
def test_page_is_well_formed_and_needs_no_script(client: TestClient, path: str) -> None:
    """Every tag closes, ids are unique, one h1, every field labelled, and no script or inline style."""
    outline = Outline(client.get(path).text)
    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.headings.count(1) == 1
    fields = [named for tag, named in outline.tags if tag in {"input", "select"} and named.get("type") != "hidden"]
    assert [named["id"] for named in fields] == outline.labelled
    assert not [tag for tag, named in outline.tags if tag in {"script", "style"} or "style" in named]
    assert all(place.startswith(("/", "#")) and not place.startswith("//") for place in outline.addresses)


def test_every_region_has_its_row(client: TestClient) -> None:
    """Found regions come first, with their passage and its page; the others say that nothing was found."""
    text = " ".join(client.get("/vergelijken?q=beweegtuinen").text.split())
    assert "Gevonden in 4 van de 6 regio’s" in text
    body = text[text.index("<tbody") :]
    assert body.index("ROAZ Oost") < body.index("Friesland")
    assert f'href="/documenten/plan.pdf/pagina/1?fragment={PLANS[0].id}"' in body
    assert "<mark>beweegtuinen</mark>" in body
    assert "niets gevonden" in body
    assert "het plan zegt: niets" in body
    assert "dezelfde tekst als bij Twente" in body


def test_text_of_documents_is_escaped(client: TestClient) -> None:
    """Markup in a passage is shown as text."""
    text = client.get("/vergelijken?q=beweegtuinen").text
    assert "<b>voor</b>" not in text
    assert "&lt;b&gt;voor&lt;/b&gt;" in text


def test_the_table_can_be_narrowed(client: TestClient) -> None:
    """By kind of region and to what was found; the count stays that of all regions."""
    text = client.get("/vergelijken?q=beweegtuinen&kind=ROAZ-regio&show=gevonden").text
    body = text[text.index("<tbody") : text.index("</tbody>")]
    assert body.count("<tr") == 1
    assert "Gevonden in 4 van de 6" in text


def test_what_is_chosen_stands_in_the_form(client: TestClient) -> None:
    """An address repeats a comparison."""
    text = client.get("/vergelijken?q=zorgacademie&level=subregio&strictness=ruim").text
    assert 'value="zorgacademie"' in text
    assert '<option value="subregio" selected>' in text
    assert '<option value="ruim" selected>' in text
    assert "De tabel heeft een rij voor elk deel van Utrecht/Midden-Nederland." in " ".join(text.split())


def test_nothing_found_offers_a_more_lenient_look(client: TestClient) -> None:
    """At 'streng' one link leads to the same question at 'ruim'."""
    text = client.get("/vergelijken?q=maanraketten").text
    assert "In geen enkele regio gevonden" in text
    assert 'href="/vergelijken?q=maanraketten&amp;strictness=ruim"' in text


@pytest.mark.parametrize(("strictness", "word"), [("streng", "duidelijk"), ("ruim", "zelf nalezen")])
def test_strictness_is_explained(client: TestClient, strictness: str, word: str) -> None:
    """What 'streng' and 'ruim' mean stands beside the choice."""
    text = client.get(f"/vergelijken?q=beweegtuinen&strictness={strictness}").text
    assert word in text


def test_a_passage_of_a_part_is_compared_with_parts(client: TestClient) -> None:
    """The level follows from the passage, which stands above the table with its source."""
    text = client.get(f"/vergelijken?passage_id={PLANS[6].id}").text
    assert '<option value="subregio" selected>' in text
    assert PLANS[6].text in text
    assert "Eemland" in text
    assert "Drenthe" not in text[text.index("<tbody") :]


def test_faults_are_told_in_words(client: TestClient) -> None:
    """A region without parts gives a sentence; a passage that is gone a page that says so."""
    wrong = client.get("/vergelijken?q=x&level=subregio&parent=Drenthe")
    assert (wrong.status_code, "Kies uit:" in wrong.text) == (422, True)
    gone = client.get("/vergelijken?passage_id=weg")
    assert (gone.status_code, "weg" in gone.text) == (404, True)


def test_a_comparison_is_saved_from_the_page(client: TestClient) -> None:
    """Each link gives a file with the name of the topic."""
    outline = Outline(client.get("/vergelijken?q=beweegtuinen&strictness=ruim").text)
    saves = [place for place in outline.addresses if place.startswith("/v1/compare/export")]
    assert [parse_qs(urlsplit(place).query)["format"] for place in saves] == [
        ["xlsx"],
        ["csv"],
        ["docx"],
        ["md"],
        ["svg"],
    ]
    answers = [client.get(place) for place in saves]
    assert [answer.status_code for answer in answers] == [200] * 5
    assert 'filename="vergelijking-beweegtuinen.xlsx"' in answers[0].headers["content-disposition"]
    assert COLUMNS[0] in answers[1].content.decode("utf-8-sig")
    assert answers[4].headers["content-type"].startswith("image/svg+xml")


def test_an_address_leaves_out_what_is_usual() -> None:
    """Only what differs stands in it."""
    assert address(CompareAsk(q="a b")) == "/vergelijken?q=a+b"
    assert address(CompareAsk(q="a", level="subregio"), strictness="ruim") == (
        "/vergelijken?q=a&level=subregio&strictness=ruim"
    )


def test_an_excerpt_shows_the_marked_words(client: TestClient) -> None:
    """Of a long passage the part with the most marks is shown, cut at spaces; a short one is shown whole."""
    row = client.get("/v1/compare?q=beweegtuinen").json()["regions"][0]
    hit = Hit(**row["hits"][0])
    assert "".join(words for words, _ in excerpt(hit)) == hit.text
    text = f"{'woord ' * 100}de beweegtuin groeit. {'einde ' * 100}"
    at = text.index("beweegtuin")
    long = hit.model_copy(update={"text": text, "highlights": [(0, 5), (at, at + 10), (at + 11, at + 17)]})
    shown = excerpt(long)
    assert ("beweegtuin", True) in shown
    assert shown[0] == ("… ", False)
    assert shown[-1] == (" …", False)
    assert len("".join(words for words, _ in shown)) < 300
