"""The API of the matrix: what is planned on each theme, for each target group or in each sector, by region."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, WithJsonSchema

from index.compare import Level
from index.matrix import By, Matrix
from service.compare_files import MEDIA_TYPES, Format
from service.compare_routes import slug
from service.library import Library
from service.lookup import Turn, current_library
from service.matrix_files import write
from service.matrixing import MatrixCellForm, MatrixForm, cell_form, matrix, matrix_form
from service.memo_routes import service_address
from service.problems import documented

router = APIRouter(prefix="/v1")
FILES = [kind for form, kind in MEDIA_TYPES.items() if form is not Format.SVG]
_NAMES = [form.value for form in Format if form is not Format.SVG]
# Who asks for a picture is told in words that there is none; the description does not offer it.
TableFormat = Annotated[Format, WithJsonSchema({"type": "string", "enum": _NAMES})]


class MatrixQuery(BaseModel):
    """Wat er in de rijen en de kolommen staat."""

    by: By = Field(default="thema", description="Wat de rijen zijn")
    theme: str = Field(default="", max_length=200, description="Alleen activiteiten bij dit thema; zie /v1/themes")
    level: Level = Field(default="regio", description="Alle regio's, of de delen van één regio")
    parent: str = Field(default="", max_length=200, description="Bij niveau 'subregio': van welke regio")


class CellQuery(MatrixQuery):
    """Welk vakje."""

    name: str = Field(max_length=200, description="De rij", examples=["Digitale zorg"])
    region: str = Field(max_length=200, description="De kolom", examples=["Zeeland"])


class MatrixExportQuery(MatrixQuery):
    """De matrix, en in welke vorm."""

    format: TableFormat = Field(default=Format.CSV, description="CSV, XLSX (Excel), DOCX of MD (tabel met citaten)")


def find(library: Library, asked: MatrixQuery) -> Matrix:
    """Make the matrix that is asked for."""
    return matrix(library, asked.by, asked.theme, asked.level, asked.parent)


@router.get("/matrix", responses=documented(422, 503), summary="Hoeveel activiteiten per thema en regio")
def matrix_route(request: Request, asked: Annotated[MatrixQuery, Query()], turn: Turn) -> MatrixForm:
    library = current_library(request)
    with turn:
        return matrix_form(library, find(library, asked), asked.theme, asked.level, asked.parent)


@router.get("/matrix/cell", responses=documented(422, 503), summary="De activiteiten achter een vakje")
def cell(request: Request, asked: Annotated[CellQuery, Query()], turn: Turn) -> MatrixCellForm:
    library = current_library(request)
    with turn:
        return cell_form(library, find(library, asked), asked.name, asked.region, asked.theme)


@router.get(
    "/matrix/export",
    response_class=Response,
    responses={
        200: {"content": {kind: {} for kind in FILES}, "description": "Het bestand"},
        **documented(422, 503),
    },
    summary="De matrix als bestand",
)
def export(request: Request, asked: Annotated[MatrixExportQuery, Query()], turn: Turn) -> Response:
    library = current_library(request)
    with turn:
        content = write(library, find(library, asked), asked.format, service_address(request))
    name = f"matrix-{slug(asked.theme or asked.by)}.{asked.format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=MEDIA_TYPES[asked.format], headers=headers)
