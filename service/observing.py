"""What became of each request, told to whoever keeps count or keeps a record. Plain ASGI: it costs microseconds."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.actor import NOBODY, Actor

STATIC = "/static"
"""Where files are mounted: a mount leaves no route behind."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Observed:
    """A request that is over.

    Attributes:
        method, route: as the route is written ('/v1/documents/{file}'); '' for an address that does not exist.
        parts: what stood in the places of the route.
        question: what was asked, '' when nothing was.
        status: of the answer; 500 when none was begun.
        seconds: until the answer was sent.
        actor: who asked.
        origin: the address that the request came from.
    """

    method: str
    route: str
    parts: Mapping[str, Any]
    question: str
    status: int
    seconds: float
    actor: Actor
    origin: str


Observer = Callable[[Observed], None]


class ObserveMiddleware:
    """Tells each observer of each request; one that fails spoils neither the answer nor the others."""

    def __init__(self, app: ASGIApp, observers: Sequence[Observer]) -> None:
        self.app = app
        self.observers = tuple(observers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start, status = time.perf_counter(), 500

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        finally:
            self._tell(observed(scope, status, time.perf_counter() - start))

    def _tell(self, what: Observed) -> None:
        for observer in self.observers:
            try:
                observer(what)
            except Exception:  # a full disk must not end the answering of questions
                log.exception("waarnemen mislukt")


def observed(scope: Scope, status: int, seconds: float) -> Observed:
    """What a finished request says of itself."""
    request = Request(scope)
    return Observed(
        method=scope["method"],
        route=getattr(scope.get("route"), "path", "") or (STATIC if scope["path"].startswith(f"{STATIC}/") else ""),
        parts=scope.get("path_params", {}),
        question=request.query_params.get("q", ""),
        status=status,
        seconds=seconds,
        actor=getattr(request.state, "actor", NOBODY),
        origin=request.client.host if request.client else "",
    )
