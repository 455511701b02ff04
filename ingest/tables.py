"""Tables without ruling lines: three columns or more under a header row, known by where words stand. Pure geometry.

A PDF draws no tables, only words; what stands under a column's name, on the baseline of a row, is that row's cell. A
table is taken for one only when its rows and columns are beyond doubt: columns of running text look much alike.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.document import Line
from ingest.text import join_lines, repair

MIN_COLUMNS = 3
MIN_ROWS = 2
SAME_ROW = 0.45
"""Baselines that differ by fewer font sizes stand on one row."""
TIGHT = 1.45
"""Lines of one cell are at most so many font sizes apart."""
FAR = 6.0
"""White space of more font sizes than this ends a table."""
OUTSIDE = 40.0
"""A cell begins or ends at most so many points outside the table's header."""
ALIGNED = 0.8
"""So large a share of the cells begins on the first baseline of a row."""
CELL_WORDS = 40
"""In columns of running text, half of the pieces hold more words than this."""
ITEMS = 0.34
"""A larger share of cells that open with a bullet: lists beside each other, not rows."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        cells: the names of the columns that each cell stands under ('' in the header) and its lines, left to right.
    """

    cells: tuple[tuple[str, tuple[Line, ...]], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a page.

    Attributes:
        rows: the first is the header where a table has one.
        names: of its columns, from the left; none without a header.
        edges: of its columns, in points; none for a table without ruling lines.
        labelled: whether its first column names what stands in the second, as in a list of terms.
    """

    rows: tuple[Row, ...]
    names: tuple[str, ...] = ()
    edges: tuple[float, ...] = ()
    labelled: bool = False

    def lines(self) -> list[Line]:
        """All lines, row by row and cell by cell."""
        return [line for row in self.rows for _, held in row.cells for line in held]


_Grid = dict[tuple[int, int], list[Line]]
"""The lines of a row by the first and last column that they stand under."""


def find_tables(lines: Sequence[Line], opens_item: Callable[[str], bool]) -> list[Table]:
    """Find the tables of a page that nothing stands beside, from the top; `opens_item` knows a bullet."""
    found: list[Table] = []
    rows = baselines(lines)
    at = 0
    while at < len(rows):
        table, taken = _table(rows[at:], opens_item) if _may_be_header(rows[at]) else (None, 0)
        if table:
            found.append(table)
        at += taken if table else 1
    return found


def baselines(lines: Sequence[Line]) -> list[list[Line]]:
    """Group lines that stand on one baseline, from the top; each group from the left."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.y, line.x)):
        if rows and line.y - rows[-1][0].y < SAME_ROW * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.x) for row in rows]


def _may_be_header(row: Sequence[Line]) -> bool:
    apart = all(b.x > a.x + a.width for a, b in pairwise(row))
    return len(row) >= MIN_COLUMNS and apart and all(line.bold and any(map(str.isalpha, line.text)) for line in row)


def _table(rows: list[list[Line]], opens_item: Callable[[str], bool]) -> tuple[Table | None, int]:
    """Read a table whose header is the first of these baselines; also how many baselines it takes."""
    edges = [(line.x, line.x + line.width) for line in rows[0]]
    head = 1 + sum(1 for _ in _rest_of_header(rows, edges))
    grids: list[_Grid] = []
    end = head
    for above, row in pairwise(rows[head - 1 :]):
        placed = [_columns(line, edges) for line in row]
        gap = row[0].y - above[0].y
        apart = gap > TIGHT * row[0].size
        # A line alone below white space may as well be the text under the table.
        if gap > FAR * row[0].size or None in placed or (0, len(edges) - 1) in placed or (apart and len(row) == 1):
            break
        if apart or not grids:
            grids.append({})
        for line, span in zip(row, placed, strict=True):
            if span:
                grids[-1].setdefault(span, []).append(line)
        end += 1
    if not _is_table(grids, len(edges), opens_item):
        return None, 0
    names = [text_of([line for row in rows[:head] for line in row if _columns(line, edges) == (i, i)])
             for i in range(len(edges))]  # fmt: skip
    header = _row(_grid(rows[:head], edges), [""] * len(names))
    return Table((header, *(_row(grid, names) for grid in grids)), tuple(names)), end


def _rest_of_header(rows: list[list[Line]], edges: Sequence[tuple[float, float]]) -> Iterator[list[Line]]:
    """Yield the further baselines of a header whose names take more lines than one."""
    for above, row in pairwise(rows):
        spans = [_columns(line, edges) for line in row]
        tight = row[0].y - above[0].y <= TIGHT * row[0].size
        if not tight or not all(line.bold for line in row) or any(span is None or span[0] != span[1] for span in spans):
            return
        yield row


def _grid(rows: Sequence[Sequence[Line]], edges: Sequence[tuple[float, float]]) -> _Grid:
    grid: _Grid = {}
    for line in (line for row in rows for line in row):
        if span := _columns(line, edges):
            grid.setdefault(span, []).append(line)
    return grid


def _columns(line: Line, edges: Sequence[tuple[float, float]]) -> tuple[int, int] | None:
    """Return the first and last column that a line stands under, None for a line beside the table."""
    left, right = line.x, line.x + line.width
    if right < edges[0][0] - OUTSIDE or left < edges[0][0] - OUTSIDE or left > edges[-1][1] + OUTSIDE:
        return None
    under = [index for index, (start, end) in enumerate(edges) if left < end and right > start]
    if under:
        return under[0], under[-1]
    nearest = min(range(len(edges)), key=lambda index: max(edges[index][0] - right, left - edges[index][1]))
    return nearest, nearest


def _filled(placed: Sequence[tuple[int, int] | None]) -> int:
    return len({index for span in placed if span for index in range(span[0], span[1] + 1)})


def _is_table(grids: Sequence[_Grid], columns: int, opens_item: Callable[[str], bool]) -> bool:
    """Whether rows are a table's beyond doubt: filled, their cells beginning together, no lists or running text."""
    cells = [held for grid in grids for held in grid.values()]
    full = sum(_filled(list(grid)) >= max(2, columns - 1) for grid in grids)
    used = {index for grid in grids for first, last in grid for index in range(first, last + 1)}
    if len(grids) < MIN_ROWS or 2 * full < len(grids) or len(used) < columns:
        return False
    merged = sum(first != last for grid in grids for first, last in grid)
    aligned = sum(_begins(held, grid) for grid in grids for held in grid.values())
    loose = sum(b.y - a.y > TIGHT * b.size for held in cells for a, b in pairwise(held))
    items = sum(opens_item(held[0].text) for held in cells)
    words = median(len(text_of(held).split()) for held in cells)
    regular = aligned - loose >= ALIGNED * len(cells) and 4 * merged <= len(cells)
    return regular and items <= ITEMS * len(cells) and words <= CELL_WORDS


def _begins(held: Sequence[Line], grid: _Grid) -> bool:
    """Whether a cell begins on the first baseline of its row."""
    top = min(one[0].y for one in grid.values())
    return held[0].y - top < SAME_ROW * held[0].size


def _row(grid: _Grid, names: Sequence[str]) -> Row:
    """Name a row's cells; a cell over several columns bears the names of all."""
    return Row(
        tuple(
            (" / ".join(name for name in names[first : last + 1] if name), tuple(held))
            for (first, last), held in sorted(grid.items())
        )
    )


def text_of(lines: Sequence[Line]) -> str:
    """Join the lines of a cell, repaired."""
    return join_lines([repair(line.text) for line in lines])
