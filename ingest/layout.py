"""Reading order: lines scattered over a page become blocks in the order in which a person reads them. Pure geometry.

The order in which a PDF draws its lines says little: titles come last, columns interleave. What counts is where they
stand. A page is cut by the lines that run across its gutters; between two such lines stand columns, read one after
the other, or table rows, read cell by cell.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from ingest.document import Line
from ingest.tables import Row, Table

Role = Literal["text", "label", "cell"]

SLACK = 3.0
"""Left edges that differ by fewer points belong to one column."""
GUTTER = 6.0
"""The least width of the white space between columns, in points."""
SAME_ROW = 0.45
"""Baselines that differ by fewer font sizes stand on one row."""
HANGING = 70.0
"""A number stands at most so far to the left of the heading or item that it numbers."""
FEW_LINES = 6
"""Among so few lines one line may make a column."""
NEARLY = 0.6
"""A gutter is about as good as the best when it parts this share of the lines that the best one parts."""
MIN_ROWS = 3
LABEL_SHARE = 0.5
"""A table's label column holds at most this share of the letters of the column beside it."""
ALIGNED_SHARE = 0.75
"""So many of a label column's blocks start on the baseline of a line beside it."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that follow each other in one column, or one cell of a table.

    Attributes:
        lines: in reading order.
        right: right edge of the column, in points.
        role: 'label' for the first cell of a table row, 'cell' for the others.
        cells: of a whole row under a header: each cell's column and how many of the lines are its own.
    """

    lines: tuple[Line, ...]
    right: float
    role: Role = "text"
    cells: tuple[tuple[str, int], ...] = ()


def read(lines: Sequence[Line], tables: Sequence[Table] = ()) -> list[Block]:
    """Put the lines of one page into blocks in reading order; every line lands in exactly one block.

    `tables` are those of the page, from the top; each of their rows is a block, or a label with its cell.
    """
    blocks: list[Block] = []
    rest = list(lines)
    for table in tables:
        held = {id(line) for line in table.lines()}
        top = min(line.y for line in table.lines())
        blocks += _read([line for line in rest if id(line) not in held and line.y < top])
        for row in table.rows:
            blocks += _labelled(row) if table.labelled else [_table_row(row)]
        rest = [line for line in rest if id(line) not in held and line.y >= top]
    return blocks + _read(rest)


def _table_row(row: Row) -> Block:
    lines = tuple(line for _, held in row.cells for line in held)
    return Block(lines, _right(lines), "cell", tuple((column, len(held)) for column, held in row.cells))


def _labelled(row: Row) -> list[Block]:
    """A row whose first cell names what stands in the second."""
    if len(row.cells) == 1:
        return [Block(row.cells[0][1], _right(row.cells[0][1]))]
    roles: tuple[Role, ...] = ("label", "cell")
    return [Block(lines, _right(lines), role) for role, (_, lines) in zip(roles, row.cells, strict=True)]


def _read(lines: Sequence[Line]) -> list[Block]:
    rows = sorted(_join_numbers(lines), key=lambda line: (line.y, line.x, line.order))
    return _cut(rows)


def _join_numbers(lines: Sequence[Line]) -> list[Line]:
    """Join a bullet or number that is drawn apart to the line that it opens."""
    ordered = sorted(lines, key=lambda line: (round(line.y), line.x, line.order))
    joined: list[Line] = []
    for line in ordered:
        if joined and _opens(joined[-1], line):
            width = line.x + line.width - joined[-1].x
            joined[-1] = replace(line, text=f"{joined[-1].text} {line.text}", x=joined[-1].x, width=width)
        else:
            joined.append(line)
    return joined


def _opens(number: Line, line: Line) -> bool:
    near = 0 <= line.x - number.x - number.width < HANGING and abs(line.y - number.y) < SAME_ROW * line.size
    return near and is_marker(number.text)


def is_marker(text: str) -> bool:
    """Whether a text is nothing but a bullet or a section number ('•', '3.', '1.2', 'a)')."""
    bare = text.strip().rstrip(".)").lstrip("(")
    if len(bare) > 8 or not bare:
        return False
    if len(bare) == 1:
        return not bare.isupper() or text.strip() != bare
    parts = bare.split(".")
    return all(part.isdecimal() and len(part) < 3 for part in parts) and not bare.startswith("0")


def _cut(lines: list[Line]) -> list[Block]:
    """Cut lines, sorted from the top, at the best gutter; without a gutter they are one block."""
    gutter = _gutter(lines)
    if not lines:
        return []
    if gutter is None:
        return [Block(tuple(lines), _right(lines))]
    blocks: list[Block] = []
    band: list[Line] = []
    for line in lines:
        if _crosses(line, gutter) and not _overflows(line):
            blocks += _band(band, gutter)
            blocks = _append(blocks, line, lines)
            band = []
        else:
            band.append(line)
    return blocks + _band(band, gutter)


def _append(blocks: list[Block], line: Line, lines: list[Line]) -> list[Block]:
    """Add a line that runs across the columns to the block of such lines before it."""
    last = blocks[-1] if blocks else None
    if last is not None and last.role == "text" and last.right == _right(lines):
        return [*blocks[:-1], replace(last, lines=(*last.lines, line))]
    return [*blocks, Block((line,), _right(lines))]


def _right(lines: Sequence[Line]) -> float:
    return max(line.x + line.width for line in lines)


def _crosses(line: Line, gutter: float) -> bool:
    return line.x < gutter - SLACK and line.x + line.width > gutter - GUTTER / 2


def _overflows(line: Line) -> bool:
    """Whether a crossing line is a long word, an address mostly, that runs out of its column."""
    return " " not in line.text.strip()


def _gutter(lines: list[Line]) -> float | None:
    """Return the left edge of the first column that splits the lines about as well as the best one, or into rows."""
    edges = Counter(round(line.x / SLACK) for line in lines)
    shared = {
        edge * SLACK: _shared(lines, edge * SLACK)
        for edge, count in sorted(edges.items())
        if count > 1 or len(lines) <= FEW_LINES
    }
    most = max(shared.values(), default=0)
    good = (g for g, count in shared.items() if count > 1 and (count >= NEARLY * most or _tabular(lines, g)))
    return next(good, None)


def _tabular(lines: list[Line], gutter: float) -> bool:
    """Whether the lines left of a gutter name the rows of a table."""
    for band in _bands(lines, gutter):
        left, right = _sides(band, gutter)
        if left and right and len(_row_starts(left, right) or ()) >= MIN_ROWS:
            return True
    return False


def _shared(lines: list[Line], gutter: float) -> int:
    """Count the lines that stand side by side, on either side of a gutter that no line between them crosses."""
    return sum(_pairs(band, gutter) for band in _bands(lines, gutter))


def _bands(lines: list[Line], gutter: float) -> Iterator[list[Line]]:
    """Yield the lines between those that cross a gutter."""
    band: list[Line] = []
    for line in lines:
        if _crosses(line, gutter) and not _overflows(line):
            yield band
            band = []
        else:
            band.append(line)
    yield band


def _pairs(band: list[Line], gutter: float) -> int:
    left, right = _sides(band, gutter)
    if not left or not right:
        return 0
    top, bottom = max(left[0].y, right[0].y), min(left[-1].y, right[-1].y)
    size = max(left[0].size, right[0].size)
    inside = [line for line in band if top - size <= line.y <= bottom + size]
    within_left, within_right = _sides(inside, gutter)
    return 2 * min(len(within_left), len(within_right))


def _sides(band: list[Line], gutter: float) -> tuple[list[Line], list[Line]]:
    return [line for line in band if line.x < gutter - SLACK], [line for line in band if line.x >= gutter - SLACK]


def _band(band: list[Line], gutter: float) -> list[Block]:
    """Read a band between two crossing lines: as rows when its left column labels the right one, else as columns."""
    left, right = _sides(band, gutter)
    if not left or not right:
        return _cut(band)
    starts = _row_starts(left, right)
    if starts is None:
        return _cut(left) + _cut(right)
    return _rows(left, right, starts)


def _rows(left: list[Line], right: list[Line], starts: list[float]) -> list[Block]:
    """Read a table row by row. Its first column names the rows when there is one other column; else all are cells."""
    blocks: list[Block] = []
    columns = 1
    for top, bottom in pairwise([float("-inf"), *starts, float("inf")]):
        cells = _cut([line for line in right if top <= line.y < bottom])
        columns = max(columns, len(cells))
        blocks += _row([line for line in left if top <= line.y < bottom], cells)
    return blocks if columns == 1 else [replace(block, role="cell") for block in blocks]


def _row(left: list[Line], cells: list[Block]) -> list[Block]:
    label = [Block(tuple(left), _right(left), "label" if cells else "text")] if left else []
    return label + [replace(cell, role="cell" if left else "text") for cell in cells]


def _row_starts(left: list[Line], right: list[Line]) -> list[float] | None:
    """Return where each table row begins, just above its first baseline; None for columns of running text."""
    groups = _groups(left)
    beside = [line.y for line in right]
    aligned = [g for g in groups if any(abs(g[0].y - y) < SAME_ROW * g[0].size for y in beside)]
    letters = sum(len(line.text) for line in left)
    enough = len(groups) > 1 and len(aligned) >= ALIGNED_SHARE * len(groups)
    if not enough or letters > LABEL_SHARE * sum(len(line.text) for line in right):
        return None
    if any(len(group) > 5 for group in groups):
        return None
    return [group[0].y - SAME_ROW * group[0].size for group in groups]


def _groups(lines: list[Line]) -> list[list[Line]]:
    """Group a column's lines where the white space between them is no more than the tightest spacing."""
    steps = [b.y - a.y for a, b in pairwise(lines)]
    tight = 1.35 * min((s for s in steps if s > 0), default=0.0)
    tight = min(tight, 1.6 * max(line.size for line in lines))
    groups = [[lines[0]]]
    for step, line in zip(steps, lines[1:], strict=True):
        if step <= tight:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups
