"""How much a client may ask: a bucket of tokens for each, that fills up steadily."""

import ipaddress
import threading
from collections import OrderedDict
from collections.abc import Callable
from math import ceil
from time import monotonic

from starlette.requests import Request

from service.access import OPEN_UNDER, SIGN_IN, Access, Mode
from service.actor import NOBODY, Actor
from service.problems import ProblemError

BURST_SECONDS = 15
"""What a client may ask at once: as much as fills up in this time. A page comes with a dozen files."""
MAX_CLIENTS = 20_000
SIGN_IN_COSTS = 20.0
"""Trying tokens is dearer than asking questions."""


def client_of(request: Request) -> str:
    """The address that asks; of an IPv6 address the network, because one client owns all addresses in it."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


class Buckets:
    """A bucket for each client; the one that was used longest ago makes room for a new one.

    Args:
        per_minute: what a bucket fills up with.
        clock: seconds that only go up.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] | None = None) -> None:
        self.rate = per_minute / 60
        self.size = max(self.rate * BURST_SECONDS, SIGN_IN_COSTS)
        self._clock = clock or monotonic
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, client: str, cost: float) -> float:
        """Take from a bucket; returns 0.0, or the seconds until there is enough in it."""
        now = self._clock()
        with self._lock:
            level, then = self._held.pop(client, (self.size, now))
            level = min(self.size, level + (now - then) * self.rate)
            short = cost - level
            self._held[client] = (level if short > 0 else level - cost, now)
            if len(self._held) > MAX_CLIENTS:
                self._held.popitem(last=False)
        return max(short / self.rate, 0.0)


class RateLimit:
    """Refuses a client that asks too much. Whoever has the service to themselves is not limited."""

    def __init__(self, access: Access, per_minute: int) -> None:
        self.access = access
        self.buckets = Buckets(per_minute)

    def __call__(self, request: Request) -> None:
        """Let the request through or say when to come back."""
        if self.access.mode is Mode.LOCAL or request.url.path.startswith(OPEN_UNDER):
            return
        actor: Actor = getattr(request.state, "actor", NOBODY)
        cost = SIGN_IN_COSTS if request.method == "POST" and request.url.path == SIGN_IN else 1.0
        # Colleagues behind one address each have a bucket, and so have the places where one token is used.
        wait = self.buckets.take(f"{actor.token} {client_of(request)}", cost)
        if wait:
            detail = f"U vraagt te veel achter elkaar. Wacht {ceil(wait)} seconde(n) en probeer het opnieuw."
            raise ProblemError(429, "too-many-requests", detail, {"Retry-After": str(ceil(wait))})
