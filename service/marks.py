"""From the letters of a passage to the rectangles around them. Pure functions; points from the top left."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 with y downwards."""

SAME_LINE = 0.4
"""Letters stand on one line when they share this part of the lower one's height."""
WORD_GAP = 1.5
"""A wider gap, in heights of the line, parts columns; what stands between is not the passage's."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The letters of a page as the renderer places them.

    Attributes:
        width, height: size of the page as displayed, in points.
        texts: for each glyph its character(s), in the renderer's order; spaces and line ends too.
        boxes: for each glyph its box; None for what is not drawn on the page.
    """

    width: float
    height: float
    texts: tuple[str, ...]
    boxes: tuple[Box | None, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """Where a passage stands on the image of its page.

    Attributes:
        found: whether (nearly) all of its words were found; when not, `rectangles` is empty.
        rectangles: x0, y0, x1, y1 in points from the top left of the page as displayed.
        missing: the words that were not found.
    """

    found: bool
    rectangles: tuple[Box, ...]
    missing: tuple[str, ...] = ()


def middle(box: Box) -> tuple[float, float]:
    """The point in the middle of a box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def enclose(glyphs: Glyphs, chosen: Collection[int]) -> tuple[Box, ...]:
    """Put rectangles around the chosen glyphs, one for each stretch of a line, with touching punctuation."""
    rectangles: list[Box] = []
    last = -2
    for at in _with_punctuation(glyphs.texts, chosen):
        box = glyphs.boxes[at]
        if box is None:
            continue
        between = range(last + 1, at)
        joined = bool(rectangles) and not any(_has_letters(glyphs.texts[i]) for i in between)
        if joined and _on_one_line(rectangles[-1], box):
            rectangles[-1] = unite(rectangles[-1], box)
        else:
            rectangles.append(box)
        last = at
    return tuple(rectangles)


def unite(first: Box, second: Box) -> Box:
    """The smallest box around two boxes."""
    return min(first[0], second[0]), min(first[1], second[1]), max(first[2], second[2]), max(first[3], second[3])


def _has_letters(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _with_punctuation(texts: Sequence[str], chosen: Collection[int]) -> list[int]:
    """Add what touches a chosen glyph and is no letter: brackets before it, points and hyphens after it."""
    kept = set(chosen)
    for step in (1, -1):
        for at in sorted(chosen, reverse=step < 0):
            near = at + step
            while 0 <= near < len(texts) and near not in kept and _is_punctuation(texts[near]):
                kept.add(near)
                near += step
    return sorted(kept)


def _is_punctuation(text: str) -> bool:
    return bool(text) and not _has_letters(text) and not any(char.isspace() for char in text)


def _on_one_line(line: Box, box: Box) -> bool:
    """Whether a glyph goes on where a line ends."""
    height = line[3] - line[1]
    shared = min(line[3], box[3]) - max(line[1], box[1])
    lowest = min(height, box[3] - box[1])
    gap = box[0] - line[2]
    return shared >= SAME_LINE * lowest and -height <= gap <= WORD_GAP * max(height, box[3] - box[1])
