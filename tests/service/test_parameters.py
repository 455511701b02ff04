"""Parameters that a route does not know."""

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/v1/search?q=zorg&regoin=Flevoland", "'regoin'"),
        ("/v1/regions?x=1&y=2", "'x', 'y'"),
        ("/v1/documents/onbekend.pdf?page=3", "'page'"),
        ("/v1/health?debug=1", "'debug'"),
    ],
)
def test_unknown_parameters_are_named(client: TestClient, path: str, named: str) -> None:
    """400 says which, so that a misspelled filter is not silently no filter."""
    answer = client.get(path)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert named in answer.json()["detail"]
    assert answer.json()["code"] == "unknown-parameter"


def test_known_parameters_are_told(client: TestClient) -> None:
    """The problem names what would have been right."""
    assert "region" in client.get("/v1/search?q=zorg&foo=1").json()["detail"]


def test_known_parameters_pass(client: TestClient) -> None:
    """What the description names is accepted, also where a model holds the parameters."""
    assert client.get("/v1/search?q=zorg&limit=3&region=Flevoland&theme=&document=").status_code == 200


def test_pages_ignore_what_they_do_not_know(client: TestClient) -> None:
    """A link in a newsletter carries parameters of its own."""
    assert client.get("/documenten?utm_source=brief").status_code == 200
