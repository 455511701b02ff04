"""The pages about the service: there without an index where they can be, and true."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.about import Operator, Recording
from service.access import Access
from service.app import create_app
from service.library import Library, LiveLibrary, NotReady
from service.tokens import TokenStore
from tests.service.conftest import make_client
from tests.service.fakes import HOSTILE


def plain(text: str) -> str:
    """The words of a page's main part, with single spaces."""
    main = text.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def closed() -> Library:
    """Open no index."""
    raise NotReady("Er is nog geen index.")


@pytest.mark.parametrize("path", ["/help", "/toegankelijkheid", "/privacy", "/api"])
def test_pages_need_no_index(path: str) -> None:
    """Help, the statements and the description of the API are there before anything is indexed."""
    assert make_client(closed).get(path).status_code == 200


def test_every_page_links_to_them(client: TestClient) -> None:
    """The foot of each page leads to help, this and that, and every link in it works."""
    foot = client.get("/documenten").text.partition("<footer")[2]
    for path in ("/help", "/over", "/toegankelijkheid", "/privacy", "/api"):
        assert f'href="{path}"' in foot
        assert client.get(path).status_code == 200


def test_help_answers_what_newcomers_ask(client: TestClient) -> None:
    """It explains asking, filters, marks, comparing, the memo, the keyboard and what 'no answer' means."""
    text = client.get("/help").text
    anchors = re.findall(r'<a href="#([^"]+)"', text.partition("<main")[2])
    assert {"vragen", "filters", "treffers", "geen-antwoord", "vergelijken", "memo", "toetsen"} <= set(anchors)
    assert all(f'<h2 id="{anchor}"' in text for anchor in anchors)
    assert "Dat betekent níet dat een regio niets doet." in plain(text)


def test_help_names_the_keys_that_the_modules_listen_to(client: TestClient) -> None:
    """Each key that copies stands in the help, and the help names no other letter."""
    module = client.get("/static/copy.js").text
    keys = set(re.search(r"NAMES = \{ (\w): \S+ (\w): ", module).groups())  # type: ignore[union-attr]
    told = set(re.findall(r"<kbd>([A-Z])</kbd>", client.get("/help").text))
    assert {key.lower() for key in told} == keys


def test_the_statement_is_honest(client: TestClient) -> None:
    """It gives the status without a full audit, what was tested, what was not, and what is not accessible."""
    text = plain(client.get("/toegankelijkheid").text)
    for words in ("eerste maatregelen genomen (C)", "geen volledig onderzoek", "Wat niet is getest", "NVDA",
                  "Wat nog niet toegankelijk is", "testserver"):  # fmt: skip
        assert words in text


def test_the_operator_is_named_where_readers_need_one() -> None:
    """Organisation and contact of the settings stand on the page, as text; without them the page says so."""
    app = create_app(LiveLibrary(closed, lambda: ""), concurrency=1)
    client = TestClient(app)
    assert "nog geen adres ingevuld" in plain(client.get("/toegankelijkheid").text)
    app.state.operator = Operator(HOSTILE, "loket@voorbeeld.nl")
    for path in ("/toegankelijkheid", "/privacy"):
        text = client.get(path).text
        assert '<a href="mailto:loket@voorbeeld.nl">loket@voorbeeld.nl</a>' in text
        assert HOSTILE not in text


def test_about_tells_versions_counts_and_figures(client: TestClient) -> None:
    """The page shows what is indexed and when, the versions, and figures as Dutch readers write them."""
    text = plain(client.get("/over").text)
    assert "2 documenten" in text
    assert "31 januari 2026" in text
    assert re.search(r"API \d+\.\d+\.\d+", text)
    assert "nDCG@10 0,868" in text
    assert "Bij het inlezen ging 2 keer iets mis." in text


def test_no_cookie_is_set(client: TestClient) -> None:
    """The privacy page says that there are no cookies; no page sets one."""
    assert "Er zijn geen cookies" in plain(client.get("/privacy").text)
    for path in ("/", "/?q=huisarts", "/vergelijken", "/documenten", "/memo", "/help"):
        assert "set-cookie" not in client.get(path).headers


def test_privacy_tells_what_this_service_keeps() -> None:
    """Where actions are recorded the page says what, for how long, and whether questions are kept literally."""
    app = create_app(LiveLibrary(closed, lambda: ""), concurrency=1)
    client = TestClient(app)
    assert "Een verslag van wie wat deed, is er op deze dienst niet." in plain(client.get("/privacy").text)
    app.state.recording = Recording("on", questions=False, days=90)
    text = plain(client.get("/privacy").text)
    assert "een code in plaats van uw vraag" in text
    assert "na 90 dagen verwijderd" in text
    assert "De tekst van uw vragen." in text
    app.state.recording = Recording("on", questions=True, days=90)
    text = plain(client.get("/privacy").text)
    assert "uw vraag, zoals u hem stelde" in text
    assert "De tekst van uw vragen." not in text


def test_privacy_follows_who_can_come(tmp_path: Path) -> None:
    """By itself the record is kept, and a cookie used, only where others can come."""
    app = create_app(LiveLibrary(closed, lambda: ""), concurrency=1)
    app.state.recording = Recording("auto", days=180)
    assert "verslag van handelingen" not in TestClient(app).get("/privacy").text
    app.state.access = Access(TokenStore(tmp_path), "0.0.0.0", public=True)
    text = plain(TestClient(app).get("/privacy").text)
    assert "verslag van handelingen" in text
    assert "Er is één cookie" in text
