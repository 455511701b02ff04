"""Pieces of drawn text become lines."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.lines import Piece, lines_of
from ingest.rules import Rule


def piece(  # noqa: PLR0913  # one for each field
    text: str, x: float, y: float = 100.0, *, size: float = 10.0, bold: bool = False, turn: int = 0
) -> Piece:
    """Make a piece whose letters are half a font size wide."""
    return Piece(text, x, y, len(text) * size / 2, size, bold, turn)


def texts(*pieces: Piece) -> list[str]:
    """Return the words of the lines."""
    return [line.text for line in lines_of(pieces)]


def test_adjoining_pieces_are_one_word() -> None:
    """Pieces without a gap between them are one word."""
    assert texts(piece("man", 10), piece("tel", 25)) == ["mantel"]


def test_a_small_gap_is_a_space() -> None:
    """A gap of a fifth of the font size is a space, once."""
    assert texts(piece("de", 10), piece("zorg", 22)) == ["de zorg"]
    assert texts(piece("de ", 10), piece("zorg", 26)) == ["de zorg"]


def test_a_wide_gap_separates_cells() -> None:
    """Words on one baseline with a wide gap between them stay apart, and know their places."""
    left, right = lines_of([piece("Trekker", 10), piece("Status", 70)])
    assert (left.text, left.x, left.width) == ("Trekker", 10, 35)
    assert (right.text, right.x, right.order) == ("Status", 70, 1)


def test_a_ruling_line_separates_cells() -> None:
    """However narrow the gap in which it stands; a line beside it, above it or level does not."""
    cells = [piece("12.500", 10), piece("3.000", 46)]
    assert [line.text for line in lines_of(cells, [Rule(43, 80, 43, 120)])] == ["12.500", "3.000"]
    for other in (Rule(43, 10, 43, 80), Rule(90, 80, 90, 120), Rule(20, 80, 20, 120), Rule(0, 100, 90, 100)):
        assert [line.text for line in lines_of(cells, [other])] == ["12.500 3.000"]


def test_a_bullet_reaches_over_its_indent() -> None:
    """The gap after a bullet or list number does not cut it off."""
    assert texts(piece("•", 10), piece("Toename", 35)) == ["• Toename"]
    assert texts(piece("2.", 10), piece("Doel", 40)) == ["2. Doel"]


def test_another_baseline_is_another_line() -> None:
    """A step down of a line, or back to the left, starts a new line."""
    assert texts(piece("een", 10), piece("twee", 10, 112)) == ["een", "twee"]
    assert texts(piece("een", 10), piece("twee", 10)) == ["een", "twee"]


def test_a_raised_mark_belongs_to_its_line() -> None:
    """A small raised footnote mark neither breaks the line nor decides on its size and baseline."""
    (line,) = lines_of([piece("zorg", 10), piece("1", 31.5, 96, size=6), piece("en", 36)])
    assert (line.text, line.y, line.size) == ("zorg 1 en", 100, 10)


def test_a_note_is_no_part_of_its_word() -> None:
    """A raised number against a word gets a space, one against a unit does not."""
    assert texts(piece("zorg", 10), piece("12", 30, 96, size=6)) == ["zorg 12"]
    assert texts(piece("5 km", 10), piece("2", 30, 96, size=6)) == ["5 km2"]


def test_drawn_twice_is_bold() -> None:
    """The same words drawn again at nearly the same place count once, as bold."""
    (line,) = lines_of([piece("Doel", 10), piece("Doel", 10.3)])
    assert (line.text, line.bold) == ("Doel", True)


def test_most_letters_decide_on_bold() -> None:
    """A bold lead-in does not make the line bold; a mostly bold line is."""
    lead, rest = piece("Doel:", 10, bold=True), piece(" meer preventie", 35)
    assert [line.bold for line in lines_of([lead, rest])] == [False]
    assert [line.bold for line in lines_of([piece("Doel van het plan", 10, bold=True), piece(" 1", 95)])] == [True]


def test_turned_text_keeps_apart() -> None:
    """Text that reads upwards joins along its own direction and not with ordinary text."""
    up = [piece("de", 20, 500, turn=3), piece("rand", 20, 488, turn=3)]
    lines = lines_of([*up, piece("gewoon", 22, 488)])
    assert [line.text for line in lines] == ["de rand", "gewoon"]
    assert lines[0].width == 10  # its extent across the page


def test_upside_down_text_has_its_left_edge() -> None:
    """Text turned by half a turn starts at its right end; x is still the left edge."""
    (line,) = lines_of([piece("kop", 100, turn=2)])
    assert (line.x, line.width) == (85, 15)


def test_empty_pieces_make_no_line() -> None:
    """Spaces alone make no line, and broken halves of characters do no harm."""
    assert texts(piece("   ", 10)) == []
    assert texts(piece("a\ud800b\x00\n", 10)) == ["a\ufffdb"]


_PIECES = st.lists(
    st.builds(
        piece,
        st.text(min_size=1, max_size=8),
        st.floats(0, 600),
        st.floats(0, 800),
        size=st.floats(0.1, 60),
        bold=st.booleans(),
        turn=st.integers(0, 3),
    ),
    max_size=12,
)


@given(_PIECES)
def test_lines_are_numbered_and_clean(pieces: list[Piece]) -> None:
    """Whatever is drawn, lines are numbered in order, hold text, and can be written as UTF-8."""
    lines = lines_of(pieces)
    assert [line.order for line in lines] == list(range(len(lines)))
    assert all(line.text.encode() and line.text == line.text.strip() and line.width >= 0 for line in lines)
