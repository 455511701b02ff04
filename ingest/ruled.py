"""Tables with ruling lines: the words in each box, the names of the columns, and what goes on overleaf. Pure.

Boxes say where a cell begins and ends; whether they are a table's, and whether its first row names the columns, their
words must say. A header need not be bold: years, kinds and amounts under short words in capitals say as much.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.document import Line
from ingest.grids import TOUCH, Box, Grid, grids, open_grids
from ingest.rules import Rule
from ingest.tables import MIN_COLUMNS, Row, Table, baselines, text_of

MIDDLE = 0.3
"""Half the height of a letter above the baseline, in font sizes."""
MIN_ROWS = 2
GUTTER = 6.0
"""The least width of the white space between columns without a rule, in points."""
HEADER = 2.0
"""A header without a rule above it stands so many font sizes above the rule under it, at most."""
LONGEST_CELL = 250
"""A box of more words is a page in a frame."""
NOTE = 0.95
"""Lines smaller than this share of a table's letters, under it, are footnotes."""
NAME_WORDS = 6
"""A column's name that is not bold has at most so many words."""
TEXT_WORDS = 8
"""Cells of so many words are running text."""
LONGER = 2.5
"""What stands under a name is running text when it is so many times as long."""
NUMBERS = 0.7
"""So large a share of a column's cells that hold digits makes it one of numbers."""
MAX_HEAD = 3
"""Rows of a header."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A box with the lines in it."""

    box: Box
    lines: tuple[Line, ...]
    text: str

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)


_Cells = list[_Cell]
"""The cells of a row that hold words."""


def ruled_tables(lines: Sequence[Line], rules: Sequence[Rule], above: Table | None = None) -> list[Table]:
    """Find the tables that rules draw around lines, from the top.

    `above` is the table with which the page before ends: one that goes on under it at the top of this page has its
    columns' names.
    """
    found: list[Table] = []
    held: set[int] = set()

    def gutters(upper: Rule, lower: Rule) -> list[float]:
        return _gutters([line for line in lines if upper.y0 <= line.y - MIDDLE * line.size <= lower.y0])

    for ruled in [*grids(rules), *open_grids(rules, gutters)]:
        grid = _with_header(ruled, lines)
        inside = [line for line in lines if id(line) not in held and _inside(line, grid)]
        first = not held and inside and min(line.y for line in lines) >= min(line.y for line in inside)
        last = inside and max(line.y for line in lines) <= max(line.y for line in inside)
        table = _table(grid, inside, above if first and _goes_on(above, grid) else None, last=bool(last))
        if table:
            found.append(table)
            held |= {id(line) for line in table.lines()}
    return found


def _with_header(grid: Grid, lines: Sequence[Line]) -> Grid:
    """Add the row of bold names above the first rule, where a table is ruled under its rows only."""
    near = [line for line in lines if grid.xs[0] <= line.x <= grid.xs[-1]]
    near = [line for line in near if grid.top - HEADER * line.size < line.y < grid.top]
    last = max((line.y for line in near), default=0.0)
    names = [line for line in near if last - line.y < line.size / 2]
    columns = {bisect_right(grid.xs, _middle(line)[0]) for line in names}
    if len(columns) < 2 or len(columns) < len(names) or not all(line.bold for line in names):
        return grid
    top = last - max(line.size for line in names)
    above = tuple(Box(a, top, b, grid.top, -1, column, column) for column, (a, b) in enumerate(pairwise(grid.xs)))
    return Grid(grid.xs, (*above, *grid.boxes))


def _gutters(lines: Sequence[Line]) -> list[float]:
    """Return where columns begin after white space that no line crosses."""
    found: list[float] = []
    right = float("inf")
    for line in sorted(lines, key=lambda line: line.x):
        if line.x >= right + GUTTER:
            found.append(line.x - GUTTER / 2)
        right = max(right, line.x + line.width) if right < float("inf") else line.x + line.width
    return found


def ends_with(lines: Sequence[Line], tables: Sequence[Table]) -> Table | None:
    """Return the ruled table with which a page ends, None when more than footnotes stands below its last table."""
    table = next((table for table in reversed(tables) if table.edges), None)
    held = table.lines() if table else []
    last, size = max((line.y for line in held), default=0.0), max((line.size for line in held), default=0.0)
    return None if any(line.y > last and line.size >= NOTE * size for line in lines) else table


def _goes_on(above: Table | None, grid: Grid) -> bool:
    """Whether a grid has the columns of a table with names."""
    if above is None or not above.names or len(above.edges) != len(grid.xs):
        return False
    return all(abs(a - b) <= TOUCH for a, b in zip(above.edges, grid.xs, strict=True))


def _inside(line: Line, grid: Grid) -> bool:
    x, y = _middle(line)
    return grid.xs[0] <= x <= grid.xs[-1] and grid.top <= y <= grid.bottom


def _middle(line: Line) -> tuple[float, float]:
    """A point in the line's first letter."""
    return line.x + MIDDLE * min(line.width, line.size), line.y - MIDDLE * line.size


def _table(grid: Grid, lines: Sequence[Line], above: Table | None, *, last: bool) -> Table | None:
    """Read a grid; None when what stands in it is no table.

    A table that goes on from `above` has its names; one that comes `last` on its page may be no more than a header.
    """
    rows = list(_rows(grid, lines))
    columns = len(grid.xs) - 1
    alone = last and len(rows) == 1 and _is_header(rows[0], columns)
    if not above and not alone and not _is_table(rows):
        return None
    head = 1 if alone else _head(rows, columns)
    names = _names([cell for row in rows[:head] for cell in row], columns)
    if above and (not head or names != above.names) and not _is_bold(rows[0]):
        head, names = 0, above.names
    made = [_row(row, ("",) * columns) for row in rows[:head]] + [_row(row, names) for row in rows[head:]]
    return Table(tuple(made), names if any(names) else (), grid.xs, columns == 2 and not any(names) and _explains(rows))


def _is_table(rows: Sequence[_Cells]) -> bool:
    """Whether rows of boxes are a table: words stand beside each other, and none is a page in a frame."""
    longest = max((len(cell.text.split()) for row in rows for cell in row), default=0)
    return sum(len(row) > 1 for row in rows) >= MIN_ROWS and longest <= LONGEST_CELL


def _is_header(cells: _Cells, columns: int) -> bool:
    return len(cells) == columns >= MIN_COLUMNS and _is_bold(cells)


def _rows(grid: Grid, lines: Sequence[Line]) -> Iterator[_Cells]:
    """Yield the rows that hold words; a cell over several rows stands in the first."""
    held: dict[Box, list[Line]] = {box: [] for box in grid.boxes}
    for line in lines:
        x, y = _middle(line)
        box = next((b for b in grid.boxes if b.left <= x <= b.right and b.top <= y <= b.bottom), None)
        if box:
            held[box].append(line)
    for number in sorted({box.row for box in grid.boxes}):
        cells = [_cell(box, held[box]) for box in grid.boxes if box.row == number and held[box]]
        if cells:
            yield cells


def _cell(box: Box, lines: Sequence[Line]) -> _Cell:
    ordered = tuple(line for row in baselines(lines) for line in row)
    return _Cell(box, ordered, text_of(ordered))


def _row(cells: Iterable[_Cell], names: Sequence[str]) -> Row:
    """Name the cells; one over several columns bears the names of all, one over the whole table bears none."""
    return Row(tuple((_name(cell.box, names), cell.lines) for cell in cells))


def _explains(rows: Sequence[_Cells]) -> bool:
    """Whether the second column holds running text on what the first one names."""
    pairs = [(row[0].text, row[1].text) for row in rows if len(row) == 2]
    words = [len(text.split()) for _, text in pairs]
    return median(words) >= TEXT_WORDS and all(len(label.split()) < TEXT_WORDS for label, _ in pairs)


def _name(box: Box, names: Sequence[str]) -> str:
    if box.last_column - box.column + 1 == len(names):
        return ""
    return " / ".join(dict.fromkeys(name for name in names[box.column : box.last_column + 1] if name))


def _names(head: Iterable[_Cell], columns: int) -> tuple[str, ...]:
    """The names of the columns: all that stands above each in the header, but for a title of the whole table."""
    names = [""] * columns
    for cell in head:
        if cell.box.last_column - cell.box.column + 1 < columns:
            for column in range(cell.box.column, cell.box.last_column + 1):
                names[column] = f"{names[column]} {cell.text}".strip()
    return tuple(names)


def _head(rows: Sequence[_Cells], columns: int) -> int:
    """Return how many rows are the header, a title over the whole table included; 0 for none."""
    title = len(rows[0]) == 1 and rows[0][0].box.last_column - rows[0][0].box.column + 1 == columns
    first = int(title)
    if first >= len(rows) - 1 or 2 * len(rows[first]) < columns or not _may_name(rows[first]):
        return 0
    if not _is_bold(rows[first]) or all(map(_is_bold, rows[first:])):
        return first + 1 if _differs(rows[first], rows[first + 1 :], columns) else 0
    head = first + 1
    while head < min(len(rows) - 1, first + MAX_HEAD) and _is_bold(rows[head]) and _spans(rows[head - 1]):
        head += 1
    return head


def _may_name(cells: _Cells) -> bool:
    """Whether a row can be a header: two cells with letters or years, none of them a sentence or a bullet."""
    return len(cells) > 1 and any(map(str.isalpha, "".join(cell.text for cell in cells)))


def _is_bold(cells: _Cells) -> bool:
    return all(cell.bold for cell in cells)


def _spans(cells: _Cells) -> bool:
    """Whether a row groups the columns that the row under it names."""
    return any(cell.box.last_column > cell.box.column for cell in cells)


def _differs(head: _Cells, rows: Sequence[_Cells], columns: int) -> bool:
    """Whether a row names its columns though it is not bold: full, short, and unlike what stands under it.

    Unlike: under most names stand numbers, words that recur, or running text; and no name comes back.
    """
    if len(head) < columns or not all(_is_name(cell.text) for cell in head):
        return False
    texts = {cell.text for row in rows for cell in row}
    if any(cell.text in texts for cell in head):
        return False
    unlike = sum(_is_unlike(cell.text, _column(rows, cell.box.column)) for cell in head)
    return 2 * unlike > columns


def _is_name(text: str) -> bool:
    start = next((char for char in text if char.isalnum()), "")
    return start.isupper() and len(text.split()) <= NAME_WORDS and text[-1] not in ".;," and not _has_digit(text)


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _column(rows: Sequence[_Cells], column: int) -> list[str]:
    return [cell.text for row in rows for cell in row if cell.box.column == column]


def _is_unlike(name: str, texts: Sequence[str]) -> bool:
    """Whether the cells of a column are of another kind than its name; empty ones and ticks are."""
    if not any(len(text) > 1 and any(map(str.isalpha, text)) for text in texts):
        return True
    if len(texts) < MIN_ROWS:
        return False
    numbers = sum(map(_has_digit, texts)) >= NUMBERS * len(texts)
    recur = Counter(texts).most_common(1)[0][1] > 1
    return numbers or recur or median(map(len, texts)) >= LONGER * len(name)
