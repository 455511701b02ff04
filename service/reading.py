"""A page to read: its picture with the passage marked, its text, and the way to the rest of the document."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from ingest.document import Document, Page, Passage
from service import forms, schemas
from service.citation import running_citation
from service.evidence import DrawingBusy, PageNotDrawn, read_glyphs, rectangles
from service.files import FileChanged, FileGone, pdf_path
from service.library import Library
from service.lookup import File, Number, current_library, file_told, known_document, known_page, known_passage
from service.marks import Marks
from service.outline import around
from service.pages import reading_url, render
from service.problems import ProblemError

router = APIRouter(include_in_schema=False)

WIDTHS = (1000, 2000)
"""Usual and sharp width of a picture, in pixels."""


@dataclass(frozen=True, slots=True)
class View:
    """What the reading page shows of the picture.

    Attributes:
        url: address of the picture, without its width; '' when there is none.
        width, height: size of the page in points.
        marks: where the passage stands, or None.
        problem: Dutch sentence that says why there is no picture, or ''.
    """

    url: str
    width: float
    height: float
    marks: Marks | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One page with all that is shown of it.

    Attributes:
        document, page: which.
        passage: the passage that is marked, or None.
        view: its picture.
        outline: the headings around it.
        before, after: numbers of the pages beside it; 0 for none.
        citation: reference to the page, in words.
        quote: the passage between quotation marks with its reference; '' without a passage.
        pdf: address of the PDF at this page.
    """

    document: Document
    page: Page
    passage: Passage | None
    view: View
    outline: list[schemas.Section]
    before: int
    after: int
    citation: str
    quote: str
    pdf: str


@router.get("/documenten/{file:path}/pagina/{number}")
def reading_page(request: Request, file: File, number: Number, fragment: str = "") -> HTMLResponse:
    """One page of a document, for itself."""
    library = current_library(request)
    document = known_document(library, file)
    page = known_page(document, number)
    passage = passage_on_page(library, document, number, fragment)
    return render("page.html", reading=read(document, page, passage), widths=WIDTHS)


def read(document: Document, page: Page, passage: Passage | None) -> Reading:
    """Gather what is shown of a page; `passage` stands on it."""
    numbers = {held.number for held in document.pages}
    citation = running_citation(document, page.number)
    return Reading(
        document=document,
        page=page,
        passage=passage,
        view=view_page(document, page.number, passage),
        outline=around(forms.section_tree(document.sections), page.number),
        before=page.number - 1 if page.number - 1 in numbers else 0,
        after=page.number + 1 if page.number + 1 in numbers else 0,
        citation=citation,
        quote=f"“{passage.text.strip()}” ({citation})" if passage else "",
        pdf=forms.page_url(document.file, page.number),
    )


def passage_on_page(library: Library, document: Document, number: int, name: str) -> Passage | None:
    """The passage with this id, None for '' ; refused when it stands on another page."""
    if not name:
        return None
    passage = known_passage(library, name)
    if (passage.document, passage.page) != (document.file, number):
        where = (
            f"op pagina {passage.page} van {passage.document!r}: {reading_url(passage.document, passage.page, name)}"
        )
        raise ProblemError(422, "passage-elsewhere", f"Fragment {name!r} staat niet op deze pagina, maar {where}")
    return passage


@contextmanager
def told() -> Iterator[None]:
    """Give what can go wrong with a PDF its HTTP status."""
    try:
        with file_told():
            yield
    except PageNotDrawn as error:
        raise ProblemError(422, "page-not-drawn", str(error)) from None
    except DrawingBusy as error:
        raise ProblemError(503, "too-busy", str(error), {"Retry-After": "5"}) from None


def view_page(document: Document, number: int, passage: Passage | None) -> View:
    """What is shown of a page's picture; without one, why."""
    url = f"{forms.document_url(document.file)}/pages/{number}/image?"
    try:
        glyphs = read_glyphs(pdf_path(document), document.sha256, number)
        marks = rectangles(document, passage) if passage else None
    except (FileGone, FileChanged, PageNotDrawn, DrawingBusy) as error:
        return View("", 0, 0, None, str(error))
    return View(url + (f"passage={passage.id}&" if passage else ""), glyphs.width, glyphs.height, marks)
