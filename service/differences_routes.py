"""The API of differences: two to five regions side by side on a topic."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from index.compare import Strictness
from index.differences import FEWEST, MOST
from ingest.regions import regions
from service.asking import MAX_QUESTION
from service.compare_files import MEDIA_TYPES, Format
from service.compare_routes import slug
from service.differences_files import write
from service.differing import DifferencesForm, differ, differences_form
from service.library import Library
from service.lookup import Turn, current_library
from service.matrix_routes import FILES, TableFormat
from service.memo_routes import service_address
from service.problems import documented

router = APIRouter(prefix="/v1/compare")


def each_once(names: list[str]) -> list[str]:
    """Refuse a name that is given twice, and one that is empty."""
    if len(set(names)) < len(names) or not all(map(str.strip, names)):
        raise PydanticCustomError("repeated", "each once")
    return names


# What `differ` refuses in better words than pydantic has stands in the description only. It also knows other spellings
# of a region than its name.
NameOfRegion = Annotated[str, Field(json_schema_extra={"enum": [region.name for region in regions()]})]
Topic = Annotated[str, Field(json_schema_extra={"minLength": 1, "pattern": r"\S"})]
Regions = Annotated[
    list[NameOfRegion],
    AfterValidator(each_once),
    Field(json_schema_extra={"minItems": FEWEST, "maxItems": MOST, "uniqueItems": True}),
]


class DifferencesQuery(BaseModel):
    """Welk onderwerp en welke regio's."""

    q: Topic = Field(max_length=MAX_QUESTION, description="Het onderwerp", examples=["valpreventie"])
    region: Regions = Field(
        max_length=20,
        description="Twee tot vijf regio's, elk één keer; zie /v1/regions",
        examples=[["Drenthe", "Zeeland"]],
    )
    strictness: Strictness = Field(default="streng", description="'ruim' leest ook wat minder zeker is")


class DifferencesExportQuery(DifferencesQuery):
    """Welk onderwerp en welke regio's, en in welke vorm."""

    format: TableFormat = Field(default=Format.CSV, description="CSV, XLSX (Excel), DOCX of MD (tabel met citaten)")


def find(library: Library, asked: DifferencesQuery) -> DifferencesForm:
    """Put the regions side by side."""
    return differences_form(library, differ(library, asked.q, asked.region, asked.strictness))


@router.get("/differences", responses=documented(422, 503), summary="Wat verschilt er tussen regio's?")
def differences_route(request: Request, asked: Annotated[DifferencesQuery, Query()], turn: Turn) -> DifferencesForm:
    with turn:
        return find(current_library(request), asked)


@router.get(
    "/differences/export",
    response_class=Response,
    responses={
        200: {"content": {kind: {} for kind in FILES}, "description": "Het bestand"},
        **documented(422, 503),
    },
    summary="De verschillen als bestand",
)
def export(request: Request, asked: Annotated[DifferencesExportQuery, Query()], turn: Turn) -> Response:
    library = current_library(request)
    with turn:
        content = write(library, find(library, asked), asked.format, service_address(request))
    name = f"verschillen-{slug(asked.q)}.{asked.format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=MEDIA_TYPES[asked.format], headers=headers)
