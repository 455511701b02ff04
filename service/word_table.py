"""A table of quotes as a Word file: the rows across the page, a footnote with each quote."""

import io

from docx import Document as new_document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from service.citation import footnote
from service.memo import clean
from service.quoted_table import QuotedRow, QuotedTable
from service.word import Footnotes

# Across the page between margins of 2 cm; the quote has what the other columns leave.
WIDTH = Cm(25.7)
COLUMN = Cm(4)


def write_word(table: QuotedTable) -> bytes:
    """The table as the bytes of a .docx file."""
    word = new_document()
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    word.styles["Normal"].font.name, word.styles["Normal"].font.size = "Calibri", Pt(10)
    quote = word.styles["Quote"]
    quote.font.italic = False
    notes = Footnotes(word)
    word.core_properties.title, word.core_properties.language = clean(table.title)[:255], "nl-NL"
    word.add_paragraph(clean(table.title), "Title")
    for sentence in table.introduction:
        word.add_paragraph(clean(sentence))
    made = word.add_table(rows=1, cols=len(table.columns) + 1, style="Table Grid")
    _fill_head(made, [*table.columns, "Citaat"])
    for row in table.rows:
        _fill(made, row, notes)
    word.add_heading("Verantwoording", 1)
    for sentence in table.colophon:
        word.add_paragraph(sentence)
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def _fill_head(made: Table, names: list[str]) -> None:
    """Name the columns; the row comes back on every page."""
    made.autofit = False
    for at, name in enumerate(names):
        made.rows[0].cells[at].paragraphs[0].add_run(name).bold = True
        made.columns[at].width = COLUMN if at < len(names) - 1 else WIDTH - COLUMN * (len(names) - 1)
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _fill(made: Table, row: QuotedRow, notes: Footnotes) -> None:
    """Add a row; it stays on one page."""
    added = made.add_row()  # type: ignore[no-untyped-call]  # python-docx gives no type here
    added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for at, cell in enumerate(added.cells):
        cell.width = made.columns[at].width
        paragraph: Paragraph = cell.paragraphs[0]
        if at < len(row.cells):
            paragraph.add_run(clean(row.cells[at]))
        elif row.reference:
            paragraph.style = "Quote"
            paragraph.add_run(clean(row.quote))
            notes.add(paragraph, clean(footnote(row.reference)), row.reference.link)
        else:
            paragraph.add_run("–")
