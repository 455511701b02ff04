"""Headers on every answer, and a log that keeps questions private."""

import logging

import pytest
from fastapi.testclient import TestClient
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from service.actor import Actor, Role
from service.headers import API_VERSION, HeadersMiddleware

ADDRESSES = ["/", "/v1/search?q=x", "/v1/search", "/v1/niets", "/static/page.css", "/v1/openapi.json", "/niets"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_answer_is_stamped(client: TestClient, path: str) -> None:
    """Version, security headers and the time taken are on answers, errors and files alike."""
    headers = client.get(path).headers
    assert headers["API-Version"] == API_VERSION
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Server-Timing"].startswith("total;dur=")


@pytest.mark.parametrize("path", ADDRESSES)
def test_head_is_get_without_a_body(client: TestClient, path: str) -> None:
    """HEAD gives the status and size that GET gives, and nothing more."""
    whole, head = client.get(path), client.head(path)
    assert head.status_code == whole.status_code
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]
    assert head.content == b""


def test_log_holds_the_path_but_not_the_question(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    """What people ask stays out of the log."""
    with caplog.at_level(logging.INFO, logger="service.headers"):
        client.get("/v1/search", params={"q": "geheime vraag"})
    (record,) = [record for record in caplog.records if record.name == "service.headers"]
    assert record.__dict__["path"] == "/v1/search"
    assert record.__dict__["status"] == 200
    assert "geheime" not in str(record.__dict__)


@pytest.mark.parametrize(
    ("path", "token", "cached"),
    [("/v1/x", "t1", "no-store"), ("/v1/x", "", "private, no-cache"), ("/static/x", "t1", "private, no-cache")],
)
def test_what_needed_a_token_is_never_stored(path: str, token: str, cached: str) -> None:
    """Whatever the route itself says of caching, as that of page images does; what everybody gets keeps its own."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"] = {"actor": Actor("Anna", Role.READER, token)}
        await Response(headers={"Cache-Control": "private, no-cache"})(scope, receive, send)

    assert TestClient(HeadersMiddleware(app)).get(path).headers["Cache-Control"] == cached
