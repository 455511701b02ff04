"""Does a passage stand on the page that it cites?"""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.document import Document, Line
from ingest.errors import BrokenPdf
from ingest.pdf import Limits, RawDocument, RawPage
from service import verification as module
from service.verification import PageWords, verify_documents
from tests.service.fakes import make_documents


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["De cursus valpreventie"], "De cursus valpreventie"),
        (["het mantelzorgpoten-", "tieel groeit"], "het mantelzorgpotentieel groeit"),
        (["ﬁnanciering"], "financiering"),
        (["D e Kracht van Sam en"], "De Kracht van Samen"),
        (["tieel rechts", "links poten-"], "potentieel"),
        (["• Eerste punt", "– tweede"], "- Eerste punt\n- tweede"),
        (["tweede kolom", "eerste kolom"], "eerste kolom\ntweede kolom"),
        (["zacht\u00adkoppel"], "zachtkoppel"),
    ],
)
def test_mended_text_stands_on_its_page(lines: list[str], text: str) -> None:
    """Hyphens, ligatures, bullets, letter-spacing and the order of columns make no difference."""
    assert PageWords(lines).missing(text) == []


@pytest.mark.parametrize(
    ("lines", "text", "missing"),
    [
        (["De cursus valpreventie"], "De cursus beeldbellen", ["beeldbellen"]),
        (["in 2040 zijn het er 12"], "in 2041 zijn het er 12", ["2041"]),
        (["zorg en welzijn"], "zorg en zorg", ["zorg"]),
        (["12 34"], "welzijn 1234", ["welzijn", "1234"]),
        ([], "iets", ["iets"]),
    ],
)
def test_foreign_words_are_named(lines: list[str], text: str, missing: list[str]) -> None:
    """A word that the page does not hold, or not as often, is a fault; so is another figure."""
    assert PageWords(lines).missing(text) == missing


def raw(document: Document, pages: Sequence[Sequence[str]]) -> RawDocument:
    """What the reader would give for a document with these lines."""
    made = [
        RawPage(n, "", 595, 842, tuple(Line(t, 0, 0, 0, 10, False, i) for i, t in enumerate(lines)))
        for n, lines in enumerate(pages, 1)
    ]
    return RawDocument(document.file, document.path, document.sha256, {}, (), tuple(made))


@pytest.fixture
def plan(tmp_path: Path) -> Document:
    """The made-up plan, with a file behind it."""
    pdf = tmp_path / "plan.pdf"
    pdf.write_bytes(b"%PDF-1.7")
    return replace(make_documents()[0], path=str(pdf), sha256=sha256(b"%PDF-1.7").hexdigest())


def verify(documents: Sequence[Document]) -> module.Verification:
    return verify_documents(documents, Limits(), 2, lambda file, pages: None)


def test_all_confirmed(plan: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passages that stand on their pages give 100%."""
    lines = [page.text.splitlines() for page in plan.pages]
    monkeypatch.setattr(module, "read_pdf", lambda path, limits: raw(plan, lines))
    result = verify([plan])
    assert (result.passages, result.confirmed, result.share) == (2, 2, 1.0)
    assert result.passed


def test_passage_on_another_page_fails(plan: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text that stands one page further is not confirmed."""
    lines = [page.text.splitlines() for page in plan.pages]
    monkeypatch.setattr(module, "read_pdf", lambda path, limits: raw(plan, [lines[1], lines[0], lines[2]]))
    result = verify([plan])
    assert result.confirmed == 0
    assert {fault.page for fault in result.faults} == {1, 2}
    assert "valpreventie" in result.faults[0].reason


def test_shifted_span_and_lost_page_fail(plan: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    """A passage must be exactly its span of the stored page, and that page must be there."""
    first, second = plan.passages
    shifted = replace(plan, passages=(replace(first, start=first.start + 1), replace(second, page=9)))
    lines = [page.text.splitlines() for page in plan.pages]
    monkeypatch.setattr(module, "read_pdf", lambda path, limits: raw(plan, lines))
    result = verify([shifted])
    assert [fault.reason[:2] for fault in result.faults] == ["De", "De"]
    assert not result.passed


def test_unreadable_file_confirms_nothing(plan: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF that cannot be read again is one fault, and none of its passages is confirmed."""

    def refuse(path: Path, limits: Limits) -> RawDocument:
        raise BrokenPdf("'plan.pdf' is beschadigd.")

    monkeypatch.setattr(module, "read_pdf", refuse)
    result = verify([plan])
    assert (result.passages, result.confirmed, len(result.faults)) == (2, 0, 1)
    assert result.faults[0].page == 0


def test_changed_file_confirms_nothing(plan: Document) -> None:
    """A PDF with other bytes than the indexed one is not compared at all."""
    result = verify([replace(plan, sha256="f" * 64)])
    assert "veranderd" in result.faults[0].reason


def test_empty_index_does_not_pass() -> None:
    """Nothing checked is nothing proved."""
    assert not verify([]).passed
