"""Glossaries: which lines open an entry, and where the list of entries ends. Pure.

Terms stand in the order of the alphabet. That tells an entry from a line that goes on with one, and the text after the
list from the list, where no heading does.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.document import Line
from ingest.headings import GLOSSARY_TITLE
from ingest.sections import Outline, Placed, path

MIN_ENTRIES = 5
"""Of fewer entries the order says nothing."""
ORDERED = 0.7
"""The share of entries that come after all entries before them, in a list in the order of the alphabet."""
TITLE_WORDS = 12
_WITHIN = re.compile(r"begripp|definities|afkortingen|verklarende woorden|woordenlijst|glossarium", re.IGNORECASE)
_ENTRY = re.compile(r"[^\W_]\S*(?: \S+){0,5}? [(\"'‘]?[A-Z][a-z]")
_OPEN = re.compile(r"(?:[,(/-]|\b(?:de|het|een|en|of|van|voor|in|op|met|te|onder|waarvan|zoals|vijf))$")


def is_glossary(titles: Sequence[str]) -> bool:
    """Whether what stands under a heading path belongs to a glossary."""
    return any(_WITHIN.search(title) for title in titles[-2:])


def entry_breaks(lines: Sequence[Line]) -> set[int]:
    """Return the lines of a page that are the title of a glossary, follow it, or open an entry below it."""
    titles = [index for index, line in enumerate(lines) if _is_title(line.text)]
    found = {index for title in titles for index in (title, title + 1)}
    last = ""
    for index in range(titles[0] + 1 if titles else len(lines), len(lines)):
        text, before = lines[index].text.strip(), lines[index - 1].text.strip()
        opens = text[:1].isupper() and _ENTRY.match(text) is not None and not _OPEN.search(before)
        if opens and _key(text) >= last:
            found.add(index)
            last = _key(text)
    return found


def close_glossaries(tree: Outline) -> Outline:
    """Take the text after the last entry out of the glossary's section; its repeated titles become headings."""
    placed = list(tree.placed)
    within = [item.section >= 0 and is_glossary(path(tree.headings, item.section)) for item in placed]
    for start, end in _runs(within):
        last = _last_entry([_key(item.paragraph.text)[:1] if not item.heading else "" for item in placed[start:end]])
        for index in range(start, end):
            if index > start + last:
                placed[index] = _raised(placed[index], tree)
            elif _is_title(placed[index].paragraph.text):
                placed[index] = replace(placed[index], heading=True)
    return replace(tree, placed=tuple(placed))


def _is_title(text: str) -> bool:
    return len(text.split()) <= TITLE_WORDS and GLOSSARY_TITLE.match(text.strip()) is not None


def _key(text: str) -> str:
    """Fold a line for the order of the alphabet; '' for one that does not open with a letter."""
    folded = unicodedata.normalize("NFKD", text.strip()).casefold()
    return folded if folded[:1].isalpha() else ""


def _runs(within: Sequence[bool]) -> list[tuple[int, int]]:
    edges = [i for i, (a, b) in enumerate(pairwise([False, *within, False])) if a != b]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _last_entry(keys: Sequence[str]) -> int:
    """Return the index of the last entry, given their first letters: none after it stands in the order of the alphabet.

    Where too few stand in that order, it tells nothing, and all are entries.
    """
    last, top, ordered = -1, "", 0
    for index, key in enumerate(keys):
        if key and key >= top:
            last, top, ordered = index, key, ordered + 1
    if ordered < MIN_ENTRIES or ordered < ORDERED * sum(key != "" for key in keys[: last + 1]):
        return len(keys)
    # A term in figures has no place in the alphabet.
    while last + 1 < len(keys) and not keys[last + 1]:
        last += 1
    return last


def _raised(item: Placed, tree: Outline) -> Placed:
    """Put an item under the heading above the glossary."""
    section = item.section
    while section >= 0 and is_glossary(path(tree.headings, section)):
        section = tree.headings[section].parent
    return replace(item, section=section)
