"""Tables with ruling lines, drawn with reportlab and read as any other PDF."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from ingest.pdf import read_pdf
from ingest.structure import Structure, structure
from tests.ingest.pdfs import draw
from tests.ingest.test_tables import is_whole, pairs

GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.grey)
TIGHT = [("LEFTPADDING", (0, 0), (-1, -1), 2), ("RIGHTPADDING", (0, 0), (-1, -1), 2)]
BOLD = ("FONT", (0, 0), (-1, 0), "Helvetica-Bold")
HEADER = ["Doel", "Trekker", "Jaar"]
ROWS = [["Valpreventie", "Gemeente", "2026"], ["Beeldbellen", "Huisartsen", "2027"], ["Inloop", "Gemeente", "2025"]]


def page(
    rows: Sequence[Sequence[str]], *style: tuple[object, ...], top: float = 120, widths: Sequence[float] | None = None
) -> Callable[[Canvas], None]:
    """A page with a table without bold type and with next to no white space in its cells, under a line of text."""

    def drawn(canvas: Canvas) -> None:
        table = Table(rows, colWidths=widths, style=[*TIGHT, *(style or [GRID])])
        _, height = table.wrapOn(canvas, 500, 700)
        table.drawOn(canvas, 60, 842 - top - height)

    return drawn


def made(folder: Path, *pages: Callable[[Canvas], None]) -> Structure:
    """What is read of these pages."""
    return structure(read_pdf(draw(folder / "tabel.pdf", *pages)), "", ())


def told(rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> list[tuple[str, str]]:
    """The cells of rows with their columns."""
    return [(name, cell) for row in rows for name, cell in zip(header, row, strict=True) if cell and name]


def test_cells_that_all_but_touch_are_parted_by_the_line_between_them(tmp_path: Path) -> None:
    """Columns are named by a header in the same type as its rows, above numbers and words that recur."""
    found = made(tmp_path, page([HEADER, *ROWS]))
    assert pairs(found.passages) == told(ROWS)
    assert found.pages[0].text.splitlines()[0] == "Doel | Trekker | Jaar"
    assert is_whole(found.pages[0], found.passages)


def test_bold_names_are_a_header_whatever_stands_under_them(tmp_path: Path) -> None:
    """Also over words that never recur, and where one of the names is left out."""
    header, rows = ["Wat", "", "Wie"], [["Lopen", "samen", "Allen"], ["Eten", "thuis", "Buren"]]
    found = made(tmp_path, page([header, *rows], GRID, BOLD))
    assert pairs(found.passages) == told(rows, header)
    assert "Lopen | samen | Allen" in found.pages[0].text


def test_a_table_without_names_has_rows(tmp_path: Path) -> None:
    """Its cells stay together and bear no name."""
    rows = [["v0.1", "3 mei", "eerste versie"], ["v0.2", "8 mei", "na overleg"], ["v1.0", "1 juni", "definitief"]]
    found = made(tmp_path, page(rows))
    assert found.pages[0].text.splitlines() == [" | ".join(row) for row in rows]
    assert pairs(found.passages) == []


def test_a_list_of_terms_is_read_term_by_term(tmp_path: Path) -> None:
    """In a table of two columns with running text in the second, the first is a heading."""
    words = "is wat mensen in de wijk samen doen om langer gezond te blijven"
    found = made(tmp_path, page([[f"Begrip{n}", f"Dit {words}."] for n in "abc"]))
    assert [passage.section[-1] for passage in found.passages] == ["Begripa", "Begripb", "Begripc"]


def test_a_cell_over_columns_and_a_title_over_all(tmp_path: Path) -> None:
    """The first bears the names of its columns; the title bears none and names none."""
    rows = [["Acties voor ouderen", "", ""], HEADER, *ROWS, ["Scholing", "alle partijen samen", ""]]
    spans = [("SPAN", (0, 0), (2, 0)), ("SPAN", (1, -1), (2, -1))]
    bold = [("FONT", (0, 0), (-1, 1), "Helvetica-Bold")]
    found = made(tmp_path, page(rows, GRID, *spans, *bold))
    assert pairs(found.passages) == [*told(ROWS), ("Doel", "Scholing"), ("Trekker / Jaar", "alle partijen samen")]


def test_names_in_two_rows_are_joined(tmp_path: Path) -> None:
    """What groups the columns stands before the name of each."""
    rows = [["Doel", "Kosten", ""], ["", "2025", "2026"], ["Inloop", "10", "20"], ["Vervoer", "30", "40"]]
    spans = [("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1)), ("FONT", (0, 0), (-1, 1), "Helvetica-Bold")]
    found = made(tmp_path, page(rows, GRID, *spans))
    assert pairs(found.passages)[:3] == [("Doel", "Inloop"), ("Kosten 2025", "10"), ("Kosten 2026", "20")]


def test_a_table_goes_on_overleaf_without_its_header(tmp_path: Path) -> None:
    """At the top of the next page the same columns have the same names; other columns have none."""
    widths = (150, 120, 80)
    first, second = page([HEADER, *ROWS], GRID, top=500, widths=widths), page(ROWS[::-1], GRID, top=60, widths=widths)
    assert pairs(made(tmp_path, first, second).passages) == told([*ROWS, *ROWS[::-1]])
    other = page(ROWS[::-1], GRID, top=60, widths=(100, 150, 100))
    assert pairs(made(tmp_path, first, other).passages) == told(ROWS)


def test_a_header_alone_at_the_foot_of_a_page(tmp_path: Path) -> None:
    """It names the columns of the rows overleaf."""
    widths = (150, 120, 80)
    first = page([HEADER], GRID, BOLD, top=700, widths=widths)
    assert pairs(made(tmp_path, first, page(ROWS, GRID, top=60, widths=widths)).passages) == told(ROWS)


@pytest.mark.parametrize(
    "lines",
    [
        [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey), BOLD],
        [("LINEABOVE", (0, 0), (-1, -1), 0.5, colors.grey), ("LINEBELOW", (0, -1), (-1, -1), 0.5, colors.grey)],
    ],
)
def test_level_lines_are_enough(tmp_path: Path, lines: Sequence[tuple[object, ...]]) -> None:
    """Under every row, or above; then white space parts the columns, and a bold header may have no line above it."""
    found = made(tmp_path, page([HEADER, *ROWS], *lines, widths=(150, 120, 80)))
    assert pairs(found.passages) == told(ROWS)


def test_ticks_stand_under_their_columns(tmp_path: Path) -> None:
    """A letter that ticks a box is a cell of the column it stands in."""
    rows = [["Opgave", "Huisartsen", "Ggz", "Welzijn"], ["Ouderen", "V", "", "V"], ["Jeugd", "", "V", ""]]
    found = made(tmp_path, page(rows))
    assert pairs(found.passages) == told(rows[1:], rows[0])


def test_a_framed_text_is_no_table(tmp_path: Path) -> None:
    """One box, or two beside each other with a page of text, keep their paragraphs."""
    text = "\n".join(f"Zin nummer {n} staat hier op een regel van zichzelf." for n in range(30))
    found = made(tmp_path, page([[text, text]], widths=(240, 240)))
    assert all(passage.kind != "table" for passage in found.passages)
    assert pairs(found.passages) == []
