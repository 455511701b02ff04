"""Headers on every answer, and one log line for every request. Plain ASGI: it costs microseconds."""

import logging
import time

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.actor import Actor

log = logging.getLogger(__name__)

API_VERSION = "1.0.0"
# Everything comes from this host and nothing is inline, so that text from a document can never run.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"


def stamp(headers: MutableHeaders, scheme: str = "http") -> None:
    """Add the API version and the security headers that fit the kind of answer and the scheme it goes out by."""
    headers["API-Version"] = API_VERSION
    headers["X-Content-Type-Options"] = "nosniff"
    # With 'no-referrer' browsers hide from us, too, where a form was sent from, and `service.hosts` must know that.
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if scheme == "https":
        headers["Strict-Transport-Security"] = "max-age=31536000"
    kind = headers.get("content-type", "")
    if kind.startswith("text/html"):
        headers["Content-Security-Policy"] = PAGE_POLICY
    # A browser's PDF viewer stays empty under a policy that forbids everything.
    elif not kind.startswith("application/pdf"):
        headers["Content-Security-Policy"] = DATA_POLICY
    if not kind.startswith("application/pdf"):
        headers["X-Frame-Options"] = "DENY"
    if kind.startswith(("application/json", "application/problem+json")):
        headers.setdefault("Cache-Control", "no-store")


def needed_token(scope: Scope) -> bool:
    """Whether somebody had to say who they are: what they get must not stay on the disk of a shared computer.

    The style and the modules of a page are the same for everybody, whoever asks.
    """
    actor: Actor | None = scope.get("state", {}).get("actor")
    return bool(actor and actor.token) and not scope["path"].startswith("/static/")


class HeadersMiddleware:
    """Stamp each answer, say how long it took, and log the path without the question: that is private."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start = time.perf_counter()
        # FastAPI's routes know GET only, and HTTP wants HEAD wherever GET is.
        asked = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope

        async def send_stamped(message: Message) -> None:
            if message["type"] == "http.response.start":
                milliseconds = (time.perf_counter() - start) * 1000
                headers = MutableHeaders(scope=message)
                stamp(headers, scope["scheme"])
                if needed_token(asked):
                    # Whatever the route itself says: a page's picture shows as much as its text.
                    headers["Cache-Control"] = "no-store"
                headers["Server-Timing"] = f"total;dur={milliseconds:.1f}"
                fields = {"method": scope["method"], "path": scope["path"], "status": message["status"]}
                log.info("verzoek", extra=fields | {"ms": round(milliseconds, 1)})
            elif asked is not scope:
                message = {**message, "body": b""}
            await send(message)

        await self.app(asked, receive, send_stamped)
