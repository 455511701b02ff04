"""Pieces of drawn text become lines: pure geometry, no PDF library.

A PDF draws one visual line in many pieces: a word at a time, a bold lead-in, a raised footnote mark. Pieces that follow
each other on one baseline become one `Line`; a wide gap (a column, a table cell) starts a new one, and so does a
ruling line between them.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from ingest.document import Line
from ingest.rules import Rule

SPACE_GAP = 0.12
"""A gap wider than this many font sizes is a space between words."""
CELL_GAP = 1.2
"""A gap wider than this many font sizes separates cells or columns."""
BULLET_GAP = 5.0
"""The same after a bullet or list number, which stands in a hanging indent."""
BACKSTEP = 0.4
"""How many font sizes the pen may step back (kerning) without starting a new line."""
SAME_BASELINE = 0.25
RAISED_BASELINE = 0.6
RAISED_SIZE = 0.8
OVERPRINT = 0.15
"""The same words drawn again within this many font sizes are a drawn bold or a shadow."""

MIDDLE, TOUCH = 0.3, 0.2
"""Half the height of a letter above the baseline, and how far a letter may reach over a ruling line, in font sizes."""

_LEAD = re.compile(
    r"(?:[\u2022\u25cf\u25cb\u25aa\u25a0\u2023\u00b7\uf0b7\uf0a7\u2013\u2014*>o-]|\(?[0-9a-zA-Z]{1,3}[.)])\Z"
)
_WORD_END = re.compile(r"(?:[^\W\d_]{3}|[.,;:)])\Z")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAKS = str.maketrans({"\n": " ", "\r": " ", "\t": " ", "\x00": None})


class Piece(NamedTuple):
    """Text shown by one operator.

    Attributes:
        text: decoded characters.
        x, y: where it starts, in points from the left and the top of the page as displayed.
        advance: length along its own direction, in points.
        size: font size in points after every transformation.
        bold: whether the font is bold.
        turn: quarter turns clockwise of the direction of reading; 0 is ordinary text.
        ghost: why it cannot be seen where it is drawn, as `ingest.visibility` names it; '' for what can be.
    """

    text: str
    x: float
    y: float
    advance: float
    size: float
    bold: bool
    turn: int
    ghost: str = ""


class _Run:
    """A line in the making. `u` runs along the direction of reading, `v` across it, downwards."""

    def __init__(self, piece: Piece) -> None:
        self.first = piece
        self.texts: list[str] = []
        self.start, self.v = _along(piece)
        self.end = self.start
        self.size, self.weight = piece.size, 0
        self.bold = self.letters = 0
        self.last = piece

    def add(self, piece: Piece, space: bool) -> None:
        if space and self.texts and not self.texts[-1].endswith(" ") and not piece.text.startswith(" "):
            self.texts.append(" ")
        self.texts.append(piece.text)
        self.end = _along(piece)[0] + piece.advance
        letters = len(piece.text.strip())
        if letters >= self.weight and letters:
            self.size, self.weight, self.v = piece.size, letters, _along(piece)[1]
        self.letters += letters
        self.bold += letters * piece.bold
        self.last = piece

    def line(self, order: int) -> Line | None:
        text = _clean("".join(self.texts))
        if not text:
            return None
        x, y, length = self.first.x, self.first.y, max(0.0, self.end - self.start)
        if self.first.turn == 0:
            y = self.v
        elif self.first.turn == 2:
            x -= length
        width = length if self.first.turn in {0, 2} else self.size
        return Line(
            text, round(x, 2), round(y, 2), round(width, 2), round(self.size, 2), 2 * self.bold > self.letters, order
        )


class _Walls:
    """The vertical rules of a page, from left to right."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = sorted(rule for rule in rules if rule.is_vertical())
        self._places = [rule.x0 for rule in self._rules]

    def between(self, run: _Run, piece: Piece) -> bool:
        """Whether a rule parts a piece from the run before it on the same baseline."""
        if not self._rules or piece.turn:
            return False
        height = piece.y - MIDDLE * piece.size
        touch = TOUCH * piece.size
        for rule in self._rules[bisect_left(self._places, run.end - touch) :]:
            if rule.x0 > piece.x + touch:
                return False
            if rule.y0 <= height <= rule.y1 and rule.x0 > run.start:
                return True
        return False


def lines_of(pieces: Iterable[Piece], rules: Iterable[Rule] = ()) -> list[Line]:
    """Join pieces, in the order in which the page draws them, into lines in that same order.

    `rules` are the ruling lines of the page: a vertical one ends a line.
    """
    walls = _Walls(rules)
    lines: list[Line] = []
    run: _Run | None = None
    for piece in pieces:
        if run is None:
            run = _Run(piece)
            run.add(piece, space=False)
            continue
        if _overprints(run.last, piece):
            run.bold = run.letters
            continue
        gap = _gap(run, piece)
        if gap is None or walls.between(run, piece):
            gap = None
            _finish(run, lines)
            run = _Run(piece)
        run.add(piece, space=gap is not None and (gap > SPACE_GAP * max(run.size, piece.size) or _is_note(run, piece)))
    if run is not None:
        _finish(run, lines)
    return lines


def _finish(run: _Run, lines: list[Line]) -> None:
    line = run.line(len(lines))
    if line is not None:
        lines.append(line)


def _along(piece: Piece) -> tuple[float, float]:
    return ((piece.x, piece.y), (piece.y, -piece.x), (-piece.x, -piece.y), (-piece.y, piece.x))[piece.turn]


def _gap(run: _Run, piece: Piece) -> float | None:
    """Return the distance from the run's end to the piece, or None when the piece starts a new line."""
    if piece.turn != run.first.turn:
        return None
    u, v = _along(piece)
    size = max(run.size, piece.size)
    small = min(run.size, piece.size) < RAISED_SIZE * size
    if abs(v - run.v) > (RAISED_BASELINE if small else SAME_BASELINE) * size:
        return None
    gap = u - run.end
    if gap < -BACKSTEP * size or gap > _widest(run) * size:
        return None
    return gap


def _widest(run: _Run) -> float:
    head = "".join(run.texts).strip() if len(run.texts) < 4 else ""
    return BULLET_GAP if _LEAD.match(head) else CELL_GAP


def _is_note(run: _Run, piece: Piece) -> bool:
    """Whether the piece is the raised number of a footnote; a space keeps it out of the word, but not out of 'km2'."""
    raised = piece.size < RAISED_SIZE * run.size and _along(piece)[1] < run.v - 0.1 * run.size
    return raised and piece.text[:1].isdigit() and bool(_WORD_END.search(run.texts[-1]))


def _overprints(last: Piece, piece: Piece) -> bool:
    near = OVERPRINT * piece.size
    return (
        piece.text == last.text
        and not piece.text.isspace()
        and abs(piece.x - last.x) < near
        and abs(piece.y - last.y) < near
    )


def _clean(text: str) -> str:
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.translate(_BREAKS).strip()
