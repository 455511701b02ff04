"""A matrix as a file: the counts and the activities behind them, each with its citation."""

from collections.abc import Iterator

from index.matrix import Entry, Matrix
from ingest.document import Passage
from service.asking import BadQuestion
from service.compare_files import SOURCE_COLUMNS, SOURCE_WIDTHS, Format, source_cells, write_quoted
from service.forms import passage_form
from service.library import Library
from service.matrixing import NOTE
from service.quoted_table import MAX_QUOTES, QuotedRow, QuotedTable, quoted_row
from service.sheets import Cell, Sheet, csv_of, xlsx_of

NAMES = {"thema": "Thema", "doelgroep": "Doelgroep", "sector": "Sector"}


def write(library: Library, made: Matrix, form: Format, base: str = "") -> bytes:
    """Write a matrix: CSV has the activities, XLSX these and the counts, DOCX and MD a table of quotes.

    Raises:
        BadQuestion: there is no picture of a matrix, or it has more activities than a memo's table holds.
    """
    match form:
        case Format.CSV:
            return csv_of(activities(library, made, base))
        case Format.XLSX:
            return xlsx_of([counts(made), activities(library, made, base)])
        case Format.SVG:
            raise BadQuestion("Van een matrix is er geen plaatje. Kies csv, xlsx, docx of md.")
        case _:
            return write_quoted(memo_table(library, made, base), form)


def counts(made: Matrix) -> Sheet:
    """The matrix itself: a row for each region, so that it fits on a screen."""
    columns = ("Regio", "Soort", "Deel van", "Totaal", *(line.name for line in made.lines))
    rows: list[tuple[Cell, ...]] = [
        (region.name, region.kind, region.parent, total, *(_count(line.cells[at]) for line in made.lines))
        for at, (region, total) in enumerate(zip(made.regions, made.totals, strict=True))
    ]
    return Sheet("Aantallen", columns, (32, 18, 24, 8, *[16] * len(made.lines)), rows)


def activities(library: Library, made: Matrix, base: str = "") -> Sheet:
    """One row for each activity in each cell."""
    columns = (NAMES[made.by], "Regio", "Soort", "Activiteit", *SOURCE_COLUMNS)
    rows = [
        (name, region, kind, words, *source_cells(passage_form(library, passage), base))
        for name, region, kind, passage, span in _entries(made)
        for words in [" ".join(passage.text[slice(*span)].split())]
    ]
    wrapped = frozenset({columns.index("Activiteit"), columns.index("Fragment")})
    return Sheet("Activiteiten", columns, (32, 32, 18, 60, *SOURCE_WIDTHS), rows, wrapped)


def memo_table(library: Library, made: Matrix, base: str = "") -> QuotedTable:
    """Every activity, and the regions that have none.

    Raises:
        BadQuestion: it has more activities than a table of a memo holds.
    """
    found = list(_entries(made))
    if len(found) > MAX_QUOTES:
        raise BadQuestion(
            f"Deze tabel zou {len(found)} citaten tellen; hoogstens {MAX_QUOTES} passen. Kies één thema, CSV of Excel."
        )
    rows = [
        quoted_row(library, passage_form(library, passage), (name, region), base, [span])
        for name, region, _, passage, span in found
    ]
    without = [region.name for region, total in zip(made.regions, made.totals, strict=True) if not total]
    rows += [QuotedRow(("–", name)) for name in without]
    title = f"{NAMES[made.by]} en regio"
    return QuotedTable(title, (NOTE,), (NAMES[made.by], "Regio"), tuple(rows), library.coverage)


def _count(entries: tuple[Entry, ...]) -> int:
    return sum(len(entry.spans) for entry in entries)


def _entries(made: Matrix) -> Iterator[tuple[str, str, str, Passage, tuple[int, int]]]:
    """Yield row, region, kind of region, passage and where the activity stands in it."""
    for line in made.lines:
        for region, entries in zip(made.regions, line.cells, strict=True):
            for entry in entries:
                for span in entry.spans:
                    yield line.name, region.name, region.kind, entry.passage, span
