"""The page itself: its picture and the place of a passage on it, made in a child process by `service.painter`."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ingest.document import Document, Page, Passage
from service.alignment import Letters, align, letters, words
from service.files import pdf_path
from service.marks import Glyphs, Marks, enclose, middle
from service.painter import LOST, DrawingBusy, PageNotDrawn, Painter
from service.pdfium_worker import Request, unpack

__all__ = [
    "DrawingBusy",
    "Image",
    "PageNotDrawn",
    "page_image",
    "page_of",
    "painter",
    "read_glyphs",
    "rectangles",
]

MAY_MISS = 0.1
"""When more of the words are missing, what was found may be something else."""
VERSION = "2"
"""Raised when the same page and passage give another picture, so that browsers fetch it again."""
PNG = b"\x89PNG\r\n"

painter = Painter()


@dataclass(frozen=True, slots=True)
class Image:
    """A drawn page.

    Attributes:
        png: the file.
        marks: where the passage stands; None when none was asked for.
    """

    png: bytes
    marks: Marks | None


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
    _, png = painter.answer(Request(str(path), number, width, marks.rectangles if marks else ()))
    if not png.startswith(PNG):
        raise PageNotDrawn(LOST.format(number=number, name=path.name))
    return Image(png, marks)


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
    try:
        return unpack(*painter.answer(Request(str(path), number)))
    except (KeyError, TypeError, ValueError):  # a child that was taken over may say anything
        raise PageNotDrawn(LOST.format(number=number, name=path.name)) from None
