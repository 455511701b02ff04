"""Turnstiles: so many at once, the next ones wait their turn, and nobody waits for ever.

Before a request reaches a route it needs one of the places (`AdmissionMiddleware`), and what takes long needs one of
the fewer places of the gate (`Gate`). A request that has to wait too long is told when to come back.
"""

import asyncio
import threading
from types import TracebackType

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from service.problems import ProblemError, respond

PATIENCE_SECONDS = 10.0
# Routes run in threads, of which there are 40; some stay free for what is served while the places are taken.
PLACES = 32
MAX_WAITING = 400
# A supervisor that gets no answer restarts the service, which is the last thing that a busy one needs.
ALWAYS_IN = ("/v1/health", "/static/", "/metrics")


def too_busy() -> ProblemError:
    """The refusal of whoever waited too long."""
    detail = "Er zijn nu te veel vragen tegelijk. Probeer het over een paar seconden opnieuw."
    return ProblemError(503, "too-busy", detail, {"Retry-After": "5"})


class Gate:
    """Lets `places` threads in together; used as a context manager.

    More questions side by side than cores only makes each of them slower.
    """

    def __init__(self, places: int, patience: float = PATIENCE_SECONDS) -> None:
        self._places = threading.BoundedSemaphore(places)
        self._patience = patience

    def __enter__(self) -> None:
        if not self._places.acquire(timeout=self._patience):
            raise too_busy()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._places.release()


class AdmissionMiddleware:
    """Lets `places` requests in together and `waiting` others wait, without a thread for each of them."""

    def __init__(
        self, app: ASGIApp, places: int = PLACES, waiting: int = MAX_WAITING, patience: float = PATIENCE_SECONDS
    ) -> None:
        self.app = app
        self._places = asyncio.Semaphore(places)
        self._room = waiting
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(ALWAYS_IN):
            await self.app(scope, receive, send)
        elif await self._admit():
            try:
                await self.app(scope, receive, send)
            finally:
                self._places.release()
        else:
            await respond(Request(scope), too_busy())(scope, receive, send)

    async def _admit(self) -> bool:
        if not self._room:
            return False
        self._room -= 1
        try:
            async with asyncio.timeout(self._patience):
                return await self._places.acquire()
        except TimeoutError:
            return False
        finally:
            self._room += 1
