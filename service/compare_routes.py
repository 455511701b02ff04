"""The API of comparisons: one topic or passage, every region."""

import re
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from index.analysis import fold
from index.compare import Level, Strictness
from service.asking import MAX_QUESTION
from service.compare_files import MEDIA_TYPES, Format, write
from service.comparing import ComparisonForm, UnknownPassage, compare, comparison_form
from service.library import Library
from service.lookup import Turn, current_library, gate_of
from service.memo_routes import service_address
from service.problems import ProblemError, documented

router = APIRouter(prefix="/v1")


class CompareQuery(BaseModel):
    """Wat te vergelijken: een onderwerp of een fragment."""

    q: str = Field(default="", max_length=MAX_QUESTION, description="Het onderwerp", examples=["valpreventie"])
    passage_id: str = Field(default="", max_length=100, description="Of: een fragment als onderwerp")
    part: int = Field(default=0, ge=0, le=1000, description="Bij een fragment: alleen dit deel, vanaf 1; 0 is alles")
    level: Level = Field(default="regio", description="Alle regio's, of de subregio's van één regio")
    strictness: Strictness = Field(default="streng", description="'ruim' toont ook wat minder zeker is")
    parent: str = Field(default="", description="Bij niveau 'subregio': van welke regio; leeg: volgt uit het onderwerp")


def find(request: Request, library: Library, asked: CompareQuery) -> ComparisonForm:
    """Compare as asked; as many at once as the gate lets in.

    Raises:
        ProblemError: there is no such passage.
    """
    try:
        with gate_of(request):
            found = compare(library, asked.q, asked.level, asked.strictness, asked.parent, asked.passage_id, asked.part)
    except UnknownPassage as error:
        raise ProblemError(404, "unknown-passage", str(error)) from None
    return comparison_form(library, found)


@router.get("/compare", responses=documented(404, 422, 503), summary="Welke regio's doen iets aan een onderwerp?")
def comparison(request: Request, asked: Annotated[CompareQuery, Query()]) -> ComparisonForm:
    return find(request, current_library(request), asked)


class ExportQuery(CompareQuery):
    """Wat te vergelijken, en in welke vorm."""

    format: Format = Field(
        default=Format.CSV, description="CSV, XLSX (Excel), DOCX of MD (tabel met citaten voor een memo) of SVG"
    )


@router.get(
    "/compare/export",
    response_class=Response,
    responses={
        200: {"content": {kind: {} for kind in MEDIA_TYPES.values()}, "description": "Het bestand"},
        **documented(404, 422, 503),
    },
    summary="De vergelijking als bestand",
)
def export(request: Request, asked: Annotated[ExportQuery, Query()], turn: Turn) -> Response:
    library = current_library(request)
    found = find(request, library, asked)
    with turn:
        content = write(library, found, asked.format, service_address(request))
    name = f"vergelijking-{slug(found.topic)}.{asked.format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=MEDIA_TYPES[asked.format], headers=headers)


def slug(words: str, length: int = 40) -> str:
    """A piece of a file name: lower-case letters and digits of the words, joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")[:length].strip("-") or "onderwerp"
