"""Which region does each page speak of, and how do we know.

Titles say so, wherever they stand: above their text, below it in the stream, on a cover page, in a running header. What
they say is carried down until another title contradicts it. A mention in running text never gives a page its region; it
only settles where a title's reach begins.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.document import Attribution, Line
from ingest.gazetteer import Mention, Region, by_name, children, find_mentions, lookup, regions
from ingest.titles import (
    LARGE,
    LONGEST_TITLE,
    SURE,
    Block,
    Form,
    Title,
    Trusted,
    blocks,
    body_size,
    names_place,
    title_of,
    trust,
)

__all__ = ["Mention", "Region", "RegionSpan", "attribute", "find_mentions", "lookup", "regions"]

CARRIED = 0.85  # what is left of a title's confidence on the next page
CARRIED_STEP = 0.005  # lost with every page after that
LEAST = 0.5  # carried confidence never sinks below this
EDGE = 0.09  # share of the page's height at top and bottom where running headers and footers stand
SLOT_SHARE = 0.6  # of the pages must have small type in a place for it to be a running line, whatever the words
MENU = 3  # that many regions in a row are a list, not titles
OF_MUNICIPALITY = 0.7  # how sure a gemeente in the title makes the region of a document
_GEMEENTE = re.compile(r"(?i)\bgemeenten?\s+['‘’]?$")
_PAGE_NUMBER = re.compile(r"\s*[\d/|. -]{1,9}\s*")


@dataclass(frozen=True, slots=True)
class RegionSpan:
    """From a line of a page on, until the next span: the regions that the text speaks of.

    Attributes:
        first_line: index into the page's lines.
        attributions: the regions with their evidence; empty when a span ends what was carried.
    """

    first_line: int
    attributions: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class _Home:
    """The region that the document as a whole is about; `sure` when its title, catalogue or running header says so."""

    region: str = ""
    evidence: str = ""
    page: int = 1
    confidence: float = 0.0
    sure: bool = False


@dataclass(frozen=True, slots=True)
class _Carried:
    """What holds where no title stands: the last title's attributions and form (0: the document's own region)."""

    attributions: tuple[Attribution, ...] = ()
    form: int = 0

    @property
    def names(self) -> set[str]:
        return {attribution.region for attribution in self.attributions}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page made ready: its lines, blocks without running lines, and the titles among them."""

    number: int
    lines: Sequence[Line]
    blocks: list[Block]
    titles: list[Title]
    header: Title | None


def attribute(pages: Sequence[Sequence[Line]], title: str, regions: Sequence[str]) -> list[list[RegionSpan]]:
    """Say for each page from which line on which regions hold.

    `pages` are the lines of every page in reading order, running headers and titles included. `title` and `regions` are
    what is known of the document beforehand; one region, or a title that names one, gives every page that region unless
    a title says otherwise. A document in which no title names a region gets no attributions.
    """
    running = _running(pages)
    everywhere = body_size([line for lines in pages for line in lines])
    trusted = trust(pages, everywhere)
    home = _home(pages, title, regions, running, trusted)
    sheets = _sheets(pages, home, running, trusted)
    openings = _openings(sheets)
    carried = start = _at_home(home)
    spans: list[list[RegionSpan]] = []
    for sheet in sheets:
        if _is_separator(sheet, everywhere):
            carried = start
        found, carried = _spans(sheet, carried, home, openings)
        spans.append(found)
        carried = _carry(carried)
    return spans


def _running(pages: Sequence[Sequence[Line]]) -> list[set[int]]:
    """For each page its running lines: near the edge, and with the same words or in the same slot on other pages."""
    height = max((line.y for lines in pages for line in lines), default=0.0)
    small = body_size([line for lines in pages for line in lines])
    keys: list[dict[int, list[tuple[str, int, int]]]] = []
    for lines in pages:
        edge = {i: line for i, line in enumerate(lines) if not EDGE * height < line.y < (1 - EDGE) * height}
        keys.append({i: _running_keys(line, small) for i, line in edge.items()})
    counts = Counter(key for page in keys for key in {key for found in page.values() for key in found})
    least = {True: max(3, SLOT_SHARE * len(pages)), False: 3}  # True: a slot, whose words differ from page to page
    return [
        {index for index, found in page.items() if any(counts[key] >= least[not key[0]] for key in found)}
        for page in keys
    ]


def _running_keys(line: Line, small: float) -> list[tuple[str, int, int]]:
    """By what a line is recognised on other pages: its words and height; in small type its place alone."""
    y = round(line.y / 4)
    keys = [(re.sub(r"\d+", "#", line.text.strip()), y, 0)]
    return [*keys, ("", y, round(line.x / 4))] if line.size <= small and len(line.text) < 80 else keys


def _home(
    pages: Sequence[Sequence[Line]], title: str, regions: Sequence[str], running: list[set[int]], trusted: Trusted
) -> _Home:
    """Find the region of the whole document: catalogue, title, running lines, first page; in that order."""
    if len(set(regions)) == 1 and (region := lookup(regions[0])):
        return _Home(region.name, title or region.name, 1, 0.9, sure=True)
    if region_name := _one([m.region for m in find_mentions(title, fuzzy=False) if m.confidence >= SURE]):
        return _Home(region_name, title, 1, 0.9, sure=True)
    if home := _home_in_running(pages, running):
        return home
    if home := _home_of_municipality(pages, title):
        return home
    first = _first_page_titles(pages, trusted)
    if region_name := _one([region for found in first for region in found.regions]):
        return _Home(region_name, first[0].block.text, 1, 0.8)
    return _Home()


def _home_in_running(pages: Sequence[Sequence[Line]], running: list[set[int]]) -> _Home | None:
    """The one region that running headers or footers name on at least half of the pages."""
    named: dict[str, list[tuple[int, str]]] = {}
    for number, (lines, indices) in enumerate(zip(pages, running, strict=True), start=1):
        for text in {lines[index].text for index in indices if not names_place(lines[index].text)}:
            if region := _one([m.region for m in find_mentions(text, fuzzy=False) if m.confidence >= SURE]):
                named.setdefault(region, []).append((number, text))
    region = _one(list(named))
    if region and len({number for number, _ in named[region]}) >= len(pages) / 2:
        number, text = named[region][0]
        return _Home(region, text.strip(), number, 0.9, sure=True)
    return None


def _home_of_municipality(pages: Sequence[Sequence[Line]], title: str) -> _Home | None:
    """The region of the gemeente that the document's title, or the largest line of its first page, names as such."""
    first = blocks(pages[0]) if pages else []
    largest = max((block.size for block in first), default=0.0)
    for text in (title, *(block.text for block in first if block.size == largest and len(block.text) < LONGEST_TITLE)):
        found = [m.region for m in find_mentions(text, fuzzy=False) if _GEMEENTE.search(text, 0, m.start)]
        if region := _one(found):
            return _Home(region, text, 1, OF_MUNICIPALITY, sure=text == title)
    return None


def _first_page_titles(pages: Sequence[Sequence[Line]], trusted: Trusted) -> list[Title]:
    """The labels on the first page that are no list of regions and no place of publication."""
    if not pages:
        return []
    body = body_size(pages[0])
    parts = blocks(pages[0])
    found = [(index, title_of(block, body)) for index, block in enumerate(parts)]
    labels = [(index, title) for index, title in found if title and title.form is Form.LABEL]
    listed = _listed(labels)
    return [title for index, title in labels if index not in listed and trusted(parts, index, title)]


def _one(names: Sequence[str]) -> str:
    """The single region among `names`; of a region and its own subregion the latter; '' for strangers."""
    distinct = list(dict.fromkeys(names))
    leaves = [name for name in distinct if not any(by_name()[other].parent == name for other in distinct)]
    return leaves[0] if len(leaves) == 1 else ""


def _sheets(pages: Sequence[Sequence[Line]], home: _Home, running: list[set[int]], trusted: Trusted) -> list[_Sheet]:
    """Read the titles of every page, without those in lists and tables."""
    sheets, menu_open = [], False
    for number, (lines, indices) in enumerate(zip(pages, running, strict=True), start=1):
        body = body_size(lines)
        parts = [block for block in blocks(lines) if not set(range(block.first, block.last)) <= indices]
        parts = [block for block in parts if not _PAGE_NUMBER.fullmatch(block.text)]
        found = [(index, title) for index, block in enumerate(parts) if (title := title_of(block, body, home.region))]
        labels = [(index, title) for index, title in found if title.form is Form.LABEL]
        rows = _table_rows(lines, labels)
        listed = _listed(labels) - rows
        if menu_open and labels and labels[0][0] == 0:
            listed.add(0)
        menu_open = bool(listed) and max(listed) >= len(parts) - 2
        titles = [
            title
            for index, title in found
            if index in rows
            or (
                index not in listed
                and trusted(parts, index, title)
                and _is_opening(parts, index, title, body, bool(listed))
            )
        ]
        sheets.append(_Sheet(number, lines, parts, [_in_context(t, home) for t in titles], _header(lines, indices)))
    chapters = {sheet.header.regions for sheet in sheets if sheet.header}
    if len(chapters) > 1:
        return sheets
    return [replace(one, header=None) if one.header and names_place(one.header.block.text) else one for one in sheets]


def _listed(labels: list[tuple[int, Title]]) -> set[int]:
    """Indices of labels that stand in a row of at least `MENU` different regions: contents, menus, tables."""
    listed: set[int] = set()
    row: list[tuple[int, Title]] = []
    for entry in [*labels, None]:
        if entry and row and entry[0] - row[-1][0] <= 2:
            row.append(entry)
            continue
        if len({title.regions for _, title in row}) >= MENU:
            listed |= {index for index, _ in row}
        row = [entry] if entry else []
    return listed


def _table_rows(lines: Sequence[Line], labels: list[tuple[int, Title]]) -> set[int]:
    """Indices of labels in the first column of a table: text stands beside two or more of them, in one column."""
    columns: dict[tuple[int, int], list[tuple[int, Title]]] = {}
    for index, title in labels:
        block = title.block
        for line in lines:
            beside = abs(line.y - block.y) <= 0.15 * block.size and line.x > block.x + 4 * block.size
            if beside and len(line.text) > 20 and not find_mentions(line.text[:20], fuzzy=False):
                columns.setdefault((round(block.x / 3), round(line.x / 3)), []).append((index, title))
    tables = [rows for rows in columns.values() if len({title.regions for _, title in rows}) >= 2]
    return {index for rows in tables for index, _ in rows}


def _is_opening(parts: list[Block], index: int, title: Title, body: float, has_menu: bool) -> bool:
    """Whether a title opens something: only a label in the middle of a page, small, or beside a menu does not."""
    block = parts[index]
    if title.form is not Form.LABEL:
        return True
    if re.match(r"\s*[•▪◦·*-]", block.text) or (has_menu and by_name()[title.regions[0]].whole):
        return False
    after = parts[index + 1 :]
    last = len(after) <= 4 and all(len(part.text) < 70 for part in after)
    return index == 0 or last or block.size >= LARGE * body


def _in_context(title: Title, home: _Home) -> Title:
    """In a document about a ROAZ region a bare name means the part of that ROAZ region."""
    if not home.region.startswith("ROAZ"):
        return title
    found = [lookup(f"ROAZ {name}") for name in title.regions]
    names = tuple(region.name if region else name for region, name in zip(found, title.regions, strict=True))
    return Title(title.block, names, title.form, title.confidence)


def _header(lines: Sequence[Line], indices: set[int]) -> Title | None:
    """The title in a page's running lines, when these name one region."""
    body = body_size(lines)
    found = [title for block in blocks([lines[i] for i in sorted(indices)]) if (title := title_of(block, body))]
    return found[0] if found and len({title.regions for title in found}) == 1 else None


def _openings(sheets: list[_Sheet]) -> set[str]:
    """Lines with which at least three pages begin: the top of a recurring slide."""
    counts = Counter(sheet.blocks[0].text for sheet in sheets if sheet.blocks)
    return {text for text, count in counts.items() if count >= 3}


def _is_separator(sheet: _Sheet, everywhere: float) -> bool:
    """Whether a page holds nothing but a large heading without a region: it ends what was carried."""
    text = " ".join(block.text for block in sheet.blocks)
    large = any(block.size >= LARGE * everywhere for block in sheet.blocks)
    return bool(text) and len(text) <= 60 and large and not sheet.titles and sheet.header is None


def _at_home(home: _Home) -> _Carried:
    if not home.region:
        return _Carried()
    return _Carried((Attribution(home.region, home.evidence, home.page, home.confidence),))


def _carry(carried: _Carried) -> _Carried:
    """Lower the confidence of what is carried to the next page."""
    lowered = tuple(
        Attribution(
            a.region, a.evidence, a.page, round(max(LEAST, min(a.confidence * CARRIED, a.confidence - CARRIED_STEP)), 3)
        )
        if a.confidence > CARRIED
        else Attribution(a.region, a.evidence, a.page, round(max(LEAST, a.confidence - CARRIED_STEP), 3))
        for a in carried.attributions
    )
    return _Carried(lowered, carried.form)


def _spans(sheet: _Sheet, carried: _Carried, home: _Home, openings: set[str]) -> tuple[list[RegionSpan], _Carried]:
    """The spans of one page, and what is carried to the next."""
    if sheet.header and not (home.sure and home.region in sheet.header.regions):
        carried = _Carried(_attributions(sheet.header, sheet.number), Form.STATED)
    spans = [RegionSpan(0, carried.attributions)] if carried.attributions else []
    previous = None
    for title in sheet.titles:
        if not _is_accepted(title, carried, home) or _adds_nothing(title, carried):
            continue
        first = _reach(sheet, title, previous, carried, openings)
        carried, previous = _Carried(_attributions(title, sheet.number), title.form), title
        spans = [*(span for span in spans if span.first_line < first), RegionSpan(first, carried.attributions)]
    return spans, carried


def _attributions(title: Title, number: int) -> tuple[Attribution, ...]:
    return tuple(Attribution(region, title.block.text, number, title.confidence) for region in title.regions)


def _is_accepted(title: Title, carried: _Carried, home: _Home) -> bool:
    """Whether a title may change what is carried."""
    names = set(title.regions)
    if names <= carried.names:
        return True
    stranger = home.sure and not all(name in {home.region, *children(home.region)} for name in names)
    if stranger and not (title.form is Form.STATED and re.search(r"(?i)regio|roaz|zorgkantoor", title.block.text)):
        return False
    back_up = any(by_name()[name].parent in names for name in carried.names if name in by_name())
    if back_up and title.form is not Form.STATED:
        return False
    return title.form is not Form.HEADING or carried.form <= Form.HEADING


def _adds_nothing(title: Title, carried: _Carried) -> bool:
    """Whether a title names what already holds with more certainty."""
    surest = min((attribution.confidence for attribution in carried.attributions), default=0.0)
    return set(title.regions) == carried.names and title.confidence <= surest


def _reach(sheet: _Sheet, title: Title, previous: Title | None, carried: _Carried, openings: set[str]) -> int:
    """The line from which a title holds: its own, or higher when it was drawn after its text."""
    own, since = title.block.first, previous.block.last if previous else 0
    above = [block for block in sheet.blocks if since <= block.first < own]
    if not above:
        return since if previous is None else own
    below = [block for block in sheet.blocks if block.first >= title.block.last]
    bare = not below or any(below[0].first == other.block.first for other in sheet.titles)
    drawn_last = title.block.y < min(block.y for block in above) or (bare and title.form is Form.STATED)
    if drawn_last:
        tops = [block.first for block in above if block.text in openings]
        return tops[-1] if tops else (0 if previous is None else own)
    if previous is None and _speaks_of(above, set(title.regions)) and not _speaks_of(above, carried.names):
        return 0
    return own


def _speaks_of(parts: list[Block], names: set[str]) -> bool:
    """Whether running text mentions one of the regions; it settles a title's reach and nothing else."""
    return any(m.region in names for block in parts for m in find_mentions(block.text, fuzzy=False))
