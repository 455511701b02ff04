"""Memos in every format, over made-up documents."""

import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from zipfile import ZipFile

import bibtexparser
import pytest
import rispy
from docx import Document as open_document

from service.memo import (
    MAX_ITEMS,
    MAX_LINE,
    MAX_NOTE,
    BadMemo,
    Format,
    Memo,
    Wish,
    clean,
    colophon,
    file_name,
    make_memo,
    sources,
    with_omissions,
)
from service.memo_files import MEDIA_TYPES, write_memo
from service.memo_reading import read_markdown
from service.memo_text import escape_markdown, write_html, write_markdown
from tests.service.fakes import FILE, HOSTILE, OTHER, fake_library, make_documents

LIBRARY = fake_library()
PLAN, KUST = make_documents()
IDS = [passage.id for document in (PLAN, KUST) for passage in document.passages]
MADE = datetime(2026, 2, 1, 12, tzinfo=UTC)
NASTY = "<img src=x onerror=alert(1)> **vet** [klik](javascript:x) {{ 7*7 }} `code`\n\n1. # kop\n- punt\n&amp; | ~ \\"


def memo(**changes: str) -> Memo:
    """A memo of all made-up passages."""
    wishes = [Wish(name, note=NASTY) for name in IDS]
    words = {
        "title": "Memo <b>",
        "author": "J. de Vries",
        "introduction": "Inleiding.",
        "base": "http://z.nl",
    } | changes
    return make_memo(LIBRARY, wishes, made=MADE, **words)


def text_of(html: str) -> str:
    """What a browser shows of a page."""
    parts: list[str] = []
    parser = HTMLParser()
    parser.handle_data = parts.append  # type: ignore[method-assign]
    parser.feed(html)
    return "".join(parts)


def test_items_stand_in_the_order_asked_for() -> None:
    """Each once, where it is asked for first, with its reference."""
    made = make_memo(LIBRARY, [Wish(IDS[2]), Wish(IDS[0]), Wish(IDS[2])], base="http://z.nl/")
    assert [item.reference.passage_id for item in made.items] == [IDS[2], IDS[0]]
    assert made.items[1].reference.link == f"http://z.nl/p/{IDS[0]}"
    assert made.title == "Memo"


def test_sources_have_no_duplicates() -> None:
    """A document that is quoted twice is one source with two pages."""
    found = sources(memo())
    assert [(source.reference.file, source.pages) for source in found] == [(FILE, (1, 2)), (OTHER, (1,))]


def test_a_part_of_a_passage_is_quoted_with_its_omissions() -> None:
    """Every sign of an omission is written as '(…)'."""
    made = make_memo(LIBRARY, [Wish(IDS[1], quote="De wijkverpleging [...] werken samen.")])
    assert made.items[0].quote == "De wijkverpleging (…) werken samen. (…)"


def test_a_quote_is_printed_as_the_source_spells_it() -> None:
    """Spaces and a torn word that came with copying do not reach the memo."""
    made = make_memo(LIBRARY, [Wish(IDS[1], quote="De wijkver- pleging  en de huis-\narts")])
    assert made.items[0].quote == "De wijkverpleging en de huisarts (…)"


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ([], "leeg"),
        ([Wish("bestaat niet")], "Er is geen fragment 'bestaat niet'"),
        ([Wish("../../etc/passwd")], "Er is geen fragment"),
        ([Wish(IDS[0])] * (MAX_ITEMS + 1), "hoogstens 100"),
        ([Wish(IDS[0], note="x" * (MAX_NOTE + 1))], "toelichting telt 10001 tekens"),
        ([Wish(IDS[0], heading="x" * (MAX_LINE + 1))], "kop telt 301 tekens"),
        ([Wish(IDS[0], quote="Ouderen volgen twee cursussen")], "staat niet letterlijk"),
    ],
)
def test_what_cannot_be_in_a_memo_is_refused(wishes: list[Wish], words: str) -> None:
    """The message says in Dutch what is wrong."""
    with pytest.raises(BadMemo, match=re.escape(words)):
        make_memo(LIBRARY, wishes)


def test_control_codes_are_left_out() -> None:
    """What Word cannot hold is dropped; line ends become one kind."""
    assert clean("a\x00b\x1b[31mc\r\nd\ud800\ufffe") == "ab[31mc\nd"


@pytest.mark.parametrize(
    ("title", "name"),
    [("../../etc/passwd", "etc-passwd.docx"), ("Café & zorg", "cafe-zorg.docx"), ("…", "memo.docx"),
     ("a" * 99, "a" * 60 + ".docx"),
     ('"; rm\r\nX: y', "rm-x-y.docx")],
)  # fmt: skip
def test_file_names_are_safe(title: str, name: str) -> None:
    """Only letters, digits and hyphens are left of a title."""
    assert file_name(title, Format.DOCX) == name


def test_csl_json_is_a_json_file() -> None:
    """Its format is no file extension."""
    assert file_name("Memo", Format.CSL) == "memo.json"


def test_the_colophon_tells_what_was_searched_and_when() -> None:
    """Documents, pages, what could not be read, and both dates."""
    words = " ".join(colophon(memo()))
    assert "2 documenten, 4 pagina's, 3 fragmenten" in words
    assert "Niet te lezen en dus niet doorzocht: 1 pagina's" in words
    assert "31 januari 2026" in words
    assert "1 februari 2026" in words


def test_word_has_real_footnotes() -> None:
    """One footnote for each quote, with the page, called from the paragraph of the quote."""
    content = write_memo(memo(), Format.DOCX).content
    archive = ZipFile(io.BytesIO(content))
    notes = archive.read("word/footnotes.xml").decode()
    body = archive.read("word/document.xml").decode()
    numbers = [str(number) for number in range(1, len(IDS) + 1)]
    assert re.findall(r'<w:footnote w:id="(\d+)"', notes)[-3:] == numbers
    assert re.findall(r'<w:footnoteReference w:id="(\d+)"', body) == numbers
    assert "Regioplan Rivierenland (2024), p. 2 (gedrukt: 8)." in notes
    assert "footnotes.xml" in archive.read("word/_rels/document.xml.rels").decode()
    assert f"http://z.nl/p/{IDS[0]}" in archive.read("word/_rels/footnotes.xml.rels").decode()
    assert "footnotes+xml" in archive.read("[Content_Types].xml").decode()


def test_word_has_headings_sources_and_properties() -> None:
    """Title, headings by style, a table of sources, and who made it when."""
    word = open_document(io.BytesIO(write_memo(memo(), Format.DOCX).content))
    styles = {paragraph.text: paragraph.style.name for paragraph in word.paragraphs if paragraph.style}
    assert styles["Memo <b>"] == "Title"
    assert styles["Bevindingen"] == styles["Bronnen"] == styles["Verantwoording"] == "Heading 1"
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows] == [
        ["Document", "Pagina's"],
        ["Zorgkantoor Voorbeeld. (2024). Regioplan Rivierenland.", "1, 2"],
        ["brochure-kust.pdf. (z.d.).", "1"],
    ]
    held = word.core_properties
    assert (held.title, held.author, held.language) == ("Memo <b>", "J. de Vries", "nl-NL")
    assert held.created is not None
    assert held.created.date() == MADE.date()


def test_word_quotes_exactly() -> None:
    """The paragraphs in the style of a quote are the passages, and notes are text."""
    word = open_document(io.BytesIO(write_memo(memo(), Format.DOCX).content))
    quotes = [p.text for p in word.paragraphs if p.style and p.style.name == "Quote"]
    assert quotes == [passage.text.strip() for passage in (*PLAN.passages, *KUST.passages)]
    assert any(p.text.startswith("<img src=x onerror=alert(1)> **vet**") for p in word.paragraphs)


def test_word_leaves_out_what_it_cannot_hold() -> None:
    """Signs that XML forbids in a passage, a heading or a title of the source do not stop the file."""
    nasty = "Een\x00 deel\x0b van\ufffe het\uffff plan\x1f."
    passage = replace(PLAN.passages[0], text=nasty, section=(nasty,))
    library = fake_library([replace(PLAN, title=nasty, publisher=nasty, passages=(passage,))])
    made = make_memo(library, [Wish(passage.id, note=nasty)], title=nasty, author=nasty, introduction=nasty)
    word = open_document(io.BytesIO(write_memo(made, Format.DOCX).content))
    assert [p.text for p in word.paragraphs].count("Een deel van het plan.") == 4
    assert word.tables[0].cell(1, 0).text.startswith("Een deel van het plan. (2024).")


def test_markdown_escapes_notes_and_quotes() -> None:
    """No sign of a note or a document is markup, and unescaped it is the text again."""
    text = write_markdown(memo())
    assert re.search(r"(?<!\\)<(?:script|img)", text) is None
    assert "**vet**" not in text
    assert re.search(r"(?<!\\)\[klik", text) is None
    assert re.search(r"^(- punt|1\. )", text, re.MULTILINE) is None
    blocks, notes = read_markdown(text)
    quotes = [re.sub(r"\[\^\d+\]$", "", block.text) for block in blocks if block.quote]
    assert quotes == [passage.text.strip() for passage in (*PLAN.passages, *KUST.passages)]
    assert len(notes) == 3
    assert HOSTILE in quotes[1]


@pytest.mark.parametrize(
    "text", ["# kop", "- punt", "+ punt", "1. een", "2) twee", "===", "> citaat", "    code", "---", "* a",
             "a. punt", "B) punt", "(1) een", "(c) punt", "iv. vier", "(@) punt", "(@x) punt",
             ": def", "::: doos", "@jansen zegt"]
)  # fmt: skip
def test_no_line_starts_markup(text: str) -> None:
    """Every sign that would begin a heading, list, definition, block, citation, quote, rule or code is escaped."""
    escaped = escape_markdown(text)
    assert re.match(r"\\|\(?\w+\\|\(\\@|code", escaped)
    blocks, _ = read_markdown(escaped)
    assert [block.text for block in blocks] == [text.strip()]


@pytest.mark.parametrize("text", ["Zie p. 3", "de (a) en b.", "Dr. Jansen", "zo: dit", "a.b"])
def test_plain_words_stay_plain(text: str) -> None:
    """Signs that mean nothing where they stand are left alone."""
    assert escape_markdown(text) == text


def test_html_escapes_notes_and_quotes() -> None:
    """What a reader or a document writes is shown and not obeyed; the page needs nothing from elsewhere."""
    page = write_html(memo())
    assert "<img" not in page
    assert "<script" not in page
    assert "{{ 7*7 }}" in text_of(page)
    for passage in (*PLAN.passages, *KUST.passages):
        assert passage.text.strip() in text_of(page)
    assert "<style>" in page
    assert re.findall(r'(?:src|href)="(?!#|http://z\.nl/p/)', page) == []


def test_html_with_a_sheet_has_no_inline_style() -> None:
    """Shown by the service itself, the page keeps to the policy that forbids inline styles."""
    page = write_html(memo(), sheet="/static/memo.css")
    assert "<style" not in page
    assert 'href="/static/memo.css"' in page


def test_every_link_within_the_html_has_its_target() -> None:
    """Each mark leads to its note and each note back."""
    page = write_html(memo())
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))


def test_reference_managers_get_every_quote() -> None:
    """BibTeX, RIS and CSL-JSON hold one entry a quote."""
    made = memo()
    assert len(bibtexparser.loads(write_memo(made, Format.BIBTEX).content.decode()).entries) == 3
    assert len(rispy.loads(write_memo(made, Format.RIS).content.decode())) == 3
    assert len(json.loads(write_memo(made, Format.CSL).content)) == 3


def test_every_format_has_a_media_type() -> None:
    """A format without one would leave as an error."""
    assert set(MEDIA_TYPES) == set(Format)


def test_a_memo_without_an_address_has_no_links() -> None:
    """Without the service's address the references stand without a link."""
    for form in (Format.MARKDOWN, Format.HTML, Format.BIBTEX, Format.RIS, Format.CSL):
        assert b"/p/" not in write_memo(memo(base=""), form).content


def test_a_document_without_a_title_is_named_by_its_file() -> None:
    """The heading of a passage without headings or regions is its source."""
    library = fake_library([replace(KUST, passages=(replace(KUST.passages[0], regions=(), theme=""),))])
    assert make_memo(library, [Wish(IDS[2])]).items[0].heading == OTHER


@pytest.mark.parametrize(
    ("parts", "quote"),
    [
        (["Ouderen volgen een cursus."], "Ouderen volgen een cursus."),
        (["Ouderen volgen een cursus"], "Ouderen volgen een cursus"),
        (["volgen een cursus"], "(…) volgen een cursus"),
        (["Ouderen", "een"], "Ouderen (…) een (…)"),
    ],
)
def test_cut_ends_are_marked(parts: list[str], quote: str) -> None:
    """Where words are left out before or after a quote stands (…); a closing full stop alone is no word."""
    assert with_omissions(parts, "Ouderen volgen een cursus.") == quote


def test_items_stand_under_their_questions() -> None:
    """Word, Markdown and HTML give a question once, above all that answers it, and number the notes in that order."""
    wishes = [Wish(IDS[0], question="Wat?"), Wish(IDS[1]), Wish(IDS[2], question="Wat?")]
    made = make_memo(fake_library(), wishes)
    text = write_memo(made, Format.MARKDOWN).content.decode()
    assert text.count("### Wat?") == 1
    assert text.index("### Wat?") < text.index("cursus") < text.index("beeldbellen") < text.index("wijkverpleging")
    page = write_memo(made, Format.HTML).content.decode()
    assert page.count("<h3>Wat?</h3>") == 1
    assert re.findall(r'id="bij-(\d)"', page) == ["1", "2", "3"]
    assert page.index("beeldbellen") < page.index("wijkverpleging")
    notes = re.findall(r'id="noot-(\d)">([^<]*)', page)
    assert [("brochure" in note.lower()) for _, note in notes] == [False, True, False]
    word = open_document(io.BytesIO(write_memo(made, Format.DOCX).content))
    headings = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert headings.count(("Heading 2", "Wat?")) == 1
    assert headings.index(("Heading 2", "Wat?")) == 1
    assert headings[2][0] == "Heading 3"
