"""The page as evidence: its picture with a passage marked."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from service.evidence import VERSION, Image, page_image
from service.files import pdf_path
from service.keep import Keep
from service.lookup import File, Number, current_library, known_document, known_page
from service.marks import Marks
from service.problems import documented
from service.reading import WIDTHS as DRAWN
from service.reading import passage_on_page, told

router = APIRouter()

WIDTHS = (200, 2400)
KEPT_BYTES = 48 * 1024 * 1024
"""A page is 100 to 300 KB, so some two hundred of them."""

PassageId = Annotated[str, Query(description="Het fragment dat gemarkeerd wordt; leeg voor geen")]
Width = Annotated[int, Query(ge=WIDTHS[0], le=WIDTHS[1], description="Breedte in beeldpunten")]


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
def image(request: Request, file: File, number: Number, passage: PassageId = "", width: Width = DRAWN[0]) -> Response:
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


def marks_state(marks: Marks) -> str:
    """'found', 'partial' or 'missing', as the header `Passage-Marks` says it."""
    if not marks.found:
        return "missing"
    return "partial" if marks.missing else "found"


def _etag(key: tuple[str, int, int, str]) -> str:
    digest = hashlib.sha256(repr((VERSION, *key)).encode()).hexdigest()[:24]
    return f'"{digest}"'
