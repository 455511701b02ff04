"""Memos, ours and handwritten, against the pages that they cite."""

import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document as new_document

from service.cli import WRONG_USE, exit_status
from service.memo import Format, Wish, make_memo
from service.memo_check import NO_CITATION, UNKNOWN_SOURCE, check_memo
from service.memo_files import write_memo
from service.memo_reading import BadMemoFile, Quoted, pages_named, quotes_in, read_markdown, read_quotes
from tests.service.fakes import FILE, fake_library, make_documents

LIBRARY = fake_library()
PLAN, KUST = make_documents()
IDS = [passage.id for document in (PLAN, KUST) for passage in document.passages]
SAID = "Ouderen volgen een cursus valpreventie in het buurthuis."
HERE = "Zorgkantoor Voorbeeld, Regioplan Rivierenland, 2024, p. 1"


def check(tmp_path: Path, text: str) -> list[tuple[bool, str]]:
    """Check a Markdown memo."""
    path = tmp_path / "memo.md"
    path.write_text(text, encoding="utf-8")
    return [(finding.holds, finding.explanation) for finding in check_memo(LIBRARY, path)]


@pytest.mark.parametrize("form", [Format.DOCX, Format.MARKDOWN])
def test_our_own_memos_hold(tmp_path: Path, form: Format) -> None:
    """Every quote that we write is found again on its page."""
    made = write_memo(make_memo(LIBRARY, [Wish(name, note='Zie "dit".') for name in IDS], base="http://z.nl"), form)
    (tmp_path / made.name).write_bytes(made.content)
    findings = check_memo(LIBRARY, tmp_path / made.name)
    assert [finding.quoted.text.strip() for finding in findings] == [
        passage.text.strip() for passage in (*PLAN.passages, *KUST.passages)
    ]
    assert all(finding.holds for finding in findings)


@pytest.mark.parametrize(
    "memo",
    [
        f"De regio schrijft: “{SAID}” ({HERE}).",
        f'De regio schrijft: "{SAID}" ({HERE}).',
        f"De regio schrijft: „{SAID}” ({HERE}).",
        f"De regio schrijft: “{SAID}”[^1]\n\n[^1]: {HERE}.",
        f"De regio schrijft: “{SAID}”.[^noot]\n\n[^noot]: Zie {FILE}, pagina 1.",
        f"> {SAID}[^1]\n\n[^1]: {HERE}.",
        f"> {SAID} ({HERE})",
        f"> {SAID}\n> — {HERE}",
        f"> “{SAID}”\n\n— {HERE}",
        "De regio schrijft: “Ouderen volgen (…) in het buurthuis.” (Regioplan Rivierenland, blz. 1)",
        f"De regio schrijft: “{SAID}” (Regioplan Rivierenland, p. 7)",
        f"De regio schrijft: “{SAID}” (http://z.nl/p/{IDS[0]})",
    ],
)
def test_handwritten_quotes_hold(tmp_path: Path, memo: str) -> None:
    """Marks, blocks, notes, brackets, printed page numbers and links are all understood."""
    assert [holds for holds, _ in check(tmp_path, memo)] == [True]


@pytest.mark.parametrize(
    ("memo", "words"),
    [
        (f"“{SAID.replace('een', 'twee')}” ({HERE})", "Daar staat ‘een’ waar het citaat ‘twee’ zegt"),
        (f"“{SAID}” (Regioplan Rivierenland, p. 2)", "niet op die plaats, maar wel hier"),
        (f"“{SAID}” (brochure-kust.pdf, p. 1)", "niet op die plaats, maar wel hier"),
        (f"“{SAID}” (Een heel ander rapport, p. 1)", UNKNOWN_SOURCE),
        (f"“{SAID}” (Regioplan Rivierenland, p. 2, http://z.nl/p/{IDS[0]})", "niet op die plaats"),
        (f"“{SAID}” (brochure-kust.pdf, p. 1, http://z.nl/p/{IDS[0]})", "niet op die plaats"),
        (f"“Zij gaan naar de maan met een raket” ({HERE})", "staat niet in de documenten"),
    ],
)
def test_what_does_not_hold_is_caught(tmp_path: Path, memo: str, words: str) -> None:
    """A changed word, a wrong page, a wrong or unknown document, and words that nobody wrote."""
    (holds, explanation), *rest = check(tmp_path, memo)
    assert not holds
    assert words in explanation
    assert rest == []


def test_a_quote_without_citation_is_looked_for_everywhere(tmp_path: Path) -> None:
    """It holds when it stands anywhere, and the finding says that the citation is missing."""
    ((holds, explanation),) = check(tmp_path, f"Men schrijft “{SAID}” en meer.")
    assert holds
    assert explanation.endswith(NO_CITATION)


def test_a_word_between_marks_is_no_quote(tmp_path: Path) -> None:
    """A name or a wink is not checked, unless a page follows."""
    assert check(tmp_path, 'De "nuldelijn" (sinds 2020) is "hip".') == []
    assert len(check(tmp_path, f"Het woord “cursus valpreventie” ({HERE}) valt.")) == 1


def test_word_memos_of_others_are_read(tmp_path: Path) -> None:
    """Quotes in paragraphs and in tables of a Word file are found."""
    word = new_document()
    word.add_paragraph(f"De regio schrijft: “{SAID}” ({HERE}).")
    word.add_table(1, 1).cell(
        0, 0
    ).text = "“Ouderen volgen drie cursussen in het dorpshuis” (Regioplan Rivierenland, p. 1)"
    word.save(str(tmp_path / "m.docx"))
    assert [finding.holds for finding in check_memo(LIBRARY, tmp_path / "m.docx")] == [True, False]


def test_a_changed_digit_in_our_own_word_memo_is_caught(tmp_path: Path) -> None:
    """One figure changed in the file makes one quote fall."""
    path = tmp_path / "m.docx"
    path.write_bytes(write_memo(make_memo(LIBRARY, [Wish(name) for name in IDS]), Format.DOCX).content)
    changed = tmp_path / "n.docx"
    with ZipFile(path) as old, ZipFile(changed, "w") as new:
        for member in old.infolist():
            new.writestr(member, old.read(member).replace(b"dit is tekst", b"dit is 1 tekst"))
    assert [finding.holds for finding in check_memo(LIBRARY, changed)] == [True, False, True]


@pytest.mark.parametrize(("name", "content"), [("m.docx", b"geen zip"), ("m.pdf", b"%PDF"), ("m.docx", b"")])
def test_what_is_no_memo_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    """The message names the file."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadMemoFile, match=name):
        read_quotes(tmp_path / name)


def damaged(kind: str) -> bytes:
    """A Word memo that is damaged in one way."""
    whole = write_memo(make_memo(LIBRARY, [Wish(IDS[0])]), Format.DOCX).content
    out = io.BytesIO()
    with ZipFile(io.BytesIO(whole)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for member in old.infolist():
            text = old.read(member)
            cut = kind in member.filename
            new.writestr(member.filename, text[: len(text) // 2] if cut else text)
    content = bytearray(out.getvalue())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        if kind == "encrypted":
            content[at + 8] |= 1
        if kind == "method":
            content[at + 10] = 99
        at = content.find(b"PK\x01\x02", at + 1)
    if kind == "deflate":
        start = content.find(b"word/document.xml") + 17
        content[start : start + 40] = b"\xff" * 40
    return bytes(content)


@pytest.mark.parametrize(
    "kind", ["document.xml", "footnotes.xml", "styles.xml", "[Content_Types]", "encrypted", "method", "deflate"]
)
def test_a_damaged_word_file_is_refused(tmp_path: Path, kind: str) -> None:
    """Cut, garbled, encrypted or packed in an unknown way: a sentence that names the file, and status 2."""
    path = tmp_path / "stuk.docx"
    path.write_bytes(damaged(kind))
    with pytest.raises(BadMemoFile, match=r"stuk\.docx.*beschadigd") as refused:
        read_quotes(path)
    assert exit_status(refused.value) == WRONG_USE


def test_a_missing_memo_is_refused(tmp_path: Path) -> None:
    """A folder is no memo either."""
    for path in (tmp_path / "weg.md", tmp_path):
        with pytest.raises(BadMemoFile, match="Er is geen bestand"):
            read_quotes(path)


@pytest.mark.parametrize(
    ("citation", "pages"),
    [("p. 12", [12]), ("pp. 12-14", [12, 13, 14]), ("pagina 3 en p. 5", [3, 5]), ("blz. 7", [7]), ("2024", []),
     ("p. 3–4", [3, 4]), ("p. 1-99999", list(range(1, 22))), ("pag. 8", [8])],
)  # fmt: skip
def test_pages_are_read_from_citations(citation: str, pages: list[int]) -> None:
    """One page, several, or a range of bounded length."""
    assert pages_named(citation) == pages


def test_two_quotes_of_a_paragraph_have_their_own_citations() -> None:
    """The citation that follows a quote is its own, not the next one's."""
    text = "Eerst “een twee drie vier” (Plan, p. 1) en dan “vijf zes zeven acht” (Plan, p. 2)."
    assert list(quotes_in(*read_markdown(text))) == [
        Quoted("een twee drie vier", "Plan, p. 1"),
        Quoted("vijf zes zeven acht", "Plan, p. 2"),
    ]
