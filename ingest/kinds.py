"""What sort of text a paragraph is: body, list, table, glossary, footnote, contents or boilerplate. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ingest.document import PassageKind
from ingest.furniture import fold
from ingest.glossary import is_glossary
from ingest.sections import CONTENTS_TITLE, Placed

RECURS, RECURS_SHARE = 4, 0.025
"""Text on at least so many pages, and so large a share of them, is boilerplate."""
BOILERPLATE_WORDS = 12
"""Recurring paragraphs count as boilerplate when those that follow each other hold so many words together."""
MIN_ENTRIES = 3
"""A page with so many entries under such a heading is a table of contents."""
SMALL = 0.87
"""Footnotes are set in type smaller than this share of the text."""

_DOT_LEADERS = re.compile(r"(?:\.\s?){5,}|…{2,}")
_ENDS_IN_PAGE = re.compile(r".*[^\d\s]\s+\d{1,3}$")
_NOTE = re.compile(r"[\d¹²³⁴⁵⁶⁷⁸⁹*]{1,3}\s?\S")
_RAISED = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹]\s?\S")


def kinds(placed: Sequence[Placed], paths: Sequence[tuple[str, ...]], sizes: dict[int, float]) -> list[PassageKind]:
    """Return the kind of every paragraph; `paths` holds the heading path of each, `sizes` each page's font size."""
    boilerplate = _boilerplate(placed)
    contents = _contents(placed, paths)
    found: list[PassageKind] = []
    for index, (item, path) in enumerate(zip(placed, paths, strict=True)):
        if index in contents:
            found.append("contents")
        elif index in boilerplate:
            found.append("boilerplate")
        else:
            found.append(_kind(item, path, sizes.get(item.page, 0.0)))
    return found


def _kind(item: Placed, path: tuple[str, ...], size: float) -> PassageKind:
    if item.paragraph.cells:
        return "table"
    text = item.paragraph.text
    small = item.paragraph.size < SMALL * size
    if (small and _NOTE.match(text)) or _RAISED.match(text):
        return "footnote"
    if is_glossary(path):
        return "glossary"
    if item.paragraph.role != "text":
        return "table"
    return "list" if item.paragraph.item else "body"


def _contents(placed: Sequence[Placed], paths: Sequence[tuple[str, ...]]) -> set[int]:
    """Find tables of contents: dot leaders, or under such a heading all that stands on a page with page numbers."""
    titled = [bool(path) and CONTENTS_TITLE.match(path[-1]) is not None for path in paths]
    leaders = {i for i, item in enumerate(placed) if _DOT_LEADERS.search(item.paragraph.text)}
    entries = [i for i, item in enumerate(placed) if titled[i] and _ENDS_IN_PAGE.match(item.paragraph.text)]
    pages = Counter(placed[i].page for i in {*entries, *leaders})
    whole = {i for i, item in enumerate(placed) if titled[i] and not item.heading and pages[item.page] >= MIN_ENTRIES}
    return leaders | whole


def _boilerplate(placed: Sequence[Placed]) -> set[int]:
    pages: dict[str, set[int]] = defaultdict(set)
    folded = [fold(item.paragraph.text) for item in placed]
    for item, text in zip(placed, folded, strict=True):
        if not item.heading and item.paragraph.role == "text":
            pages[text].add(item.page)
    least = max(RECURS, RECURS_SHARE * (placed[-1].page if placed else 0))
    recurring = {text for text, where in pages.items() if len(where) >= least}
    return _long_runs(placed, [text in recurring for text in folded])


def _long_runs(placed: Sequence[Placed], recurs: Sequence[bool]) -> set[int]:
    """Keep recurring paragraphs that together are more than a few words: '- Huisartsen' may recur in every list."""
    found: set[int] = set()
    run: list[int] = []
    for index in range(len(placed) + 1):
        same = index < len(placed) and recurs[index] and (not run or placed[run[-1]].page == placed[index].page)
        if same:
            run.append(index)
            continue
        if Counter(_words(placed[i]) for i in run) and sum(_words(placed[i]) for i in run) >= BOILERPLATE_WORDS:
            found |= set(run)
        run = [index] if index < len(placed) and recurs[index] else []
    return found


def _words(item: Placed) -> int:
    return len(item.paragraph.text.split())
