"""Which paragraphs are headings, and how high they rank. Pure.

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
from ingest.passages import says_nothing

CONTINUED, TEXT, COVER, PART, TITLE, SUBTITLE, NUMBERED, PLAIN, ROW = -1, 0, 1, 2, 3, 4, 6, 7, 10
"""Ranks: a heading closes those of its own rank and of higher numbers. `CONTINUED` belongs to the title before it."""
TITLE_RATIO, SUBTITLE_RATIO = 1.5, 1.12
"""Font size of a heading relative to the page's text."""
LONG_TITLE = 18
"""A title of more words is a sentence."""
RUN_ON = 16
"""So many words in smaller type may still belong to a short title above them."""
RUN_ON_WORDS = 4
"""A title of so few words stays a title, even where the text below does not start with a capital."""
SHORT = 9
"""A heading in the type of the text has at most this many words."""
PARTED = 1.4
"""Baselines of a heading and its text are further apart than this many font sizes."""
SMALLER = 0.87
"""A title right below another, smaller than this share of it, is its subtitle."""
RECURS = 3
DIFFERENT = 0.6
"""A line that recurs is a heading where so many of the texts under it differ; it is a part of a form where each of them
comes `RECURS` times on average."""
MENU = 3
"""So many themes right below each other are a list of them."""
LONG = 10
"""What stands under a plain heading has at least this many words."""

NUMBER = re.compile(
    r"(?:(?:Thema|Hoofdstuk|Bijlage|Deel|Hst\.?)\s+)?(\d+(?:\.\d+)*[a-z]?|[A-E]\.\d+)\.?\s*(?=[\W\d]*[A-Z‘'\"(]|$)"
)
_WORDS = re.compile(r"[^\W\d_]{4}")
_BARE_NUMBER = re.compile(r"\d{1,2}[a-z]|\d{1,2}\.\d[.\d]*|[A-E]\.\d")
_CONTENTS = re.compile(r"(?:\.\s?){4,}|\s\d{1,3}$")
GLOSSARY_TITLE = re.compile(
    r"(?:\d[\d.]*\s+)?(?:gebruikte |belangrijke |lijst (?:van|met) )?"
    r"(?:begripp(?:en)?lijst|begrippen|definities|afkortingen|verklarende woorden|woordenlijst|glossarium)",
    re.IGNORECASE,
)
"""A glossary: the short lines under it are its terms."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is known of themes and titles.

    Attributes:
        is_theme: whether a heading names a theme or a part of one.
        is_label: whether it is the theme's own name.
        is_title: whether it says which region follows and what about it.
    """

    is_theme: Callable[[str], bool]
    is_label: Callable[[str], bool]
    is_title: Callable[[str], bool] = lambda text: False


@dataclass(frozen=True, slots=True)
class Ranked:
    """A paragraph and its rank as a heading.

    Attributes:
        page: 1-based.
        paragraph: the paragraph.
        rank: one of the ranks above.
    """

    page: int
    paragraph: Paragraph
    rank: int


def rank_paragraphs(
    flat: Sequence[tuple[int, Paragraph]],
    sizes: Mapping[int, float],
    bookmarks: Mapping[int, Collection[str]],
    vocabulary: Vocabulary,
) -> list[Ranked]:
    """Rank every paragraph of a document as a heading; the arguments are those of `ingest.sections.outline`."""
    judge = _Judge(flat, sizes, {page: {fold(t) for t in titles} for page, titles in bookmarks.items()}, vocabulary)
    ranked = [Ranked(page, paragraph, judge.rank(i)) for i, (page, paragraph) in enumerate(flat)]
    known = [vocabulary.is_theme(paragraph.text) or judge.recurs(i) for i, (_, paragraph) in enumerate(flat)]
    return _parts(_join_titles(_entries(_menus(ranked, vocabulary), known)), vocabulary)


class _Judge:
    """Decides which paragraphs are headings, with the whole document in view."""

    def __init__(
        self,
        flat: Sequence[tuple[int, Paragraph]],
        sizes: Mapping[int, float],
        bookmarks: Mapping[int, Collection[str]],
        vocabulary: Vocabulary,
    ) -> None:
        self._flat, self._sizes, self._bookmarks, self._vocabulary = flat, sizes, bookmarks, vocabulary
        self._folded = [fold(paragraph.text) if len(paragraph.text) < 200 else "" for _, paragraph in flat]
        self._style = [self._style_rank(page, paragraph) for page, paragraph in flat]
        self._titles = self._known_titles()
        self._recurring, self._forms = self._recurring_texts()

    def rank(self, index: int) -> int:
        """Return the rank of a paragraph as a heading, 0 for text."""
        page, paragraph = self._flat[index]
        text = paragraph.text
        if paragraph.role == "label":
            return ROW if _is_row_label(text) else 0
        if not may_head(paragraph) or self._vocabulary.is_title(text):
            return TITLE if self._vocabulary.is_title(text) else 0
        if self._style[index]:
            return self._titles.get(self._folded[index], self._style[index])
        if paragraph.role == "cell" or self._folded[index] == "":
            return 0
        if self._folded[index] in self._bookmarks.get(page, ()):
            return NUMBERED
        return self._known(index) or (PLAIN if self._plain(index) else 0)

    def recurs(self, index: int) -> bool:
        """Whether a paragraph stands over text on several pages."""
        return self._folded[index] in self._recurring

    def _style_rank(self, page: int, paragraph: Paragraph) -> int:
        ratio = paragraph.size / (self._sizes.get(page) or paragraph.size or 1.0)
        if not may_head(paragraph) or paragraph.role != "text":
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

    def _recurring_texts(self) -> tuple[set[str], set[str]]:
        """Find lines that stand above text on several pages: another text each time, or always the same (a form)."""
        pages: dict[str, set[int]] = defaultdict(set)
        below: dict[str, set[str]] = defaultdict(set)
        after: dict[str, list[str]] = defaultdict(list)
        for index, (page, paragraph) in enumerate(self._flat[:-1]):
            if may_head(paragraph):
                pages[self._folded[index]].add(page)
                if not says_nothing(self._flat[index + 1][1].text):
                    after[self._folded[index]].append(self._flat[index + 1][1].text)
                if self._text_follows(index, 4):
                    below[self._folded[index]].add(self._flat[index + 1][1].text)
        often = {text: len(where) for text, where in pages.items() if text and len(where) >= RECURS}
        heading = {text for text, count in often.items() if len(below[text]) >= DIFFERENT * count}
        forms = {text for text in often if len(after[text]) >= RECURS * max(1, len({*after[text]}))}
        return heading, forms

    def _text_follows(self, index: int, words: int) -> bool:
        if index + 1 >= len(self._flat):
            return False
        page, after = self._flat[index + 1]
        enough = after.item or len(after.text.split()) >= words
        return page == self._flat[index][0] and enough and (_WORDS.search(after.text) is not None or after.text in "-–")

    def _plain(self, index: int) -> bool:
        """Whether a paragraph in the type of the text is a heading."""
        text = self._flat[index][1].text
        if text[-1:] in ".;,…" or _CONTENTS.search(text) or self._folded[index] in self._forms:
            return False
        if len(text.split()) > SHORT:
            return self.recurs(index)
        if self._vocabulary.is_theme(text) and self._text_follows(index, 2 - (" " in text)):
            return True
        if self.recurs(index):
            return True
        if not self._text_follows(index, LONG) or text.endswith(":"):
            return False
        return NUMBER.match(text) is not None or self._stands_alone(index)

    def _stands_alone(self, index: int) -> bool:
        """Whether the text above has come to its end, so that a short line without a stop opens something."""
        page, before = self._flat[index - 1] if index else (0, self._flat[index][1])
        finished = page != self._flat[index][0] or ends_sentence(before.text) or bool(self._style[index - 1])
        return finished and (self._flat[index][1].lines == 1 or self._parted(index))

    def _parted(self, index: int) -> bool:
        """Whether white space parts a paragraph from the next: without it a few lines are no heading."""
        above, below = self._flat[index][1], self._flat[index + 1][1]
        return not 0 < below.y - above.end <= PARTED * above.size


def _menus(ranked: Sequence[Ranked], vocabulary: Vocabulary) -> list[Ranked]:
    """Make text of themes right below each other: a menu, under the last entry of which other text begins."""
    settled = list(ranked)
    run: list[int] = []
    for index, item in enumerate([*ranked, None]):
        if item and item.rank != ROW and vocabulary.is_label(item.paragraph.text):
            if run and ranked[run[-1]].page != item.page:
                run = []
            run.append(index)
            if len(run) >= MENU:
                for one in run:
                    settled[one] = replace(ranked[one], rank=TEXT)
        else:
            run = []
    return settled


def _entries(ranked: Sequence[Ranked], known: Sequence[bool]) -> list[Ranked]:
    """Make text of what looks like a heading in the type of the text in a glossary: it is a short entry."""
    settled: list[Ranked] = []
    within = False
    for item, heads in zip(ranked, known, strict=True):
        if item.rank > TEXT and (heads or item.rank != PLAIN):
            within = False
        settled.append(replace(item, rank=TEXT) if within and item.rank == PLAIN else item)
        within = within or (item.rank > TEXT and GLOSSARY_TITLE.match(item.paragraph.text) is not None)
    return settled


def may_head(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if _BARE_NUMBER.fullmatch(text) and paragraph.bold:
        return True
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


def _join_titles(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Settle titles that run on in smaller type: a few words belong to the title, a sentence makes the title text."""
    settled = list(ranked)
    for index, (title, after) in enumerate(pairwise(ranked)):
        same = title.page == after.page and after.paragraph.role == "text" and not ends_sentence(after.paragraph.text)
        words = len(after.paragraph.text.split())
        if title.rank == TITLE and _BARE_NUMBER.fullmatch(title.paragraph.text):
            settled[index + 1] = replace(after, rank=CONTINUED) if same and words <= LONG_TITLE else after
        elif title.rank in {TITLE, SUBTITLE} and _runs_on(title, after):
            if same and words <= (RUN_ON if len(title.paragraph.text.split()) <= SHORT else SHORT):
                settled[index + 1] = replace(after, rank=CONTINUED)
            elif len(title.paragraph.text.split()) > RUN_ON_WORDS:
                settled[index] = replace(title, rank=TEXT)
    return settled


def _runs_on(title: Ranked, after: Ranked) -> bool:
    goes_on = title.page == after.page and after.paragraph.text[:1].islower() and after.paragraph.role == "text"
    return goes_on and not ends_sentence(title.paragraph.text) and after.rank == TEXT


def _parts(ranked: Sequence[Ranked], vocabulary: Vocabulary) -> list[Ranked]:
    """Settle headings that stand right above another.

    A theme's name there opens a part, whatever type it is set in; of two in the type of the text the second is lower.
    """
    parts = list(ranked)
    for index, (above, below) in enumerate(pairwise(ranked)):
        if not (TEXT < above.rank < ROW and TEXT < below.rank < ROW):
            continue
        smaller = below.paragraph.size < SMALLER * above.paragraph.size
        if above.rank == below.rank == TITLE and above.page == below.page and smaller:
            parts[index + 1] = replace(below, rank=SUBTITLE)
        elif vocabulary.is_label(above.paragraph.text) and not vocabulary.is_label(below.paragraph.text):
            parts[index] = replace(above, rank=PART)
        elif above.rank == below.rank == PLAIN and parts[index].rank == PLAIN:
            parts[index + 1] = replace(below, rank=PLAIN + 1)
    return parts
