"""The pages of a memo in the making."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from fastapi.testclient import TestClient

from service.memo import MAX_ITEMS
from tests.service.comparisons import comparing_library
from tests.service.conftest import make_client
from tests.service.fakes import HOSTILE, make_documents

PLAN, KUST = make_documents()
IDS = [passage.id for document in (PLAN, KUST) for passage in document.passages]
BASKET = "&".join(f"p={name}&n=noot{at}&c=" for at, name in enumerate(IDS)) + "&titel=T"
FORM = {"content-type": "application/x-www-form-urlencoded"}


def order(text: str) -> list[str]:
    """The passages of a page, as its form would send them."""
    return re.findall(r'name="p" value="([^"]+)"', text)


def test_an_empty_memo_says_how_to_fill_it(client: TestClient) -> None:
    """There is no form yet, but a way to the search page."""
    page = client.get("/memo")
    assert page.status_code == 200
    assert "nog leeg" in page.text
    assert "<form" not in page.text


def test_the_basket_stands_in_the_address(client: TestClient) -> None:
    """Passages in order with notes; everything that a reader or a document wrote is escaped."""
    page = client.get("/memo", params=[("p", IDS[1]), ("n", "<b>x</b>"), ("p", IDS[0]), ("titel", '"><script>')])
    assert order(page.text) == [IDS[1], IDS[0]]
    assert "&lt;b&gt;x&lt;/b&gt;" in page.text
    assert "<script" not in page.text
    assert HOSTILE not in page.text
    assert "set-cookie" not in page.headers


@pytest.mark.parametrize(("action", "moved"), [("down-0", [1, 0, 2]), ("drop-1", [0, 2]), ("", [0, 1, 2])])
def test_buttons_lead_to_a_new_address(client: TestClient, action: str, moved: list[int]) -> None:
    """The notes go with their passages."""
    answer = client.post("/memo", content=f"{BASKET}&doe={action}", headers=FORM, follow_redirects=False)
    assert answer.status_code == 303
    fields = parse_qsl(urlsplit(answer.headers["location"]).query)
    assert [value for name, value in fields if name == "p"] == [IDS[at] for at in moved]
    assert [value for name, value in fields if name == "n"] == [f"noot{at}" for at in moved]


def test_long_notes_keep_their_page_without_an_address(client: TestClient) -> None:
    """What is too long for an address is shown again and not lost."""
    answer = client.post("/memo", content=f"p={IDS[0]}&n={'x' * 9000}&doe=", headers=FORM, follow_redirects=False)
    assert answer.status_code == 200
    assert "x" * 9000 in answer.text
    assert "te lang voor een link" in answer.text


def test_a_quote_that_is_not_literal_is_pointed_out(client: TestClient) -> None:
    """At its passage, before the memo is made."""
    answer = client.post("/memo", content=f"p={IDS[0]}&c=verzonnen+woorden", headers=FORM, follow_redirects=False)
    assert "niet letterlijk" in answer.text
    refused = client.post("/memo/bestand", content=f"p={IDS[0]}&n=mijn+noot&c=verzonnen&vorm=md", headers=FORM)
    assert refused.status_code == 422
    assert 'href="#citaat-1"' in refused.text
    assert (
        'id="citaat-1" rows="3" maxlength="5000" aria-invalid="true" aria-describedby="fout-1">verzonnen<'
        in refused.text
    )
    assert ">mijn noot</textarea>" in refused.text


def test_passages_stand_under_their_questions(client: TestClient) -> None:
    """Each question is a heading above its passages; buttons act on the passage beside them, and words go along."""
    query = urlencode([("v", "Wat doen ze?"), ("p", IDS[0]), ("n", "noot"), ("v", "<b>Wie?</b>"), ("p", IDS[1])])
    text = client.get(f"/memo?{query}").text
    assert "<h2>Wat doen ze?</h2>" in text
    assert "<h2>&lt;b&gt;Wie?&lt;/b&gt;</h2>" in text
    assert order(text) == [IDS[0], IDS[1]]
    assert "Verder zoeken met deze memo</a></p>" in text
    assert "n=noot" in text.partition('class="more"')[2]
    answer = client.post("/memo", content=f"{query}&doe=up-1", headers=FORM)
    assert order(answer.text) == [IDS[1], IDS[0]]


def test_unknown_passages_are_named_and_dropped(client: TestClient) -> None:
    """The page links to what became of them; a button leaves them out."""
    page = client.get("/memo", params=[("p", "0" * 16), ("p", IDS[0])])
    assert f'href="/p/{"0" * 16}"' in page.text
    assert order(page.text) == [IDS[0]]


@pytest.mark.parametrize("label", ["Weghalen", "Omlaag"])
def test_buttons_after_a_vanished_passage_act_on_their_own(client: TestClient, label: str) -> None:
    """The first button of its kind acts on the first passage that is shown, whatever vanished before it."""
    page = client.get("/memo", params=[("p", "0" * 16), *(("p", name) for name in IDS)])
    found = re.search(rf'name="doe" value="([^"]+)"[^>]*>{label}', page.text)
    assert found
    body = "&".join(f"p={name}" for name in order(page.text)) + f"&doe={found[1]}"
    answer = client.post("/memo", content=body, headers=FORM)
    assert order(answer.text) == (IDS[1:] if label == "Weghalen" else [IDS[1], IDS[0], *IDS[2:]])


@pytest.mark.parametrize(
    ("form", "kind"),
    [("docx", "wordprocessingml"), ("md", "markdown"), ("html", "html"), ("bib", "bibtex"), ("ris", "ris"),
     ("csl-json", "csl+json")],
)  # fmt: skip
def test_downloads_need_no_script(client: TestClient, form: str, kind: str) -> None:
    """Each button of the form gives a file with the notes."""
    answer = client.post("/memo/bestand", content=f"{BASKET}&vorm={form}", headers=FORM)
    assert answer.status_code == 200
    assert kind in answer.headers["content-type"].replace("research-info-systems", "ris")
    assert answer.headers["content-disposition"].startswith("attachment")
    if form in {"md", "html"}:
        assert "noot2" in answer.text


def test_the_page_to_print_keeps_to_the_policy(client: TestClient) -> None:
    """It is shown here, so its styles come from a sheet of this host that exists."""
    answer = client.post("/memo/bestand", content=f"{BASKET}&vorm=afdrukken", headers=FORM)
    assert "content-disposition" not in answer.headers
    assert "<style" not in answer.text
    found = re.search(r'stylesheet" href="([^"]+)"', answer.text)
    assert found
    assert client.get(found[1]).status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("vorm=docx", 422),
        (f"p={IDS[0]}&vorm=exe", 422),
        (f"p={IDS[0]}", 422),
        ("p=weg&vorm=docx", 422),
        ("&".join(f"p={at}" for at in range(1000)), 422),
        (f"p={IDS[0]}&n={'x' * 1_000_000}&vorm=docx", 422),
        (b"p=\xff\xfe", 422),
    ],
)
def test_bad_forms_get_words(client: TestClient, body: str | bytes, status: int) -> None:
    """A page in Dutch without a trace of the inside."""
    answer = client.post("/memo/bestand", content=body, headers=FORM)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert "Traceback" not in answer.text
    assert len(answer.text) < 5000


def test_a_thousand_passages_in_an_address_are_refused(client: TestClient) -> None:
    """On the memo page and on the search page."""
    many = "&".join(f"p={at}" for at in range(1000))
    for address in ("/memo?", "/?q=zorg&"):
        answer = client.get(address + many)
        assert answer.status_code == 422
        assert f"hoogstens {MAX_ITEMS}" in answer.text


def test_hits_go_into_the_memo(client: TestClient) -> None:
    """Each hit has a button that adds it under the question and keeps what was gathered; one that is in has none."""
    page = client.get("/", params={"q": "wijkverpleging", "p": IDS[0]})
    held = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text.partition('id="memoform"')[2])
    assert held == [("q", "wijkverpleging"), ("p", IDS[0]), ("v", "wijkverpleging")]
    assert f'form="memoform" formaction="/#treffer-1" name="p" value="{IDS[1]}"' in page.text
    added = client.get(f"/?{urlencode([*held, ('p', IDS[1])])}").text
    assert "Staat in uw" in added
    found = re.search(r'href="(/memo\?[^"]+)"', added)
    assert found
    assert parse_qsl(urlsplit(found[1].replace("&amp;", "&")).query) == [
        ("p", IDS[0]), ("v", "wijkverpleging"), ("p", IDS[1])]  # fmt: skip


def test_every_field_has_a_label(client: TestClient) -> None:
    """Each visible field stands within its label, and each button says what it does."""
    text = client.get(f"/memo?{BASKET}").text
    fields = re.findall(r"<(?:input(?! type=\"hidden\")|textarea)", text)
    labelled = re.findall(r"<label>[^<]+<(?:input|textarea)", text)
    assert len(fields) == len(labelled) == 3 + 2 * len(IDS)
    assert not re.search(r"<button[^>]*>\s*</button>", text)


def test_comparison_rows_go_into_a_memo(tmp_path: Path) -> None:
    """The page that compares leads to a memo with the best evidence of each region that was found."""
    library = comparing_library(tmp_path)
    client = make_client(lambda: library)
    page = client.get("/vergelijken", params={"q": "beweegtuinen"})
    found = re.search(r'href="(/memo\?titel=[^"]+)"', page.text)
    assert found
    memo = client.get(found[1].replace("&amp;", "&"))
    assert 'value="beweegtuinen"' in memo.text
    assert len(order(memo.text)) == page.text.count('<tr role="row" class="found">') > 0


def test_a_permanent_link_leads_to_the_reading_page(client: TestClient) -> None:
    """The passage is shown on its page by one link, which marks it there."""
    page = client.get(f"/p/{IDS[0]}")
    found = re.search(r'href="(/documenten/[^"]+)">Bekijk op de pagina', page.text)
    assert found
    assert '<mark id="fragment">' in client.get(found[1]).text
