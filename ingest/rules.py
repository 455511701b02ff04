"""The ruling lines of a page: what its path operators draw that is thin and straight. Pure geometry, no PDF library.

Word processors draw the border of a cell as a stroked line or as a filled rectangle of half a point, often in pieces.
`Paths` collects the pieces, `merge` makes whole lines of them. Operators: ISO 32000-1, 8.5.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

THIN = 2.5
"""A filled shape narrower than so many points is a line."""
SHORTEST = 3.0
"""Shorter pieces are dots of a dotted line, or parts of a drawing."""
STRAIGHT = 0.5
"""The ends of a horizontal or vertical line differ by fewer points across."""
SAME_LINE = 1.5
"""Pieces closer than so many points, along and across, are one line."""
JOINT = 3.0
"""Ends of pieces this close are one place."""
MIN_LEVELS = 3
"""So many level lines of one width are a table's."""
SHARED = 0.7
"""A column begins where pieces of so large a share of them meet."""
MAX_PIECES = 20_000
"""Pieces kept of one page; a page with more is a drawing."""
MAX_RULES = 2_000
"""The same for whole lines: a page with more has no rules that matter."""

Point = tuple[float, float]


class Rule(NamedTuple):
    """A horizontal or vertical line.

    Attributes:
        x0, y0: its left or upper end, in points from the left and the top of the page as displayed.
        x1, y1: its right or lower end; one of the coordinates is the same at both ends.
    """

    x0: float
    y0: float
    x1: float
    y1: float

    def is_vertical(self) -> bool:
        """Whether the line stands upright."""
        return self.x0 == self.x1


class Paths:
    """The paths that a page draws, in points as displayed.

    Attributes:
        pieces: the lines found so far.
    """

    def __init__(self) -> None:
        self.pieces: list[Rule] = []
        self._path: list[list[Point]] = []

    def move(self, point: Point) -> None:
        """Begin a new part of the path."""
        self._path.append([point])

    def line(self, point: Point) -> None:
        """Go on in a straight line."""
        if self._path:
            self._path[-1].append(point)

    def curve(self, point: Point) -> None:
        """Go on along a curve, which is never a rule, to a point."""
        self.move(point)

    def close(self) -> None:
        """Go back to where this part of the path began."""
        if self._path:
            self._path[-1].append(self._path[-1][0])

    def outline(self) -> list[list[Point]]:
        """The parts of the path as it stands."""
        return [points for points in self._path if points]

    def paint(self, *, fill: bool, stroke: bool) -> None:
        """Draw the path and forget it; without fill and stroke it clips and draws nothing."""
        path, self._path = self._path, []
        if len(self.pieces) >= MAX_PIECES:
            return
        for points in path:
            rule = _thin(points) if fill else None
            if rule:
                self.pieces.append(rule)
            elif stroke:
                self.pieces += [rule for ends in pairwise(points) if (rule := _thin(ends))]


def _thin(points: Sequence[Point]) -> Rule | None:
    """The line that a thin shape, or a straight stroke, makes; None for any other."""
    xs, ys = sorted(x for x, _ in points), sorted(y for _, y in points)
    left, right, top, bottom = xs[0], xs[-1], ys[0], ys[-1]
    width, height = right - left, bottom - top
    thin = STRAIGHT if len(points) == 2 else THIN
    if max(width, height) < SHORTEST or min(width, height) > thin:
        return None
    if width < height:
        x = round((left + right) / 2, 1)
        return Rule(x, round(top, 1), x, round(bottom, 1))
    y = round((top + bottom) / 2, 1)
    return Rule(round(left, 1), y, round(right, 1), y)


class _Line(NamedTuple):
    """Pieces joined: where the line lies, from where to where it runs, and where its pieces meet."""

    across: float
    start: float
    end: float
    joints: frozenset[int]


def merge(pieces: Sequence[Rule]) -> tuple[Rule, ...]:
    """Join the pieces of each line; nothing is left of a page that draws too many lines to be ruled by them.

    Borders without upright lines are often drawn cell by cell: where the pieces of most level lines of a table meet, a
    column begins, and an upright rule is returned as if it had been drawn.
    """
    upright = _joined([(rule.x0, rule.y0, rule.y1) for rule in pieces if rule.is_vertical()])
    level = _joined([(rule.y0, rule.x0, rule.x1) for rule in pieces if not rule.is_vertical()])
    whole = [Rule(x, top, x, bottom) for x, top, bottom, _ in upright]
    whole += _implied(level, whole)
    whole += [Rule(left, y, right, y) for y, left, right, _ in level]
    return tuple(whole) if len(whole) <= MAX_RULES else ()


def _implied(level: Sequence[_Line], upright: Sequence[Rule]) -> list[Rule]:
    """The upright rules that the joints of level lines of one width imply, where none are drawn between their ends."""
    widths: dict[tuple[int, int], list[_Line]] = defaultdict(list)
    for line in level:
        if not any(_crosses(rule, line) for rule in upright):
            widths[round(line.start / JOINT), round(line.end / JOINT)].append(line)
    found: list[Rule] = []
    for lines in widths.values():
        top, bottom = lines[0].across, lines[-1].across
        if len(lines) >= MIN_LEVELS:
            counts = Counter(joint for line in lines for joint in line.joints)
            shared = sorted(joint for joint, count in counts.items() if count >= SHARED * len(lines))
            found += [Rule(x * JOINT, top, x * JOINT, bottom) for x in shared]
    return found


def _crosses(upright: Rule, level: _Line) -> bool:
    """Whether an upright rule meets a level line elsewhere than at its ends."""
    inside = level.start + JOINT < upright.x0 < level.end - JOINT
    return inside and upright.y0 - JOINT <= level.across <= upright.y1 + JOINT


def _joined(pieces: list[tuple[float, float, float]]) -> list[_Line]:
    """Join pieces (place across, start, end) that lie in each other's line and touch."""
    whole: list[_Line] = []
    for line in _lines(pieces):
        across, joints = line[0][0], set[int]()
        start, end = line[0][1:]
        for _, first, last in line[1:]:
            if first > end + SAME_LINE:
                whole.append(_Line(across, start, end, frozenset(joints)))
                start, end, joints = first, last, set()
            else:
                joints.add(round(first / JOINT))
            end = max(end, last)
        whole.append(_Line(across, start, end, frozenset(joints)))
    return whole


def _lines(pieces: list[tuple[float, float, float]]) -> Iterable[list[tuple[float, float, float]]]:
    """Yield the pieces at one place across, each line sorted from its start."""
    line: list[tuple[float, float, float]] = []
    for piece in sorted(pieces):
        if line and piece[0] > line[0][0] + SAME_LINE:
            yield sorted(line, key=itemgetter(1))
            line = []
        line.append(piece)
    if line:
        yield sorted(line, key=itemgetter(1))
