"""Every error has one form, in Dutch, without a trace."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from ingest.errors import RegiowijzerError
from service.library import Library
from tests.service.conftest import make_client
from tests.service.fakes import FakeSearcher, fake_library


def no_index() -> Library:
    """An opener for a data folder without index."""
    raise RegiowijzerError("Er staat nog geen index. Maak die met: regiowijzer ingest")


class BrokenSearcher(FakeSearcher):
    """A searcher with a fault."""

    def search(self, *_: object, **__: object) -> None:  # type: ignore[override]
        """Fail as a bug would."""
        raise ZeroDivisionError("geheim detail")


def broken() -> Library:
    """A library whose searcher has a fault."""
    return replace(fake_library(), searcher=BrokenSearcher())


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/niets", 404, "not-found"),
        ("GET", "/v1/search/", 404, "not-found"),
        ("POST", "/v1/search?q=x", 405, "method-not-allowed"),
        ("GET", "/v1/search", 422, "invalid-parameter"),
        ("GET", "/v1/search?q=%20", 422, "bad-question"),
        ("GET", "/v1/search?q=x&limit=0", 422, "invalid-parameter"),
        ("GET", "/v1/search?q=x&limit=101", 422, "invalid-parameter"),
        ("GET", "/v1/search?q=x&region=Atlantis", 422, "unknown-filter"),
        ("GET", "/v1/documents/geen.pdf", 404, "unknown-document"),
        ("GET", "/v1/documents/brochure-kust.pdf/pages/9", 404, "unknown-page"),
        ("GET", "/v1/documents/brochure-kust.pdf/pages/0", 422, "invalid-parameter"),
        ("GET", "/v1/passages/0", 404, "unknown-passage"),
    ],
)
def test_error_is_a_problem(client: TestClient, method: str, path: str, status: int, code: str) -> None:
    """Status, media type, code and address agree, and the API version is on it."""
    answer = client.request(method, path)
    body = answer.json()
    assert answer.status_code == body["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["API-Version"]
    assert body["code"] == code
    assert body["instance"] == path.partition("?")[0]
    assert body["detail"].endswith((".", "json", "v1/documents."))


def test_each_wrong_parameter_is_named(client: TestClient) -> None:
    """All faults of a request are listed by field, in Dutch."""
    errors = client.get("/v1/search", params={"limit": "veel"}).json()["errors"]
    assert {error["field"]: error["detail"] for error in errors} == {
        "q": "is verplicht",
        "limit": "moet een heel getal zijn",
    }


def test_method_not_allowed_names_the_allowed_one(client: TestClient) -> None:
    """405 keeps the Allow header that HTTP asks for."""
    assert client.delete("/v1/documents").headers["Allow"] == "GET"


def test_crash_leaks_nothing() -> None:
    """A fault of ours becomes a sentence; its words and its trace stay in the log."""
    answer = make_client(broken).get("/v1/search", params={"q": "x"})
    assert answer.status_code == 500
    assert answer.json()["code"] == "internal-error"
    assert answer.headers["API-Version"]
    assert "geheim" not in answer.text
    assert "ZeroDivision" not in answer.text


def test_without_index_the_service_says_what_to_do() -> None:
    """503 with the reason, and health tells live but not ready."""
    client = make_client(no_index)
    answer = client.get("/v1/search", params={"q": "x"})
    assert answer.status_code == 503
    assert "regiowijzer ingest" in answer.json()["detail"]
    assert answer.headers["Retry-After"]
    health = client.get("/v1/health")
    assert (health.status_code, health.json()["live"], health.json()["ready"]) == (503, True, False)
    assert client.get("/v1/health/live").status_code == 200


def test_an_unknown_address_says_what_its_reader_can_use(client: TestClient) -> None:
    """A program is sent to the description of the API; a person, on a page, only back to the search."""
    assert "/v1/openapi.json" in client.get("/v1/niets").json()["detail"]
    page = client.get("/niets").text
    assert "Dit adres bestaat niet." in page
    assert "openapi" not in page
    assert '<a href="/">Naar het zoekscherm</a>' in page


@pytest.mark.parametrize(("path", "status"), [("/niets", 404), ("/?q=x&limit=0", 422)])
def test_people_get_a_page(client: TestClient, path: str, status: int) -> None:
    """Outside the API an error is a Dutch page with a way back."""
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert 'href="/"' in answer.text
