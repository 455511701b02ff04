"""Which sentence announces the list that an item belongs to ('Dit doen we door:'). Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import PassageKind
from ingest.layout import SLACK
from ingest.paragraphs import Paragraph
from ingest.sections import Placed

LONGEST = 25
"""Of a longer lead-in the last so many words are given."""

_SENTENCE = re.compile(r"(?<=[.!?;])[\"'’”)]*\s+(?=[\"'‘“(]?[A-Z0-9])")
_MARKER = re.compile(r"(?:[•▪◦✓➢>*–—-]|\(?\d{1,2}[.)]|[a-z][.)]|o)\s+")
_ASIDE = frozenset({"footnote", "boilerplate", "contents"})


@dataclass(frozen=True, slots=True)
class Lead:
    """The lead-in of a list.

    Attributes:
        text: its last sentence, as it stands on the page.
        index: of the paragraph that it stands in.
    """

    text: str
    index: int


def leads(placed: Sequence[Placed], kinds: Sequence[PassageKind]) -> list[Lead | None]:
    """Return for every paragraph the lead-in of the list that it is an item of, None for what is in no such list.

    A list goes on over a page break and past a note; a heading, another section or a paragraph of text ends it.
    """
    found: list[Lead | None] = []
    held: list[Lead] = []
    section: int | None = None
    for index, item in enumerate(placed):
        if kinds[index] in _ASIDE:
            found.append(None)
            continue
        if item.heading or item.section != section:
            held, section = [], item.section
        held = list(_still(held, item, placed))
        found.append(held[-1] if held else None)
        if _announces(item):
            held.append(Lead(_last_sentence(item.paragraph.text), index))
    return found


def _announces(item: Placed) -> bool:
    return item.paragraph.text.endswith(":") and not item.heading


def _still(held: Sequence[Lead], item: Placed, placed: Sequence[Placed]) -> Iterator[Lead]:
    """Yield the lead-ins that still hold at a paragraph, the outermost first."""
    if not item.paragraph.item:
        # The rest of an item, on the next page mostly, opens in the middle of its sentence.
        yield from held if item.paragraph.text[:1].islower() else ()
        return
    for lead in held:
        above = placed[lead.index]
        if above.paragraph.item and not _under(above, item):
            return
        yield lead


def _under(above: Placed, item: Placed) -> bool:
    """Whether an item stands under another item that announces a list of its own: further in, or marked otherwise."""
    if above.page == item.page and item.paragraph.x - above.paragraph.x > SLACK:
        return True
    return _marker(above.paragraph) != _marker(item.paragraph)


def _marker(paragraph: Paragraph) -> str:
    """Return the kind of mark with which an item opens; numbers and letters count as one kind each."""
    match = _MARKER.match(paragraph.text)
    mark = match[0].strip(" .()") if match else ""
    return "1" if mark.isdecimal() else "a" if len(mark) == 1 and mark.isalpha() else mark


def _last_sentence(text: str) -> str:
    words = _SENTENCE.split(_MARKER.sub("", text, count=1) if _MARKER.match(text) else text)[-1].split()
    return " ".join(words) if len(words) <= LONGEST else " ".join(["…", *words[-LONGEST:]])
