"""Pages are drawn in child processes that may be killed: a page that brings PDFium down costs its own picture only."""

import atexit
import contextlib
import json
import logging
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.confine import surroundings, tell_connected
from ingest.errors import RegiowijzerError
from service.pdfium_worker import Request, ask

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 10.0
REFUSED_SECONDS = 600.0
"""A page that a child did not survive is not tried again for so long: it would keep other pages waiting."""
START_SECONDS = 30.0
"""A busy machine takes its time to load Python and PDFium."""
MAX_REFUSED = 500
MAX_HEADER = 4096
LATE = "Van deze pagina kan geen afbeelding worden gemaakt: het tekenen duurt te lang. Open de PDF."
LOST = (
    "Pagina {number} van {name!r} kan niet worden getekend: de pagina is beschadigd of vraagt te veel geheugen. "
    "Open de PDF zelf."
)
BUSY = "Er worden nu te veel pagina's getekend. Probeer het over een paar seconden opnieuw."
_ROOT = str(Path(__file__).resolve().parents[1])
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from service.pdfium_worker import main; main(*sys.argv[2:])"


class PageNotDrawn(RegiowijzerError):
    """A page of which no picture can be made."""


class DrawingBusy(RegiowijzerError):
    """Other pages are being drawn, and this one waited too long."""


class ChildLost(Exception):  # named as this house names them
    """A child ended, was ended, or answered nonsense.

    Attributes:
        late: whether it took too long.
    """

    def __init__(self, late: bool) -> None:
        super().__init__("late" if late else "lost")
        self.late = late


@dataclass(frozen=True, slots=True)
class Bounds:
    """What drawing may cost.

    Attributes:
        children: pages drawn side by side.
        seconds: wall-clock time for one page.
        memory_mb: address space of a child, in MiB.
        answer_bytes: the largest answer: a picture of random dots is no smaller than its pixels.
    """

    children: int = 2
    seconds: float = 8.0
    memory_mb: int = 1024
    answer_bytes: int = 48 << 20


class Child:
    """A process that draws one page after the other.

    Attributes:
        answered: how many it drew.
    """

    def __init__(self, bounds: Bounds) -> None:
        """Start it; raises OSError when the system has no room for it."""
        self._bounds = bounds
        self.answered = 0
        command = [sys.executable, "-I", "-X", "utf8", "-c", _PROGRAM, _ROOT]
        self._process = subprocess.Popen(  # noqa: S603  # our own module; nothing of a request is in the command
            [*command, str(bounds.memory_mb), str(bounds.seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=surroundings(),
        )
        self._late = threading.Event()

    def wait_ready(self) -> None:
        """Wait until it has loaded PDFium. Raises ChildLost."""
        with self._watched(START_SECONDS):
            header, _ = self._read()
        if not header.get("apart", True):
            tell_connected()

    def answer(self, request: Request) -> tuple[dict[str, Any], bytes]:
        """Return header and bytes. Raises ChildLost, after which this child is of no more use."""
        # The child's own clock rings a second earlier; this one is for what stops that clock.
        with self._watched(self._bounds.seconds + 1.0):
            if self._process.stdin is None:
                raise ValueError("no pipe")
            self._process.stdin.write(ask(request))
            self._process.stdin.flush()
            found = self._read()
        self.answered += 1
        return found

    @contextlib.contextmanager
    def _watched(self, seconds: float) -> Iterator[None]:
        """Kill the child when a step takes too long; whatever goes wrong in the step is ChildLost."""
        timer = threading.Timer(seconds, self._kill)
        timer.start()
        started = time.monotonic()
        try:
            yield
        except (OSError, ValueError, KeyError, TypeError):
            self.close()
            raise ChildLost(self._late.is_set() or time.monotonic() - started >= self._bounds.seconds) from None
        finally:
            timer.cancel()

    def _kill(self) -> None:
        self._late.set()
        self._process.kill()

    def _read(self) -> tuple[dict[str, Any], bytes]:
        """Read one answer, no more of it than is allowed."""
        if self._process.stdout is None:
            raise ValueError("no pipe")
        header = json.loads(self._process.stdout.readline(MAX_HEADER))
        size = int(header["size"])
        if not 0 <= size <= self._bounds.answer_bytes:
            raise ValueError(f"an answer of {size} bytes")
        body = self._process.stdout.read(size)
        if len(body) != size:
            raise ValueError("an answer that breaks off")
        return header, body

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()
        self._process.wait()


class Painter:
    """Hands pages to children, of which it keeps a few; safe with threads."""

    def __init__(self, bounds: Bounds | None = None) -> None:
        """Start nothing yet: a child comes with the first page, or with `warm_up`."""
        self._bounds = bounds or Bounds()
        # Last in, first out: one page at a time keeps to one child.
        self._idle: queue.LifoQueue[Child | None] = queue.LifoQueue()
        for _ in range(self._bounds.children):
            self._idle.put(None)
        self._refused: dict[tuple[str, int], tuple[float, str]] = {}
        atexit.register(self.close)

    def warm_up(self) -> None:
        """Start a child before anyone waits for it; where none can be started, the first page tells."""
        child = self._idle.get()
        with contextlib.suppress(OSError):
            child = child or Child(self._bounds)
        self._idle.put(child)

    def answer(self, request: Request) -> tuple[dict[str, Any], bytes]:
        """Return what a child makes of a page.

        Raises:
            PageNotDrawn: in words for the reader.
            DrawingBusy: all children are at work, and stay so for too long.
        """
        page = request.path, request.number
        until, reason = self._refused.get(page, (0.0, ""))
        if time.monotonic() < until:
            raise PageNotDrawn(reason)
        try:
            header, body = self._ask(request)
        except ChildLost as lost:
            reason = LATE if lost.late else LOST.format(number=request.number, name=Path(request.path).name)
            log.warning("drawing a page cost a child", extra={"document": Path(request.path).name, "late": lost.late})
            self._refuse(page, reason)
            raise PageNotDrawn(reason) from None
        if "fault" in header:
            raise PageNotDrawn(str(header["fault"]))
        return header, body

    def close(self) -> None:
        """End the children that have nothing to do; those at work end with this process."""
        free = []
        with contextlib.suppress(queue.Empty):
            while True:
                free.append(self._idle.get_nowait())
        for child in free:
            if child:
                child.close()
            self._idle.put(None)

    def _ask(self, request: Request) -> tuple[dict[str, Any], bytes]:
        """Ask a child that is free. Raises ChildLost."""
        try:
            child = self._idle.get(timeout=PATIENCE_SECONDS)
        except queue.Empty:
            raise DrawingBusy(BUSY) from None
        try:
            if child and child.answered:
                # What ended it may have been an earlier page, or the system; a new one shows whether it is this page.
                try:
                    return child.answer(request)
                except ChildLost as lost:
                    if lost.late:
                        raise
                    child = None
            child = self._started(child)
            return child.answer(request)
        except BaseException:
            if child:
                child.close()  # half an answer may be under way
            child = None
            raise
        finally:
            self._idle.put(child)

    def _started(self, child: Child | None) -> Child:
        """Return a child that is ready; raises DrawingBusy when the system has no room or no time for one."""
        try:
            child = child or Child(self._bounds)
            if not child.answered:
                child.wait_ready()
        except (OSError, ChildLost) as fault:
            log.warning("no child to draw with: %s", fault)
            raise DrawingBusy(BUSY) from None
        return child

    def _refuse(self, page: tuple[str, int], reason: str) -> None:
        """Remember a page that a child did not survive."""
        if len(self._refused) >= MAX_REFUSED:
            self._refused.clear()
        self._refused[page] = time.monotonic() + REFUSED_SECONDS, reason
