"""The bound on bodies."""

import asyncio

import pytest
from fastapi.testclient import TestClient
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from service.bodies import MAX_BODY, BodyLimitMiddleware


def test_a_body_that_is_too_large_is_refused(client: TestClient) -> None:
    """The answer is a problem in Dutch, not a crash."""
    answer = client.post("/v1/memos", content=b" " * (MAX_BODY + 1), headers={"content-type": "application/json"})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert "te groot" in answer.json()["detail"]


def test_a_form_that_is_too_large_gets_a_page(client: TestClient) -> None:
    """A browser gets words, not JSON."""
    answer = client.post("/memo", content=b"p=" + b"a" * MAX_BODY)
    assert answer.status_code == 413
    assert answer.headers["content-type"].startswith("text/html")


def test_a_body_in_pieces_is_counted(client: TestClient) -> None:
    """Without a length in the headers the bytes themselves are counted."""
    pieces = (b" " * 100_000 for _ in range(MAX_BODY // 100_000 + 1))
    assert client.post("/v1/memos", content=pieces).status_code == 413


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    """A client that stops in the middle of a body gets 408; after the body nothing is hurried."""

    async def run() -> list[Message]:
        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            assert (await receive())["more_body"]
            with pytest.raises(HTTPException) as caught:
                await receive()
            assert caught.value.status_code == 408
            await send({"type": "told"})

        messages: list[Message] = [{"type": "http.request", "body": b"a", "more_body": True}]
        sent: list[Message] = []

        async def receive() -> Message:
            if not messages:
                await asyncio.sleep(60)
            return messages.pop()

        async def send(message: Message) -> None:
            sent.append(message)

        await BodyLimitMiddleware(app, seconds=0.05)({"type": "http", "path": "/v1/memos"}, receive, send)
        return sent

    assert asyncio.run(run()) == [{"type": "told"}]
