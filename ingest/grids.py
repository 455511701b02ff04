"""Ruling lines become the boxes of a table: which of them close off cells, and over which rows and columns. Pure."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ingest.rules import Rule

TOUCH = 3.0
"""Lines that come within so many points of each other meet."""
MIN_LEVELS = 3
"""Level rules of one width that make a table without upright ones: above and below its header, and at its end."""
MAX_BOXES = 5_000
"""A grid of more boxes is squared paper."""

_Place = tuple[int, int]
"""A column and a row of a grid."""


class Box(NamedTuple):
    """A cell.

    Attributes:
        left, top, right, bottom: its edges in points.
        row, column: where it begins, 0-based.
        last_column: where it ends; further than `column` for a cell over several.
    """

    left: float
    top: float
    right: float
    bottom: float
    row: int
    column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Boxes that fill a rectangle.

    Attributes:
        xs: the edges of its columns, from the left.
        boxes: row by row, from the left.
    """

    xs: tuple[float, ...]
    boxes: tuple[Box, ...]

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.boxes[0].top

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return max(box.bottom for box in self.boxes)


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """Find the grids of at least two columns that rules make, from the top.

    Outer edges may be missing, as in tables that are open at their sides. Lines that close off anything but rectangles
    are a drawing and give no grid.
    """
    found = (_grid(group) for group in _groups(rules))
    return sorted((grid for grid in found if grid), key=lambda grid: (grid.top, grid.xs))


def open_grids(rules: Sequence[Rule], gutters: Callable[[Rule, Rule], Sequence[float]]) -> list[Grid]:
    """Find the grids that level rules of one width make with the white space between columns, from the top.

    `gutters` finds the left edges of the columns after the first between an upper and a lower rule.
    """
    widths: dict[tuple[int, int], list[Rule]] = defaultdict(list)
    upright = [rule for rule in rules if rule.is_vertical()]
    for rule in rules:
        if not rule.is_vertical() and not any(_crosses(other, rule) for other in upright):
            widths[round(rule.x0 / TOUCH), round(rule.x1 / TOUCH)].append(rule)
    found: list[Grid] = []
    for levels in widths.values():
        ordered = sorted(levels, key=lambda rule: rule.y0)
        inner = gutters(ordered[0], ordered[-1]) if len(ordered) >= MIN_LEVELS else ()
        if inner:
            xs = (ordered[0].x0, *inner, ordered[0].x1)
            ends = [rule.y0 for rule in ordered]
            boxes = [Box(a, c, b, d, row, column, column) for row, (c, d) in enumerate(pairwise(ends))
                     for column, (a, b) in enumerate(pairwise(xs))]  # fmt: skip
            found.append(Grid(xs, tuple(boxes)))
    return sorted(found, key=lambda grid: (grid.top, grid.xs))


def _crosses(upright: Rule, level: Rule) -> bool:
    """Whether an upright rule meets a level one elsewhere than at its ends."""
    inside = level.x0 + TOUCH < upright.x0 < level.x1 - TOUCH
    return inside and upright.y0 - TOUCH <= level.y0 <= upright.y1 + TOUCH


def _groups(rules: Sequence[Rule]) -> Iterable[list[Rule]]:
    """Group rules that meet."""
    upright = sorted(rule for rule in rules if rule.is_vertical())
    places = [rule.x0 for rule in upright]
    forest = _Forest()
    for level in (rule for rule in rules if not rule.is_vertical()):
        for rule in upright[bisect_left(places, level.x0 - TOUCH) : bisect_right(places, level.x1 + TOUCH)]:
            if rule.y0 - TOUCH <= level.y0 <= rule.y1 + TOUCH:
                forest.join(level, rule)
    return forest.groups()


class _Forest:
    """Which things belong together, directly or by way of others."""

    def __init__(self) -> None:
        self._parents: dict[Rule | _Place, Rule | _Place] = {}

    def root(self, item: Rule | _Place) -> Rule | _Place:
        parents = self._parents
        while (parent := parents.setdefault(item, item)) != item:
            parents[item] = parents[parent]
            item = parent
        return item

    def join(self, one: Rule | _Place, other: Rule | _Place) -> None:
        self._parents[self.root(one)] = self.root(other)

    def groups(self) -> list[list[Rule]]:
        found: dict[Rule | _Place, list[Rule]] = defaultdict(list)
        for item in list(self._parents):
            if isinstance(item, Rule):
                found[self.root(item)].append(item)
        return list(found.values())


def _grid(rules: Sequence[Rule]) -> Grid | None:
    upright, level = [r for r in rules if r.is_vertical()], [r for r in rules if not r.is_vertical()]
    xs = _places([r.x0 for r in upright], [r.x0 for r in level], [r.x1 for r in level])
    ys = _places([r.y0 for r in level], [r.y0 for r in upright], [r.y1 for r in upright])
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MAX_BOXES:
        return None
    boxes = _boxes(xs, ys, rules)
    return Grid(tuple(xs), tuple(boxes)) if boxes else None


def _places(lines: Sequence[float], starts: Sequence[float], ends: Sequence[float]) -> list[float]:
    """Return the distinct places of lines, and how far those that cross them reach; places that touch are one."""
    places: list[float] = []
    for value in sorted([*lines, min(starts), max(ends)]):
        if not places or value > places[-1] + TOUCH:
            places.append(value)
    return places


def _boxes(xs: list[float], ys: list[float], rules: Sequence[Rule]) -> list[Box]:
    """Join the fields between which no rule stands; none when what they make is no rectangle."""
    walls = set(_walls(xs, ys, [rule for rule in rules if rule.is_vertical()], upright=True))
    floors = set(_walls(ys, xs, [rule for rule in rules if not rule.is_vertical()], upright=False))
    forest = _Forest()
    fields = [(column, row) for row in range(len(ys) - 1) for column in range(len(xs) - 1)]
    for column, row in fields:
        forest.root((column, row))
        if column and (column, row) not in walls:
            forest.join((column, row), (column - 1, row))
        if row and (row, column) not in floors:
            forest.join((column, row), (column, row - 1))
    held: dict[Rule | _Place, list[_Place]] = defaultdict(list)
    for field in fields:
        held[forest.root(field)].append(field)
    boxes = [box for some in held.values() if (box := _box(some, xs, ys))]
    return sorted(boxes, key=lambda box: (box.row, box.column)) if len(boxes) == len(held) else []


def _walls(across: list[float], along: list[float], rules: Iterable[Rule], *, upright: bool) -> Iterator[_Place]:
    """Yield (place across, field along) for each side of a field that a rule closes."""
    middles = [(a + b) / 2 for a, b in pairwise(along)]
    for rule in rules:
        x, start, end = (rule.x0, rule.y0, rule.y1) if upright else (rule.y0, rule.x0, rule.x1)
        place = bisect_right(across, x) - 1
        for index in range(bisect_left(middles, start), bisect_right(middles, end)):
            yield place, index


def _box(fields: Sequence[_Place], xs: list[float], ys: list[float]) -> Box | None:
    columns, rows = {column for column, _ in fields}, {row for _, row in fields}
    first, last, top, bottom = min(columns), max(columns), min(rows), max(rows)
    if len(fields) != (last - first + 1) * (bottom - top + 1):
        return None
    return Box(xs[first], ys[top], xs[last + 1], ys[bottom + 1], top, first, last)
