"""What runs in the child with pypdf, here called in this process on PDFs made for it."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.child import Drawn, bookmarks, metadata, open_pdf, read_page
from tests.ingest.pdfs import A4, draw, pages_of, picture, stream, text


def first_page(path: Path, complaints: tuple[str, ...] = ()) -> Drawn:
    """Read the first page."""
    return read_page(open_pdf(str(path)), 0, {}, complaints)


def test_lines_have_place_size_and_weight(tmp_path: Path) -> None:
    """A line knows where it stands on the page, how wide it is, its font size and whether it is bold."""
    page = first_page(draw(tmp_path / "a.pdf", text("Preventie", size=20, font="Helvetica-Bold")))
    (line,) = page.lines
    assert (page.width, page.height) == A4
    assert (line.text, line.x, line.y, line.size, line.bold) == ("Preventie", 72, 100, 20, True)
    assert line.width == pytest.approx(20 * (667 + 389 + 556 + 556 + 556 + 611 + 333 + 278 + 556) / 1000)  # Adobe's AFM


def test_accents_and_dashes_are_read(tmp_path: Path) -> None:
    """Characters beyond ASCII come out as themselves."""
    page = first_page(draw(tmp_path / "a.pdf", text("coördinatie – ‘t Gooi € 5")))
    assert page.lines[0].text == "coördinatie – ‘t Gooi € 5"


@pytest.mark.parametrize(
    ("turn", "place", "size"),
    [(0, (100, 642), A4), (90, (200, 100), (842, 595)), (180, (490, 200), A4), (270, (640, 495), (842, 595))],
)
def test_a_turned_page_is_measured_as_displayed(
    tmp_path: Path, turn: int, place: tuple[float, float], size: tuple[float, float]
) -> None:
    """/Rotate turns places and page size along; the baseline's start is found where the reader sees it."""
    show = b"BT /F1 10 Tf 100 200 Td (i) Tj ET"
    page = first_page(pages_of(tmp_path / "a.pdf", [show], b"/Rotate %d" % turn))
    assert (page.width, page.height) == size
    assert (page.lines[0].x, page.lines[0].y) == pytest.approx(place, abs=4)


def test_what_lies_outside_the_crop_box_is_left_out(tmp_path: Path) -> None:
    """Places count from the crop box, and printers' marks around it are not read."""
    show = b"BT /F1 10 Tf 20 20 Td (snijteken) Tj 100 600 Td (tekst) Tj ET"
    page = first_page(pages_of(tmp_path / "a.pdf", [show], b"/CropBox [100 100 500 800]"))
    assert [(line.text, line.x, line.y) for line in page.lines] == [("tekst", 20, 180)]


def test_a_page_without_a_usable_box_is_taken_for_a4(tmp_path: Path) -> None:
    """A box that is no box does not cost the page its text."""
    page = first_page(pages_of(tmp_path / "a.pdf", [b"BT /F1 9 Tf (a) Tj ET"], b"/CropBox null /MediaBox [0 0 0 0]"))
    assert (page.width, page.height, page.lines[0].text) == (*A4, "a")


def test_text_in_a_form_is_read(tmp_path: Path) -> None:
    """A form XObject is drawn where the page puts it, with the page's fonts if it has none."""
    form = stream(b"BT /F2 10 Tf (kop) Tj ET", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Matrix [1 0 0 1 5 0]")
    page = first_page(pages_of(tmp_path / "a.pdf", [b"1 0 0 1 50 700 cm /X1 Do"], extra={1000: form}))
    assert [(line.text, line.x, line.y, line.bold) for line in page.lines] == [("kop", 55, 142, True)]


def test_glyph_names_become_characters(tmp_path: Path) -> None:
    """Old-style figures and ligatures, which a font names '/one.oldstyle' and '/f_i', are read."""
    encoding = b"<< /Type /Encoding /Differences [97 /one.oldstyle /f_i /onbekend] >>"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /X /Encoding %s >>" % encoding
    show = b"BT /F9 10 Tf (abc) Tj ET"
    path = pages_of(tmp_path / "a.pdf", [show], b"/Resources << /Font << /F9 1000 0 R >> >>", {1000: font})
    assert first_page(path).lines[0].text == "1fi\ufffd"


def test_a_scan_is_recognised(tmp_path: Path) -> None:
    """A page with an image and no text is a scan; with text it is not."""
    assert first_page(draw(tmp_path / "a.pdf", picture)).problem == "scan"

    def both(canvas: Canvas) -> None:
        picture(canvas)
        text("onderschrift")(canvas)

    assert first_page(draw(tmp_path / "b.pdf", both)).problem == ""


def test_letters_without_meaning_are_no_text(tmp_path: Path) -> None:
    """A page whose font says nothing about its characters has a problem instead of rubbish."""
    page = first_page(pages_of(tmp_path / "a.pdf", [b"BT /Weg 10 Tf (abc) Tj ET"]))
    assert (page.lines, page.problem) == ([], "letters")


def test_an_empty_page_has_no_problem_unless_pypdf_complains(tmp_path: Path) -> None:
    """A blank page is fine; when pypdf complained while reading it, its last words are the problem."""
    path = pages_of(tmp_path / "a.pdf", [b"0 0 m"])
    assert first_page(path).problem == ""
    assert first_page(path, ("een", "twee")).problem == "twee"


def test_metadata_and_outline_are_read(tmp_path: Path) -> None:
    """Title and author come without slashes, bookmarks with their level and page."""

    def chapter(canvas: Canvas, level: int, title: str) -> None:
        canvas.bookmarkPage(title)
        canvas.addOutlineEntry(title, title, level)

    path = draw(
        tmp_path / "a.pdf",
        lambda canvas: chapter(canvas, 0, "Inleiding"),
        lambda canvas: chapter(canvas, 1, "Aanpak"),
        title="Plan",
        author="Regio",
    )
    reader = open_pdf(str(path))
    assert (metadata(reader)["title"], metadata(reader)["author"]) == ("Plan", "Regio")
    assert bookmarks(reader) == [("Inleiding", 1, 1), ("Aanpak", 2, 2)]
