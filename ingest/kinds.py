"""What sort of text a paragraph is: body, list, table, glossary, footnote, contents or boilerplate. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ingest.document import PassageKind
from ingest.furniture import fold
from ingest.sections import Placed

RECURS, RECURS_SHARE = 4, 0.025
"""Text on at least so many pages, and so large a share of them, is boilerplate."""
BOILERPLATE_WORDS = 12
"""Recurring paragraphs count as boilerplate when those that follow each other hold so many words together."""
SMALL = 0.87
"""Footnotes are set in type smaller than this share of the text."""

_DOT_LEADERS = re.compile(r"(?:\.\s?){5,}|…{2,}")
_ENDS_IN_PAGE = re.compile(r".*[^\d\s]\s+\d{1,3}$")
_NOTE = re.compile(r"[\d¹²³⁴⁵⁶⁷⁸⁹*]{1,3}\s?\S")
_RAISED = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹]\s?\S")
_GLOSSARY = re.compile(r"begripp|definities|afkortingen|verklarende woorden|woordenlijst|glossarium", re.IGNORECASE)
_CONTENTS = re.compile(r"inhouds?(?:opgave)?\b", re.IGNORECASE)


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
    text = item.paragraph.text
    small = item.paragraph.size < SMALL * size
    if (small and _NOTE.match(text)) or _RAISED.match(text):
        return "footnote"
    if item.paragraph.role != "text":
        return "table"
    if any(_GLOSSARY.search(title) for title in path[-2:]):
        return "glossary"
    return "list" if item.paragraph.item else "body"


def _contents(placed: Sequence[Placed], paths: Sequence[tuple[str, ...]]) -> set[int]:
    """Find entries of a table of contents: dot leaders, or page numbers at the end of lines under such a heading."""
    found: set[int] = set()
    for index, (item, path) in enumerate(zip(placed, paths, strict=True)):
        text = item.paragraph.text
        titled = any(_CONTENTS.match(title) for title in path[-1:])
        if _DOT_LEADERS.search(text) or (titled and _ENDS_IN_PAGE.match(text) and len(text.split()) < 25):
            found.add(index)
    return found


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
