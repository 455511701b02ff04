"""Everything that stands between the network and the routes, as the settings want it."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from service.access import Access, Mode
from service.audit import Audit, Event
from service.guard import Check
from service.hosts import HostCheck, refuse_other_sites
from service.limits import RateLimit
from service.metrics import Metrics
from service.observing import Observed, Observer
from service.problems import DETAILS, ProblemError
from service.recording import Record, unrecorded
from service.settings import Settings
from service.tokens import TokenStore

DOCS = ("/v1/openapi.json", "/api")


@dataclass(frozen=True, slots=True)
class Protection:
    """What the application is wrapped in.

    Attributes:
        checks: what a request must pass, in this order.
        observers: who is told of each request.
        access: who decides on roles; None asks nothing of anybody.
        metrics: the counts, None where they are off.
        record: is told of what the service does outside a request.
    """

    checks: Sequence[Check] = (refuse_other_sites,)
    observers: Sequence[Observer] = ()
    access: Access | None = None
    metrics: Metrics | None = None
    record: Record = unrecorded


UNPROTECTED = Protection()


def protect(settings: Settings) -> Protection:
    """Make the protection that the settings ask for.

    Raises:
        NotProtected: others could read, and nobody said that they may.
    """
    access = Access(TokenStore(settings.data), settings.host, settings.public, bool(settings.proxies))
    access.require_protection()
    metrics = Metrics() if settings.metrics else None
    checks: list[Check] = [HostCheck(settings.host, settings.hosts), refuse_other_sites, access.note]
    if settings.rate_per_minute:
        checks.append(RateLimit(access, settings.rate_per_minute))
    checks.append(access.allow)
    if not settings.docs:
        checks.append(close_docs)
    observers: list[Observer] = [metrics] if metrics else []
    if settings.audit == "off":
        return Protection(checks, observers, access, metrics)
    observe, record = recorders(settings, access)
    return Protection(checks, [*observers, observe], access, metrics, record)


def recorders(settings: Settings, access: Access) -> tuple[Observer, Record]:
    """Record requests and what comes of them; unless they must, only where others can come.

    One's own use says nothing to anybody.
    """
    audit = make_audit(settings)

    def wanted() -> bool:
        return settings.audit == "on" or access.mode is not Mode.LOCAL

    def observe(what: Observed) -> None:
        if wanted():
            audit(what)

    def record(event: Event) -> None:
        if wanted():
            audit.write(event)

    return observe, record


def make_audit(settings: Settings) -> Audit:
    """The record of actions of a data folder."""
    return Audit(settings.data, settings.audit_questions, settings.audit_days)


def close_docs(request: Request) -> None:
    """Hide the description of the API."""
    if request.url.path in DOCS:
        raise ProblemError(404, "not-found", DETAILS[404])
