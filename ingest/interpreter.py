"""Runs the operators of a content stream and reports text and ruling lines with their place: no PDF library.

pypdf's own extraction joins table cells that stand on one baseline and parses every font again on every page; this
interpreter keeps cells apart, knows the width of what it shows and takes half the time. Operators: ISO 32000-1, 8.5
and 9.4.
"""

import math
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol

from ingest.lines import Piece
from ingest.rules import Paths
from ingest.visibility import BLACK, BLENDED, EVERYWHERE, INVISIBLE, Backdrop, Bounds, Colour, bounds, colour_of

Matrix = tuple[float, float, float, float, float, float]
Operation = tuple[Sequence[Any], bytes]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
MAX_DEPTH = 12
MAX_FORMS = 2000
"""Forms drawn on one page; more than that is an attack or a drawing, not text."""
_PAINTERS = {
    b"S": (False, True, False), b"s": (False, True, True), b"f": (True, False, False), b"F": (True, False, False),
    b"f*": (True, False, False), b"B": (True, True, False), b"B*": (True, True, False), b"b": (True, True, True),
    b"b*": (True, True, True), b"n": (False, False, False),
}  # fmt: skip
"""Operators that draw a path: whether they fill, stroke and first close it."""
_INVISIBLE_MODE, _FILLING = 3, (0, 4)
"""Text rendering modes: not drawn at all, and filled without an outline."""
_GREYS = ("/DeviceGray", "/CalGray", "/G")
"""Colour spaces in which one number is a grey; in a space of its own 1 may well be full ink."""


class Face(Protocol):
    """A font as the interpreter needs it."""

    bold: bool
    space: float

    def show(self, data: bytes | str) -> tuple[str, float, int, int]:
        """Decode shown bytes.

        Returns the text, its width in thousandths of the font size, the number of codes and of one-byte spaces.
        """


class Form(NamedTuple):
    """A form XObject: its matrix, what it draws (nothing when that is no text), the names it may use and its box."""

    matrix: Matrix
    operations: Sequence[Operation]
    resources: "Resources"
    box: tuple[float, ...] = ()


class Resources(Protocol):
    """The names that a content stream may use."""

    def face(self, name: str) -> Face:
        """Return the font of this name, or a stand-in."""

    def form(self, name: str) -> Form | None:
        """Return the form of this name; None for an image or an unknown name."""


@dataclass(slots=True)
class _State:
    """What q saves and Q restores; changed in place, copied by q."""

    ctm: Matrix
    face: Face | None = None
    size: float = 12.0
    char_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    fill: Colour | None = BLACK
    grey: bool = True
    clip: Bounds = EVERYWHERE


def multiply(m: Matrix, n: Matrix) -> Matrix:
    """Return m × n: first m, then n."""
    a, b, c, d, e, f = m
    p, q, r, s, t, u = n
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


class Interpreter:
    """Collects the pieces that a page and its forms draw.

    Attributes:
        pieces: what was drawn so far, in stream order.
        images: number of inline images met.
        paths: the lines drawn so far.
        backdrop: what lies behind the text.
    """

    def __init__(self, place: Matrix) -> None:
        """`place` maps default user space to points from the left and the top of the page as displayed."""
        self.pieces: list[Piece] = []
        self.images = 0
        self.paths = paths = Paths()
        self.backdrop = Backdrop()
        self._clips = False
        self._state = _State(place)
        self._tm = self._line = IDENTITY
        self._forms = 0
        self._handlers: dict[bytes, Callable[[Sequence[Any]], None]] = {
            b"BT": self._begin, b"Td": self._move, b"TD": self._move_leading, b"Tm": self._matrix, b"T*": self._next,
            b"Tj": self._show, b"TJ": self._show_array, b"'": self._next_show, b'"': self._spaced_show,
            b"Tc": self._setter("char_space"), b"Tw": self._setter("word_space"), b"TL": self._setter("leading"),
            b"Ts": self._setter("rise"), b"Tz": self._stretch, b"cm": self._concatenate,
            b"m": self._to(paths.move), b"l": self._to(paths.line), b"c": self._to(paths.curve),
            b"v": self._to(paths.curve), b"y": self._to(paths.curve), b"re": self._rectangle,
            b"h": lambda _: paths.close(), b"W": self._clip, b"W*": self._clip, b"sh": self._shade,
            b"Tr": self._mode, b"g": self._colour, b"rg": self._colour, b"k": self._colour, b"cs": self._space,
            b"sc": self._paint_colour, b"scn": self._paint_colour,
        } | {operator: self._painter(*how) for operator, how in _PAINTERS.items()}  # fmt: skip

    def run(self, operations: Sequence[Operation], resources: Resources, depth: int = 0) -> None:
        """Execute the operations; an operation with wrong operands is skipped, as viewers do."""
        stack: list[_State] = []
        handlers = self._handlers
        for operands, operator in operations:
            try:
                handler = handlers.get(operator)
                if handler is not None:
                    handler(operands)
                elif operator == b"Tf":
                    self._font(resources.face(operands[0]), float(operands[1]))
                elif operator == b"q":
                    stack.append(copy(self._state))
                elif operator == b"Q":
                    self._state = stack.pop() if stack else self._state
                elif operator == b"Do":
                    self._draw(resources.form(operands[0]), depth)
                elif operator == b"INLINE IMAGE":
                    self.images += 1
                    self.backdrop.picture(self._unit())
            except (TypeError, ValueError, IndexError, OverflowError):
                continue

    def _draw(self, form: Form | None, depth: int) -> None:
        self._forms += 1
        if form is None:
            self.backdrop.picture(self._unit())
        if form is None or depth >= MAX_DEPTH or self._forms > MAX_FORMS:
            return
        saved, tm, line = self._state, self._tm, self._line
        self._state = replace(saved, ctm=multiply(form.matrix, saved.ctm))
        if not form.operations and len(form.box) == 4:
            left, bottom, right, top = form.box
            corners = [self._point(x, y) for x in (left, right) for y in (bottom, top)]
            self.backdrop.add(bounds(corners).within(saved.clip), None)
        self.run(form.operations, form.resources, depth + 1)
        self._state, self._tm, self._line = saved, tm, line

    def _setter(self, name: str) -> Callable[[Sequence[Any]], None]:
        def set_value(operands: Sequence[Any]) -> None:
            setattr(self._state, name, float(operands[0]))

        return set_value

    def _font(self, face: Face, size: float) -> None:
        self._state.face, self._state.size = face, size

    def _stretch(self, operands: Sequence[Any]) -> None:
        self._state.stretch = float(operands[0]) / 100

    def _concatenate(self, operands: Sequence[Any]) -> None:
        self._state.ctm = multiply(_numbers(operands), self._state.ctm)

    def _to(self, step: Callable[[tuple[float, float]], None]) -> Callable[[Sequence[Any]], None]:
        """Make the handler of an operator that takes the path to the point of its last two operands."""
        return lambda operands: step(self._point(float(operands[-2]), float(operands[-1])))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self._state.ctm
        return x * a + y * c + e, x * b + y * d + f

    def _rectangle(self, operands: Sequence[Any]) -> None:
        x, y, width, height = map(float, operands)
        self.paths.move(self._point(x, y))
        for corner in ((x + width, y), (x + width, y + height), (x, y + height), (x, y)):
            self.paths.line(self._point(*corner))

    def _unit(self) -> Bounds:
        """Where an image lies: the unit square, transformed, as far as it is not clipped away."""
        corners = bounds(self._point(x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1)))
        return corners.within(self._state.clip)

    def _painter(self, fill: bool, stroke: bool, close: bool) -> Callable[[Sequence[Any]], None]:
        def paint(operands: Sequence[Any]) -> None:
            if close:
                self.paths.close()
            outline = self.paths.outline()
            if outline and (fill or self._clips):
                self._surface(outline, fill=fill)
            self.paths.paint(fill=fill, stroke=stroke)

        return paint

    def _surface(self, outline: Sequence[Sequence[tuple[float, float]]], *, fill: bool) -> None:
        """Fill a path, or keep to it what is drawn from now on."""
        whole = bounds(point for points in outline for point in points)
        if fill:
            plain = len(outline) == 1 and _is_rectangle(outline[0])
            self.backdrop.add(whole.within(self._state.clip), self._state.fill if plain else None)
        if self._clips:
            self._state.clip, self._clips = whole.within(self._state.clip), False

    def _clip(self, operands: Sequence[Any]) -> None:
        self._clips = True

    def _shade(self, operands: Sequence[Any]) -> None:
        self.backdrop.add(self._state.clip, None)

    def _mode(self, operands: Sequence[Any]) -> None:
        self._state.mode = int(operands[0])

    def _colour(self, operands: Sequence[Any]) -> None:
        self._state.fill, self._state.grey = colour_of(operands), True

    def _space(self, operands: Sequence[Any]) -> None:
        self._state.grey = operands[0] in _GREYS
        self._state.fill = None if operands[0] == "/Pattern" else BLACK

    def _paint_colour(self, operands: Sequence[Any]) -> None:
        self._state.fill = colour_of(operands, grey=self._state.grey)

    def _begin(self, operands: Sequence[Any]) -> None:
        self._tm = self._line = IDENTITY

    def _matrix(self, operands: Sequence[Any]) -> None:
        self._tm = self._line = _numbers(operands)

    def _move(self, operands: Sequence[Any]) -> None:
        self._shift(float(operands[0]), float(operands[1]))

    def _move_leading(self, operands: Sequence[Any]) -> None:
        self._state.leading = -float(operands[1])
        self._move(operands)

    def _next(self, operands: Sequence[Any]) -> None:
        self._shift(0.0, -self._state.leading)

    def _shift(self, x: float, y: float) -> None:
        a, b, c, d, e, f = self._line
        self._tm = self._line = (a, b, c, d, x * a + y * c + e, x * b + y * d + f)

    def _next_show(self, operands: Sequence[Any]) -> None:
        self._next(operands)
        self._show(operands)

    def _spaced_show(self, operands: Sequence[Any]) -> None:
        self._state.word_space, self._state.char_space = float(operands[0]), float(operands[1])
        self._next_show(operands[2:])

    def _show(self, operands: Sequence[Any]) -> None:
        if operands and isinstance(operands[0], (bytes, str)):
            self._show_array([[operands[0]]])

    def _show_array(self, operands: Sequence[Any]) -> None:
        """Show strings with adjustments between them; a wide adjustment is a space, a very wide one a new piece."""
        state = self._state
        face, size = state.face, state.size
        if face is None:
            return
        texts: list[str] = []
        advance = start = 0.0
        wide = max(0.45 * face.space, 80.0)
        for item in operands[0]:
            if isinstance(item, (bytes, str)):
                text, width, codes, spaces = face.show(item)
                texts.append(text)
                advance += width / 1000 * size + codes * state.char_space + spaces * state.word_space
                continue
            gap = -float(item)
            if gap > 1500:
                self._emit("".join(texts), start, advance)
                texts, start = [], advance + gap / 1000 * size
            elif gap >= wide and texts and not texts[-1].endswith(" "):
                texts.append(" ")
            advance += gap / 1000 * size
        self._emit("".join(texts), start, advance)
        a, b, c, d, e, f = self._tm
        x = advance * state.stretch
        self._tm = (a, b, c, d, x * a + e, x * b + f)

    def _emit(self, text: str, start: float, end: float) -> None:
        if not text:
            return
        state = self._state
        a, b, c, d, e, f = multiply(self._tm, state.ctm)
        stretch = state.stretch
        x, y = start * stretch * a + state.rise * c + e, start * stretch * b + state.rise * d + f
        if not (math.isfinite(x) and math.isfinite(y)):
            return
        advance = abs((end - start) * stretch) * math.hypot(a, b)
        size = abs(state.size) * math.hypot(c, d)
        bold = state.face.bold if state.face else False
        self.pieces.append(Piece(text, x, y, advance, size, bold, _turn(a, b, state.size), self._ghost(x, y, size)))

    def _ghost(self, x: float, y: float, size: float) -> str:
        """Why letters drawn at a place cannot be seen, '' when they can."""
        state = self._state
        if state.mode == _INVISIBLE_MODE:
            return INVISIBLE
        painted = state.mode in _FILLING
        return BLENDED if painted and self.backdrop.hides(x + size / 4, y - size / 4, state.fill) else ""


def _is_rectangle(points: Sequence[tuple[float, float]]) -> bool:
    """Whether a path has the four corners of an upright rectangle."""
    corners = {(round(x, 1), round(y, 1)) for x, y in points}
    return len(points) >= 4 and len(corners) == 4 and len({x for x, _ in corners}) == len({y for _, y in corners}) == 2


def _numbers(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = operands
    return (float(a), float(b), float(c), float(d), float(e), float(f))


def _turn(a: float, b: float, size: float) -> int:
    """Quarter turns of the direction of reading on the displayed page, where y points down."""
    if size < 0:
        a, b = -a, -b
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 2
    return 1 if b > 0 else 3
