"""The API gives what the contract promises."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from service.headers import API_VERSION
from tests.service.conftest import make_client
from tests.service.fakes import FILE, fake_library, make_documents

PLAN = f"/v1/documents/{quote(FILE)}"


def test_search_answers_with_hits(client: TestClient) -> None:
    """A question gives ranked passages and what was searched."""
    answer = client.get("/v1/search", params={"q": "valpreventie", "limit": 5})
    assert answer.status_code == 200
    body = answer.json()
    assert body["answered"] is True
    assert [hit["rank"] for hit in body["hits"]] == [1]
    assert body["hits"][0]["document"] == FILE


def test_search_without_answer_still_shows_the_nearest(client: TestClient) -> None:
    """When nothing answers, `answered` is false and the hits are there."""
    body = client.get("/v1/search", params={"q": "maanlanding"}).json()
    assert body["answered"] is False
    assert body["hits"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"region": "kennemerland"}, ["brochure-kust.pdf"]),
        ({"theme": "Digitale zorg"}, ["brochure-kust.pdf"]),
        ({"document": FILE}, [FILE]),
        ({"region": "", "theme": "", "document": ""}, [FILE, "brochure-kust.pdf"]),
    ],
)
def test_search_keeps_to_its_filters(client: TestClient, filters: dict[str, str], found: list[str]) -> None:
    """Filters narrow the hits; empty ones, as a form sends them, do not."""
    body = client.get("/v1/search", params={"q": "huisarts", **filters}).json()
    assert [hit["document"] for hit in body["hits"]] == found


def test_documents_come_with_failures(client: TestClient) -> None:
    """The list names what is searched and what could not be read."""
    body = client.get("/v1/documents").json()
    assert [item["document"] for item in body["documents"]] == [FILE, "brochure-kust.pdf"]
    assert body["failures"][0] == {"file": "kapot.pdf", "page": 0, "reason": "'kapot.pdf' is beschadigd."}


def test_document_holds_its_sections_as_a_tree(client: TestClient) -> None:
    """Subheadings stand within their chapter."""
    body = client.get(PLAN).json()
    assert body["sections"][0]["sections"][0]["title"] == "Valpreventie"


def test_page_tells_regions_themes_sections_and_text(client: TestClient) -> None:
    """The page form has the fields of the contract."""
    body = client.get(f"{PLAN}/pages/1").json()
    assert (body["document"], body["page"], body["regions"]) == (FILE, 1, ["Utrecht Stad"])
    assert body["themes"] == ["Gezond ouder worden"]
    assert body["text"].startswith("Aanpak\n")
    assert ["Aanpak", "Valpreventie"] in body["sections"]


def test_unreadable_page_tells_why(client: TestClient) -> None:
    """A page without text is a page with a problem, not an error."""
    assert client.get(f"{PLAN}/pages/3").json()["problem"] == "Pagina 3 heeft geen tekst."


def test_hidden_text_and_personal_data_are_told() -> None:
    """A document has its notices and the warnings of its pages; a page has its own warning."""
    plan, kust = make_documents()
    told = replace(plan, pages=(replace(plan.pages[0], warning="Weggelaten."), *plan.pages[1:]), notices=("Gevonden.",))
    with make_client(lambda: fake_library([told, kust])) as client:
        body, page, listed = (client.get(at).json() for at in (PLAN, f"{PLAN}/pages/1", "/v1/documents"))
    assert (body["notices"], body["page_warnings"]) == (["Gevonden."], [{"page": 1, "warning": "Weggelaten."}])
    assert page["warning"] == "Weggelaten."
    assert [item["notices"] for item in listed["documents"]] == [["Gevonden."], []]


def test_passage_by_id(client: TestClient) -> None:
    """The id of a hit leads to the same passage."""
    hit = client.get("/v1/search", params={"q": "valpreventie"}).json()["hits"][0]
    passage = client.get(f"/v1/passages/{hit['passage_id']}").json()
    assert {name: hit[name] for name in passage} == passage


def test_pdf_is_handed_out_while_it_is_what_was_indexed(tmp_path: Path) -> None:
    """The file comes with its name and type; once its bytes change or it is gone, it is refused."""
    pdf = tmp_path / "ergens.pdf"
    pdf.write_bytes(b"%PDF-1.7 inhoud")
    plan = replace(make_documents()[0], path=str(pdf), sha256=sha256(pdf.read_bytes()).hexdigest())
    client = make_client(lambda: fake_library([plan]))
    answer = client.get(f"{PLAN}/file")
    assert answer.content == b"%PDF-1.7 inhoud"
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline")
    assert client.get(f"{PLAN}/file", headers={"Range": "bytes=0-3"}).content == b"%PDF"
    pdf.write_bytes(b"%PDF-1.7 andere inhoud")
    assert client.get(f"{PLAN}/file").json()["code"] == "file-changed"
    pdf.unlink()
    assert client.get(f"{PLAN}/file").json()["code"] == "file-gone"


@pytest.mark.parametrize("name", ["..%2F..%2Fetc%2Fpasswd", "%2Fetc%2Fpasswd", "kapot.pdf", "%00"])
def test_names_outside_the_index_give_no_file(client: TestClient, name: str) -> None:
    """Only indexed documents can be asked for; a path in the place of a name is not found."""
    for tail in ("", "/file", "/pages/1"):
        assert client.get(f"/v1/documents/{name}{tail}").status_code == 404


def test_regions_and_themes_are_listed(client: TestClient) -> None:
    """All 64 regions with kind and parent, and both lists of themes."""
    regions = client.get("/v1/regions").json()["regions"]
    assert len(regions) == 64
    assert {"name", "kind", "parent", "municipalities", "uncertain", "covered"} == set(regions[0])
    assert len(client.get("/v1/themes").json()["themes"]) >= 15


def test_health_is_ready_with_an_index(client: TestClient) -> None:
    """With an index the service is live and ready."""
    body = client.get("/v1/health").json()
    assert (body["live"], body["ready"], body["problem"]) == (True, True, "")


def test_openapi_describes_routes_and_problems(client: TestClient) -> None:
    """The description is OpenAPI 3.1, names every route of the foundation and the form of a problem."""
    body = client.get("/v1/openapi.json").json()
    assert body["openapi"].startswith("3.1")
    assert body["info"]["version"] == API_VERSION
    assert set(body["paths"]) >= {
        "/v1/search",
        "/v1/documents",
        "/v1/documents/{file}",
        "/v1/documents/{file}/pages/{number}",
        "/v1/documents/{file}/pages/{number}/image",
        "/v1/documents/{file}/file",
        "/v1/passages/{passage_id}",
        "/v1/regions",
        "/v1/themes",
        "/v1/health",
    }
    assert "application/problem+json" in body["paths"]["/v1/search"]["get"]["responses"]["422"]["content"]
    assert "code" in body["components"]["schemas"]["Problem"]["properties"]


def test_no_documentation_page_from_another_host(client: TestClient) -> None:
    """FastAPI's pages that load scripts from a CDN are off."""
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404
