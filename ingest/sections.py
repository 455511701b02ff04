"""Paragraphs become headings and what stands under them: the section tree. Pure.

A heading betrays itself by type (larger, bold), by a number ('2b', '5.1.2'), by a bookmark, by recurring on page after
page over text ('Aanpak'), by being a known theme, or by standing short and alone above a longer paragraph. A sentence
that was set as a title stays text.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.furniture import fold
from ingest.paragraphs import Paragraph, ends_sentence

TITLE, SUBTITLE, NUMBERED, PLAIN, ROW = 1, 2, 4, 5, 9
"""Ranks of headings: a heading closes those of its own rank and of higher numbers."""
TITLE_RATIO, SUBTITLE_RATIO = 1.5, 1.12
"""Font size of a heading relative to the page's text."""
LONG_TITLE = 18
"""A title of more words is a sentence."""
SHORT = 9
"""A heading in the type of the text has at most this many words."""
RECURS = 3
LONG = 10
"""What stands under a plain heading has at least this many words."""

_NUMBER = re.compile(
    r"(?:(?:Thema|Hoofdstuk|Bijlage|Deel|Hst\.?)\s+)?(\d+(?:\.\d+)*[a-z]?|[A-E]\.\d+)\.?\s*(?=[\W\d]*[A-Z‘'\"(]|$)"
)
_DOTTED = re.compile(r"\d+(?:\.\d+)*\Z")
_CHAPTER = re.compile(r"(?:Hoofdstuk|Deel|Bijlage)\s+\w{1,4}\b|[A-E]\.\d\b")
_CONTENTS = re.compile(r"(?:\.\s?){4,}|\s\d{1,3}$")


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
    """

    title: str
    parent: int
    page: int


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's headings and where each paragraph stands under them.

    Attributes:
        headings: in reading order.
        placed: all paragraphs in reading order.
    """

    headings: tuple[Heading, ...]
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class _Ranked:
    page: int
    paragraph: Paragraph
    rank: int


def outline(
    pages: Sequence[tuple[int, Sequence[Paragraph]]],
    sizes: Mapping[int, float],
    bookmarks: Mapping[int, Collection[str]],
    is_theme: Callable[[str], bool],
) -> Outline:
    """Find the headings of a document and place every paragraph under one.

    `pages` holds (page number, paragraphs in reading order); `sizes` the font size of each page's text; `bookmarks` the
    titles that the file itself gives for a page.
    """
    flat = [(page, paragraph) for page, held in pages for paragraph in held]
    judge = _Judge(flat, sizes, {page: {fold(t) for t in titles} for page, titles in bookmarks.items()}, is_theme)
    ranked = [_Ranked(page, paragraph, judge.rank(i)) for i, (page, paragraph) in enumerate(flat)]
    return _tree(_join_titles(ranked))


class _Judge:
    """Decides which paragraphs are headings, with the whole document in view."""

    def __init__(
        self,
        flat: Sequence[tuple[int, Paragraph]],
        sizes: Mapping[int, float],
        bookmarks: Mapping[int, Collection[str]],
        is_theme: Callable[[str], bool],
    ) -> None:
        self._flat, self._sizes, self._bookmarks, self._is_theme = flat, sizes, bookmarks, is_theme
        self._folded = [fold(paragraph.text) if len(paragraph.text) < 200 else "" for _, paragraph in flat]
        self._style = [self._style_rank(page, paragraph) for page, paragraph in flat]
        self._titles = self._known_titles()
        self._recurring = self._recurring_texts()

    def rank(self, index: int) -> int:
        """Return the rank of a paragraph as a heading, 0 for text."""
        page, paragraph = self._flat[index]
        text = paragraph.text
        if paragraph.role == "label":
            return ROW if _is_row_label(text) else 0
        if not _may_head(paragraph):
            return 0
        if self._style[index]:
            return self._style[index]
        if paragraph.role == "cell" or self._folded[index] == "":
            return 0
        if self._folded[index] in self._bookmarks.get(page, ()):
            return NUMBERED
        return self._known(index) or (PLAIN if self._plain(index) else 0)

    def _style_rank(self, page: int, paragraph: Paragraph) -> int:
        ratio = paragraph.size / (self._sizes.get(page) or paragraph.size or 1.0)
        if not _may_head(paragraph) or paragraph.role != "text":
            return 0
        if ratio >= TITLE_RATIO:
            return TITLE
        if ratio >= SUBTITLE_RATIO:
            return SUBTITLE if paragraph.bold or ratio >= 1.3 else SUBTITLE + 1
        return NUMBERED if paragraph.bold and len(paragraph.text.split()) <= LONG_TITLE else 0

    def _known_titles(self) -> dict[str, int]:
        """Map what recurs as a title by its type to its usual rank: as a whole, and by its first and last two words."""
        ranks: dict[str, Counter[int]] = defaultdict(Counter)
        for rank, folded in zip(self._style, self._folded, strict=True):
            if rank and folded:
                ranks[folded][rank] += 1
                ranks[_ends(folded)][rank] += 1
        return {key: c.most_common(1)[0][0] for key, c in ranks.items() if c.total() >= RECURS and key}

    def _known(self, index: int) -> int:
        folded = self._folded[index]
        return self._titles.get(folded, 0) or self._titles.get(_ends(folded), 0)

    def _recurring_texts(self) -> set[str]:
        """Find short lines that stand above text on several pages."""
        pages: dict[str, set[int]] = defaultdict(set)
        above: Counter[str] = Counter()
        for index, (page, paragraph) in enumerate(self._flat):
            if len(paragraph.text.split()) <= SHORT and _may_head(paragraph):
                pages[self._folded[index]].add(page)
                above[self._folded[index]] += self._text_follows(index, 6)
        return {text for text, where in pages.items() if len(where) >= RECURS and above[text] >= 0.6 * len(where)}

    def _text_follows(self, index: int, words: int) -> bool:
        if index + 1 >= len(self._flat):
            return False
        page, after = self._flat[index + 1]
        return page == self._flat[index][0] and (after.item or len(after.text.split()) >= words)

    def _plain(self, index: int) -> bool:
        """Whether a paragraph in the type of the text is a heading."""
        text = self._flat[index][1].text
        if len(text.split()) > SHORT or text[-1:] in ".;,…" or _CONTENTS.search(text):
            return False
        if self._is_theme(text) and self._text_follows(index, 2 - (" " in text)):
            return True
        if self._folded[index] in self._recurring:
            return True
        if not self._text_follows(index, LONG) or text.endswith(":"):
            return False
        return _NUMBER.match(text) is not None or self._stands_alone(index)

    def _stands_alone(self, index: int) -> bool:
        """Whether the text above has come to its end, so that a short line without a stop opens something."""
        page, before = self._flat[index - 1] if index else (0, self._flat[index][1])
        finished = page != self._flat[index][0] or ends_sentence(before.text) or bool(self._style[index - 1])
        return finished and self._flat[index][1].lines == 1


def _may_head(paragraph: Paragraph) -> bool:
    text = paragraph.text
    first = text.lstrip("‘'\"“([")[:1]
    if not (first.isupper() or first.isdecimal()) or sum(map(str.isalpha, text)) < 2 or "http" in text or "@" in text:
        return False
    if paragraph.item and not (text[:1].isdecimal() and paragraph.bold):
        return False
    return len(text.split()) <= LONG_TITLE and not _is_sentence(text)


def _is_sentence(text: str) -> bool:
    words = len(text.split())
    return bool(re.search(r"[a-z]{3}\. [A-Z]", text)) or (text[-1:] == "." and words > 4) or text[-1:] in ",;"


def _is_row_label(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= 3 and len(text.split()) <= LONG_TITLE


def _ends(folded: str) -> str:
    words = folded.split()
    return " ".join([*words[:2], "…", *words[-2:]]) if len(words) > 5 else ""


def _join_titles(ranked: Sequence[_Ranked]) -> list[_Ranked]:
    """Settle titles that run on in smaller type: a few words belong to the title, a sentence makes the title text."""
    settled = list(ranked)
    for index, (title, after) in enumerate(pairwise(ranked)):
        runs_on = title.rank in {TITLE, SUBTITLE} and title.page == after.page and after.paragraph.text[:1].islower()
        if not runs_on or ends_sentence(title.paragraph.text) or after.rank or after.paragraph.role != "text":
            continue
        words = len(after.paragraph.text.split())
        if words <= SHORT and not ends_sentence(after.paragraph.text):
            settled[index + 1] = replace(after, rank=-1)
        elif len(title.paragraph.text.split()) > 4:
            settled[index] = replace(title, rank=0)
    return settled


def _tree(ranked: Sequence[_Ranked]) -> Outline:
    headings: list[Heading] = []
    open_: list[tuple[int, str, int]] = []
    placed: list[Placed] = []
    for item in ranked:
        if item.rank > 0:
            title = item.paragraph.text
            rank, number = _place(item, open_)
            headings.append(Heading(title, open_[-1][2] if open_ else -1, item.page))
            open_.append((rank, number, len(headings) - 1))
        elif item.rank < 0:
            headings[-1] = replace(headings[-1], title=f"{headings[-1].title} {item.paragraph.text}")
        elif item.paragraph.role == "text" and open_ and open_[-1][0] == ROW:
            open_.pop()
        placed.append(Placed(item.page, item.paragraph, open_[-1][2] if open_ else -1, item.rank != 0))
    return Outline(tuple(headings), tuple(placed))


def _place(item: _Ranked, open_: list[tuple[int, str, int]]) -> tuple[int, str]:
    """Close the headings that a new one ends; return its rank and number."""
    match = _NUMBER.match(item.paragraph.text)
    number = match[1] if match and _DOTTED.match(match[1]) and item.rank != ROW else ""
    if number and _adopt(number, open_):
        return item.rank, number
    rank = 0 if _CHAPTER.match(item.paragraph.text) and item.rank == TITLE else item.rank
    while open_ and (open_[-1][0] >= rank or (number and open_[-1][1])):
        open_.pop()
    return rank, number


def _adopt(number: str, open_: list[tuple[int, str, int]]) -> bool:
    """Put '5.1.2' under '5.1' or '5' where one of them is open, whatever type they are set in."""
    for depth in range(len(open_), 0, -1):
        above = open_[depth - 1][1]
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
