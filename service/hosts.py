"""Which names and sites a request may come by: a page elsewhere must not reach a service that trusts its machine."""

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.requests import Request

from service.problems import ProblemError

LOOPBACK_NAMES = frozenset({"localhost"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def is_address(name: str) -> bool:
    """Whether a name is an IP address: no name server can make that mean another machine."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a service that listens there."""
    return host.lower() in LOOPBACK_NAMES or (is_address(host) and ipaddress.ip_address(host).is_loopback)


def host_name(header: str) -> str:
    """The name in a Host header, without port and brackets; '' when it is no name at all.

    >>> host_name("[::1]:8000"), host_name("Plan.Example:80"), host_name("a@b")
    ('::1', 'plan.example', '')
    """
    try:
        parts = urlsplit(f"//{header}")
        plain = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return ""
    return "" if parts.path or parts.query or parts.fragment or "@" in header else plain.rstrip(".")


class HostCheck:
    """Refuses a name that is not ours: by such a name another site's script could read our answers (DNS rebinding)."""

    def __init__(self, host: str, others: Iterable[str]) -> None:
        names = {host, socket.gethostname(), *others}
        self.names = LOOPBACK_NAMES | {name.lower().rstrip(".") for name in names}

    def __call__(self, request: Request) -> None:
        """Refuse an unknown name."""
        name = host_name(request.headers.get("host", ""))
        if not name or (name not in self.names and not is_address(name)):
            detail = f"Deze dienst heet niet {name[:80]!r}. De beheerder kan de naam toelaten met REGIOWIJZER_HOSTS."
            raise ProblemError(400, "unknown-host", detail)


def refuse_other_sites(request: Request) -> None:
    """Refuse what changes something and comes from a page of another site (CSRF).

    Browsers say where a request comes from and let no page change that; programs say nothing, and carry no cookie.
    """
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    known = site in {"same-origin", "none"} if site else origin is None or own_origin(request, origin)
    if not known or (not site and origin is None and request.cookies):
        raise ProblemError(403, "other-site", "Dit kan alleen vanaf de pagina’s van deze dienst zelf.")


def own_origin(request: Request, origin: str) -> bool:
    """Whether an Origin header names the host that was asked."""
    return urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()
