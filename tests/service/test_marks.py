"""Rectangles around letters."""

from service.marks import Glyphs, enclose, middle


def line(text: str, x: float = 0.0, y: float = 0.0) -> Glyphs:
    """Glyphs of five by ten points, drawn on one line; spaces have no box."""
    boxes = tuple((x + 5 * i, y, x + 5 * i + 5, y + 10) if c.strip() else None for i, c in enumerate(text))
    return Glyphs(500, 500, tuple(text), boxes)


def test_words_of_a_line_share_a_rectangle() -> None:
    """Words with only a space between them are one stretch."""
    assert enclose(line("de zorg"), range(7)) == ((0, 0, 35, 10),)


def test_a_word_left_out_parts_the_stretch() -> None:
    """A word that was not chosen is not covered."""
    assert enclose(line("de zorg nu"), [0, 1, 8, 9]) == ((0, 0, 10, 10), (40, 0, 50, 10))


def test_touching_punctuation_goes_along() -> None:
    """Brackets before and points after a word are marked with it, those of the next word are not."""
    assert enclose(line("(zorg), (wijk)"), [1, 2, 3, 4]) == ((0, 0, 35, 10),)


def test_signs_between_chosen_words_are_covered() -> None:
    """A loose ampersand between two chosen words does not break the mark."""
    assert enclose(line("zorg & wijk"), [0, 1, 2, 3, 7, 8, 9, 10]) == ((0, 0, 55, 10),)


def test_columns_and_lines_are_apart() -> None:
    """A wide gap or another line starts a new rectangle, although nothing is drawn between."""
    left, right, below = line("ja"), line("nee", x=200), line("ook", y=15)
    glyphs = Glyphs(500, 500, left.texts + right.texts + below.texts, left.boxes + right.boxes + below.boxes)
    assert enclose(glyphs, range(8)) == ((0, 0, 10, 10), (200, 0, 215, 10), (0, 15, 15, 25))


def test_nothing_chosen_nothing_marked() -> None:
    """Without letters there are no rectangles, and the middle of a box is its middle."""
    assert enclose(line("zorg"), []) == ()
    assert middle((0, 0, 10, 20)) == (5, 10)
