"""Slides that were merged onto one page: their titles, put back above their text where they were drawn last. Pure.

A title that says which region follows ('Regiokaart Twente: acties') opens a slide. Where nothing stands under such a
title, it was drawn after its text; the line with which slides of its kind always open tells where that text begins.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ingest.document import Line
from ingest.layout import Block
from ingest.titles import Block as Lump
from ingest.titles import Form, blocks, title_of

MIN_PAGES = 3
"""A line that opens slides does so on at least so many pages."""
FIRST_WORDS = 60
"""A title names its kind of region within so many characters."""
_KIND = re.compile(r"(?i)regio|zorgkantoor|roaz|impactkaart|\s[–—-]\s")


@dataclass(frozen=True, slots=True)
class Slides:
    """A page with its slides in order.

    Attributes:
        blocks: the page's lines in reading order, each title above its text.
        titles: for every title its first line among the lines of `blocks`, and one past its last.
    """

    blocks: tuple[Block, ...]
    titles: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page's lines joined into lumps of one type, and which of these are titles of slides."""

    lumps: list[Lump]
    titles: list[int]


def is_slide_title(text: str) -> bool:
    """Whether a text says which region follows and what about it: 'Regiokaart Twente: acties'."""
    return len(text) < 2 * FIRST_WORDS + 60 and _is_stated(Lump(0, 1, text, 0.0, 0.0, 0.0))


def slides(pages: Sequence[Sequence[Block]]) -> list[Slides]:
    """Find the titles of slides; put those drawn after their text back above it. Every line stays, once."""
    sheets = [_sheet([line for block in page for line in block.lines]) for page in pages]
    openings = _openings(sheets)
    return [_slides(page, sheet, openings) for page, sheet in zip(pages, sheets, strict=True)]


def _slides(page: Sequence[Block], sheet: _Sheet, openings: set[str]) -> Slides:
    moves = _late(sheet, openings) if openings and sheet.titles else []
    if moves:
        page = _move(page, moves)
        sheet = _sheet([line for block in page for line in block.lines])
    return Slides(tuple(page), tuple((sheet.lumps[i].first, sheet.lumps[i].last) for i in sheet.titles))


def _sheet(lines: Sequence[Line]) -> _Sheet:
    lumps = blocks(lines)
    return _Sheet(lumps, [index for index, lump in enumerate(lumps) if _is_stated(lump)])


def _is_stated(lump: Lump) -> bool:
    if not _KIND.search(lump.text, 0, FIRST_WORDS):
        return False
    title = title_of(lump, lump.size)
    return title is not None and title.form is Form.STATED


def _openings(sheets: Sequence[_Sheet]) -> set[str]:
    """Find the lines with which several pages begin, their title aside."""
    firsts: Counter[str] = Counter()
    for sheet in sheets:
        top = 1 if sheet.titles[:1] == [0] else 0
        firsts.update(lump.text for lump in sheet.lumps[top : top + 1])
    return {text for text, count in firsts.items() if count >= MIN_PAGES}


def _late(sheet: _Sheet, openings: set[str]) -> list[tuple[Lump, int]]:
    """Pair each title under which nothing stands with the line above which it belongs."""
    found: list[tuple[Lump, int]] = []
    for place, index in enumerate(sheet.titles):
        below = index + 1
        if below < len(sheet.lumps) and below not in sheet.titles:
            continue
        since = sheet.titles[place - 1] + 2 if place else 0
        tops = [lump.first for lump in sheet.lumps[since:index] if lump.text in openings]
        if tops:
            found.append((sheet.lumps[index], tops[-1]))
    return found


def _move(page: Sequence[Block], moves: Sequence[tuple[Lump, int]]) -> tuple[Block, ...]:
    """Move titles, cutting the blocks that they leave and enter."""
    order = list(range(sum(len(block.lines) for block in page)))
    for lump, target in moves:
        own = list(range(lump.first, lump.last))
        order = [index for index in order if index not in own]
        at = order.index(target)
        order[at:at] = own
    alone = {index for lump, _ in moves for index in range(lump.first, lump.last)}
    return _blocks(page, order, lambda index: index in alone)


def _blocks(page: Sequence[Block], order: Sequence[int], alone: Callable[[int], bool]) -> tuple[Block, ...]:
    """Cut a page's blocks anew so that their lines stand in another order."""
    held = [(line, block) for block in page for line in block.lines]
    made: list[Block] = []
    source: tuple[int, bool] | None = None
    for index in order:
        line, block = held[index]
        key = (id(block), alone(index))
        if made and key == source:
            made[-1] = replace(made[-1], lines=(*made[-1].lines, line))
        else:
            made.append(Block((line,), block.right, "text" if alone(index) else block.role))
        source = key
    return tuple(made)
