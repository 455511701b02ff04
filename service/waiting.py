"""A turnstile: so many questions at once, the next ones wait their turn, and nobody waits for ever."""

import threading
from types import TracebackType

from service.problems import ProblemError

PATIENCE_SECONDS = 10.0


class Gate:
    """Lets `places` threads in together; used as a context manager.

    More questions side by side than cores only makes each of them slower.
    """

    def __init__(self, places: int, patience: float = PATIENCE_SECONDS) -> None:
        self._places = threading.BoundedSemaphore(places)
        self._patience = patience

    def __enter__(self) -> None:
        if not self._places.acquire(timeout=self._patience):
            detail = "Er zijn nu te veel vragen tegelijk. Probeer het over een paar seconden opnieuw."
            raise ProblemError(503, "too-busy", detail, {"Retry-After": "5"})

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._places.release()
