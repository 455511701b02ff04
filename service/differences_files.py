"""What differs between regions as a file, each row with the passage that says it."""

from collections.abc import Iterator

from service.asking import BadQuestion
from service.compare_files import SOURCE_COLUMNS, SOURCE_WIDTHS, Format, source_cells, write_quoted
from service.differing import DifferencesForm, Said
from service.forms import passage_form
from service.library import Library
from service.quoted_table import QuotedTable, quoted_row
from service.schemas import Passage
from service.sheets import Cell, Sheet, csv_of, xlsx_of

KINDS = {
    "woorden": "Woorden",
    "doelgroepen": "Doelgroepen",
    "sectoren": "Sectoren",
    "partners": "Partners",
    "termijnen": "Wanneer",
    "cijfers": "Cijfers",
}
COLUMNS = ("Soort", "Wat", "Regio", "Gedeeld", *SOURCE_COLUMNS)


def write(library: Library, found: DifferencesForm, form: Format, base: str = "") -> bytes:
    """Write what differs.

    Raises:
        BadQuestion: there is no picture of it.
    """
    match form:
        case Format.CSV:
            return csv_of(sheet(library, found, base))
        case Format.XLSX:
            return xlsx_of([sheet(library, found, base)])
        case Format.SVG:
            raise BadQuestion("Van verschillen is er geen plaatje. Kies csv, xlsx, docx of md.")
        case _:
            return write_quoted(memo_table(library, found, base), form)


def sheet(library: Library, found: DifferencesForm, base: str = "") -> Sheet:
    """One row for each thing that a region says, with the first passage that says it."""
    rows: list[tuple[Cell, ...]] = [
        (KINDS[kind], name, region, "ja" if shared else "nee", *source_cells(passage, base))
        for kind, name, region, shared, passage, _ in _told(library, found)
    ]
    widths = (16, 32, 32, 10, *SOURCE_WIDTHS)
    return Sheet("Verschillen", COLUMNS, widths, rows, frozenset({COLUMNS.index("Fragment")}))


def memo_table(library: Library, found: DifferencesForm, base: str = "") -> QuotedTable:
    """The same with, as the quote, the sentence that says it."""
    rows = [
        quoted_row(
            library, passage, (KINDS[kind], name, region, "ja" if shared else "nee"), base, [(said.start, said.end)]
        )
        for kind, name, region, shared, passage, said in _told(library, found)
    ]
    names = ", ".join(side.region for side in found.regions)
    empty = [side.region for side in found.regions if not side.found]
    told = [f"Naast elkaar staan: {names}."]
    told += [f"Over dit onderwerp is niets gevonden bij: {', '.join(empty)}."] if empty else []
    return QuotedTable(found.topic, tuple(told), COLUMNS[:4], tuple(rows), library.coverage)


def _told(library: Library, found: DifferencesForm) -> Iterator[tuple[str, str, str, bool, Passage, Said]]:
    """Yield kind, name, region, whether it is shared, the passage, and the words in it."""
    for aspect in found.aspects:
        values = [(True, one) for one in aspect.shared] + [(False, one) for own in aspect.own for one in own.values]
        for shared, value in values:
            for held in value.held:
                said = held.places[0]
                passage = library.searcher.passage(said.passage_id)
                if passage:
                    yield aspect.kind, value.name, held.region, shared, passage_form(library, passage), said
