"""What a request must pass before any route sees it: a row of checks, each of which may refuse it or answer it."""

from collections.abc import Callable, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from service.problems import ProblemError, respond

Check = Callable[[Request], Response | None]
"""Raises ProblemError to refuse, returns an answer to give that instead, or None to let the request through."""


class GuardMiddleware:
    """Run the checks in order; the first that has something to say ends the matter."""

    def __init__(self, app: ASGIApp, checks: Sequence[Check]) -> None:
        self.app = app
        self.checks = tuple(checks)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        answer = self._refusal(request)
        await (answer or self.app)(scope, receive, send)

    def _refusal(self, request: Request) -> Response | None:
        try:
            return next((answer for check in self.checks if (answer := check(request)) is not None), None)
        except ProblemError as problem:
            return respond(request, problem)
