"""A comparison as a file: CSV or XLSX with a citation on every row, or the picture. The only importer of openpyxl."""

import csv
import io
import re
from collections.abc import Iterator
from enum import StrEnum

from service.compare_svg import draw
from service.compare_tables import verdict
from service.comparing import CompareRow, ComparisonForm
from service.schemas import Hit

COLUMNS = (
    "Regio",
    "Soort",
    "Deel van",
    "Uitkomst",
    "Zekerheid",
    "Document",
    "Titel",
    "Uitgever",
    "Jaar",
    "Pagina",
    "Fragment",
    "Verwijzing",
    "Adres",
)
# Widths in characters; a passage wraps.
WIDTHS = (32, 18, 24, 16, 10, 30, 36, 24, 8, 8, 90, 60, 60)
TEXT_COLUMN = COLUMNS.index("Fragment")

Cell = str | int | float

# A spreadsheet runs a cell that begins so as a formula.
_FORMULA = re.compile(r"^[=+\-@\t\r]")
# What XML 1.0 cannot hold.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Format(StrEnum):
    """In which form a comparison is saved."""

    CSV = "csv"
    XLSX = "xlsx"
    SVG = "svg"


MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.SVG: "image/svg+xml",
}


def write(comparison: ComparisonForm, form: Format, base: str = "") -> bytes:
    """Write a comparison as a file.

    Args:
        comparison: what to write.
        form: in which form.
        base: address of the service, put before the addresses of the pages.
    """
    match form:
        case Format.CSV:
            return write_csv(comparison, base)
        case Format.XLSX:
            return write_xlsx(comparison, base)
        case Format.SVG:
            return draw(comparison).encode()


def table(comparison: ComparisonForm, base: str = "") -> Iterator[tuple[Cell, ...]]:
    """One row for each passage of a region that is found, and one for each region without."""
    for row in comparison.regions:
        for hit in row.hits:
            yield (*_about(row), *_source(hit, base))
        if not row.hits:
            yield (*_about(row), *[""] * (len(COLUMNS) - 5))


def write_csv(comparison: ComparisonForm, base: str = "") -> bytes:
    """Write CSV as a Dutch spreadsheet opens it: semicolons, decimal commas, UTF-8 with a mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_plain(cell) for cell in row] for row in table(comparison, base))
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(comparison: ComparisonForm, base: str = "") -> bytes:
    """Write a workbook with one sheet; cells are texts and numbers, never formulas."""
    from openpyxl import Workbook  # noqa: PLC0415  # a fifth of a second; only for who saves a workbook
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Vergelijking")
    sheet.freeze_panes = "B2"
    for number, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    top, wrapped = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
    for at, row in enumerate([COLUMNS, *table(comparison, base)]):
        cells = [WriteOnlyCell(sheet, None) for _ in row]
        for column, (cell, value) in enumerate(zip(cells, row, strict=True)):
            cell.value = _CONTROLS.sub("\ufffd", value) if isinstance(value, str) else value
            # openpyxl takes a text that begins with '=' for a formula
            cell.data_type = "s" if isinstance(value, str) else "n"
            cell.alignment = wrapped if column == TEXT_COLUMN else top
            cell.font = Font(bold=not at)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _about(row: CompareRow) -> tuple[Cell, ...]:
    return (row.region, row.kind, row.parent or "", verdict(row), round(row.confidence, 2))


def _source(hit: Hit, base: str) -> tuple[Cell, ...]:
    where = (hit.document, hit.title, hit.publisher, hit.year or "", hit.page)
    return (*where, hit.text, hit.citation, base + hit.url)


def _plain(cell: Cell) -> str:
    """A cell for CSV: a number with a comma, a text that no spreadsheet runs."""
    if isinstance(cell, float):
        return f"{cell:.2f}".replace(".", ",")
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else str(cell)
