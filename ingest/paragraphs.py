"""Blocks of lines become paragraphs of running text. Pure.

A drawn line ends where the column ends; a paragraph ends where its author ended it. Two signs tell them apart: the next
word would still have fitted on the line, and the next line starts like something new (a bullet, a capital after a full
stop, other type).
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from ingest.document import Cell, Line
from ingest.furniture import body_size
from ingest.layout import Block, Role
from ingest.text import join_lines, repair

OTHER_SIZE = 0.08
"""Sizes that differ by a larger share are different type."""
LOOSE = 1.2
"""Lines further apart than this many times the usual spacing are separated by white space."""
TITLE_RATIO, TITLE_LEADING = 1.3, 1.6
"""Lines this much larger than the text, and no further apart than this many font sizes, are one title."""
FULL = 0.82
"""A line of at least this share of the usual length was full when its author's program broke it."""
CELL_MARK = " | "
"""Stands between the cells of a table row."""
MIN_STEPS, EVEN, EVEN_SHARE = 6, 0.03, 0.8
"""A column is set evenly when so large a share of its steps, at least so many, differ by no more than so much."""

_ITEM = re.compile(r"(?:[•▪◦✓➢>*–—-]|\(?\d{1,2}[.)]|[a-z][.)]|o)\s+(?=\S)|•")
_OPEN_ENDS = frozenset(
    {"de", "het", "een", "en", "of", "van", "in", "op", "met", "voor", "te", "door", "bij", "tot", "aan", "om", "dat",
     "die", "als", "naar", "over", "uit", "per", "onder", "tussen", "zonder", "binnen", "tegen", "zoals", "waarbij",
     "deze", "dit", "hun", "ons", "onze", "&", "+", "\u00e9n"}
)  # fmt: skip
_ABBREVIATION = re.compile(
    r"(?<!\w)(?:(?:[a-zA-Z]\.)+[a-zA-Z]|incl|excl|bijv|bv|vb|nr|art|evt|resp|ca|blz|dhr|mw|dr|drs|ir|mr|prof|Hst|St)\.$"
)
_LAST_WORD = re.compile(r"(\S+)\s*$")
_STOP = ".!?;:…"
_CLOSERS = "\"'’”)]*¹²³"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that make up one paragraph, list item, heading or table cell.

    Attributes:
        text: repaired running text.
        first: index of its first line among the page's lines in reading order.
        size: font size of its first line in points.
        bold: whether it is set in bold.
        x, y: where its first line stands.
        role: of the block that it comes from.
        item: whether it opens with a bullet or number.
        lines: how many drawn lines it takes.
        end: baseline of its last line.
        cells: of a table row under a header, in its text.
    """

    text: str
    first: int
    size: float
    bold: bool
    x: float
    y: float
    role: Role
    item: bool
    lines: int = 1
    end: float = 0.0
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Spacing:
    """How a document sets its lines.

    Attributes:
        leading: distance between baselines inside a paragraph, in font sizes.
    """

    leading: float


def spacing(pages: Iterable[Sequence[Block]]) -> Spacing:
    """Measure the usual distance between lines: the smallest that is nearly as frequent as the most frequent one."""
    steps: Counter[float] = Counter()
    for blocks in pages:
        for block in blocks:
            for a, b in pairwise(block.lines):
                if b.y > a.y and abs(a.size - b.size) < 0.1 and 0.9 < (b.y - a.y) / max(a.size, 1.0) < 2.5:
                    steps[round((b.y - a.y) / a.size, 1)] += 1
    if not steps:
        return Spacing(1.2)
    often = 0.4 * max(steps.values())
    return Spacing(min(step for step, count in steps.items() if count >= often))


class _Lines(NamedTuple):
    """A page's lines with their blocks, and what is usual on it."""

    drawn: Sequence[tuple[Line, Block]]
    space: Spacing
    wide: Collection[int]
    full: float
    title: float


def paragraphs(
    blocks: Sequence[Block], space: Spacing, breaks: Container[int], label_length: Callable[[str], int]
) -> list[Paragraph]:
    """Join the lines of a page into paragraphs.

    `breaks` holds the indices of lines that start something new whatever they look like (another region begins);
    `label_length` tells how much of a line is the known label of a table row: labels never continue a sentence, nor
    are they continued.
    """
    drawn = list(_drawn(blocks))
    held = [line for line, _ in drawn]
    lines = _Lines(drawn, space, _wide(blocks), _full_length(held, space), TITLE_RATIO * body_size(held))
    made: list[Paragraph] = []
    start = 0
    for index in range(1, len(drawn) + 1):
        if index < len(drawn) and drawn[index][1].cells and drawn[index][1] is drawn[index - 1][1]:
            continue
        if index < len(drawn) and index not in breaks:
            last = drawn[index - 1][0].text
            unlabelled = not label_length(drawn[index][0].text) and label_length(last) < len(last)
            if unlabelled and _continues(lines, start, index):
                continue
        made.append(_paragraph(drawn[start:index], start))
        start = index
    return [paragraph for paragraph in made if paragraph.text]


def opens_item(text: str) -> bool:
    """Whether a line opens a list item."""
    return _ITEM.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether a text ends with punctuation that closes a sentence or announces what follows."""
    bare = text.rstrip(_CLOSERS)
    return (bare[-1:] or " ") in _STOP and _ABBREVIATION.search(bare) is None


def _drawn(blocks: Sequence[Block]) -> Iterator[tuple[Line, Block]]:
    for block in blocks:
        for line in block.lines:
            yield line, block


def _paragraph(drawn: Sequence[tuple[Line, Block]], first: int) -> Paragraph:
    line, block = drawn[0]
    if block.cells and len(drawn) == sum(count for _, count in block.cells):
        return _row(block, first)
    text = join_lines([repair(line.text) for line, _ in drawn])
    item = opens_item(text)
    return Paragraph(text, first, line.size, line.bold, line.x, line.y, block.role, item, len(drawn), drawn[-1][0].y)


def _row(block: Block, first: int) -> Paragraph:
    """Make one line of a table row: its cells one after the other."""
    text, cells, at = "", list[Cell](), 0
    for column, count in block.cells:
        words = join_lines([repair(line.text) for line in block.lines[at : at + count]])
        text += CELL_MARK if text else ""
        cells += [Cell(column, len(text), len(text) + len(words))] if column else []
        text += words
        at += count
    line, last = block.lines[0], max(line.y for line in block.lines)
    return Paragraph(text, first, line.size, False, line.x, line.y, "cell", False, at, last, tuple(cells))


def _full_length(lines: Sequence[Line], space: Spacing) -> float:
    """Return how many characters fill a line on this page; infinity where lines are not broken by a program.

    A text that was pasted line by line has many units of nearly the same, greatest length.
    """
    lengths = _unit_lengths(lines, space)
    if len(lengths) < 8:
        return float("inf")
    longest = sorted(lengths)[int(0.9 * (len(lengths) - 1))]
    near = sum(length >= FULL * longest for length in lengths)
    return FULL * longest if near >= 0.5 * len(lengths) and longest >= 30 else float("inf")


def _unit_lengths(lines: Sequence[Line], space: Spacing) -> list[int]:
    lengths: list[int] = []
    last: Line | None = None
    for line in lines:
        if last is not None and _tight(last, line, space):
            lengths[-1] += len(line.text)
        else:
            lengths.append(len(line.text))
        last = line
    return lengths


def _tight(a: Line, b: Line, space: Spacing) -> bool:
    return 0 < b.y - a.y <= LOOSE * space.leading * max(a.size, b.size)


def _continues(lines: _Lines, start: int, index: int) -> bool:
    (last, block), (line, other) = lines.drawn[index - 1], lines.drawn[index]
    if block.cells or other.cells or (block is other and block.role == "label"):
        return block is other
    if not _same_type(last, line) or (opens_item(line.text) and not (line.text[0].isdecimal() and _open(last.text))):
        return False
    if line.size >= lines.title and 0 < line.y - last.y <= TITLE_LEADING * line.size:
        return True
    wants = not ends_sentence(last.text) and (_goes_on(line.text) or _open(last.text))
    if block is not other:
        return wants and _goes_on(line.text) and block.role == other.role == "text"
    if _tight(last, line, lines.space) or (block is other and id(block) in lines.wide):
        return wants or not _deliberate(last, line, block.right)
    return wants or (not ends_sentence(last.text) and _was_full(lines, start, index))


def _wide(blocks: Iterable[Block]) -> set[int]:
    """Return the ids of blocks whose lines all stand at one distance that is larger than usual: nothing parts them."""
    found: set[int] = set()
    for block in blocks:
        steps = [b.y - a.y for a, b in pairwise(block.lines)]
        usual = median(steps) if len(steps) >= MIN_STEPS else 0.0
        even = sum(abs(step - usual) < EVEN * usual for step in steps)
        if usual and even >= EVEN_SHARE * len(steps) and usual < 2 * max(line.size for line in block.lines):
            found.add(id(block))
    return found


def _was_full(lines: _Lines, start: int, index: int) -> bool:
    """Whether what stands above is as long as a line that the author's program filled."""
    new_after_item = lines.drawn[index][0].text[:1].isupper() and opens_item(lines.drawn[start][0].text)
    return not new_after_item and sum(len(line.text) for line, _ in lines.drawn[start:index]) >= lines.full


def _goes_on(text: str) -> bool:
    """Whether a line starts in the middle of a sentence."""
    return text[:1].islower() or text[:1] in ",;)]("


def _same_type(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) <= OTHER_SIZE * max(a.size, b.size) and a.bold == b.bold


def _deliberate(last: Line, line: Line, right: float) -> bool:
    """Whether the line was ended on purpose: the next word would still have fitted."""
    word = line.text.split(" ", 1)[0]
    letter = last.width / max(len(last.text), 1)
    return last.x + last.width + (len(word) + 1.5) * letter < right


def _open(text: str) -> bool:
    """Whether a text cannot end here: a comma, an unclosed bracket, a word that wants another."""
    if text.endswith((",", "-", "–", "/", "(")) or text.count("(") > text.count(")"):
        return True
    match = _LAST_WORD.search(text)
    return match is not None and match[1].casefold() in _OPEN_ENDS
