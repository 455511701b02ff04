"""So many questions at once; the next waits, and is told when it takes too long."""

import asyncio
import threading

import pytest
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from service.problems import ProblemError
from service.waiting import AdmissionMiddleware, Gate


def test_full_gate_refuses_after_its_patience() -> None:
    """With all places taken a question ends in 503 with a time to come back."""
    gate = Gate(places=1, patience=0.01)
    with gate, pytest.raises(ProblemError, match="te veel vragen") as caught, gate:
        pass
    assert caught.value.status == 503
    assert caught.value.headers["Retry-After"]


def test_place_comes_free_also_after_a_fault() -> None:
    """An error inside gives the place back."""
    gate = Gate(places=1, patience=0.01)
    with pytest.raises(KeyError), gate:
        raise KeyError
    with gate:
        pass


def test_next_question_gets_in_when_one_leaves() -> None:
    """Waiting pays: the next one enters as soon as there is a place."""
    gate = Gate(places=1, patience=5)
    entered = threading.Event()

    def enter() -> None:
        with gate:
            entered.set()

    with gate:
        thread = threading.Thread(target=enter)
        thread.start()
        assert not entered.wait(0.05)
    thread.join(5)
    assert entered.is_set()


class Slow:
    """An application that answers when it is told to."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.inside += 1
        await self.go.wait()
        await Response("klaar")(scope, receive, send)


async def ask(app: AdmissionMiddleware, path: str = "/v1/search") -> tuple[int, dict[str, str]]:
    """Status and headers of the answer to one request."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": [], "scheme": "http"}
    await app(scope | {"server": ("testserver", 80)}, receive, send)
    return sent[0]["status"], {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}


def test_who_cannot_wait_is_told_at_once_and_who_waits_too_long_later() -> None:
    """One inside, one waiting until its patience ends, a third refused at once; all with a time to come back."""

    async def run() -> None:
        slow = Slow()
        app = AdmissionMiddleware(slow, places=1, waiting=1, patience=0.2)
        first = asyncio.create_task(ask(app))
        await asyncio.sleep(0.01)
        second = asyncio.create_task(ask(app))
        await asyncio.sleep(0.01)
        status, headers = await ask(app)
        assert (status, headers["retry-after"]) == (503, "5")
        assert not second.done()
        assert (await second)[0] == 503
        slow.go.set()
        assert (await first)[0] == 200
        assert (await ask(app))[0] == 200
        assert slow.inside == 2

    asyncio.run(run())


def test_a_supervisor_does_not_wait() -> None:
    """With every place taken the question whether the service lives is answered."""

    async def run() -> None:
        slow = Slow()
        app = AdmissionMiddleware(slow, places=1, waiting=1, patience=5)
        first = asyncio.create_task(ask(app))
        await asyncio.sleep(0.01)
        health = asyncio.create_task(ask(app, "/v1/health/live"))
        await asyncio.sleep(0.01)
        assert slow.inside == 2
        slow.go.set()
        assert (await health)[0] == (await first)[0] == 200

    asyncio.run(run())
