"""Tables under a header, without ruling lines: made with reportlab, read and structured as any other PDF."""

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from ingest.document import Page, Passage
from ingest.pdf import read_pdf
from ingest.structure import Structure, structure
from tests.ingest.pages import PROSE

STYLES = getSampleStyleSheet()
WIDE = 500
"""Points over which the columns are spread: cells that all but touch are read as one."""
HEADER = ["Activiteit", "Wie doet het", "Klaar in", "Kosten"]
ROWS = [
    ["Valpreventie in de wijk", "Fysiotherapeuten", "2026", "12.000 euro"],
    ["Beeldbellen met\nde huisarts", "Huisartsen", "2027", "8.500 euro"],
    ["Scholing mantelzorg", "Welzijn", "2025", "4.000 euro"],
]


def drawn(rows: Sequence[Sequence[str]], *style: tuple[object, ...], repeat: int = 0) -> Table:
    """A table without ruling lines, its first row in bold."""
    usual = [("FONT", (0, 0), (-1, 0), "Helvetica-Bold"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Table(
        rows,
        colWidths=WIDE / len(rows[0]),
        repeatRows=repeat,
        style=[*usual, *style],
    )


def made(folder: Path, *parts: Flowable) -> Structure:
    """What is read of a page with a heading, a paragraph, these parts and a paragraph."""
    path = folder / "tabel.pdf"
    text = Paragraph(" ".join(PROSE), STYLES["Normal"])
    story = [Paragraph("Wat de regio gaat doen", STYLES["Heading1"]), text, Spacer(0, 12), *parts, Spacer(0, 12), text]
    SimpleDocTemplate(str(path), invariant=1).build(story)
    return structure(read_pdf(path), "", ())


def pairs(passages: Sequence[Passage]) -> list[tuple[str, str]]:
    """The cells of passages as (column, words)."""
    return [(cell.column, passage.text[cell.start : cell.end]) for passage in passages for cell in passage.cells]


def is_whole(page: Page, passages: Sequence[Passage]) -> bool:
    """Whether passages are slices of their page."""
    return all(p.text == page.text[p.start : p.end] for p in passages if p.page == page.number)


def test_each_cell_knows_its_column(tmp_path: Path) -> None:
    """Rows are lines of the text, cells over two lines are joined, and nothing of the table is lost or doubled."""
    found = made(tmp_path, drawn([HEADER, *ROWS]))
    plain = [[cell.replace("\n", " ") for cell in row] for row in ROWS]
    assert pairs(found.passages) == [pair for row in plain for pair in zip(HEADER, row, strict=True)]
    for row in [HEADER, *plain]:
        assert f"\n{' | '.join(row)}\n" in found.pages[0].text
    assert is_whole(found.pages[0], found.passages)
    assert {passage.kind for passage in found.passages if passage.cells} == {"table"}


def test_tables_of_three_and_of_five_columns_are_read(tmp_path: Path) -> None:
    """Also where numbers stand to the right and an empty cell lies between two others."""
    for count in (3, 5):
        header = [f"Kolom {name}" for name in "abcde"[:count]]
        rows = [[f"rij {row} {name}" for name in "abcde"[:count]] for row in range(4)]
        rows[2][1] = ""
        found = made(tmp_path, drawn([header, *rows], ("ALIGN", (-1, 0), (-1, -1), "RIGHT")))
        told = [pair for row in rows for pair in zip(header, row, strict=True) if pair[1]]
        assert pairs(found.passages) == told


def test_a_cell_over_two_columns_bears_both_names(tmp_path: Path) -> None:
    """The cells beside it keep their own."""
    rows = [*ROWS, ["Inkoop", "Zorgkantoor en gemeenten, elk voor de helft", "", "1.000 euro"]]
    found = made(tmp_path, drawn([HEADER, *rows], ("SPAN", (1, 4), (2, 4)), ("ALIGN", (1, 4), (2, 4), "CENTER")))
    assert pairs(found.passages)[-3:] == [
        ("Activiteit", "Inkoop"),
        ("Wie doet het / Klaar in", "Zorgkantoor en gemeenten, elk voor de helft"),
        ("Kosten", "1.000 euro"),
    ]


def test_a_cell_over_two_rows_stands_in_the_first(tmp_path: Path) -> None:
    """The second row has the cells that are drawn in it."""
    rows = [ROWS[0], ["", "Wijkteams", "2028", "900 euro"], ROWS[2]]
    found = made(tmp_path, drawn([HEADER, *rows], ("SPAN", (0, 1), (0, 2))))
    told = [pair for row in rows for pair in zip(HEADER, row, strict=True) if pair[1]]
    assert pairs(found.passages) == told


def test_a_table_goes_on_under_its_header_on_the_next_page(tmp_path: Path) -> None:
    """Where the header is drawn again, cells of the next page know their columns too."""
    rows = [[f"Activiteit nummer {n}", "Wijkteam", str(2000 + n), f"{n}00 euro"] for n in range(60)]
    found = made(tmp_path, drawn([HEADER, *rows], repeat=1))
    assert len(found.pages) > 1
    assert pairs(found.passages) == [pair for row in rows for pair in zip(HEADER, row, strict=True)]
    assert all(is_whole(page, found.passages) for page in found.pages)


def test_lists_beside_each_other_are_no_table(tmp_path: Path) -> None:
    """Columns of items under bold names are read column by column, as before."""
    lists = [[f"- {word} {n} doen we samen" for word in ("Thuis", "Buurt", "Werk")] for n in range(5)]
    found = made(tmp_path, drawn([["Thuis", "Buurt", "Werk"], *lists]))
    assert pairs(found.passages) == []


def test_columns_of_text_are_no_table(tmp_path: Path) -> None:
    """Long text under three bold headings has no rows."""
    cells = [Paragraph(" ".join(PROSE * 2), STYLES["Normal"]) for _ in range(3)]
    found = made(tmp_path, drawn([["Thuis", "Buurt", "Werk"], cells]))
    assert pairs(found.passages) == []
