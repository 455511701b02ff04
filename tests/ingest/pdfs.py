"""PDFs that the tests of ingest make: neat ones with reportlab, hostile ones byte by byte."""

import io
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

A4 = (595.0, 842.0)


def draw(path: Path, *pages: Callable[[Canvas], None], title: str = "", author: str = "") -> Path:
    """Write a PDF with one page for every function that draws one."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return path


def text(*lines: str, size: float = 11, font: str = "Helvetica") -> Callable[[Canvas], None]:
    """Return a page that draws lines under each other, the first at 100 points from the top."""

    def page(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for number, line in enumerate(lines):
            canvas.drawString(72, 842 - 100 - number * 1.3 * size, line)

    return page


def picture(canvas: Canvas) -> None:
    """Draw an image without any text: a scanned page."""
    # A 2 x 2 pixel image in the portable pixmap format.
    pixels = io.BytesIO(b"P6 2 2 255 " + bytes(range(12)))
    canvas.drawImage(ImageReader(pixels), 50, 50, 400, 600)


def blank(canvas: Canvas) -> None:
    """Draw nothing."""


def raw(path: Path, objects: Mapping[int, bytes], root: int = 1) -> Path:
    """Write objects as a PDF with a correct cross-reference table; object 1 is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places.get(number, 0)
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start)
    path.write_bytes(out)
    return path


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """Return a compressed stream object."""
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), extra, packed)


def pages_of(
    path: Path, contents: Sequence[bytes], page: bytes = b"", extra: Mapping[int, bytes] | None = None
) -> Path:
    """Write a PDF with one page for each content stream; equal streams are shared. Font /F1 is Helvetica.

    `page` is added to every page dictionary and may bring its own /Resources. `extra` holds more objects, numbered from
    1000, the first of which is XObject /X1.
    """
    unique = list(dict.fromkeys(contents))
    first = 10 + len(unique)
    kids = b" ".join(b"%d 0 R" % (first + index) for index in range(len(contents)))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count %d /MediaBox [0 0 595 842] /Kids [%s] >>" % (len(contents), kids),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    }
    objects |= {10 + index: stream(data) for index, data in enumerate(unique)}
    names = b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> %s >>" % (b"/XObject << /X1 1000 0 R >>" if extra else b"")
    page += b"" if b"/Resources" in page else names
    for index, data in enumerate(contents):
        content = 10 + unique.index(data)
        objects[first + index] = b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R %s >>" % (content, page)
    return raw(path, objects | dict(extra or {}))
