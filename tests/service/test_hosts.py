"""By which names and from which sites requests may come."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.hosts import host_name, is_loopback
from tests.service.protected import protected_client


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("127.0.0.1", 200),
        ("[::1]:8000", 200),
        ("LOCALHOST.", 200),
        ("plannen.voorbeeld.nl", 200),
        ("kwaad.example", 400),
        ("localhost.kwaad.example", 400),
        ("kwaad.example:127.0.0.1", 400),
        ("localhost@kwaad.example", 400),
        ("localhost/kwaad", 400),
        ("", 400),
        ("127.0.0.1.kwaad.example", 400),
    ],
)
def test_only_our_names_are_answered(tmp_path: Path, host: str, status: int) -> None:
    """A name that another site points at this machine gets no answer (DNS rebinding)."""
    with protected_client(tmp_path, host="127.0.0.1", hosts=("plannen.voorbeeld.nl",)) as client:
        assert client.get("/v1/regions", headers={"Host": host}).status_code == status


def test_an_unknown_name_is_told_with_the_cure(tmp_path: Path) -> None:
    """The problem names the setting."""
    with protected_client(tmp_path, public=True) as client:
        body = client.get("/v1/regions", headers={"Host": "kwaad.example"}).json()
    assert body["code"] == "unknown-host"
    assert "REGIOWIJZER_HOSTS" in body["detail"]


@pytest.mark.parametrize("header", ["a b", "[::1", "x:y", "a?b", "a#b", "::"])
def test_what_is_no_name_is_none(header: str) -> None:
    """A header that cannot be read is no name of ours."""
    assert host_name(header) in {"", "a b"}


@pytest.mark.parametrize(("host", "own"), [("127.1.2.3", True), ("::1", True), ("0.0.0.0", False), ("::", False)])
def test_every_address_is_not_the_own_machine(host: str, own: bool) -> None:
    """Listening on all addresses is listening for others."""
    assert is_loopback(host) is own


def test_no_site_may_read_answers(client: TestClient) -> None:
    """No answer allows other origins, and a preflight is refused; only the description of the API is for all."""
    origin = {"Origin": "https://elders.example", "Access-Control-Request-Method": "POST"}
    for path in ("/", "/v1/search?q=x", "/v1/memos", "/v1/documents", "/static/page.css"):
        assert "access-control-allow-origin" not in client.get(path, headers=origin).headers
        assert "access-control-allow-origin" not in client.options(path, headers=origin).headers


def test_a_page_elsewhere_posts_nothing_to_the_own_machine(client: TestClient) -> None:
    """Also without any token a form of another site is refused; our own forms are not."""
    elsewhere = client.post("/memo", data={"p": "x"}, headers={"Origin": "https://kwaad.example"})
    own = client.post("/memo", data={"p": "x"}, headers={"Origin": "http://testserver"})
    assert elsewhere.status_code == 403
    assert own.status_code != 403
