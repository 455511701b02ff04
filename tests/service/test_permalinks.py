"""Permanent links, over real generations."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from index.embed import load_encoder
from index.generation import publish
from ingest.corpus import Corpus
from ingest.document import Document, Page
from service.app import create_app
from service.library import LiveLibrary, open_library
from service.permalinks import find_vanished
from tests.service.fakes import FILE, OTHER, make_documents, make_passage

PLAN, KUST = make_documents()
FIRST = PLAN.passages[0]
Republish = Callable[..., TestClient]


@pytest.fixture
def republish(tmp_path: Path) -> Republish:
    """Publish the made-up documents, then others, and return a client of the service over the latter."""

    def after(*documents: Document) -> TestClient:
        encoder = load_encoder()
        for held in ((PLAN, KUST), documents):
            publish(tmp_path, Corpus(documents=held, failures=(), unchanged=()), encoder)
        return TestClient(create_app(LiveLibrary(lambda: open_library(tmp_path, ""), lambda: "een"), concurrency=2))

    return after


def changed(text: str) -> Document:
    """The plan after its first page was rewritten; its second page moved to the third."""
    pages = (Page(1, "", text), Page(2, "", "Nieuw voorwoord.\n"), replace(PLAN.pages[1], number=3))
    passages = (make_passage(FILE, pages[0], text, ()), make_passage(FILE, pages[2], PLAN.passages[1].text, ()))
    return replace(PLAN, sha256="9" * 64, pages=pages, passages=passages)


def test_an_unchanged_file_keeps_its_links(republish: Republish) -> None:
    """After re-indexing the page shows the passage with its references."""
    page = republish(PLAN, KUST).get(f"/p/{FIRST.id}")
    assert page.status_code == 200
    assert FIRST.text.strip() in page.text
    assert "Zorgkantoor Voorbeeld, Regioplan Rivierenland (2024), p. 1 (gedrukt: 7)." in page.text


def test_a_removed_document_is_named(republish: Republish) -> None:
    """The page says that the document was taken out, shows the words, and that they stand nowhere."""
    page = republish(KUST).get(f"/p/{FIRST.id}")
    assert page.status_code == 410
    assert f"Het document &#39;{FILE}&#39; is op" in page.text
    assert "uit de index gehaald" in page.text
    assert FIRST.text.strip() in page.text
    assert "staan nergens meer" in page.text


def test_a_changed_document_shows_where_the_words_stand_now(republish: Republish) -> None:
    """Words that moved to another page are linked there."""
    moved = PLAN.passages[1]
    new = changed("Heel iets anders.\n")
    page = republish(new, KUST).get(f"/p/{moved.id}")
    assert page.status_code == 410
    assert "is veranderd" in page.text
    assert f'href="/p/{new.passages[1].id}"' in page.text
    assert "p. 3" in page.text


def test_a_changed_sentence_shows_the_difference(republish: Republish) -> None:
    """Words that were rewritten are shown beside what stands there now."""
    page = republish(changed("Ouderen volgen een training valpreventie in het buurthuis.\n"), KUST).get(
        f"/p/{FIRST.id}"
    )
    assert '<del><span class="hidden">vroeger: </span>cursus</del>' in page.text
    assert '<ins><span class="hidden">nu: </span>training</ins>' in page.text


def test_a_renamed_document_is_named_by_its_new_name(republish: Republish, tmp_path: Path) -> None:
    """The same bytes under another name are the same document."""
    renamed = replace(PLAN, file="nieuw.pdf", passages=())
    client = republish(renamed, KUST)
    assert client.get(f"/p/{FIRST.id}").status_code == 410
    vanished = find_vanished(open_library(tmp_path, ""), FIRST.id)
    assert vanished is not None
    assert vanished.reason.endswith("'nieuw.pdf'.")


def test_an_unknown_name_is_not_found(republish: Republish) -> None:
    """What never was has a page that says so, whatever its name."""
    client = republish(PLAN, KUST)
    for name in ("0" * 16, "zz", "..%2F..%2Fetc%2Fpasswd", "%3Cscript%3E"):
        page = client.get(f"/p/{name}")
        assert page.status_code == 404
        assert "<script>" not in page.text


def test_another_document_is_left_alone(republish: Republish) -> None:
    """The links of a document that stayed go on working when another changes."""
    client = republish(changed("Anders.\n"), KUST)
    assert client.get(f"/p/{KUST.passages[0].id}").status_code == 200
    assert OTHER in client.get(f"/p/{KUST.passages[0].id}").text
