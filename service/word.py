"""A memo as a Word file. The only module that imports python-docx.

python-docx has no footnotes, so their part is made here: `word/footnotes.xml`, the two separators that Word wants in
it, and one note for each quote (ECMA-376 part 1, section 17.11).
"""

import io
from dataclasses import fields, replace
from typing import Any, TypeVar

from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from service.citation import Reference, apa, footnote
from service.dates import dutch_date
from service.memo import Item, Memo, Source, by_question, clean, colophon, sources

_Held = TypeVar("_Held", Memo, Item, Reference)
_INK = RGBColor(0x1D, 0x23, 0x27)
_SOFT = RGBColor(0x54, 0x5D, 0x63)
_ACCENT = RGBColor(0x0B, 0x55, 0x63)
_SEPARATORS = f"""<w:footnotes {nsdecls("w", "r")}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>"""
_IN_SETTINGS = (
    f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'  # ids as above
)


def write_word(memo: Memo) -> bytes:
    """The memo as the bytes of a .docx file."""
    memo = _writable(memo)
    word = new_document()
    _prepare(word, memo)
    notes = Footnotes(word)
    word.add_paragraph(memo.title, "Title")
    word.add_paragraph(" · ".join(filter(None, (memo.author, dutch_date(memo.made.isoformat())))), "Subtitle")
    _add_text(word, memo.introduction)
    word.add_heading("Bevindingen", 1)
    for question, items in by_question(memo.items):
        if question:
            word.add_heading(question, 2)
        for item in items:
            word.add_heading(item.heading, 3 if question else 2)
            _add_text(word, item.note)
            quote = word.add_paragraph(item.quote, "Quote")
            notes.add(quote, footnote(item.reference), item.reference.link)
    word.add_heading("Bronnen", 1)
    _add_sources(word, sources(memo))
    word.add_heading("Verantwoording", 1)
    for sentence in colophon(memo):
        word.add_paragraph(sentence)
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


class Footnotes:
    """The footnotes of a document, numbered as they are added."""

    def __init__(self, word: WordDocument) -> None:
        package = word.part.package
        element = parse_xml(_SEPARATORS)
        self._part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, element, package)
        word.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        compatibility = word.settings.element.find(qn("w:compat"))
        compatibility.addprevious(parse_xml(_IN_SETTINGS))
        self._text = word.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
        self._text.base_style = word.styles["Normal"]
        self._text.font.size = Pt(9)
        self._text.paragraph_format.space_after = Pt(2)
        self._mark = word.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
        self._mark.font.superscript = True
        self._count = 0

    def add(self, paragraph: Paragraph, text: str, link: str) -> None:
        """Put a note at the end of a paragraph; a link follows its text."""
        self._count += 1
        run = paragraph.add_run(style=self._mark)
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(self._count))
        run._r.append(reference)
        self._part.element.append(self._note(text, link))

    def _note(self, text: str, link: str) -> BaseOxmlElement:
        paragraph_style, mark_style = self._text.style_id, self._mark.style_id
        note = parse_xml(
            f'<w:footnote {nsdecls("w", "r")} w:id="{self._count}"><w:p>'
            f'<w:pPr><w:pStyle w:val="{paragraph_style}"/></w:pPr>'
            f'<w:r><w:rPr><w:rStyle w:val="{mark_style}"/></w:rPr><w:footnoteRef/></w:r></w:p></w:footnote>'
        )
        paragraph = note.find(qn("w:p"))
        paragraph.append(_run(" " + text))
        if link:
            target = self._part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            paragraph.append(_run(" "))
            paragraph.append(_hyperlink(link, target))
        return note


def _writable(memo: Memo) -> Memo:
    """The memo without the signs that XML, and so Word, cannot hold, wherever they came from."""
    items = tuple(replace(_cleaned(item), reference=_cleaned(item.reference)) for item in memo.items)
    return replace(_cleaned(memo), items=items)


def _cleaned(held: _Held) -> _Held:
    values = {field.name: getattr(held, field.name) for field in fields(held)}
    texts: dict[str, Any] = {name: clean(value) for name, value in values.items() if isinstance(value, str)}
    return replace(held, **texts)


def _run(text: str) -> BaseOxmlElement:
    """A run of text; made node by node, so that nothing in the text is markup."""
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.set(qn("xml:space"), "preserve")
    words.text = text
    run.append(words)
    return run


def _hyperlink(text: str, target: str) -> BaseOxmlElement:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), target)
    link.append(_run(text))
    return link


def _prepare(word: WordDocument, memo: Memo) -> None:
    """Paper, styles and properties."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)
    _number_pages(section.footer.paragraphs[0])
    _style(word)
    held = word.core_properties
    held.title, held.author, held.language = memo.title[:255], memo.author[:255], "nl-NL"
    held.subject, held.keywords = "Citaten uit regioplannen voor zorg en welzijn", ""
    held.comments = "Gemaakt met Regiowijzer"
    held.last_modified_by = held.author
    held.created = held.modified = memo.made.replace(tzinfo=None)


def _style(word: WordDocument) -> None:
    """One sober typeface; a quote is set in, not in italics, so that italics of the source would still show."""
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = "Calibri", Pt(11), _INK
    normal.paragraph_format.space_after = Pt(6)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "nl-NL")
    for name, size in (("Title", 22), ("Heading 1", 15), ("Heading 2", 13), ("Heading 3", 11), ("Subtitle", 11)):
        style = word.styles[name]
        style.font.name, style.font.size, style.font.italic = "Calibri", Pt(size), False
        style.font.color.rgb = _SOFT if name == "Subtitle" else _ACCENT
        # The template's headings name a theme font, which would win from ours.
        fonts = style.element.rPr.rFonts
        for attribute in [held for held in fonts.attrib if held.endswith("Theme")]:
            del fonts.attrib[attribute]
        style.paragraph_format.keep_with_next = True
    quote = word.styles["Quote"]
    quote.font.italic, quote.font.color.rgb = False, _INK
    quote.paragraph_format.left_indent = Cm(1)
    quote.paragraph_format.right_indent = Cm(0.5)
    quote.paragraph_format.space_after = Pt(8)


def _number_pages(paragraph: Paragraph) -> None:
    """'3' in the middle of the footer, as a field."""
    paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(_run("1"))
    paragraph._p.append(field)


def _add_text(word: WordDocument, text: str) -> None:
    """The reader's own words; an empty line parts paragraphs."""
    for paragraph in filter(None, (part.strip() for part in text.split("\n\n"))):
        word.add_paragraph(paragraph)


def _add_sources(word: WordDocument, held: list[Source]) -> None:
    """A table: the document, and the pages that are quoted."""
    table = word.add_table(rows=1, cols=2, style="Table Grid")
    table.autofit = False
    widths = (Cm(12.5), Cm(3.5))
    rows = [("Document", "Pagina's"), *((apa(source.reference), ", ".join(map(str, source.pages))) for source in held)]
    for at, texts in enumerate(rows):
        row = table.rows[0] if at == 0 else table.add_row()
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = width
            cell.paragraphs[0].add_run(text).bold = at == 0
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
