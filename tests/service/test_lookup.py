"""What routes share: names with slashes, and the turnstile."""

import hashlib
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from service import compare_routes
from service.app import create_app
from service.compare_files import Format
from service.library import LiveLibrary
from service.pages import reading_url
from service.waiting import Gate
from tests.service.comparisons import comparing_library
from tests.service.conftest import make_client
from tests.service.drawn import document_of, draw_pdf, write
from tests.service.fakes import fake_library, make_documents

NESTED = "regio/deel/plan.pdf"
PLAN, _ = make_documents()
ID = PLAN.passages[0].id
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("name", [NESTED, "pages/file/1.pdf", "plan.pdf"])
@pytest.mark.parametrize("safe", ["", "/"])
def test_a_name_with_slashes_has_every_route_of_a_document(tmp_path: Path, name: str, safe: str) -> None:
    """The document, its file, a page and its image, whether the slashes are escaped or not."""
    path = draw_pdf(tmp_path / "plan.pdf", write([(20, 200, "Valpreventie")]))
    made = replace(document_of(path, "Valpreventie\n"), file=name, passages=())
    client = make_client(lambda: fake_library([made]))
    base = f"/v1/documents/{quote(name, safe=safe)}"
    assert client.get(base).json()["document"] == name
    assert client.get(f"{base}/pages/1").json()["text"] == "Valpreventie\n"
    assert client.get(f"{base}/pages/1/image").headers["content-type"] == "image/png"
    assert hashlib.sha256(client.get(f"{base}/file").content).hexdigest() == made.sha256
    assert client.get(reading_url(name, 1)).status_code == 200
    assert client.get(f"{base}/pages/2").json()["code"] == "unknown-page"


def closed() -> TestClient:
    """A client of a service whose turnstile lets nobody in and waits for nobody."""
    app = create_app(LiveLibrary(fake_library, lambda: "eerste"), concurrency=1)
    app.state.gate = Gate(1, patience=0.0)
    app.state.gate.__enter__()
    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("method", "address", "body"),
    [
        ("GET", "/v1/search?q=zorg", ""),
        ("GET", "/?q=zorg", ""),
        ("GET", "/v1/compare?q=zorg", ""),
        ("GET", "/v1/compare/export?q=zorg&format=xlsx", ""),
        ("GET", f"/memo?p={ID}", ""),
        ("POST", "/memo", f"p={ID}"),
        ("POST", "/memo/bestand", f"p={ID}&vorm=docx"),
        ("POST", "/v1/memos", f'{{"items": [{{"passage_id": "{ID}"}}]}}'),
        ("POST", "/v1/quotes/verify", '{"quotes": [{"quote": "zorg"}]}'),
        ("GET", f"/p/{'0' * 16}", ""),
    ],
)
def test_what_takes_long_waits_its_turn(method: str, address: str, body: str) -> None:
    """Questions, comparisons, memos, quotes and links to what vanished are refused when too many are under way."""
    headers = FORM if address.startswith("/memo") else {"content-type": "application/json"}
    answer = closed().request(method, address, content=body, headers=headers)
    assert (answer.status_code, answer.headers.get("Retry-After")) == (503, "5")


@pytest.mark.parametrize("address", ["/v1/documents", "/v1/health", f"/p/{ID}", f"/v1/passages/{ID}", "/"])
def test_what_is_quick_does_not_wait(address: str) -> None:
    """Looking up what is at hand goes on beside the longest questions."""
    assert closed().get(address).status_code == 200


def test_writing_a_workbook_has_a_turn_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one place the comparison and the file follow each other, and nothing else runs beside the file."""
    library = comparing_library(tmp_path)
    app = create_app(LiveLibrary(lambda: library, lambda: "eerste"), concurrency=1)
    taken: list[bool] = []

    def write_beside(library: object, found: object, form: Format, base: str) -> bytes:
        taken.append(not app.state.gate._places.acquire(blocking=False))
        return f"{form} {base} {bool(found)}".encode()

    monkeypatch.setattr(compare_routes, "write", write_beside)
    assert TestClient(app).get("/v1/compare/export?q=beweegtuinen&format=xlsx").status_code == 200
    assert taken == [True]
