"""Every page is valid HTML over a small index, and what documents and readers write is shown as text."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("tinyhtml5", reason="checks HTML; it is in the extra 'test'")

from fastapi.testclient import TestClient

from ingest.document import Cell, Document
from service.app import create_app
from service.library import LiveLibrary, open_library, published_stamp
from tests.service.conftest import make_client
from tests.service.fakes import HOSTILE, fake_library, make_documents
from tests.service.markup import Page, faults
from tests.service.protected import make_token, protected_client
from tests.service.small import PLAN, QUESTIONS, SCRIPT, Uploading, addresses, small_index

OURS = re.compile(r'<script type="module" src="/static/[^"]+"></script>')


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service over a small index of real PDFs, where documents may be added."""
    data = small_index(tmp_path_factory.mktemp("klein"))
    app = create_app(LiveLibrary(lambda: open_library(data, ""), lambda: published_stamp(data)), concurrency=2)
    app.state.uploads = Uploading()
    with TestClient(app) as made:
        yield made


@pytest.fixture(scope="module")
def passage(client: TestClient) -> str:
    """A passage that answers."""
    hits = client.get("/v1/search", params={"q": QUESTIONS[0]}).json()["hits"]
    return str(hits[0]["passage_id"])


# The one is no page, the other has a test of its own below.
ELSEWHERE = {"/metrics", "/aanmelden"}


def test_every_page_is_valid(client: TestClient, passage: str) -> None:
    """No page has anything for the parser to mend, nor breaks a rule of headings, names, landmarks or safety."""
    wrong = {}
    for address, status in addresses(passage).items():
        answer = client.get(address)
        assert answer.status_code == status, address
        told = faults(answer.text)
        wrong |= {address: told} if told else {}
    assert wrong == {}


def test_no_page_is_left_out(client: TestClient, passage: str) -> None:
    """Each route that gives a page is among those that are checked."""
    asked = [address.partition("?")[0] for address in addresses(passage)]
    # FastAPI keeps what it included as routers of their own.
    held = [getattr(one, "original_router", None) for one in client.app.routes]  # type: ignore[attr-defined]
    routes = [route for router in held if router for route in router.routes if "GET" in route.methods]
    pages = [route for route in routes if not route.path.startswith("/v1/") and route.path not in ELSEWHERE]
    assert len(pages) > 10
    assert [route.path for route in pages if not any(route.path_regex.fullmatch(path) for path in asked)] == []


def test_the_memo_to_print_is_valid(client: TestClient, passage: str) -> None:
    """So is the page that a form gives."""
    sent = client.post("/memo/bestand", data={"p": passage, "vorm": "afdrukken", "titel": SCRIPT})
    assert sent.status_code == 200
    assert faults(sent.text) == []


def test_a_sign_in_page_is_valid(tmp_path: Path) -> None:
    """Where names are asked that page is valid too, also when it refuses a name."""
    make_token(tmp_path)
    with protected_client(tmp_path) as guarded:
        for answer in (guarded.get("/aanmelden"), guarded.post("/aanmelden", data={"token": SCRIPT, "naar": SCRIPT})):
            assert answer.headers["content-type"].startswith("text/html")
            assert faults(answer.text) == []
            assert SCRIPT not in answer.text


def test_words_of_documents_are_text(client: TestClient, passage: str) -> None:
    """A script in the text, title or name of a document is shown on every page that shows it, and never runs."""
    found = client.get("/v1/search", params={"q": "tekst over valpreventie", "document": "plan-flevoland.pdf"}).json()
    hostile = found["hits"][0]["passage_id"]
    for address in (
        "/?q=tekst+over+valpreventie", f"/?q=valpreventie&lees={hostile}", "/documenten", f"/p/{hostile}",
        "/documenten/plan-flevoland.pdf/pagina/1", "/documenten/plan-flevoland.pdf", f"/memo?p={hostile}",
        f"/vergelijken?passage_id={hostile}", "/documenten/toevoegen/waiting",
    ):  # fmt: skip
        text = client.get(address).text
        assert "<script" not in OURS.sub("", text), address
        assert "&lt;script&gt;" in text, address


FIELDS = ["q", "region", "theme", "kind", "document", "p", "v", "lees", "zoek", "titel", "n", "c", "passage_id",
          "parent", "fragment"]  # fmt: skip


@pytest.mark.parametrize("name", FIELDS)
def test_words_of_readers_are_text(client: TestClient, passage: str, name: str) -> None:
    """A script in any field of an address is shown or ignored, never run, and breaks no page."""
    hostile = f'"><img src=x onerror=alert(1)>{SCRIPT}'
    for path in ("/", "/vergelijken", "/documenten", "/memo", f"/documenten/{PLAN}/pagina/1"):
        answer = client.get(path, params={"q": "valpreventie", "p": passage} | {name: hostile})
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        assert "<script" not in OURS.sub("", answer.text), path
        assert "<img src=x" not in answer.text, path
        assert Page(answer.text).faults == [], path


def test_hostile_names_break_no_page() -> None:
    """A region, theme, heading, kind, publisher, column and file name full of signs leave every page valid."""
    sign = f"\"'>&{HOSTILE}"
    plan, other = make_documents()
    first = replace(plan.passages[0], document=f"{sign}.pdf", section=(sign, sign), theme=sign, regions=(sign,),
                    lead=sign, cells=(Cell(sign, 0, 5),))  # fmt: skip
    hostile: Document = replace(plan, title=sign, kind=sign, publisher=sign, file=f"{sign}.pdf", regions=(sign,),
                                passages=(first,))  # fmt: skip
    client = make_client(lambda: fake_library([hostile, other]))
    for path in ("/", f"/?q=valpreventie&lees={first.id}", f"/p/{first.id}", f"/memo?p={first.id}", "/documenten"):
        text = client.get(path).text
        assert faults(text) == [], path
        assert "<script" not in OURS.sub("", text), path


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("<p><div>x</div></p>", "unexpected-end-tag"),
        ("<p id=a>x<p id=a>y", "occurs 2 times"),
        ("<label for=b>x</label>", "leads nowhere"),
        ("<input name=q>", "has no label"),
        ("<h3>x</h3>", "h3 after h1"),
        ("<p onclick=x>y</p>", "inline"),
        ("<script>x</script>", "not ours"),
        ("<img src=//elders.nl/x.png alt=x>", "fetches"),
        ("<a href=/x></a>", "without words"),
        ("<a href=/x><button>y</button></a>", "in <a>"),
        ("<a href=javascript:x>y</a>", "runs"),
        ("<ul><p>x</p></ul>", "<p> in <ul>"),
        ("<span><p>x</p></span>", "<p> in <span>"),
        ("<details><p>x</p></details>", "begin with <summary>"),
        ("<nav><a href=/x>y</a></nav>", "nav named ''"),
        ("<table><tr><th>x</th></tr></table>", "without scope"),
        ("<blink>x</blink>", "no element"),
        ("<p align=left>x</p>", "<p align>"),
    ],
)
def test_faults_are_found(wrong: str, told: str) -> None:
    """Each rule finds what breaks it, and a page without faults passes."""
    page = ("<!doctype html><html lang=nl><head><meta charset=utf-8><meta name=viewport content=x><title>x</title>"
            "</head><body><main><h1>x</h1>{}</main></body></html>")  # fmt: skip
    assert faults(page.format("<p>goed</p>")) == []
    assert any(told in fault for fault in faults(page.format(wrong))), faults(page.format(wrong))
