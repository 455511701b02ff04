"""The image of a page over HTTP."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from ingest.document import Document, Section
from service import evidence_routes
from tests.service.conftest import make_client
from tests.service.drawn import document_of, draw_pdf, passage_of, write
from tests.service.fakes import fake_library
from tests.service.test_picture import decode_png

TEXT = "Ouderen volgen een cursus valpreventie."
GONE = "Deze woorden staan er niet."
NAME = "plan & kust.pdf"
IMAGE = f"/v1/documents/{quote(NAME)}/pages/1/image"
PAGE = f"/documenten/{quote(NAME)}/pagina/1"


@pytest.fixture
def document(tmp_path: Path) -> Document:
    """A plan of two pages; the words of its second passage are not on the page."""
    path = draw_pdf(tmp_path / NAME, write([(20, 200, TEXT)]), write([(20, 200, "Tweede pagina")]))
    made = document_of(path, f"{TEXT}\n{GONE}\n", "Tweede pagina\n")
    passages = (passage_of(made, TEXT), passage_of(made, GONE), passage_of(made, "Tweede pagina", 2))
    sections = (Section("Aanpak", 1, ("Aanpak",), 1, 2), Section("Vallen", 2, ("Aanpak", "Vallen"), 2, 2))
    return replace(made, passages=passages, sections=sections)


@pytest.fixture
def client(document: Document) -> TestClient:
    """A client of a service with that plan."""
    return make_client(lambda: fake_library([document]))


def test_image_is_a_png_with_the_passage_marked(client: TestClient, document: Document) -> None:
    """The marked image differs from the plain one and says that the passage was found."""
    plain = client.get(IMAGE)
    marked = client.get(IMAGE, params={"passage": document.passages[0].id, "width": 600})
    assert plain.headers["content-type"] == marked.headers["content-type"] == "image/png"
    assert "Passage-Marks" not in plain.headers
    assert marked.headers["Passage-Marks"] == "found"
    assert decode_png(plain.content).shape == (750, 1000, 3)
    assert (decode_png(marked.content) != decode_png(client.get(IMAGE, params={"width": 600}).content)).any()


def test_image_without_the_words_says_so(client: TestClient, document: Document) -> None:
    """Words that are not on the image leave it unmarked, and the header tells."""
    answer = client.get(IMAGE, params={"passage": document.passages[1].id})
    assert answer.headers["Passage-Marks"] == "missing"
    assert answer.content == client.get(IMAGE).content


def test_image_is_kept_by_browser_and_server(
    client: TestClient, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second request draws nothing, and one with the ETag brings nothing over."""
    asked = {"passage": document.passages[0].id}
    first = client.get(IMAGE, params=asked)
    monkeypatch.setattr(evidence_routes, "page_image", None)
    assert client.get(IMAGE, params=asked).content == first.content
    again = client.get(IMAGE, params=asked, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        (f"{IMAGE}?width=199", 422, "invalid-parameter"),
        (f"{IMAGE}?width=2401", 422, "invalid-parameter"),
        (f"{IMAGE}?width=breed", 422, "invalid-parameter"),
        (f"{IMAGE}?passage=0000", 404, "unknown-passage"),
        (IMAGE.replace("/1/", "/9/"), 404, "unknown-page"),
        (IMAGE.replace("/1/", "/0/"), 422, "invalid-parameter"),
        ("/v1/documents/ander.pdf/pages/1/image", 404, "unknown-document"),
        ("/v1/documents/..%2f..%2fetc%2fpasswd/pages/1/image", 404, "unknown-document"),
    ],
)
def test_bad_requests_are_problems(client: TestClient, path: str, status: int, code: str) -> None:
    """What cannot be given is told in the form that every problem has."""
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


def test_passage_of_another_page_is_refused(client: TestClient, document: Document) -> None:
    """A passage is never looked for on a page where it does not stand; the answer says where it does."""
    answer = client.get(IMAGE, params={"passage": document.passages[2].id})
    assert (answer.status_code, answer.json()["code"]) == (422, "passage-elsewhere")
    assert "pagina 2" in answer.json()["detail"]


Spoil = Callable[[Path], object]


@pytest.mark.parametrize(
    ("spoil", "status", "code"),
    [(Path.unlink, 404, "file-gone"), (lambda path: path.write_bytes(b"%PDF-1.4"), 409, "file-changed")],
    ids=["gone", "changed"],
)
def test_a_spoiled_file_is_told(client: TestClient, document: Document, spoil: Spoil, status: int, code: str) -> None:
    """Without the file as it was indexed there is no image; the reading page says why and still gives the text."""
    spoil(Path(document.path))
    answer = client.get(IMAGE)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "<img" not in page.text
    assert NAME.replace("&", "&amp;") in page.text.partition('class="notice bad"')[2].partition("</div>")[0]
    assert TEXT in page.text


def test_an_undrawable_page_is_told(client: TestClient, document: Document) -> None:
    """A page that the file does not have, although it was indexed, is a problem in words."""
    broken = replace(document, pages=(*document.pages, replace(document.pages[0], number=3)))
    with make_client(lambda: fake_library([broken])) as other:
        answer = other.get(IMAGE.replace("/1/", "/3/"))
    assert (answer.status_code, answer.json()["code"]) == (422, "page-not-drawn")
