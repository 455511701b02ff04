"""The main program of the child process: limits, clocks, and one JSON line a page on standard output.

Started by `ingest.pdf`, reads with `ingest.child`. Whatever a hostile file does to this process, the parent keeps the
lines that came out: `{"apart": …}` (whether the network is gone), `{"head": …}`, `{"page": …}`, `{"tail": …}` or
`{"error": [code, reason]}`.
"""

import json
import os
import signal
import time
from collections.abc import Callable
from typing import Any, TextIO, TypeVar

from ingest import child as pdf
from ingest.confine import confine

T = TypeVar("T")
EXTRA_SECONDS = 5.0
"""Time for bookmarks, labels and metadata, which are welcome but not needed."""
MAX_REASON = 200
MAX_PAGE = 8 << 20
"""Characters of a page as it is sent: some two hundred thousand lines or rules."""


class TooSlowError(BaseException):
    """A step took longer than it may. No Exception, because pypdf catches those and goes on."""


def main(path: str, limits: str) -> None:
    """Read the PDF at `path` within `limits` (JSON of `ingest.pdf.Limits`)."""
    # What pypdf or a library under it prints must not land between our lines.
    out = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    allowed = json.loads(limits)
    apart = confine(allowed["memory_mb"], allowed["seconds"])
    send(out, apart=apart)
    try:
        read(path, allowed, out)
    except TooSlowError:
        send(out, error=("slow", ""))
    except MemoryError:
        send(out, error=("memory", ""))
    except pdf.PasswordNeededError:
        send(out, error=("password", ""))
    except Exception as error:  # a hostile file can raise anything; all of it means that the file is broken
        send(out, error=(type(error).__name__, str(error)[:MAX_REASON]))
    out.close()
    os._exit(0)  # tearing down a large object graph takes longer than reading a page


def read(path: str, limits: dict[str, Any], out: TextIO) -> None:
    """Read the file and send it page by page."""
    complaints = pdf.Complaints()
    reader = timed(limits["seconds"], lambda: pdf.open_pdf(path))
    count = timed(limits["seconds"], lambda: len(reader.pages))
    labels = extra(lambda: list(reader.page_labels), list[str]())
    send(out, head={"pages": count, "metadata": extra(lambda: pdf.metadata(reader), dict[str, str]())})
    faces: pdf.Faces = {}
    characters = 0
    incomplete = "pages" if count > limits["pages"] else ""
    for index in range(min(count, limits["pages"])):
        left = limits["seconds"] - time.process_time()
        if left <= 0:
            incomplete = "slow"
            break
        complaints.messages.clear()
        drawn = read_page(reader, index, faces, complaints, min(left, limits["page_seconds"]))
        label = labels[index] if index < len(labels) else ""
        send_page(out, page_json(drawn, index + 1, label))
        characters += sum(len(line.text) for line in drawn.lines)
        if characters > limits["characters"]:
            incomplete = "characters"
            break
    marks = extra(lambda: pdf.bookmarks(reader), list[tuple[str, int, int]]())
    send(out, tail={"bookmarks": marks, "incomplete": incomplete})


def read_page(
    reader: pdf.Reader, index: int, faces: pdf.Faces, complaints: pdf.Complaints, seconds: float
) -> pdf.Drawn:
    """Read one page; whatever goes wrong becomes its problem, and the next page goes on."""
    try:
        return timed(seconds, lambda: pdf.read_page(reader, index, faces, complaints.messages))
    except TooSlowError:
        problem = "slow"
    except MemoryError:
        problem = "memory"
    except Exception as error:  # a broken page can raise anything; the other pages may be fine
        problem = (str(error) or type(error).__name__)[:MAX_REASON]
    return pdf.Drawn(0.0, 0.0, [], problem)


def page_json(drawn: pdf.Drawn, number: int, label: str) -> dict[str, Any]:
    """Return a page in the form that `ingest.pdf` takes apart; a label that only repeats the number is dropped."""
    return {
        "number": number,
        "label": "" if label == str(number) else label,
        "width": round(drawn.width, 2),
        "height": round(drawn.height, 2),
        "lines": [(line.text, line.x, line.y, line.width, line.size, int(line.bold)) for line in drawn.lines],
        "problem": drawn.problem,
        "rules": drawn.rules,
        "hidden": dict(drawn.hidden),
    }


def extra(step: Callable[[], T], otherwise: T) -> T:
    """Run a step that is welcome but not needed; a fault, or too long a time, gives `otherwise`."""
    try:
        return timed(EXTRA_SECONDS, step)
    except (TooSlowError, Exception):  # whatever a hostile file makes of it, its pages matter more
        return otherwise


def timed(seconds: float, step: Callable[[], T]) -> T:
    """Run a step; raises TooSlowError after `seconds` of processor time, so that a busy machine fails no page."""
    if not hasattr(signal, "setitimer"):
        return step()
    signal.signal(signal.SIGPROF, _ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return step()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _ring(number: int, stack: object) -> None:
    raise TooSlowError


def send_page(out: TextIO, page: dict[str, Any]) -> None:
    """Write a page; of one that would take too much of what may be sent, only that it does."""
    message = json.dumps({"page": page}, separators=(",", ":"))
    if len(message) > MAX_PAGE:
        message = json.dumps({"page": page | {"lines": [], "rules": [], "problem": "large"}})
    out.write(message + "\n")
    out.flush()


def send(out: TextIO, **message: object) -> None:
    """Write one line and push it out, so that it survives a kill."""
    out.write(json.dumps(message, separators=(",", ":")) + "\n")
    out.flush()
