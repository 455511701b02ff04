"""A passage is marked where it stands, or not at all."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, RectangleObject, StreamObject
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from ingest.corpus import ingest
from ingest.document import Document, Passage
from ingest.pdf import Limits
from service import evidence
from service.evidence import PageNotDrawn, page_image, read_glyphs, rectangles
from service.files import FileChanged
from service.marks import Box
from service.pdfium import draw
from tests.service.drawn import HIGH, WIDE, count_words, document_of, draw_pdf, passage_of, read_back, write
from tests.service.test_picture import decode_png
from tests.shared import SHARED, needs_shared

COLUMNS = [
    (20, 250, "Ouderen in de wijk krijgen een"),
    (220, 250, "Jongeren krijgen hulp op school."),
    (20, 235, "cursus valpreventie en het mantelzorgpoten-"),
    (220, 235, "De huisarts werkt samen."),
    (20, 220, "tieel wordt versterkt."),
]
LEFT = "Ouderen in de wijk krijgen een cursus valpreventie en het mantelzorgpotentieel wordt versterkt."
RIGHT = "Jongeren krijgen hulp op school. De huisarts werkt samen."


def marked_words(document: Document, passage: Passage) -> Counter[str]:
    """The words that PDFium reads within a passage's marks, which must all have been found."""
    marks = rectangles(document, passage)
    assert (marks.found, marks.missing) == (True, ())
    return count_words(read_back(Path(document.path), passage.page, marks.rectangles))


def test_columns_and_a_hyphen(tmp_path: Path) -> None:
    """A passage in one of two columns drawn line by line is marked in its column, the split word in both parts."""
    document = document_of(draw_pdf(tmp_path / "a.pdf", write(COLUMNS)), f"{LEFT}\n{RIGHT}\n")
    for text in (LEFT, RIGHT):
        assert marked_words(document, passage_of(document, text)) == count_words(text)


def test_table_cells(tmp_path: Path) -> None:
    """A row of a table is marked cell by cell, also where cells hold several lines."""
    rows = [["Thema", "Aanpak", "Status"], ["Digitale\nzorg", "Beeldbellen\nin de wijk", "Loopt"], ["Wonen", "-", "Ja"]]

    def table(canvas: Canvas) -> None:
        made = Table(rows, colWidths=[80, 120, 60])
        made.wrapOn(canvas, WIDE, HIGH)
        made.drawOn(canvas, 40, 120)

    text = "Digitale zorg Beeldbellen in de wijk Loopt"
    document = document_of(draw_pdf(tmp_path / "a.pdf", table), f"Thema Aanpak Status\n{text}\nWonen - Ja\n")
    assert marked_words(document, passage_of(document, text)) == count_words(text)


def test_cells_parted_by_bars_and_drawn_by_columns(tmp_path: Path) -> None:
    """A row read cell by cell, with bars between that the page has not, is found where columns are drawn one by one."""
    rows = [("Laag", "klein", "heel groot"), ("Hoog", "groter", "iets kleiner"), ("Midden", "gewoon", "gewoon")]
    lines = [(60 + 90 * x, 250 - 20 * y, rows[y][x]) for x in range(3) for y in range(3)]
    document = document_of(draw_pdf(tmp_path / "a.pdf", write(lines)), "".join(" | ".join(row) + "\n" for row in rows))
    for at, row in enumerate(rows):
        text = " | ".join(row)
        assert marked_words(document, passage_of(document, text)) == count_words(text)
        boxes = rectangles(document, passage_of(document, text)).rectangles
        assert all(HIGH - 260 + 20 * at < y0 < HIGH - 245 + 20 * at for _, y0, _, _ in boxes)


def test_the_occurrence_meant_is_marked(tmp_path: Path) -> None:
    """Of words that stand on the page twice, those with the right neighbours are marked."""
    same = "De partijen starten een cursus."
    lines = [(20, 250, "Eemland:"), (20, 235, same), (20, 120, "Lekstroom:"), (20, 105, same)]
    document = document_of(draw_pdf(tmp_path / "a.pdf", write(lines)), f"Lekstroom: {same}\nEemland: {same}\n")
    first, second = (rectangles(document, passage_of(document, same, occurrence=at)) for at in (0, 1))
    assert [box[1] > HIGH / 2 for box in first.rectangles + second.rectangles] == [True, False]


def test_words_of_a_running_header_are_not_taken(tmp_path: Path) -> None:
    """What the reader left out stays unmarked when the passage says the same."""
    lines = [(20, 280, "Regioplan zorg"), (20, 200, "Het doel van dit"), (20, 185, "Regioplan zorg is samenwerken.")]
    text = "Het doel van dit Regioplan zorg is samenwerken."
    document = document_of(draw_pdf(tmp_path / "a.pdf", write(lines)), text + "\n")
    assert min(box[1] for box in rectangles(document, passage_of(document, text)).rectangles) > HIGH - 215


def test_words_that_are_not_there_are_not_marked(tmp_path: Path) -> None:
    """When the page does not show the passage nothing is marked and the words are named."""
    document = document_of(draw_pdf(tmp_path / "a.pdf", write(COLUMNS)), "Ouderen volgen yoga in het zwembad.\n")
    marks = rectangles(document, passage_of(document, "Ouderen volgen yoga in het zwembad."))
    assert (marks.found, marks.rectangles) == (False, ())
    assert "zwembad" in marks.missing
    image = page_image(document, 1, 400, passage_of(document, "Ouderen volgen yoga in het zwembad."))
    assert image.png == page_image(document, 1, 400).png


def test_one_word_that_differs_is_named(tmp_path: Path) -> None:
    """A changed figure in a long passage is left unmarked and reported; the rest is marked."""
    text = LEFT.replace("wijk", "stad")
    document = document_of(draw_pdf(tmp_path / "a.pdf", write(COLUMNS)), text + "\n")
    marks = rectangles(document, passage_of(document, text))
    assert (marks.found, marks.missing) == (True, ("stad",))
    assert "wijk" not in count_words(read_back(Path(document.path), 1, marks.rectangles))


def test_text_outside_the_page_is_missing(tmp_path: Path) -> None:
    """Words drawn beyond the border are not on the image."""
    document = document_of(draw_pdf(tmp_path / "a.pdf", write([(WIDE + 50, 100, "Onzichtbaar")])), "Onzichtbaar\n")
    assert not rectangles(document, passage_of(document, "Onzichtbaar")).found


def two_colours(canvas: Canvas) -> None:
    """The passage in black, all else in red."""
    canvas.drawString(120, 150, "Het fragment staat hier")
    canvas.setFillColor(colors.red)
    canvas.drawString(60, 200, "Dit hoort er niet bij")
    canvas.drawString(120, 132, "en dit ook niet")


def rework(path: Path, rotation: int, crop: Box | None) -> Path:
    """Rotate and crop the page of a PDF."""
    writer = PdfWriter(clone_from=PdfReader(path))
    if crop:
        writer.pages[0].cropbox = RectangleObject(crop)
    writer.pages[0].rotate(rotation)
    writer.write(path)
    return path


def covered(picture: np.ndarray, boxes: Sequence[Box], scale: float) -> np.ndarray:
    """Which pixels lie in the boxes, two pixels wider."""
    mask = np.zeros(picture.shape[:2], dtype=bool)
    for x0, y0, x1, y1 in boxes:
        left, top = max(0, int(x0 * scale) - 2), max(0, int(y0 * scale) - 2)
        mask[top : int(y1 * scale) + 3, left : int(x1 * scale) + 3] = True
    return mask


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (50.0, 80.0, 380.0, 260.0)], ids=["whole", "cropped"])
def test_rotated_and_cropped_pages(tmp_path: Path, rotation: int, crop: Box | None) -> None:
    """Whatever the page's rotation and crop, the ink of the passage lies in the marks and no other ink does."""
    path = rework(draw_pdf(tmp_path / "a.pdf", two_colours), rotation, crop)
    text = "Het fragment staat hier"
    document = document_of(path, f"Dit hoort er niet bij\n{text}\nen dit ook niet\n")
    marks = rectangles(document, passage_of(document, text))
    picture, scale = draw(path, 1, 1200)
    inside = covered(picture, marks.rectangles, scale)
    red = (picture[..., 0] > 200) & (picture[..., 1] < 100)
    black = picture.max(axis=2) < 80
    assert marks.found
    assert black.sum() > 500
    assert red.sum() > 500
    assert not black[~inside].any()
    assert not red[inside].any()


def test_image_has_the_width_asked_and_the_marks(tmp_path: Path) -> None:
    """The picture is as wide as asked, in proportion, and yellow where the passage stands."""
    document = document_of(draw_pdf(tmp_path / "a.pdf", write(COLUMNS)), f"{LEFT}\n{RIGHT}\n")
    image = page_image(document, 1, 800, passage_of(document, RIGHT))
    picture = decode_png(image.png)
    assert picture.shape == (600, 800, 3)
    yellow = np.argwhere((picture[..., 2] < 100) & (picture[..., 0] > 240))
    assert yellow[:, 1].min() > 430


def test_broken_drawing_instructions_leave_what_can_be_drawn(tmp_path: Path) -> None:
    """A page whose content is rubbish is an empty picture, on which nothing is marked."""
    path = draw_pdf(tmp_path / "a.pdf", write(COLUMNS))
    writer = PdfWriter(clone_from=PdfReader(path))
    rubbish = StreamObject()
    rubbish.set_data(b"\xff\x00 BT (((( 9 9 9 Tf q q q \x80")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(rubbish)
    writer.write(path)
    document = document_of(path, LEFT + "\n")
    assert not rectangles(document, passage_of(document, LEFT)).found
    assert (decode_png(page_image(document, 1, 400).png) == 255).all()


def test_a_page_that_is_not_in_the_file_is_refused(tmp_path: Path) -> None:
    """A page number beyond the file, or a file that is no PDF, gives a sentence, and the next page is drawn."""
    path = draw_pdf(tmp_path / "a.pdf", write(COLUMNS))
    document = document_of(path, LEFT + "\n")
    with pytest.raises(PageNotDrawn, match=r"Pagina 9 van 'a\.pdf' is beschadigd"):
        page_image(document, 9, 800)
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 niets")
    with pytest.raises(PageNotDrawn, match=r"b\.pdf"):
        read_glyphs(tmp_path / "b.pdf", "0", 1)
    assert page_image(document, 1, 800).png


@pytest.mark.parametrize("answer", [({}, b"GIF89a"), ({"width": 1}, b"12345"), ({"width": [], "height": 1}, b"")])
def test_nonsense_from_a_child_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: tuple[dict[str, object], bytes]
) -> None:
    """What is no picture or no letters is not passed on: a page that took the child over gets no further."""
    document = document_of(draw_pdf(tmp_path / "a.pdf", write(COLUMNS)), LEFT + "\n")
    monkeypatch.setattr(evidence.painter, "answer", lambda request: answer)
    with pytest.raises(PageNotDrawn, match="beschadigd"):
        page_image(document, 1, 800)
    with pytest.raises(PageNotDrawn, match="beschadigd"):
        read_glyphs(tmp_path / "a.pdf", repr(answer), 1)


def test_a_changed_file_is_not_marked(tmp_path: Path) -> None:
    """Marks on another version of the file could be wrong, so there are none."""
    document = document_of(draw_pdf(tmp_path / "a.pdf", write(COLUMNS)), LEFT + "\n")
    with pytest.raises(FileChanged):
        rectangles(replace(document, sha256="f" * 64), passage_of(document, LEFT))


@needs_shared
@pytest.mark.parametrize(("folder", "count"), [("corpus", 100), ("real", 40)])
def test_marks_hold_the_passage_and_nothing_else(folder: str, count: int) -> None:
    """On passages drawn at random, PDFium reads at least 99% of the words in the marks, and at most 2% others."""
    documents = ingest([SHARED / folder], {}, Limits(), workers=2).documents
    pool = [(document, passage) for document in documents for passage in document.passages]
    wanted = inside = read = 0
    for document, passage in random.Random(20).sample(pool, count):
        marks = rectangles(document, passage)
        words = count_words(passage.text)
        found = count_words(read_back(Path(document.path), passage.page, marks.rectangles))
        wanted, inside, read = wanted + words.total(), inside + (words & found).total(), read + found.total()
    assert inside / wanted >= 0.99
    assert (read - inside) / read <= 0.02
