"""What of a page's text nobody sees: drawn in no colour, in that of the paper, too small, or beside the page. Pure.

Such text is how documents are poisoned: readers see one thing, machines read another. Where a page leaves room for
doubt (a picture, a shading or a curved shape under the text) the text counts as visible.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from ingest.lines import Piece

Colour = tuple[float, float, float]
WHITE: Colour = (1.0, 1.0, 1.0)
BLACK: Colour = (0.0, 0.0, 0.0)
INVISIBLE, BLENDED, TINY, OUTSIDE = "invisible", "blended", "tiny", "outside"
SMALLEST = 2.0
"""Letters of fewer points cannot be read."""
SCANNED = 0.5
"""Pictures over so large a share of a page make it a scan, and invisible text what was recognised in it."""
SAME_COLOUR = 0.02
"""Colours that differ by less, of 1, look the same."""
MAX_SHAPES = 2_000
"""Shapes kept of one page; in front of more nothing counts as hidden."""


class Bounds(NamedTuple):
    """A rectangle in points from the left and the top of the page."""

    x0: float
    y0: float
    x1: float
    y1: float

    def within(self, other: "Bounds") -> "Bounds":
        """The part of it that lies in another."""
        return Bounds(max(self.x0, other.x0), max(self.y0, other.y0), min(self.x1, other.x1), min(self.y1, other.y1))

    def area(self) -> float:
        """Its surface; 0.0 for what has none."""
        return max(0.0, self.x1 - self.x0) * max(0.0, self.y1 - self.y0)


EVERYWHERE = Bounds(float("-inf"), float("-inf"), float("inf"), float("inf"))


def bounds(points: Iterable[tuple[float, float]]) -> Bounds:
    """The rectangle around points."""
    xs, ys = zip(*points, strict=True)
    return Bounds(min(xs), min(ys), max(xs), max(ys))


class Backdrop:
    """What a page draws behind its text.

    Attributes:
        pictures: where images lie.
    """

    def __init__(self) -> None:
        self.pictures: list[Bounds] = []
        self._shapes: list[tuple[Bounds, Colour | None]] = []

    def add(self, where: Bounds, colour: Colour | None) -> None:
        """Draw a shape; None for one of several colours, or of another form than its bounds."""
        if len(self._shapes) < MAX_SHAPES and where.x0 < where.x1 and where.y0 < where.y1:
            self._shapes.append((where, colour))

    def picture(self, where: Bounds) -> None:
        """Draw an image."""
        self.pictures.append(where)
        self.add(where, None)

    def hides(self, x: float, y: float, colour: Colour | None) -> bool:
        """Whether letters of a colour at a place do not stand out from what lies behind them."""
        if colour is None or len(self._shapes) >= MAX_SHAPES or (not self._shapes and colour[1] < 1 - SAME_COLOUR):
            return False
        found = (c for where, c in reversed(self._shapes) if where.x0 <= x <= where.x1 and where.y0 <= y <= where.y1)
        behind = next(found, WHITE)
        return behind is not None and all(abs(a - b) < SAME_COLOUR for a, b in zip(colour, behind, strict=True))

    def is_scan(self, width: float, height: float) -> bool:
        """Whether images cover most of a page of this size."""
        page = Bounds(0.0, 0.0, width, height)
        return sum(picture.within(page).area() for picture in self.pictures) >= SCANNED * page.area() > 0


def colour_of(operands: Sequence[Any], *, grey: bool = True) -> Colour | None:
    """Read the operands of a colour operator; None for a pattern, and for one number that is not `grey`."""
    if any(isinstance(item, str) for item in operands):
        return None
    values = [float(item) for item in operands]
    if len(values) == 1 and grey:
        return values[0], values[0], values[0]
    if len(values) == 3:
        return values[0], values[1], values[2]
    if len(values) == 4:
        cyan, magenta, yellow, black = values
        return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
    return None


def sift(pieces: Iterable[Piece], width: float, height: float, *, scan: bool) -> tuple[list[Piece], Counter[str]]:
    """Part the text that people see from the rest: the pieces that stay, and how many letters of each kind go.

    `scan`: the page is a picture, so that invisible text is what was recognised in it.
    """
    seen: list[Piece] = []
    hidden: Counter[str] = Counter()
    allowed: Collection[str] = ("", INVISIBLE) if scan else ("",)
    for piece in pieces:
        x, y, size = piece.x, piece.y, piece.size
        if not (-size <= x <= width + size and -size <= y <= height + size):
            why = OUTSIDE
        elif size < SMALLEST:
            why = TINY
        else:
            why = piece.ghost
        if why in allowed:
            seen.append(piece)
        else:
            hidden[why] += sum(map(str.isalnum, piece.text))
    return seen, +hidden
