"""The page as evidence: its picture with a passage marked, and a page to read it on."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from ingest.document import Document, Passage
from service import forms
from service.citation import running_citation
from service.evidence import VERSION, DrawingBusy, Image, PageNotDrawn, page_image, read_glyphs, rectangles
from service.files import FileChanged, FileGone, pdf_path
from service.keep import Keep
from service.library import Library
from service.lookup import File, Number, current_library, file_told, known_document, known_page, known_passage
from service.marks import Marks
from service.outline import around
from service.pages import reading_url, render
from service.problems import ProblemError, documented

router = APIRouter()

WIDTHS = (200, 2400)
USUAL_WIDTH = 1000
SHARP_WIDTH = 2000
KEPT_BYTES = 48 * 1024 * 1024
"""A page is 100 to 300 KB, so some two hundred of them."""

PassageId = Annotated[str, Query(description="Het fragment dat gemarkeerd wordt; leeg voor geen")]
Width = Annotated[int, Query(ge=WIDTHS[0], le=WIDTHS[1], description="Breedte in beeldpunten")]


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


def make_image_keep() -> Keep[Image]:
    """The memory for drawn pages."""
    return Keep(KEPT_BYTES, lambda image: len(image.png))


@router.get(
    "/v1/documents/{file:path}/pages/{number}/image",
    response_class=Response,
    responses={
        200: {
            "content": {"image/png": {}},
            "description": "De pagina; `Passage-Marks` zegt of het fragment erop staat",
        },
        **documented(404, 409, 422, 503),
    },
    summary="Eén pagina als afbeelding, met een fragment gemarkeerd",
)
def image(
    request: Request, file: File, number: Number, passage: PassageId = "", width: Width = USUAL_WIDTH
) -> Response:
    library = current_library(request)
    document = known_document(library, file)
    known_page(document, number)
    marked = passage_on_page(library, document, number, passage)
    with told():
        pdf_path(document)
        key = (document.sha256, number, width, passage)
        headers = {"ETag": _etag(key), "Cache-Control": "private, no-cache"}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        keep: Keep[Image] = request.app.state.images
        made = keep.get(key, lambda: page_image(document, number, width, marked))
    if made.marks:
        headers["Passage-Marks"] = marks_state(made.marks)
    return Response(made.png, media_type="image/png", headers=headers)


@router.get("/documenten/{file:path}/pagina/{number}", include_in_schema=False)
def reading_page(request: Request, file: File, number: Number, fragment: str = "") -> HTMLResponse:
    """A page to read: its picture with the passage marked, its text, and the way to the rest of the document."""
    library = current_library(request)
    document = known_document(library, file)
    page = known_page(document, number)
    passage = passage_on_page(library, document, number, fragment)
    numbers = [held.number for held in document.pages]
    return render(
        "page.html",
        document=document,
        page=page,
        passage=passage,
        view=view_page(document, number, passage),
        outline=around(forms.section_tree(document.sections), number),
        before=number - 1 if number - 1 in numbers else 0,
        after=number + 1 if number + 1 in numbers else 0,
        citation=running_citation(document, number),
        pdf=forms.page_url(document.file, number),
        widths=(USUAL_WIDTH, SHARP_WIDTH),
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


def marks_state(marks: Marks) -> str:
    """'found', 'partial' or 'missing', as the header `Passage-Marks` says it."""
    if not marks.found:
        return "missing"
    return "partial" if marks.missing else "found"


def view_page(document: Document, number: int, passage: Passage | None) -> View:
    """What is shown of a page's picture; without one, why."""
    url = f"{forms.document_url(document.file)}/pages/{number}/image?"
    try:
        glyphs = read_glyphs(pdf_path(document), document.sha256, number)
        marks = rectangles(document, passage) if passage else None
    except (FileGone, FileChanged, PageNotDrawn, DrawingBusy) as error:
        return View("", 0, 0, None, str(error))
    return View(url + (f"passage={passage.id}&" if passage else ""), glyphs.width, glyphs.height, marks)


def _etag(key: tuple[str, int, int, str]) -> str:
    digest = hashlib.sha256(repr((VERSION, *key)).encode()).hexdigest()[:24]
    return f'"{digest}"'
