"""Headings and what stands under them: the section tree. Pure."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ingest.furniture import fold
from ingest.headings import (
    CONTINUED,
    COVER,
    NUMBER,
    PART,
    PLAIN,
    ROW,
    TEXT,
    TITLE,
    Ranked,
    Vocabulary,
    may_head,
    rank_paragraphs,
)
from ingest.paragraphs import Paragraph

COVER_WORDS = 4
"""The cover of a region's part has at most so many words."""
_DOTTED = re.compile(r"\d+(?:\.\d+)*\Z")
_CHAPTER = re.compile(r"(?:Hoofdstuk|Deel|Bijlage)\s+\w{1,4}\b|[A-E]\.\d\b")
CONTENTS_TITLE = re.compile(r"(?:inhoud(?:sopgave)?|contents)\b\W*$", re.IGNORECASE)
"""A table of contents: the headings after it do not stand under it."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph, its page and the section that it belongs to.

    Attributes:
        page: 1-based.
        paragraph: the paragraph.
        section: index into the outline's headings, -1 before the first heading.
        heading: whether the paragraph is itself the heading of that section, or a part of it.
    """

    page: int
    paragraph: Paragraph
    section: int
    heading: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in the tree.

    Attributes:
        title: its words.
        parent: index of the heading above it, -1 for none.
        page: 1-based.
        rank: how high in the tree it may stand; a smaller number is higher.
    """

    title: str
    parent: int
    page: int
    rank: int


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's headings and where each paragraph stands under them.

    Attributes:
        headings: in reading order.
        placed: all paragraphs in reading order.
    """

    headings: tuple[Heading, ...]
    placed: tuple[Placed, ...]


class _Open(NamedTuple):
    """A heading that still reaches further."""

    rank: int
    number: str
    heading: int


def outline(
    pages: Sequence[tuple[int, Sequence[Paragraph]]],
    sizes: Mapping[int, float],
    bookmarks: Mapping[int, Collection[str]],
    vocabulary: Vocabulary,
    regions_of: Callable[[int, Paragraph], tuple[str, ...]] = lambda page, paragraph: (),
) -> Outline:
    """Find the headings of a document and place every paragraph under one.

    `pages` holds (page number, paragraphs in reading order); `sizes` the font size of each page's text; `bookmarks` the
    titles that the file itself gives for a page; `regions_of` tells which regions a paragraph speaks of: a heading on
    an earlier page does not reach across the border of a region.
    """
    flat = [(page, paragraph) for page, held in pages for paragraph in held]
    return _tree(rank_paragraphs(flat, sizes, bookmarks, vocabulary), regions_of)


def _tree(ranked: Sequence[Ranked], regions_of: Callable[[int, Paragraph], tuple[str, ...]]) -> Outline:
    tree = _Tree()
    regions: tuple[str, ...] = ()
    for item in ranked:
        here = regions_of(item.page, item.paragraph)
        border = bool(regions and here and not set(regions) & set(here))
        regions = here or regions
        if border:
            tree.cross_border(item.page)
        tree.add(_cover(item) if border else item)
    return Outline(tuple(tree.headings), tuple(tree.placed))


class _Tree:
    """The headings found so far and those that still reach further."""

    def __init__(self) -> None:
        self.headings: list[Heading] = []
        self.placed: list[Placed] = []
        self._open: list[_Open] = []
        self._openings: dict[int, str] = {}

    def cross_border(self, page: int) -> None:
        """Close the headings of earlier pages: another region begins here."""
        self._open = [one for one in self._open if self.headings[one.heading].page == page]

    def add(self, item: Ranked) -> None:
        """Place the next paragraph, as a heading or under one."""
        if item.rank > TEXT:
            self._head(item)
        elif item.rank == CONTINUED:
            last = self.headings[-1]
            self.headings[-1] = replace(last, title=f"{last.title} {item.paragraph.text}")
        elif item.paragraph.role == "text" and self._open and self._open[-1].rank == ROW:
            self._open.pop()
        section = self._open[-1].heading if self._open else -1
        self.placed.append(Placed(item.page, item.paragraph, section, item.rank != TEXT))

    def _head(self, item: Ranked) -> None:
        self._end_part(item)
        rank, number = _place(item, self._open)
        parent = self._open[-1] if self._open else None
        if parent and parent.rank == PART and parent.heading == len(self.headings) - 1:
            self._openings[parent.heading] = fold(item.paragraph.text)
        self.headings.append(Heading(item.paragraph.text, parent.heading if parent else -1, item.page, rank))
        reach = ROW - 1 if CONTENTS_TITLE.match(item.paragraph.text) else rank
        self._open.append(_Open(reach, number, len(self.headings) - 1))

    def _end_part(self, item: Ranked) -> None:
        """Close a part when the heading with which it opened comes again: the next part begins, without its name."""
        folded = fold(item.paragraph.text)
        for depth, one in enumerate(self._open):
            if one.rank == PART and self._openings.get(one.heading) == folded:
                del self._open[depth:]
                return


def _cover(item: Ranked) -> Ranked:
    """Make a part of a line of a few words with which another region begins: its cover, in plain type."""
    few = len(item.paragraph.text.split()) <= COVER_WORDS and may_head(item.paragraph)
    return replace(item, rank=COVER) if few and item.rank in {TEXT, PLAIN} else item


def _place(item: Ranked, open_: list[_Open]) -> tuple[int, str]:
    """Close the headings that a new one ends; return its rank and number."""
    match = NUMBER.match(item.paragraph.text)
    number = match[1] if match and _DOTTED.match(match[1]) and item.rank != ROW else ""
    if number and _adopt(number, open_):
        return item.rank, number
    rank = COVER if _CHAPTER.match(item.paragraph.text) and item.rank == TITLE else item.rank
    while open_ and (open_[-1].rank >= rank or (number and open_[-1].number)):
        open_.pop()
    return rank, number


def _adopt(number: str, open_: list[_Open]) -> bool:
    """Put '5.1.2' under '5.1' or '5' where one of them is open, whatever type they are set in."""
    for depth in range(len(open_), 0, -1):
        above = open_[depth - 1].number
        if above and number.startswith(above + "."):
            del open_[depth:]
            return True
    return False


def path(headings: Sequence[Heading], index: int) -> tuple[str, ...]:
    """Return the titles from the root down to a heading; empty for -1."""
    titles: list[str] = []
    while index >= 0:
        titles.append(headings[index].title)
        index = headings[index].parent
    return tuple(reversed(titles))
