"""Lines -> titles that say which region follows: 'Impactkaart zorgkantoorregio X: …', 'Subregio X', 'X – prioriteiten'.

A mention inside running text is never a title; what makes a title is that nothing but title words stands around it.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from statistics import median

from ingest.document import Line
from ingest.gazetteer import Mention, children, find_mentions, is_whole_title, regions, remainder, whole_of

PITCH = 1.45  # lines closer than this times their font size belong together
LONGEST_BLOCK = 4  # lines; more is running text
LONGEST_TITLE = 160  # characters up to and including the region's name
LONGEST_SMALL, LONGEST_LARGE = 90, 140  # characters of a title that says after a dash what it is about, by its type
LONGEST_NAMES = 240  # characters within which all names of a title stand
LARGE = 1.25  # times the body's font size: a heading
FEW_WORDS = 4  # after the name in a large heading: 'De regio Twente in cijfers'
SURE = 0.65  # mentions below this are gemeenten and guesses; they title nothing

_TITLE_WORDS = set(
    """impactkaart regiokaart factsheet regioplan regioplannen regiobeeld zorgkantoorregio zorgkantoor regio subregio
    deelplan plan kaart profiel regioprofiel samenvatting overzicht uitwerking aanpak hoofdstuk deel bijlage deelregio
    roaz acute zorg beeld thema prioriteiten opgaven de het van voor in en per onze over naar subregionaal regionaal
    subregionale regionale impact gemeente iza wlz jaarplan werkagenda uitvoeringsplan transformatieplan resultaten
    kerncijfers ontwikkelingen""".split()  # noqa: SIM905 - a word list reads better than a list of strings
)
_KIND = re.compile(r"(?i)\b(zorgkantoor|sub|deel|roaz[- ]?)?-?regio|zorgkantoor|\broaz\b|impactkaart|regiokaart")
# A part of the plan as a whole: 'Deel 2: Samenvatting', 'Deel B – Werkagenda'.
_WHOLE_PART = re.compile(r"Deel\s+(?:\d{1,2}|[A-Z]|[IVX]{1,4})\s*[:–—]\s*\S.{0,90}")
_PLAN = re.compile(r"(?i)\b\w*(?:plan|plannen|beeld|agenda|akkoord|kaart)\b")
_NUMBER = re.compile(r"^[\dIVXivx]+[a-z]?$|^[a-z]$|^20\d\d$")
_BULLET = re.compile(r"^\s*[•▪◦‣·*➢✓-]\s")
_AFTER_NAME = re.compile(r"\s*\)?\s*(?:\([^)]{0,60}\))?(?:\s*20\d\d(?:\s*[-–/]\s*20\d\d)?)?\s*(?P<sign>[:–—|]|-\s|$)")
_SENTENCE = re.compile(r"[.!?]\s+[A-Z‘']|[.;,]$")
_LINK = re.compile(r"(?i)(?:\b(?:regio|subregio|zorgkantoorregio|in|van|voor)|[–|:-])\s*['‘’(]?$")
_TOGETHER = re.compile(r"(?i)\((?:de |alle )?(?:\w+ )?(?:sub|deel)?regio['’]?s(?: samen)?\)|alle subregio['’]?s")

_DATE = re.compile(
    r"(?i)(?:\b\d{1,2}\s+)?\b(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
    r"\s+(?:19|20)\d\d\b|\b\d\d?[-/.]\d\d?[-/.](?:19|20)\d\d\b"
)
_IMPRINT = re.compile(rf"{_DATE.pattern}|(?i:\bpostbus\b|\bnamens\b|\bpostadres\b)|\b[1-9]\d{{3}}\s?[A-Z]{{2}}\b")


class Form(IntEnum):
    """How a title names its region, from weak to strong."""

    HEADING = 1  # a large heading that ends with the name: 'Situatie in de regio Twente'
    LABEL = 2  # the name stands alone: 'Lekstroom', 'Subregio Lekstroom'
    STATED = 3  # the name, then a colon or dash and what it is about


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that follow each other closely in one type: a title, a paragraph.

    Attributes:
        first, last: index of the first line, and one past the last, in the page's lines.
        text: the lines joined by spaces; a hyphen at a line's end stays.
        size: font size.
        x: left edge of the first line.
        y: baseline of the first line from the top.
    """

    first: int
    last: int
    text: str
    size: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Title:
    """A block that says which region it is about.

    Attributes:
        block: where it stands.
        regions: the regions named.
        form: how it names them.
        confidence: 0..1.
    """

    block: Block
    regions: tuple[str, ...]
    form: Form
    confidence: float


Trusted = Callable[[Sequence[Block], int, Title], bool]
"""Whether a title may give a region: takes the blocks of its page, its place among them, and the title."""


def blocks(lines: Sequence[Line]) -> list[Block]:
    """Join lines that stand right under each other in the same type."""
    return list(_blocks(tuple(lines)))


# Regions, themes and slides each ask for the blocks of the same page.
@lru_cache(maxsize=1024)
def _blocks(lines: tuple[Line, ...]) -> tuple[Block, ...]:
    groups: list[list[int]] = []
    for index, line in enumerate(lines):
        if groups and _continues(lines[groups[-1][-1]], line):
            groups[-1].append(index)
        else:
            groups.append([index])
    return tuple(_block(lines, group) for group in groups)


def body_size(lines: Sequence[Line]) -> float:
    """The font size of most lines."""
    return median(line.size for line in lines) if lines else 0.0


def title_of(block: Block, body: float, home: str = "") -> Title | None:
    """Read a block as a title; None for running text. `home` is the region that the document as a whole is about."""
    if is_whole_title(block.text) and (whole := whole_of(home)):
        return Title(block, (whole,), Form.LABEL, 0.85)
    if block.last - block.first > LONGEST_BLOCK:
        return None
    fuzzy = len(block.text) <= LONGEST_NAMES and _KIND.search(block.text, 0, 60) is not None
    mentions = [m for m in find_mentions(block.text[:LONGEST_NAMES], fuzzy=fuzzy) if m.confidence >= SURE]
    if home and not mentions and _WHOLE_PART.fullmatch(block.text):
        return Title(block, (home,), Form.STATED, 0.8)
    if not mentions or mentions[0].start > LONGEST_TITLE:
        return None
    named = _leading(block.text, mentions)
    form = _form(block, named, body)
    if not form:
        return None
    regions = tuple(dict.fromkeys(mention.region for mention in named))
    if len(regions) == 1 and _TOGETHER.search(block.text):
        regions = children(regions[0]) or regions
    base = {Form.LABEL: 0.85, Form.HEADING: 0.75, Form.STATED: 0.95}[form]
    return Title(block, regions, form, round(min(base, max(m.confidence for m in named)), 2))


def trust(pages: Sequence[Sequence[Line]], everywhere: float) -> Trusted:
    """Make the rule that tells a region's title from a place of publication: 'Rotterdam' alone may be either.

    The name of a gemeente by itself counts in large type or when it is a title on a second page, outside an imprint.
    """
    pages_of: Counter[str] = Counter()
    for lines in pages:
        parts = blocks(lines)
        bare = [(index, block) for index, block in enumerate(parts) if len(block.text) < 40]
        titles = [(index, title) for index, block in bare if (title := title_of(block, everywhere)) and _is_town(title)]
        pages_of.update({_bare(title) for index, title in titles if not _in_imprint(parts, index)})

    def trusted(parts: Sequence[Block], index: int, title: Title) -> bool:
        if not _is_town(title):
            return True
        supported = title.block.size >= LARGE * everywhere or pages_of[_bare(title)] > 1
        return supported and not _in_imprint(parts, index)

    return trusted


def _bare(title: Title) -> str:
    return title.block.text.strip().lower()


def _is_town(title: Title) -> bool:
    """Whether a title is no more than the name of a gemeente, which may as well say where something was written."""
    return _plain(_DATE.sub(" ", title.block.text)) in _towns()


def names_place(text: str) -> bool:
    """Whether a running line names no more than the town where an office stands, or a document was made.

    'Stichting Welzijn Rotterdam', 'Rotterdam, mei 2026'; but 'Regioplan Rotterdam' is about the region.
    """
    towns = [m for m in find_mentions(text, fuzzy=False) if _plain(m.via) in _towns()]
    return len(towns) == 1 and _KIND.search(text) is None and _PLAN.search(text) is None


def _plain(name: str) -> str:
    return re.sub(r"[\d\W_]+", " ", name).strip().lower()


def _in_imprint(parts: Sequence[Block], index: int) -> bool:
    """Whether a block, or one next to it, is of an imprint or a signature: a date, an address, 'Namens …'."""
    return any(_IMPRINT.search(part.text) for part in parts[max(0, index - 1) : index + 2])


@cache
def _towns() -> frozenset[str]:
    names = (name for region in regions() for name in (*region.municipalities, *region.uncertain))
    return frozenset(map(_plain, names))


def _continues(above: Line, line: Line) -> bool:
    return (
        abs(above.size - line.size) < 0.6
        and abs(above.x - line.x) < 4
        and 0 < line.y - above.y <= PITCH * max(line.size, 1.0)
        and above.bold == line.bold
        and not _BULLET.match(line.text)
    )


def _block(lines: Sequence[Line], group: list[int]) -> Block:
    head = lines[group[0]]
    text = " ".join(lines[index].text.strip() for index in group)
    return Block(group[0], group[-1] + 1, re.sub(r"(\w)- (?=[A-Z])", r"\1-", text), head.size, head.x, head.y)


def _leading(text: str, mentions: list[Mention]) -> list[Mention]:
    """The first mention and those joined to it by 'en', '&', a comma or a slash."""
    named = mentions[:1]
    for mention in mentions[1:]:
        if not re.fullmatch(
            r"\s*\)?\s*(?:,|/|&|en|,\s*en|en de|en het|en subregio|en regio)\s*", text[named[-1].end : mention.start]
        ):
            break
        named.append(mention)
    return named


def _form(block: Block, named: list[Mention], body: float) -> Form | None:
    """How the block names its regions, or None when it is running text."""
    text = block.text
    before, after = _BULLET.sub("", text[: named[0].start]), text[named[-1].end :]
    tail = _AFTER_NAME.match(after)
    if _BULLET.match(text) and not _KIND.search(before):
        return Form.LABEL if not remainder(text, named) else None
    led = all(_is_title_word(word) for word in re.findall(r"[\w'’]+", before))
    big = block.size >= LARGE * body
    if led and tail:
        return _named_form(text, before, tail["sign"], LONGEST_LARGE if big else LONGEST_SMALL)
    large = big and len(text) < 100 and not _SENTENCE.search(text)
    ends = tail and not tail["sign"] and _LINK.search(before)
    return Form.HEADING if large and (ends or (led and len(after.split()) <= FEW_WORDS)) else None


def _named_form(text: str, before: str, sign: str, longest: int) -> Form | None:
    """The form of a block in which nothing but title words precede the name and `sign` follows it."""
    if not sign:
        opens = next((char for char in text if char.isalnum()), "")
        return None if opens.islower() and text.lstrip()[:1] not in "‘'’" else Form.LABEL
    about = sign in "–—- |" and not _SENTENCE.search(text) and len(text) < longest
    return Form.STATED if _KIND.search(before) or about else None


def _is_title_word(word: str) -> bool:
    return re.sub(r"['’]s$", "", word.lower()) in _TITLE_WORDS or bool(_NUMBER.match(word))
