"""Personal data: burgerservicenummers are masked, mail and telephones counted."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.corpus import ingest
from ingest.document import Document, Line
from ingest.pdf import Limits
from ingest.personal import MASK, Screened, is_bsn, mask_numbers, screen_lines
from tests.ingest.pdfs import draw, text

# Made-up numbers that pass the eleven-test.
NUMBER, OTHER = "111222333", "123456782"


@pytest.mark.parametrize(
    ("number", "passes"),
    [(NUMBER, True), (OTHER, True), ("1234.56.782", True), ("123456789", False), ("000000000", False), ("1234", False)],
)
def test_the_eleven_test(number: str, passes: bool) -> None:
    """Nine digits, weighed 9 down to 2 and -1, are a multiple of eleven; nothing but zeros is no number."""
    assert is_bsn(number) is passes


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        (f"Cliënt {NUMBER} (sofinummer) komt terug.", f"Cliënt {MASK * 9} (sofinummer) komt terug."),
        (f"BSN: {OTHER}, {NUMBER}", f"BSN: {MASK * 9}, {MASK * 9}"),
        ("bsn 1234.56.782", f"bsn {MASK * 11}"),
        ("Burgerservicenummer (BSN): 123 456 782.", f"Burgerservicenummer (BSN): {MASK * 11}."),
    ],
)
def test_numbers_are_masked_letter_for_letter(line: str, masked: str) -> None:
    """Plain, several on a line, and parted where the line says what they are."""
    assert mask_numbers(line).text == masked
    assert len(masked) == len(line)


@pytest.mark.parametrize(
    "line",
    ["Zaak 123456789", "€ 111222333", "1112223334", "kenmerk A111222333", "123 456 782 inwoners", "x/111222333",
     "111222333,50", "IBAN NL01BANK0111222333"],
)  # fmt: skip
def test_other_numbers_stay(line: str) -> None:
    """Those that fail the test, amounts, longer ones, parts of codes and links, and numbers parted without a name."""
    assert mask_numbers(line) == Screened(line, 0, 0)


def test_a_number_without_a_name_is_counted_only() -> None:
    """A number of a case or of the Chamber of Commerce may pass the test by chance, so it stays and is counted."""
    line = f"Zaak {NUMBER}, KvK {OTHER}"
    assert mask_numbers(line) == Screened(line, 0, 2)


def line(text: str, x: float, y: float) -> Line:
    """A line of some width at a place on the page."""
    return Line(text, x, y, 60.0, 10.0, False, 0)


def test_a_name_counts_for_the_next_line() -> None:
    """The line after the one that names numbers is masked, also where it lies elsewhere; the line after that is not."""
    lines = [line("Het burgerservicenummer is", 50, 100), line(f"{NUMBER}.", 200, 112), line(OTHER, 350, 124)]
    assert [one.text for one in screen_lines(lines)] == [lines[0].text, f"{MASK * 9}.", OTHER]


def test_a_name_counts_for_the_column_under_it() -> None:
    """Under a header of a table every row is masked, parted or not, and the columns beside it are not."""
    header = [line("Naam", 50, 100), line("BSN", 150, 100), line("Zaak", 250, 100)]
    rows = [line(word, x, y) for y in (112, 124) for word, x in (("Jan", 50), ("1234.56.782", 150), (OTHER, 250))]
    texts = [one.text for one in screen_lines([*header, *rows])][3:]
    assert texts == ["Jan", MASK * 11, OTHER] * 2


def test_a_sentence_heads_no_column() -> None:
    """A sentence that mentions the BSN says nothing of what stands far under it."""
    sentence = "Wij vragen niet naar uw BSN en ook niet naar andere gegevens van u"
    lines = [line(sentence, 50, 100), line("tussen", 50, 112), line(OTHER, 50, 124)]
    assert screen_lines(lines)[2] == Screened(OTHER, 0, 1)


@given(st.text(st.sampled_from("0123456789 .-/€a") | st.characters(), max_size=60))
def test_masking_keeps_places(line: str) -> None:
    """Whatever a line holds, it stays as long as it is and is masked once for all."""
    masked = mask_numbers(line, cued=True).text
    assert len(masked) == len(line)
    assert mask_numbers(masked, cued=True) == Screened(masked, 0, 0)


def read(folder: Path, *, mask: bool = True, known: tuple[Document, ...] = ()) -> Document:
    """Ingest a document with a number on its second page, an address and two telephones."""
    if not list(folder.glob("*.pdf")):
        contact = "Mail naar info@duinstreek.example of bel 030 123 45 67 of +31 6 12345678."
        draw(
            folder / "plan.pdf",
            text("Regioplan", contact),
            text(f"Cliënt met BSN {NUMBER} kreeg hulp."),
            text(f"Het kenmerk is {OTHER}."),
            title=f"Plan van BSN {OTHER}",
        )
    corpus = ingest([folder], {one.sha256: one for one in known}, Limits(), workers=1, mask_bsn=mask)
    return corpus.documents[0]


def test_no_number_reaches_page_or_passage(tmp_path: Path) -> None:
    """Nor the title; the report names file, page and count, and no number."""
    found = read(tmp_path)
    assert NUMBER not in repr(found)
    assert found.title == f"Plan van BSN {MASK * 9}"
    assert OTHER in found.pages[2].text
    assert f"Cliënt met BSN {MASK * 9} kreeg hulp." in found.pages[1].text
    assert found.notices == (
        "plan.pdf, pagina 2: 1 burgerservicenummer gemaskeerd.",
        "plan.pdf, pagina 3: 1 getal van negen cijfers kan een burgerservicenummer zijn; er staat niet bij wat het is, "
        "dus niet gemaskeerd.",
        "plan.pdf: 1 e-mailadres en 2 telefoonnummers gevonden.",
    )
    assert found.warnings == ()


def test_masking_can_be_left_out(tmp_path: Path) -> None:
    """Then the number stays and the report says so; a document read the other way is read again."""
    masked = read(tmp_path)
    plain = read(tmp_path, mask=False, known=(masked,))
    assert NUMBER in plain.pages[1].text
    assert plain.notices[0] == "plan.pdf, pagina 2: 1 burgerservicenummer gevonden en niet gemaskeerd."
    assert read(tmp_path, known=(plain,)) == masked
    assert read(tmp_path, known=(masked,)) is masked or read(tmp_path, known=(masked,)) == masked
