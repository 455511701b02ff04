"""A bound on what a client may send, and how slowly: what is too large is refused before it fills the memory."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A memo of a hundred notes and quotes at their longest, in UTF-8 and percent signs, stays below this.
MAX_BODY = 4_000_000
# Documents are larger; what receives them counts for itself, on the way to the disk.
COUNTED_ELSEWHERE = frozenset({"/v1/uploads", "/documenten/toevoegen"})
# A whole body over a slow line takes less; sending a byte now and then must not keep a place occupied.
BODY_SECONDS = 30.0
DOCUMENT_SECONDS = 600.0


class BodyLimitMiddleware:
    """Count the bytes of a body as they come in, whatever the client says their number is, and the time it takes."""

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY, seconds: float = BODY_SECONDS) -> None:
        self.app = app
        self.limit = limit
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        counted = scope["path"] not in COUNTED_ELSEWHERE
        read, whole = 0, False
        deadline = asyncio.get_running_loop().time() + (self.seconds if counted else DOCUMENT_SECONDS)

        async def receive_counted() -> Message:
            nonlocal read, whole
            # After the body comes only word that the client went away, and that may take as long as the answer.
            if whole:
                return await receive()
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408) from None
            whole = not message.get("more_body", False)
            read += len(message.get("body", b""))
            if counted and read > self.limit:
                # Raised where the body is read, within reach of the handlers that make a problem of it.
                raise HTTPException(413)
            return message

        await self.app(scope, receive_counted, send)
