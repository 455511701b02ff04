"""Pages that the tests draw, and what PDFium itself reads within rectangles on them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Document, Page, Passage, passage_id
from service.marks import Box
from tests.service.fakes import make_documents

WIDE, HIGH = 400.0, 300.0
Draw = Callable[[Canvas], None]


def draw_pdf(path: Path, *pages: Draw, size: tuple[float, float] = (WIDE, HIGH)) -> Path:
    """Draw a PDF, one function for each page."""
    canvas = Canvas(str(path), pagesize=size, invariant=True)
    for draw in pages:
        canvas.setFont("Helvetica", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def write(lines: Iterable[tuple[float, float, str]]) -> Draw:
    """Return a function that draws lines at (x, y from the bottom, text), in this order."""

    def draw(canvas: Canvas) -> None:
        for x, y, text in lines:
            canvas.drawString(x, y, text)

    return draw


def document_of(path: Path, *texts: str) -> Document:
    """A document of which the pages were read as these texts."""
    digest = sha256(path.read_bytes()).hexdigest()
    pages = tuple(Page(number, "", text) for number, text in enumerate(texts, 1))
    return replace(
        make_documents()[0], file=path.name, path=str(path), sha256=digest, pages=pages, sections=(), passages=()
    )


def passage_of(document: Document, text: str, number: int = 1, occurrence: int = 0) -> Passage:
    """The passage of these words on a page; of words that occur more often, a later occurrence."""
    page = document.pages[number - 1]
    start = [found.start() for found in re.finditer(re.escape(text), page.text)][occurrence]
    name = passage_id(document.sha256, number, start, text)
    return Passage(name, document.file, number, start, start + len(text), text)


def drawn_in(rectangles: Sequence[Box]) -> list[Box]:
    """Rectangles a little smaller: PDFium counts every letter that one touches, those of the next line too."""
    heights = [0.1 * (y1 - y0) for _, y0, _, y1 in rectangles]
    pairs = zip(rectangles, heights, strict=True)
    return [(x0 + 0.1, y0 + less, x1 - 0.1, y1 - less) for (x0, y0, x1, y1), less in pairs]


def read_back(path: Path, number: int, rectangles: Sequence[Box]) -> str:
    """What PDFium reads within rectangles of an upright page, words mended at hyphens."""
    with pypdfium2.PdfDocument(path) as pdf:
        left, _, _, top = pdf[number - 1].get_bbox()
        text = pdf[number - 1].get_textpage()
        smaller = drawn_in(rectangles)
        parts = [text.get_text_bounded(left + x0, top - y1, left + x1, top - y0) for x0, y0, x1, y1 in smaller]
        text.close()
    return "\n".join(parts)


def count_words(text: str) -> Counter[str]:
    """The words and numbers of a text; what a line end split is one word, and a note's number is not of its word."""
    mended = re.sub("[-\u00ad\u2010\u2011\x02\ufffe]\\s*", "", text)
    return Counter(re.findall(r"[^\W\d_]+|\d+", mended))
