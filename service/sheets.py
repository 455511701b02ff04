"""Tables as CSV and XLSX, as a Dutch spreadsheet opens them. The only importer of openpyxl."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Cell = str | int | float

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# A spreadsheet runs a cell that begins so as a formula.
_FORMULA = re.compile(r"^[=+\-@\t\r]")
# What XML 1.0 cannot hold.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to save.

    Attributes:
        title: its name, at most 31 characters.
        columns: names of the columns.
        widths: of the columns, in characters.
        rows: the cells.
        wrapped: columns whose text goes on over more lines.
    """

    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Sequence[tuple[Cell, ...]]
    wrapped: frozenset[int] = frozenset()


def csv_of(sheet: Sheet) -> bytes:
    """Write CSV with semicolons and decimal commas, in UTF-8 with a mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(sheet.columns)
    writer.writerows([_plain(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_of(sheets: Iterable[Sheet]) -> bytes:
    """Write a workbook; cells are texts and numbers, never formulas."""
    from openpyxl import Workbook  # noqa: PLC0415  # a fifth of a second; only for who saves a workbook
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    top, wrapped = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
    for held in sheets:
        sheet = book.create_sheet(held.title)
        sheet.freeze_panes = "B2"
        for number, width in enumerate(held.widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        for at, row in enumerate([held.columns, *held.rows]):
            cells = [WriteOnlyCell(sheet, None) for _ in row]
            for column, (cell, value) in enumerate(zip(cells, row, strict=True)):
                cell.value = _CONTROLS.sub("\ufffd", value) if isinstance(value, str) else value
                # openpyxl takes a text that begins with '=' for a formula
                cell.data_type = "s" if isinstance(value, str) else "n"
                cell.alignment = wrapped if column in held.wrapped else top
                cell.font = Font(bold=not at)
            sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _plain(cell: Cell) -> str:
    """A cell for CSV: a number with a comma, a text that no spreadsheet runs."""
    if isinstance(cell, float):
        return f"{cell:.2f}".replace(".", ",")
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else str(cell)
