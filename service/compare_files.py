"""A comparison as a file: CSV, XLSX, a table for a memo, each with a citation on every row, or the picture."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from service.compare_svg import draw
from service.compare_tables import summary, verdict
from service.comparing import CompareRow, ComparisonForm
from service.library import Library
from service.memo import Format as MemoFormat
from service.memo_commands import BadOutput
from service.memo_files import MEDIA_TYPES as MEMO_TYPES
from service.quoted_table import QuotedRow, QuotedTable, quoted_row, write_markdown
from service.schemas import Passage
from service.sheets import CSV_TYPE, XLSX_TYPE, Cell, Sheet, csv_of, xlsx_of

SOURCE_COLUMNS = ("Document", "Titel", "Uitgever", "Jaar", "Pagina", "Fragment", "Verwijzing", "Adres")
SOURCE_WIDTHS = (30, 36, 24, 8, 8, 90, 60, 60)
COLUMNS = ("Regio", "Soort", "Deel van", "Uitkomst", "Zekerheid", *SOURCE_COLUMNS)
WIDTHS = (32, 18, 24, 16, 10, *SOURCE_WIDTHS)
TEXT_COLUMN = COLUMNS.index("Fragment")


class Format(StrEnum):
    """In which form a table is saved."""

    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"
    MARKDOWN = "md"
    SVG = "svg"


MEDIA_TYPES = {
    Format.CSV: CSV_TYPE,
    Format.XLSX: XLSX_TYPE,
    Format.DOCX: MEMO_TYPES[MemoFormat.DOCX],
    Format.MARKDOWN: MEMO_TYPES[MemoFormat.MARKDOWN],
    Format.SVG: "image/svg+xml",
}


def form_of(out: Path) -> Format:
    """The format that a file name asks for.

    Raises:
        BadOutput: it asks for none that we can write.
    """
    ending = out.suffix.lower().removeprefix(".").replace("markdown", "md")
    if ending not in set(Format):
        raise BadOutput(f"{str(out)!r} eindigt niet op {', '.join(f'.{form}' for form in Format)}.")
    return Format(ending)


def write(library: Library, comparison: ComparisonForm, form: Format, base: str = "") -> bytes:
    """Write a comparison as a file.

    Args:
        library: the index that it was made of.
        comparison: what to write.
        form: in which form.
        base: address of the service, put before the addresses of the pages.
    """
    match form:
        case Format.CSV:
            return csv_of(sheet(comparison, base))
        case Format.XLSX:
            return xlsx_of([sheet(comparison, base)])
        case Format.SVG:
            return draw(comparison).encode()
        case _:
            return write_quoted(memo_table(library, comparison, base), form)


def write_quoted(table: QuotedTable, form: Format) -> bytes:
    """Write a table of quotes as Word or Markdown."""
    if form is Format.MARKDOWN:
        return write_markdown(table).encode()
    # python-docx takes a moment to load, and only this format needs it.
    from service.word_table import write_word  # noqa: PLC0415

    return write_word(table)


def sheet(comparison: ComparisonForm, base: str = "") -> Sheet:
    """The rows with their names and widths."""
    return Sheet("Vergelijking", COLUMNS, WIDTHS, list(table(comparison, base)), frozenset({TEXT_COLUMN}))


def table(comparison: ComparisonForm, base: str = "") -> Iterator[tuple[Cell, ...]]:
    """One row for each passage of a region that is found, and one for each region without."""
    for row in comparison.regions:
        for hit in row.hits:
            yield (*_about(row), *source_cells(hit, base))
        if not row.hits:
            yield (*_about(row), *[""] * len(SOURCE_COLUMNS))


def memo_table(library: Library, comparison: ComparisonForm, base: str = "") -> QuotedTable:
    """The regions that are found, each with its best sentence, and then those that are not."""
    ordered = sorted(comparison.regions, key=lambda row: not row.found)
    rows = [
        quoted_row(library, row.hits[0], (row.region, verdict(row)), base, row.hits[0].highlights)
        if row.hits
        else QuotedRow((row.region, verdict(row)))
        for row in ordered
    ]
    # the passage that is compared stands in the table's own words: as a quote it would need a citation too
    about = "Vergelijkbaar met een fragment" if comparison.passage_id else comparison.topic
    told = (summary(comparison), comparison.scope)
    return QuotedTable(about, told, ("Regio", "Uitkomst"), tuple(rows), library.coverage)


def source_cells(passage: Passage, base: str) -> tuple[Cell, ...]:
    """Where a passage stands, what it says, and how to cite it."""
    where = (passage.document, passage.title, passage.publisher, passage.year or "", passage.page)
    return (*where, passage.text, passage.citation, base + passage.url)


def _about(row: CompareRow) -> tuple[Cell, ...]:
    return (row.region, row.kind, row.parent or "", verdict(row), round(row.confidence, 2))
