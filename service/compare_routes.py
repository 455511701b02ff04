"""The API of comparisons: one topic or passage, every region."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from index.compare import Level, Strictness
from service.asking import MAX_QUESTION
from service.comparing import ComparisonForm, UnknownPassage, compare, comparison_form
from service.library import Library
from service.problems import ProblemError, documented
from service.routes import current_library
from service.waiting import Gate

router = APIRouter(prefix="/v1")


class CompareQuery(BaseModel):
    """Wat te vergelijken: een onderwerp of een fragment."""

    q: str = Field(default="", max_length=MAX_QUESTION, description="Het onderwerp", examples=["valpreventie"])
    passage_id: str = Field(default="", max_length=100, description="Of: een fragment als onderwerp")
    level: Level = Field(default="regio", description="Alle regio's, of de subregio's van één regio")
    strictness: Strictness = Field(default="streng", description="'ruim' toont ook wat minder zeker is")
    parent: str = Field(default="", description="Bij niveau 'subregio': van welke regio; leeg: volgt uit het onderwerp")


def find(request: Request, library: Library, asked: CompareQuery) -> ComparisonForm:
    """Compare as asked; as many at once as the gate lets in.

    Raises:
        ProblemError: there is no such passage.
    """
    gate: Gate = request.app.state.gate
    try:
        with gate:
            found = compare(library, asked.q, asked.level, asked.strictness, asked.parent, asked.passage_id)
    except UnknownPassage as error:
        raise ProblemError(404, "unknown-passage", str(error)) from None
    return comparison_form(library, found)


@router.get("/compare", responses=documented(404, 422, 503), summary="Welke regio's doen iets aan een onderwerp?")
def comparison(request: Request, asked: Annotated[CompareQuery, Query()]) -> ComparisonForm:
    return find(request, current_library(request), asked)
