"""Browsers that signed in. Only in memory: stopping the service signs everybody out."""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from service.tokens import digest

LASTS = 12 * 3600.0
IDLE = 2 * 3600.0
MAX_SESSIONS = 10_000


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that signed in.

    Attributes:
        token: id of the token it signed in with.
        began, seen: when, in seconds of the clock.
    """

    token: str
    began: float
    seen: float


class Sessions:
    """Who is signed in. Found by the digest of the name in the cookie, so that no comparison tells anything of it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open: OrderedDict[str, Session] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, token: str) -> str:
        """A new session, by a name of 256 random bits for the cookie."""
        name, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._open[digest(name)] = Session(token, now, now)
            if len(self._open) > MAX_SESSIONS:
                self._open.popitem(last=False)
        return name

    def token(self, name: str) -> str:
        """Id of the token of a session, '' when there is none or it is over."""
        key, now = digest(name), self._clock()
        with self._lock:
            session = self._open.get(key)
            if session is None:
                return ""
            if now - session.began > LASTS or now - session.seen > IDLE:
                del self._open[key]
                return ""
            self._open[key] = replace(session, seen=now)
            self._open.move_to_end(key)
            return session.token

    def end(self, name: str) -> None:
        """Sign out."""
        with self._lock:
            self._open.pop(digest(name), None)
