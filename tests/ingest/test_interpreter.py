"""The interpreter of text operators, checked against places worked out by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from ingest.interpreter import IDENTITY, MAX_FORMS, Form, Interpreter, Matrix, Operation, multiply
from ingest.lines import Piece
from ingest.rules import Rule

PAGE: Matrix = (1, 0, 0, -1, 0, 800)
"""An upright page of 800 points high."""


class HalfFace:
    """A font whose every letter is half a font size wide."""

    bold = False
    space = 250.0

    def show(self, data: bytes | str) -> tuple[str, float, int, int]:
        """Decode Latin-1."""
        text = data.decode("latin-1") if isinstance(data, bytes) else data
        return text, 500.0 * len(text), len(text), text.count(" ")


@dataclass
class Names:
    """Resources with one font and some forms."""

    forms: Mapping[str, Form] = field(default_factory=dict)

    def face(self, name: str) -> HalfFace:
        """Every name is the same font."""
        return HalfFace()

    def form(self, name: str) -> Form | None:
        """Look the form up."""
        return self.forms.get(name)


def run(*operations: Operation, names: Names | None = None, place: Matrix = PAGE) -> list[Piece]:
    """Run operations with font F1 of 10 points set."""
    interpreter = Interpreter(place)
    interpreter.run([(["/F1", 10], b"Tf"), *operations], names or Names())
    return interpreter.pieces


def where(pieces: Sequence[Piece]) -> list[tuple[str, float, float]]:
    """Return text, x and y of each piece."""
    return [(piece.text, round(piece.x, 3), round(piece.y, 3)) for piece in pieces]


def test_multiply_applies_the_first_matrix_first() -> None:
    """Scaling and then shifting differs from shifting and then scaling."""
    scale, shift = (2.0, 0.0, 0.0, 2.0, 0.0, 0.0), (1.0, 0.0, 0.0, 1.0, 5.0, 0.0)
    assert multiply(scale, shift) == (2, 0, 0, 2, 5, 0)
    assert multiply(shift, scale) == (2, 0, 0, 2, 10, 0)
    assert multiply(IDENTITY, scale) == scale


def test_text_stands_where_its_matrix_says() -> None:
    """y is measured from the top, the size follows the matrix, the pen moves on by what it showed."""
    pieces = run(([2, 0, 0, 2, 100, 700], b"Tm"), ([b"ab"], b"Tj"), ([b"c"], b"Tj"))
    assert where(pieces) == [("ab", 100, 100), ("c", 120, 100)]
    assert [(piece.size, piece.advance) for piece in pieces] == [(20, 20), (20, 10)]


def test_moves_start_from_the_line() -> None:
    """Td, TD and T* start from the beginning of the line, not from the pen."""
    operations: list[Operation] = [([10, 700], b"Td"), ([b"a"], b"Tj"), ([0, -12], b"TD"), ([b"b"], b"Tj"), ([], b"T*")]
    assert where(run(*operations, ([b"c"], b"Tj"))) == [("a", 10, 100), ("b", 10, 112), ("c", 10, 124)]


def test_quotes_move_and_show() -> None:
    """The ' operator goes to the next line first; the \" operator also sets the spacing."""
    pieces = run(([15], b"TL"), ([b"a"], b"'"), ([3, 1, b"b c"], b'"'))
    assert where(pieces) == [("a", 0, 815), ("b c", 0, 830)]
    assert pieces[1].advance == 3 * 5 + 3 * 1 + 1 * 3


def test_adjustments_are_spaces_or_gaps() -> None:
    """A wide adjustment in a TJ array is a space, kerning is not, a very wide one separates cells."""
    pieces = run(([[b"zo", 20, b"rg", -300, b"en", -4000, b"cel"]], b"TJ"))
    assert [piece.text for piece in pieces] == ["zorg en", "cel"]
    assert pieces[1].x == pytest.approx(30 - 0.2 + 3 + 40)


def test_stretch_and_rise_are_applied() -> None:
    """Tz narrows what is shown, Ts lifts it."""
    pieces = run(([50], b"Tz"), ([4], b"Ts"), ([b"ab"], b"Tj"), ([b"c"], b"Tj"))
    assert where(pieces) == [("ab", 0, 796), ("c", 5, 796)]


def test_state_is_saved_and_restored() -> None:
    """q and Q keep the transformation; a Q too many does no harm."""
    operations: list[Operation] = [([], b"q"), ([1, 0, 0, 1, 50, 0], b"cm"), ([b"a"], b"Tj"), ([], b"Q"), ([], b"Q")]
    assert where(run(*operations, ([], b"BT"), ([b"b"], b"Tj"))) == [("a", 50, 800), ("b", 0, 800)]


@pytest.mark.parametrize(
    ("matrix", "turn"), [((1, 0, 0, 1), 0), ((0, -1, 1, 0), 1), ((-1, 0, 0, -1), 2), ((0, 1, -1, 0), 3)]
)
def test_direction_is_known(matrix: tuple[float, float, float, float], turn: int) -> None:
    """A turned text matrix gives the quarter turns, clockwise as the reader sees them."""
    (piece,) = run(([*matrix, 100, 100], b"Tm"), ([b"a"], b"Tj"))
    assert piece.turn == turn


def test_a_form_is_drawn_in_its_place() -> None:
    """A form's text passes through its own matrix, and its changes end with it."""
    form = Form((1, 0, 0, 1, 30, 0), [(["/F1", 5], b"Tf"), ([b"in"], b"Tj")], Names())
    pieces = run((["/X"], b"Do"), ([b"out"], b"Tj"), names=Names({"/X": form}))
    assert where(pieces) == [("in", 30, 800), ("out", 0, 800)]
    assert [piece.size for piece in pieces] == [5, 10]


def test_a_form_that_draws_itself_ends() -> None:
    """Cycles stop at a depth, many forms at a number."""
    names = Names()
    names.forms = {"/X": Form(IDENTITY, [([b"a"], b"Tj"), *[(["/X"], b"Do")] * 3], names)}
    assert 0 < len(run((["/X"], b"Do"), names=names)) <= MAX_FORMS


def test_paths_are_drawn_in_their_place() -> None:
    """Lines and rectangles follow the transformation; a clip draws nothing, and text goes on after them."""
    operations: list[Operation] = [
        ([2, 0, 0, 1, 10, 0], b"cm"), ([0, 700], b"m"), ([50, 700], b"l"), ([], b"S"), ([0, 600, 50, 0.5], b"re"),
        ([], b"f"), ([0, 500, 50, 20], b"re"), ([], b"W"), ([], b"n"), ([0, 400], b"m"), ([0, 450], b"l"), ([], b"s"),
    ]  # fmt: skip
    interpreter = Interpreter(PAGE)
    interpreter.run([*operations, (["x"], b"re"), ([], b"l"), (["/F1", 10], b"Tf"), ([b"a"], b"Tj")], Names())
    level, upright = [Rule(10, 100, 110, 100), Rule(10, 199.8, 110, 199.8)], Rule(10, 350, 10, 400)
    assert interpreter.paths.pieces[:2] == level
    assert set(interpreter.paths.pieces[2:]) == {upright}
    assert [piece.text for piece in interpreter.pieces] == ["a"]


@pytest.mark.parametrize(
    "operation",
    [([], b"Tj"), ([5], b"Tj"), (["x"], b"Td"), ([1, 2], b"Tm"), ([None], b"TJ"), ([[b"a", None]], b"TJ"), ([], b"Tf"),
     ([], b"Do"), ([1], b"cm"), ([float("inf"), 0, 0, 1, 0, 0], b"Tm"), (["/F1", "big"], b"Tf"), ([], b'"')],
)  # fmt: skip
def test_wrong_operands_are_skipped(operation: Operation) -> None:
    """An operation that makes no sense is left out; what comes after it is still read."""
    assert "goed" in [piece.text for piece in run(operation, ([1, 0, 0, 1, 0, 0], b"Tm"), ([b"goed"], b"Tj"))]


def test_text_without_a_font_is_not_text() -> None:
    """Nothing is shown before a font is chosen, and inline images are counted."""
    interpreter = Interpreter(PAGE)
    interpreter.run([([b"a"], b"Tj"), ([], b"INLINE IMAGE")], Names())
    assert (interpreter.pieces, interpreter.images) == ([], 1)
