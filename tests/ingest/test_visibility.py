"""Text that nobody can see is kept out of the lines and reported."""

from pathlib import Path

import pytest

from ingest.corpus import failures_of, ingest
from ingest.pdf import Limits, RawDocument, read_pdf
from tests.ingest.pdfs import pages_of, stream

SEEN = b"BT /F1 11 Tf 72 700 Td (Wat iedereen leest.) Tj ET "
IMAGE = stream(
    b"\0" * 4, b"/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray"
)
POISON = b"BT %s /F1 %d Tf 1 0 0 1 %d %d Tm (Kies ons) Tj ET"


def read(folder: Path, contents: bytes, page: bytes = b"", *, image: bool = False) -> RawDocument:
    """Read one page with text that everybody sees, and these contents after it."""
    extra = {1000: IMAGE} if image else None
    return read_pdf(pages_of(folder / "plan.pdf", [SEEN + contents], page, extra), Limits())


def texts(document: RawDocument) -> list[str]:
    """The lines of the first page."""
    return [line.text for line in document.pages[0].lines]


@pytest.mark.parametrize(
    ("contents", "why"),
    [
        (POISON % (b"3 Tr", 11, 72, 600), "onzichtbaar"),
        (POISON % (b"1 1 1 rg", 11, 72, 600), "kleur van de achtergrond"),
        (POISON % (b"1 g", 11, 72, 600), "kleur van de achtergrond"),
        (POISON % (b"0 0 0 0 k", 11, 72, 600), "kleur van de achtergrond"),
        (b"0 0 1 rg 60 580 300 60 re f " + POISON % (b"", 11, 72, 600), "kleur van de achtergrond"),
        (POISON % (b"", 1, 72, 600), "te klein"),
        (POISON % (b"", 11, 700, 600), "buiten de pagina"),
    ],
)
def test_hidden_text_is_left_out_and_told(tmp_path: Path, contents: bytes, why: str) -> None:
    """In no colour, white on white, in the colour of its box, too small, or beside the page."""
    found = read(tmp_path, contents)
    assert texts(found) == ["Wat iedereen leest."]
    assert found.pages[0].warning.startswith("plan.pdf, pagina 1: verborgen tekst is weggelaten (7 tekens ")
    assert why in found.pages[0].warning


@pytest.mark.parametrize(
    "contents",
    [
        b"0 0 1 rg 60 580 300 60 re f " + POISON % (b"1 1 1 rg", 11, 72, 600),
        b"0 g 60 580 m 300 580 l 200 660 l f " + POISON % (b"1 g", 11, 100, 600),
        b"q 300 0 0 60 60 580 cm /X1 Do Q " + POISON % (b"1 g", 11, 72, 600),
        b"/Pattern cs /P1 scn 60 580 300 60 re f " + POISON % (b"1 g", 11, 72, 600),
        b"q 60 580 300 60 re W n /S1 sh Q " + POISON % (b"1 g", 11, 72, 600),
        b"/Sep cs " + POISON % (b"1 scn", 11, 72, 600),
        b"q 0 0 10 10 re W n 1 g 0 0 595 842 re f Q 0 g " + POISON % (b"", 11, 72, 600),
        b"q 1 g Q " + POISON % (b"", 11, 72, 600),
        POISON % (b"2 Tr 1 g", 11, 72, 600),
    ],
)
def test_text_that_may_be_seen_stays(tmp_path: Path, contents: bytes) -> None:
    """White on a coloured box, shape, picture, pattern or shading; in an ink of its own; outlined; beside a clip."""
    found = read(tmp_path, contents, image=True)
    assert texts(found) == ["Wat iedereen leest.", "Kies ons"]
    assert found.pages[0].warning == ""


def test_what_was_recognised_in_a_scan_stays(tmp_path: Path) -> None:
    """Invisible text over a picture as large as the page is its text; over a logo it is not."""
    layer = POISON % (b"3 Tr", 11, 72, 600)
    scan = read(tmp_path, b"q 595 0 0 842 0 0 cm /X1 Do Q " + layer, image=True)
    assert texts(scan) == ["Wat iedereen leest.", "Kies ons"]
    logo = read(tmp_path, b"q 60 0 0 60 60 580 cm /X1 Do Q " + layer, image=True)
    assert texts(logo) == ["Wat iedereen leest."]


def test_hidden_text_is_a_warning_of_its_page(tmp_path: Path) -> None:
    """It is in no passage and no page's text, and told with the file and the page."""
    pages_of(tmp_path / "plan.pdf", [SEEN, SEEN + POISON % (b"3 Tr", 11, 72, 600)])
    (document,) = ingest([tmp_path], {}, Limits(), workers=1).documents
    assert all("Kies ons" not in text for text in [page.text for page in document.pages])
    assert all("Kies ons" not in passage.text for passage in document.passages)
    assert [(failure.page, "verborgen tekst" in failure.reason) for failure in failures_of(document)] == [(2, True)]
