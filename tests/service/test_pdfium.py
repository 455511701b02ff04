"""What runs in the child with PDFium, here called in this process."""

from pathlib import Path

import pytest

from service import pdfium
from service.pdfium import MAX_PIXELS, UndrawableError, draw, read_glyphs, turn
from tests.service.drawn import draw_pdf, write


def test_four_quarter_turns_are_none() -> None:
    """Turning a box by 90 degrees four times gives the box again."""
    box, wide, high = (10.0, 20.0, 30.0, 25.0), 100.0, 200.0
    turned = box
    for _ in range(4):
        turned, wide, high = turn(turned, wide, high, 90), high, wide
    assert turned == box
    assert turn(turn(box, 100, 200, 180), 100, 200, 180) == box
    assert turn(turn(box, 100, 200, 90), 200, 100, 270) == box


@pytest.mark.parametrize("size", [(14_400, 14_400), (20, 14_400), (14_400, 20)])
def test_huge_pages_stay_within_the_limit(tmp_path: Path, size: tuple[float, float]) -> None:
    """The largest pages that PDF knows are drawn within the limit."""
    picture, scale = draw(draw_pdf(tmp_path / "a.pdf", write([(5, 5, "x")]), size=size), 1, 2400)
    assert picture.shape[0] * picture.shape[1] <= MAX_PIXELS * 1.01
    assert scale > 0


def test_a_page_without_surface_is_refused(tmp_path: Path) -> None:
    """Half a point wide gives a sentence, not a crash."""
    with pytest.raises(UndrawableError, match="geen oppervlak"):
        draw(draw_pdf(tmp_path / "a.pdf", write([(0, 0, "x")]), size=(0.5, 300)), 1, 800)


def test_a_page_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing stops at its limit of time, and the next page can be drawn."""
    path = draw_pdf(tmp_path / "a.pdf", write([(5, 5 + at % 250, "woord " * 20) for at in range(3000)]))
    with monkeypatch.context() as patch:
        patch.setattr(pdfium, "DRAWING_SECONDS", 0.0)
        with pytest.raises(UndrawableError, match="te lang"):
            draw(path, 1, 2400)
    assert draw(path, 1, 200)


def test_letters_beyond_the_limit_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a page with too many letters the first are read."""
    monkeypatch.setattr(pdfium, "MAX_GLYPHS", 4)
    glyphs = read_glyphs(draw_pdf(tmp_path / "a.pdf", write([(20, 200, "Regioplan")])), 1)
    assert "".join(glyphs.texts) == "Regi"
