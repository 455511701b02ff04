"""Made-up pages for the tests of layout and structure."""

from collections.abc import Iterable, Sequence

from ingest.document import Line
from ingest.pdf import Bookmark, RawDocument, RawPage

WIDTH, HEIGHT = 595.0, 842.0
LETTER = 0.5
"""The width of a letter in font sizes."""


def line(text: str, x: float = 40.0, y: float = 100.0, size: float = 10.0, *, bold: bool = False) -> Line:
    """A line whose width follows from its letters."""
    return Line(text, x, y, len(text) * LETTER * size, size, bold, order=0)


def column(
    texts: Iterable[str], x: float = 40.0, y: float = 100.0, size: float = 10.0, step: float = 12.0
) -> list[Line]:
    """Lines below each other."""
    return [line(text, x, y + step * i, size) for i, text in enumerate(texts)]


def title(text: str, y: float = 60.0, size: float = 18.0) -> Line:
    """A large, bold line."""
    return line(text, 40.0, y, size, bold=True)


def document(
    pages: Sequence[Sequence[Line]], bookmarks: Sequence[Bookmark] = (), sha256: str = "0" * 64
) -> RawDocument:
    """A document of such pages."""
    raw = tuple(RawPage(number, "", WIDTH, HEIGHT, tuple(lines)) for number, lines in enumerate(pages, 1))
    return RawDocument("plan.pdf", "/plan.pdf", sha256, {}, tuple(bookmarks), raw)


PROSE = (
    "De regio werkt samen aan zorg die past bij wat mensen nodig hebben, nu en",
    "over tien jaar. Huisartsen, wijkverpleging en gemeenten maken daarover",
    "afspraken in een plan dat elk jaar wordt bijgesteld.",
)
