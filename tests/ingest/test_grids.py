"""Ruling lines become boxes."""

from collections.abc import Sequence

from ingest.grids import Grid, grids, open_grids
from ingest.rules import Rule

XS, YS = (50, 150, 250, 350), (100, 120, 140)


def frame(xs: Sequence[float] = XS, ys: Sequence[float] = YS) -> list[Rule]:
    """All lines of a table."""
    upright = [Rule(x, ys[0], x, ys[-1]) for x in xs]
    return upright + [Rule(xs[0], y, xs[-1], y) for y in ys]


def spans(grid: Grid) -> list[tuple[int, int, int]]:
    """Row, first and last column of each box."""
    return [(box.row, box.column, box.last_column) for box in grid.boxes]


def test_lines_that_cross_make_boxes() -> None:
    """Row by row, from the left, with their edges."""
    (grid,) = grids(frame())
    assert spans(grid) == [(row, column, column) for row in (0, 1) for column in (0, 1, 2)]
    assert grid.boxes[1][:4] == (150, 100, 250, 120)
    assert (grid.xs, grid.top, grid.bottom) == (XS, 100, 140)


def test_outer_lines_may_be_missing() -> None:
    """A table open at its sides has the columns that its level lines reach over."""
    inner = [rule for rule in frame() if not rule.is_vertical() or rule.x0 in (150, 250)]
    assert grids(inner) == grids(frame())


def test_a_missing_line_makes_one_box_of_two() -> None:
    """Over two columns in one row, and over two rows in one column."""
    lines = [rule for rule in frame() if rule != Rule(150, 100, 150, 140)]
    (wide,) = grids([*lines, Rule(150, 120, 150, 140)])
    assert spans(wide)[:2] == [(0, 0, 1), (0, 2, 2)]
    lines = [rule for rule in frame() if rule != Rule(50, 120, 350, 120)]
    (tall,) = grids([*lines, Rule(150, 120, 350, 120)])
    assert tall.boxes[0][:4] == (50, 100, 150, 140)


def test_what_is_no_rectangle_is_no_grid() -> None:
    """Boxes of a flow chart, joined by lines, leave a white space that is no cell."""
    boxes = [*frame((50, 100), (100, 120)), *frame((200, 250), (160, 180))]
    assert grids([*boxes, Rule(75, 120, 75, 170), Rule(75, 170, 200, 170)]) == []
    assert grids(frame((50, 350), (100, 140))) == []  # one frame


def test_an_underline_in_a_cell_makes_no_column() -> None:
    """A short line that touches a side of a box ends nowhere that matters."""
    (grid,) = grids([*frame(), Rule(150, 118.5, 210, 118.5)])
    assert grid.xs == XS


def test_tables_apart_are_two_grids() -> None:
    """From the top, also when drawn from the bottom."""
    below = frame(ys=(300, 320, 340))
    assert [grid.top for grid in grids([*below, *frame()])] == [100, 300]


def test_level_lines_and_white_space_make_an_open_grid() -> None:
    """Where text leaves gutters; not across lines that a table with upright lines has."""
    level = [rule for rule in frame() if not rule.is_vertical()]
    (grid,) = open_grids(level, lambda upper, lower: [150, 250])
    assert grid == grids(frame())[0]
    assert open_grids(level, lambda upper, lower: []) == []
    assert open_grids(level[:2], lambda upper, lower: [150]) == []
    assert open_grids(frame(), lambda upper, lower: [150, 250]) == []
