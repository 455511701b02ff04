"""Pieces of path become ruling lines."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.rules import MAX_RULES, Paths, Rule, merge

ACROSS, DOWN = Rule(50, 100, 250, 100), Rule(50, 100, 50, 180)


def drawn(*points: tuple[float, float], fill: bool = False, stroke: bool = False) -> list[Rule]:
    """What one path leaves."""
    paths = Paths()
    paths.move(points[0])
    for point in points[1:]:
        paths.line(point)
    paths.paint(fill=fill, stroke=stroke)
    return paths.pieces


def test_a_stroke_is_a_rule() -> None:
    """Straight and upright or level; a slanting stroke is none."""
    assert drawn((50, 100), (250, 100), stroke=True) == [ACROSS]
    assert drawn((50, 180), (50, 100), stroke=True) == [DOWN]
    assert drawn((50, 100), (250, 160), stroke=True) == []


def test_a_thin_filled_shape_is_a_rule() -> None:
    """A rectangle of half a point becomes the line through its middle; one with a surface is shading."""
    thin = [(50, 99.75), (250, 99.75), (250, 100.25), (50, 100.25)]
    assert drawn(*thin, fill=True) == [ACROSS]
    assert drawn((50, 80), (250, 80), (250, 100), (50, 100), fill=True) == []


def test_a_stroked_rectangle_has_four_sides() -> None:
    """Each side is a rule."""
    box = [(50, 100), (250, 100), (250, 180), (50, 180), (50, 100)]
    assert sorted(drawn(*box, stroke=True)) == sorted([ACROSS, DOWN, Rule(250, 100, 250, 180), Rule(50, 180, 250, 180)])


def test_what_only_clips_draws_nothing() -> None:
    """A path without fill and stroke is forgotten, and so is a curve between two points."""
    assert drawn((50, 100), (250, 100)) == []
    paths = Paths()
    paths.move((50, 100))
    paths.curve((250, 100))
    paths.paint(fill=True, stroke=True)
    assert paths.pieces == []


def test_pieces_of_a_line_are_joined() -> None:
    """Pieces that touch are one rule, also half a point beside each other; a gap keeps them apart."""
    pieces = [Rule(50, 100, 120, 100), Rule(120.5, 100.4, 250, 100.4), Rule(300, 100, 400, 100)]
    assert merge(pieces) == (ACROSS, Rule(300, 100, 400, 100))


def test_borders_drawn_cell_by_cell_imply_columns() -> None:
    """Where the pieces of three level lines meet an upright rule stands, but for where one is drawn already."""
    pieces = [piece for y in (100, 120, 140) for piece in (Rule(50, y, 150, y), Rule(150.5, y, 250, y))]
    assert Rule(150, 100, 150, 140) in merge(pieces)
    assert [rule for rule in merge(pieces[:4]) if rule.is_vertical()] == []
    own = Rule(90, 100, 90, 140)
    assert [rule for rule in merge([*pieces, own]) if rule.is_vertical()] == [own]


def test_a_drawing_has_no_rules() -> None:
    """More lines than any table has are left alone."""
    assert merge([Rule(10, 5 * n, 90, 5 * n) for n in range(MAX_RULES + 1)]) == ()


_ENDS = st.floats(0, 500)


@given(st.lists(st.tuples(_ENDS, _ENDS, st.floats(4, 200), st.booleans()), max_size=20))
def test_joining_loses_no_ink(places: list[tuple[float, float, float, bool]]) -> None:
    """Every piece lies within a rule of its own direction."""
    pieces = [Rule(x, y, x, y + long) if up else Rule(x, y, x + long, y) for x, y, long, up in places]
    whole = merge(pieces)
    for piece in pieces:
        assert any(
            rule.is_vertical() == piece.is_vertical()
            and abs((rule.x0 if piece.is_vertical() else rule.y0) - (piece.x0 if piece.is_vertical() else piece.y0)) < 2
            and rule.x0 <= piece.x0 + 2
            and rule.y0 <= piece.y0 + 2
            and rule.x1 >= piece.x1 - 2
            and rule.y1 >= piece.y1 - 2
            for rule in whole
        )
