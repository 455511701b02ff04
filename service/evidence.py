"""The page itself: its picture and the place of a passage on it. The only module that imports pypdfium2.

PDFium is not safe with threads, so one lock guards every call. A page is drawn in steps, so that one that would take
for ever is given up.
"""

import ctypes
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pypdfium2
from pypdfium2 import raw

from ingest.document import Document, Page, Passage
from ingest.errors import RegiowijzerError
from service.alignment import Letters, align, letters, words
from service.files import pdf_path
from service.marks import Box, Glyphs, Marks, enclose, middle
from service.picture import Picture, encode_png, mark

MAX_PIXELS = 12_000_000
"""A page of 2,400 pixels wide and A4 high is 8 million; a poster is drawn smaller than asked."""
MAX_GLYPHS = 100_000
DRAWING_SECONDS = 5.0
PATIENCE_SECONDS = 10.0
MAY_MISS = 0.1
"""When more of the words are missing, what was found may be something else."""
MIN_SIDE = 1.0
VERSION = "1"
"""Raised when the same page and passage give another picture, so that browsers fetch it again."""

_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Image:
    """A drawn page.

    Attributes:
        png: the file.
        marks: where the passage stands; None when none was asked for.
    """

    png: bytes
    marks: Marks | None


class PageNotDrawn(RegiowijzerError):
    """A page of which no picture can be made."""


class DrawingBusy(RegiowijzerError):
    """Other pages are being drawn, and this one waited too long."""


def page_of(document: Document, number: int) -> Page:
    """The page with a 1-based number. Raises LookupError."""
    return next(page for page in document.pages if page.number == number)


def rectangles(document: Document, passage: Passage) -> Marks:
    """Find where a passage stands on the image of its page.

    Raises PageNotDrawn, DrawingBusy, or what `pdf_path` raises.
    """
    page = page_of(document, passage.page)
    key = (pdf_path(document), document.sha256, page.number)
    wanted, drawn, where = _aligned(*key, page.text)
    spans = [(start, end) for start, end in words(wanted) if _within(passage, wanted.source, start, end)]
    lost = [span for span in spans if -1 in where[slice(*span)]]
    missing = tuple(page.text[wanted.source[start] : wanted.source[end - 1] + 1] for start, end in lost)
    if len(lost) > MAY_MISS * len(spans) or not spans:
        return Marks(False, (), missing)
    chosen = {drawn.source[place] for span in spans if span not in lost for place in where[slice(*span)]}
    return Marks(True, enclose(read_glyphs(*key), chosen), missing)


def _within(passage: Passage, source: Sequence[int], start: int, end: int) -> bool:
    """Whether a word of the page's text is one of the passage's."""
    return source[start] < passage.end and source[end - 1] >= passage.start


def page_image(document: Document, number: int, width: int, passage: Passage | None = None) -> Image:
    """Draw a page `width` pixels wide, with a passage marked when its words are found there.

    Raises PageNotDrawn, DrawingBusy, or what `pdf_path` raises.
    """
    path = pdf_path(document)
    marks = rectangles(document, passage) if passage else None
    picture, scale = draw(path, number, width)
    if marks and marks.found:
        picture = mark(picture, marks.rectangles, scale)
    return Image(encode_png(picture), marks)


@lru_cache(maxsize=64)
def _aligned(path: Path, sha256: str, number: int, text: str) -> tuple[Letters, Letters, list[int]]:
    """Find the letters of a page's text on its image; kept, because a page holds several passages."""
    glyphs = read_glyphs(path, sha256, number)
    wanted = letters(text)
    drawn = letters([text if box else "" for text, box in zip(glyphs.texts, glyphs.boxes, strict=True)])
    boxes = [glyphs.boxes[at] for at in drawn.source]
    return wanted, drawn, align(wanted, drawn, [middle(box) for box in boxes if box])


@lru_cache(maxsize=64)
def read_glyphs(path: Path, sha256: str, number: int) -> Glyphs:
    """Read the letters of a page with their places; the digest makes a changed file another one."""
    with _open_page(path, number) as page:
        text = page.get_textpage()
        try:
            count = min(text.count_chars(), MAX_GLYPHS)
            texts = tuple(_character(raw.FPDFText_GetUnicode(text, at)) for at in range(count))
            place = _placer(page)
            boxes = tuple(None if raw.FPDFText_IsGenerated(text, at) == 1 else place(text, at) for at in range(count))
            wide, high = page.get_size()
            return Glyphs(wide, high, texts, boxes)
        finally:
            text.close()


def draw(path: Path, number: int, width: int) -> tuple[Picture, float]:
    """Draw a page `width` pixels wide, or smaller when that would be too many; also says how many pixels a point is."""
    with _open_page(path, number) as page:
        points_wide, points_high = page.get_size()
        scale = min(width / points_wide, (MAX_PIXELS / (points_wide * points_high)) ** 0.5)
        size = max(1, round(points_wide * scale)), max(1, round(points_high * scale))
        bitmap = pypdfium2.PdfBitmap.new_native(*size, raw.FPDFBitmap_BGR, rev_byteorder=True)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, *size)
        _draw_in_steps(page, bitmap, size)
        picture = np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
        bitmap.close()
        return picture, scale


def _draw_in_steps(page: pypdfium2.PdfPage, bitmap: pypdfium2.PdfBitmap, size: tuple[int, int]) -> None:
    """Let PDFium draw, and give up when it takes too long."""
    late = time.monotonic() + DRAWING_SECONDS
    pause = raw.IFSDK_PAUSE(version=1)
    kind = dict(raw.IFSDK_PAUSE._fields_)["NeedToPauseNow"]
    pause.NeedToPauseNow = kind(lambda _: time.monotonic() > late)
    flags = raw.FPDF_ANNOT | raw.FPDF_REVERSE_BYTE_ORDER
    try:
        status = raw.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, *size, 0, flags, ctypes.byref(pause))
    finally:
        raw.FPDF_RenderPage_Close(page)
    if status != raw.FPDF_RENDER_DONE:
        raise PageNotDrawn(
            "Van deze pagina kan geen afbeelding worden gemaakt: het tekenen duurt te lang. Open de PDF."
        )


@contextmanager
def _open_page(path: Path, number: int) -> Iterator[pypdfium2.PdfPage]:
    """Open one page while nobody else uses PDFium."""
    if not _lock.acquire(timeout=PATIENCE_SECONDS):
        raise DrawingBusy("Er worden nu te veel pagina's getekend. Probeer het over een paar seconden opnieuw.")
    try:
        with pypdfium2.PdfDocument(path) as pdf:
            page = pdf[number - 1]
            if min(page.get_size()) < MIN_SIDE:
                raise PageNotDrawn(f"Pagina {number} van {path.name!r} heeft geen oppervlak, dus er is niets te tonen.")
            yield page
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise PageNotDrawn(f"Pagina {number} van {path.name!r} is beschadigd ({error}). Open de PDF zelf.") from None
    finally:
        _lock.release()


def _character(code: int) -> str:
    return chr(code) if 0 < code <= 0x10FFFF else ""


def _placer(page: pypdfium2.PdfPage) -> Callable[[pypdfium2.PdfTextPage, int], Box | None]:
    """Return a function from a glyph to its box on the page as displayed: cropped, rotated, y downwards."""
    left, bottom, right, top = page.get_bbox()
    rotation = page.get_rotation()
    wide, high = page.get_size()
    sides = [ctypes.c_double() for _ in range(4)]

    def place(text: pypdfium2.PdfTextPage, at: int) -> Box | None:
        if not raw.FPDFText_GetCharBox(text, at, *map(ctypes.byref, sides)):
            return None
        x0, x1, y0, y1 = (side.value for side in sides)
        x0, y0, x1, y1 = turn((x0 - left, top - y1, x1 - left, top - y0), right - left, top - bottom, rotation)
        seen = x1 > x0 and y1 > y0 and x1 > 0 and y1 > 0 and x0 < wide and y0 < high
        return (x0, y0, x1, y1) if seen else None

    return place


def turn(box: Box, width: float, height: float, rotation: int) -> Box:
    """Turn a box on a page of a size clockwise by 0, 90, 180 or 270 degrees."""
    x0, y0, x1, y1 = box
    if rotation == 90:
        return height - y1, x0, height - y0, x1
    if rotation == 180:
        return width - x1, height - y1, width - x0, height - y0
    if rotation == 270:
        return y0, width - x1, y1, width - x0
    return box
