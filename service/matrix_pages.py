"""The page of the matrix: regions by themes, target groups or sectors, and the activities behind each cell."""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from ingest.themes import themes
from service import forms
from service.asking import BadQuestion, UnknownFilter
from service.compare_files import Format
from service.compare_pages import wholes
from service.library import Library
from service.matrix_files import NAMES
from service.matrix_routes import CellQuery, MatrixQuery, find
from service.matrixing import MatrixCellForm, MatrixForm, cell_form, matrix_form
from service.pages import KINDS, asset, render

router = APIRouter(include_in_schema=False)

ADDRESS = "/matrix"
CELL = "/matrix/vakje"
FORMATS = (
    (Format.XLSX, "Excel"),
    (Format.CSV, "CSV"),
    (Format.DOCX, "Word-tabel"),
    (Format.MARKDOWN, "Markdown-tabel"),
)


class MatrixAsk(MatrixQuery):
    """What the form holds, besides what the API takes.

    Attributes:
        kind: only regions of this kind; '' for all.
    """

    kind: str = ""


class CellAsk(CellQuery):
    """Which cell; nothing is an unknown one."""

    name: str = ""
    region: str = ""


def address(asked: MatrixAsk, **changes: str) -> str:
    """The page's address for what is asked, with some of it changed; what is as usual is left out."""
    return _address(ADDRESS, asked, changes)


def cell_address(asked: MatrixQuery, name: str, region: str) -> str:
    """The address of the activities behind a cell."""
    return _address(CELL, asked, {"name": name, "region": region})


def _address(path: str, asked: MatrixQuery, changes: Mapping[str, str]) -> str:
    usual = MatrixAsk().model_dump()
    held = {**asked.model_dump(), **changes}
    fields = {name: value for name, value in held.items() if value != usual.get(name, "")}
    return f"{path}?{urlencode(fields)}" if fields else path


def saves(asked: MatrixAsk) -> list[tuple[str, str]]:
    """The addresses of the matrix as a file, each with what it is called."""
    held = {name: value for name, value in asked.model_dump(exclude={"kind"}).items() if value}
    return [(f"/v1/matrix/export?{urlencode({**held, 'format': form})}", label) for form, label in FORMATS]


def columns(made: MatrixForm, kind: str) -> list[tuple[int, str, int]]:
    """Where each region stands among the cells, its name, and its total; regions of one kind, or all."""
    return [(at, one.region, one.total) for at, one in enumerate(made.regions) if kind in {"", one.kind}]


@router.get(ADDRESS)
def matrix_page(request: Request, asked: Annotated[MatrixAsk, Query()]) -> HTMLResponse:
    """The table, with what it can show."""
    library: Library = request.app.state.library.get()
    made, complaint = None, ""
    try:
        with request.app.state.gate:
            made = matrix_form(library, find(library, asked), asked.theme, asked.level, asked.parent)
    except (BadQuestion, UnknownFilter) as error:
        complaint = str(error)
    return render(
        "matrix.html",
        422 if complaint else 200,
        asked=asked,
        made=made,
        complaint=complaint,
        names=NAMES,
        columns=columns(made, asked.kind) if made else [],
        kinds={one.kind: KINDS.get(one.kind, one.kind) for one in made.regions} if made else {},
        themes=[theme.name for theme in themes() if theme.name in library.themes],
        wholes=wholes(library),
        coverage=forms.coverage_form(library.coverage),
        cell_address=cell_address,
        address=address,
        saves=saves(asked),
        style=asset("compare.css"),
    )


@router.get(CELL)
def cell_page(request: Request, asked: Annotated[CellAsk, Query()]) -> HTMLResponse:
    """The activities behind one cell."""
    library: Library = request.app.state.library.get()
    found: MatrixCellForm | None = None
    complaint = ""
    try:
        with request.app.state.gate:
            found = cell_form(library, find(library, asked), asked.name, asked.region, asked.theme)
    except (BadQuestion, UnknownFilter) as error:
        complaint = str(error)
    back = MatrixAsk(by=asked.by, theme=asked.theme, level=asked.level, parent=asked.parent)
    return render(
        "matrix_cell.html",
        422 if complaint else 200,
        found=found,
        complaint=complaint,
        back=address(back),
        coverage=forms.coverage_form(library.coverage),
        style=asset("compare.css"),
    )
