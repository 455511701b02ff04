"""The main program of the process that draws: one request a line in, one line and so many bytes out.

Started by `service.painter`. It goes on from page to page; whatever a page does to it, the parent starts another.
"""

import json
import os
import signal
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from ingest.confine import confine
from service.marks import Box, Glyphs
from service.picture import encode_png, mark

_NOWHERE = (float("nan"),) * 4


@dataclass(frozen=True, slots=True)
class Request:
    """What to make of a page.

    Attributes:
        path: the PDF.
        number: the page, 1-based.
        width: pixels; 0 asks for the letters instead of a picture.
        marks: rectangles to mark on the picture, in points.
    """

    path: str
    number: int
    width: int = 0
    marks: tuple[Box, ...] = ()


def main(memory_mb: str, seconds: str) -> None:
    """Answer requests until there are no more, each within `seconds` of wall-clock time."""
    out = os.fdopen(os.dup(1), "wb")
    # What PDFium prints must not land between our answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    from service import pdfium  # noqa: PLC0415  # before the limits: loading takes address space of its own

    send(out, {"apart": confine(int(memory_mb))})
    for line in sys.stdin.buffer:
        # Without a handler the system itself ends this process, also in the midst of PDFium and without a parent.
        _alarm(float(seconds))
        try:
            header, body = answer(Request(**json.loads(line)))
        except pdfium.UndrawableError as fault:
            header, body = {"fault": str(fault)}, b""
        _alarm(0)
        send(out, header, body)


def answer(request: Request) -> tuple[dict[str, Any], bytes]:
    """Return the header and the bytes that answer a request. Raises pdfium.UndrawableError."""
    from service import pdfium  # noqa: PLC0415  # see `main`

    path = Path(request.path)
    if not request.width:
        return pack(pdfium.read_glyphs(path, request.number))
    picture, scale = pdfium.draw(path, request.number, request.width)
    if request.marks:
        picture = mark(picture, request.marks, scale)
    return {}, encode_png(picture)


def send(out: BinaryIO, header: dict[str, Any], body: bytes = b"") -> None:
    """Write an answer."""
    out.write(json.dumps(header | {"size": len(body)}).encode() + b"\n" + body)
    out.flush()


def ask(request: Request) -> bytes:
    """Return a request as `main` reads it."""
    return json.dumps(asdict(request)).encode() + b"\n"


def pack(glyphs: Glyphs) -> tuple[dict[str, Any], bytes]:
    """Return letters as a header and bytes: a code and a box for each."""
    codes = np.array([ord(text) if text else 0 for text in glyphs.texts], dtype="<u4")
    boxes = np.array([box or _NOWHERE for box in glyphs.boxes], dtype="<f8").reshape(-1, 4)
    return {"width": glyphs.width, "height": glyphs.height}, codes.tobytes() + boxes.tobytes()


def unpack(header: dict[str, Any], body: bytes) -> Glyphs:
    """Return the letters of which `pack` made these. Raises KeyError, TypeError or ValueError on anything else."""
    count, rest = divmod(len(body), 4 + 32)
    if rest:
        raise ValueError(f"{len(body)} bytes are no letters with boxes")
    codes = np.frombuffer(body, "<u4", count).tolist()
    boxes = np.frombuffer(body, "<f8", 4 * count, 4 * count).reshape(-1, 4).tolist()
    return Glyphs(
        float(header["width"]),
        float(header["height"]),
        tuple(chr(code) if code else "" for code in codes),
        tuple(None if box[0] != box[0] else (box[0], box[1], box[2], box[3]) for box in boxes),
    )


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
