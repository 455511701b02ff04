"""PDFium: the picture of a page and the places of its letters. The only module that imports pypdfium2.

It runs in a child process (`service.pdfium_worker`), because a page can bring PDFium down. A page is drawn in steps, so
that one that would take for ever is given up.
"""

import ctypes
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pypdfium2
from pypdfium2 import raw

from service.marks import Box, Glyphs
from service.picture import Picture

MAX_PIXELS = 12_000_000
"""A page of 2,400 pixels wide and A4 high is 8 million; a poster is drawn smaller than asked."""
MAX_GLYPHS = 40_000
"""A full newspaper page has half as many."""
DRAWING_SECONDS = 5.0
MIN_SIDE = 1.0


class UndrawableError(Exception):
    """A page of which nothing can be made; the message is a Dutch sentence."""


def read_glyphs(path: Path, number: int) -> Glyphs:
    """Read the letters of a page (1-based) with their places. Raises UndrawableError."""
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
    """Draw a page `width` pixels wide, or smaller when that would be too many; also says how many pixels a point is.

    Raises UndrawableError.
    """
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
        raise UndrawableError(
            "Van deze pagina kan geen afbeelding worden gemaakt: het tekenen duurt te lang. Open de PDF."
        )


@contextmanager
def _open_page(path: Path, number: int) -> Iterator[pypdfium2.PdfPage]:
    """Open one page."""
    try:
        with pypdfium2.PdfDocument(path) as pdf:
            page = pdf[number - 1]
            if min(page.get_size()) < MIN_SIDE:
                raise UndrawableError(
                    f"Pagina {number} van {path.name!r} heeft geen oppervlak, dus er is niets te tonen."
                )
            yield page
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise UndrawableError(f"Pagina {number} van {path.name!r} is beschadigd ({error}). Open de PDF zelf.") from None


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
