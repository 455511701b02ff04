"""A bound on what a client may send: a body that is too large is refused before it fills the memory."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A memo of a hundred notes and quotes at their longest, in UTF-8 and percent signs, stays below this.
MAX_BODY = 4_000_000
# Documents are larger; what receives them counts for itself, on the way to the disk.
COUNTED_ELSEWHERE = frozenset({"/v1/uploads", "/documenten/toevoegen"})


class BodyLimitMiddleware:
    """Count the bytes of a body as they come in, whatever the client says their number is."""

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        read = 0

        async def receive_counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self.limit:
                # Raised where the body is read, within reach of the handlers that make a problem of it.
                raise HTTPException(413)
            return message

        counted = scope["type"] == "http" and scope["path"] not in COUNTED_ELSEWHERE
        await self.app(scope, receive_counted if counted else receive, send)
