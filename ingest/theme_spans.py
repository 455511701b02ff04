"""Which theme does each part of a page speak of.

A theme's own label rules until the next one. Numbered parts ('2b Digitalisering') have names that several themes use;
the document's own list, and the numbering that runs on or starts anew, tell under which theme they stand.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ingest.document import Line
from ingest.regions import RegionSpan
from ingest.themes import Theme, may_be_row, split_label, strength_of
from ingest.titles import LARGE, blocks, body_size

LISTED = 3  # that many themes close together are a list of them
LIST_GAP = 4  # blocks between two entries of a list, at most
TABLE_ROWS = 4  # rows of an impactkaart's table that a page needs to be one
HEADING = 110  # characters
LABEL_LINES = 3  # lines over which a row label is broken, at most, not counting its aside
LABEL_PIECE = 45  # characters of such a line
OWN_LABEL = 3  # how surely `strength_of` knows a theme's own label
SHORT = 60  # characters of a heading that stands above the first span
CARRIED = 0.9  # what is left of the confidence on the next page
# Headings with which a chapter begins; its theme is named later on.
_OPENING = re.compile(r"(?i)\s*(situatieschets|inleiding|aanleiding|huidige situatie|context)\s*:?\s*")
_PART = re.compile(r"\s*(\d{1,2})\s?([a-z])(?:\s*\+\s*\d[a-z])?[.:)]?(?:\s+(?=\S)|\s*$)")
_CHAPTER = re.compile(r"\s*(\d{1,2})[.:)]?(?:\s+(?=[A-Z‘])|\s*$)")
_ONLY_NUMBER = re.compile(r"\s*\d{1,2}[a-z]?\s*")
_LEAD = re.compile(r"(?i)\s*(?:\d{1,2}[.:]?\s+)?(thema|actielijn|opgave|fundament)\s")
_ASIDE = re.compile(r"\s\(|:")
_PLAIN = re.compile(r"[^a-z0-9à-ÿ]")
_UNKNOWN = re.compile(r"(?i)\s*(thema|actielijn|opgave|fundament)\s+(?=[a-z])(?!\d)[^|:]{4,60}$")
# A chapter known by a letter: 'B.2', 'Hoofdstuk C'.
_LETTERED = re.compile(r"(?i:\s*(?:hoofdstuk|bijlage)\s+\w{1,4}\b.*)|\s*[A-Z](?:\.\d{1,2}){1,2}(?:\s.*)?")
# Titles of the parts that every chapter has; they begin no new one.
_COMMON = re.compile(
    r"(?i)(?:\W|\d|\b(?:ambities?|visie|aanpak|doelgroep(?:en)?|doelstelling(?:en)?|overzicht|inhoud|planning|globale"
    r"|organisatie|vervolg|kanttekening(?:en)?|impact|acties?|activiteiten|oplossingsrichtingen|resultaten|regioplan"
    r"|per|van|het|de|en|onze)\b)+"
)
_LAST_OF = re.compile(r"\((\d{1,2})/\1\)")  # the last slide of several under one title
Kind = Literal["region", "label", "part", "chapter", "opening", "unknown", "listed", "divider", "title"]


@dataclass(frozen=True, slots=True)
class ThemeSpan:
    """From a line of a page on, until the next span: the theme that the text speaks of.

    Attributes:
        first_line: index into the page's lines.
        theme: its name, or '' where no theme holds.
        evidence: the heading or row label that says so.
        page: where that stands, 1-based.
        confidence: 0..1.
    """

    first_line: int
    theme: str
    evidence: str
    page: int
    confidence: float


@dataclass(frozen=True, slots=True)
class RowLabel:
    """The label of a table row.

    Attributes:
        first, last: index of its first line, and one past its last, in the page's lines.
        offset: where the row's text starts in line `first` when that line runs on into it; 0 when the label fills it.
        theme: the theme that it names.
    """

    first: int
    last: int
    offset: int
    theme: Theme


@dataclass(frozen=True, slots=True)
class _Event:
    """A heading that may change the theme, in document order."""

    page: int
    line: int
    kind: Kind
    text: str = ""
    theme: str = ""
    strength: int = 0
    number: tuple[int, str] = (0, "")
    large: bool = False  # the title of its page


@dataclass(slots=True)
class _State:
    """What has been read so far of one region's plan; theme None: a chapter has begun and will be named later."""

    theme: str | None = ""
    number: tuple[int, str] = (0, "")
    chapter: int = 0
    slides: bool = False  # chapters are numbered titles of pages
    passing: bool = False  # only words in the page's own type, or the last slide of several, say that it holds
    listed: str = ""  # first theme of a list that was passed while no theme held
    parts: dict[tuple[tuple[int, str], str], str | None] = field(default_factory=dict)


def attribute_themes(
    pages: Sequence[Sequence[Line]],
    regions: Sequence[Sequence[RegionSpan]] = (),
    titles: Sequence[Sequence[int]] = (),
) -> list[list[ThemeSpan]]:
    """Say for each page from which line on which theme holds.

    `regions` are the spans of `ingest.regions.attribute` for the same pages: where another region begins, no theme
    holds until one is named. `titles` are the lines with titles of slides: in a table each begins anew. Pages on which
    no theme holds get an empty list.
    """
    rows = [_row_events(lines, number) for number, lines in enumerate(pages, start=1)]
    table = _is_table(rows)
    events = _region_events(regions, table)
    if table:
        events += [_Event(number, line, "region") for number, found in enumerate(titles, start=1) for line in found]
    for number, lines in enumerate(pages, start=1):
        events += rows[number - 1] if table else _heading_events(lines, number)
    events.sort(key=lambda event: (event.page, event.line, event.kind != "region"))
    spans: list[list[ThemeSpan]] = [[] for _ in pages]
    current: ThemeSpan | None = None
    for held in _held(events):
        spans[held.page - 1].append(held)
    for number, (page, lines) in enumerate(zip(spans, pages, strict=True), start=1):
        if current and current.theme and (regions or not table) and not _begins(page, lines):
            page.insert(0, replace(current, first_line=0, confidence=round(current.confidence * CARRIED, 2)))
        current = page[-1] if page else current
        spans[number - 1] = [span for index, span in enumerate(page) if span.theme or index]
    return spans


def _begins(page: list[ThemeSpan], lines: Sequence[Line]) -> bool:
    """Whether a page's first span begins at its top, but for one short heading."""
    above = [line.text.strip() for line in lines[: page[0].first_line] if line.text.strip()] if page else [""]
    return bool(page) and (not above or (len(above) == 1 and len(above[0]) <= SHORT))


def _is_table(rows: Sequence[Sequence[_Event]]) -> bool:
    """Whether the document orders its text by rows with the impactkaart's themes, given the rows of every page."""
    counts = [len({event.theme for event in events}) for events in rows]
    full = sum(count >= TABLE_ROWS for count in counts)
    return full >= 3 or full * 4 >= len(rows) > 0


def _region_events(regions: Sequence[Sequence[RegionSpan]], table: bool) -> list[_Event]:
    """Where another region begins; in tables also where a new slide about the same region does."""
    events, before = [], {""}
    for number, page in enumerate(regions, start=1):
        for span in page:
            names = {attribution.region for attribution in span.attributions}
            fresh = table and any(attribution.page == number for attribution in span.attributions)
            if names != before or fresh:
                events.append(_Event(number, span.first_line, "region"))
            before = names
    return events


def row_labels(lines: Sequence[Line]) -> list[RowLabel]:
    """Find the labels of an impactkaart's rows on a page, in order; none where fewer than three rows stand.

    A label may be broken over up to four lines, run on into its row's text, or have slipped into the text's column.
    """
    found, at = list[RowLabel](), 0
    while at < len(lines):
        label = _label_at(lines, at)
        if label:
            found.append(label)
        at = label.last if label else at + 1
    return found if len({label.theme.name for label in found}) >= LISTED else []


def _label_at(lines: Sequence[Line], at: int) -> RowLabel | None:
    """The row label that begins with line `at`; the shortest run of lines that is one, with its aside."""
    if not may_be_row(lines[at].text):
        return None
    if split := split_label(lines[at].text):
        return RowLabel(at, at + 1, split[1], split[0]) if split[0].vocabulary == "impactkaart" else None
    text = ""
    for last in range(at + 1, min(at + LABEL_LINES, len(lines)) + 1):
        piece = lines[last - 1].text.strip()
        text = f"{text} {piece}"
        if len(piece) > LABEL_PIECE:
            return None
        named = strength_of(text)
        if named and named[1] == OWN_LABEL and named[0].vocabulary == "impactkaart":
            aside = lines[last].text.strip() if last < len(lines) else ""
            taken = aside.startswith("(") and aside.endswith(")") and len(aside) <= LABEL_PIECE
            return RowLabel(at, last + taken, 0, named[0])
    return None


def _row_events(lines: Sequence[Line], page: int) -> list[_Event]:
    return [
        _Event(page, row.first, "label", lines[row.first].text[:HEADING], row.theme.name, OWN_LABEL)
        for row in row_labels(lines)
    ]


def _heading_events(lines: Sequence[Line], page: int) -> list[_Event]:
    """The headings of a plan that name a theme or part, begin a chapter, or list the themes."""
    parts, body = blocks(lines), body_size(lines)
    found: list[tuple[int, _Event]] = []
    at = 0
    while at < len(parts):
        text, taken = parts[at].text, 1
        if _ONLY_NUMBER.fullmatch(text) and at + 1 < len(parts):
            text, taken = f"{text.strip()} {parts[at + 1].text}", 2
        large = at == 0 and (parts[at].size >= LARGE * body or len(parts) <= taken)
        if event := _heading(text, page, parts[at].first, large):
            found.append((at, replace(event, large=large)))
        at += taken
    return _without_lists(found)


def _heading(text: str, page: int, line: int, large: bool) -> _Event | None:
    """Read a block as a heading that matters for the theme."""
    if not _may_head(text) or _ONLY_NUMBER.fullmatch(text):
        return None
    if _OPENING.fullmatch(text) or (large and _LETTERED.fullmatch(text)):
        return _Event(page, line, "opening" if _OPENING.fullmatch(text) else "divider", text)
    named = strength_of(text)
    theme, strength = (named[0].name, int(named[1])) if named else ("", 0)
    if part := _PART.match(text):
        return _Event(page, line, "part", text, theme, strength, (int(part[1]), part[2]))
    chapter = _CHAPTER.match(text)
    number = (int(chapter[1]), "") if chapter else (0, "")
    if theme and (strength == 3 or _LEAD.match(text)):
        return _Event(page, line, "label", text, theme, strength, number)
    if theme and (strength == 2 or large):
        return _Event(page, line, "part", text, theme, strength, number if large else (0, ""))
    titled = large and not _COMMON.fullmatch(text)
    return _unnamed(text, page, line, theme, number) or (_Event(page, line, "title", text) if titled else None)


def _may_head(text: str) -> bool:
    start = text.lstrip()[:1]
    return len(text) <= HEADING and (start.isupper() or start.isdigit() or start in "‘'(") and text[-1] not in ".,;"


def _unnamed(text: str, page: int, line: int, theme: str, number: tuple[int, str]) -> _Event | None:
    """A heading that begins a chapter without naming a theme beyond doubt."""
    if number[0]:
        return _Event(page, line, "chapter", text, theme, 1 if theme else 0, number)
    return _Event(page, line, "unknown", text) if _UNKNOWN.fullmatch(text) else None


def _without_lists(found: list[tuple[int, _Event]]) -> list[_Event]:
    """Mark the labels that stand in a list of themes: they announce chapters and begin none."""
    events, run = [], found[:0]
    for entry in [*found, None]:
        if entry and run and entry[0] - run[-1][0] <= LIST_GAP:
            run.append(entry)
            continue
        themes = {event.theme for _, event in run if event.kind == "label"}
        is_list = len(themes) >= LISTED
        events += [replace(event, kind="listed") if is_list and event.kind != "opening" else event for _, event in run]
        run = [entry] if entry else []
    return events


def _held(events: list[_Event]) -> list[ThemeSpan]:
    """Run through the events: the spans that begin at them, those named later filled in."""
    state, taken = _State(), list[tuple[_Event, str | None, float]]()
    above: _Event | None = None
    for event in events:
        if event.kind == "region":
            state = _State()
            taken.append((event, "", 1.0))
        elif event.kind == "listed":
            state.listed = state.listed or ("" if state.theme else event.theme)
        elif (change := _change(state, event, above)) is not None:
            taken.append((event, *change))
        above = event
    return _filled(taken)


def _change(state: _State, event: _Event, above: _Event | None) -> tuple[str | None, float] | None:
    """Update the state: the theme that holds from this event and how sure that is, or None when nothing changes."""
    before = state.theme
    if event.kind == "opening":
        labelled = above and above.kind == "label" and above.page == event.page and event.line - above.line <= LIST_GAP
        if not labelled:
            state.theme, state.listed, state.number = (state.listed or None) if before == "" else None, "", (0, "")
        return None if labelled else (state.theme, 0.7)
    if event.kind == "label" or _begins_next(state, event):
        state.theme, state.number, state.chapter = event.theme, (0, ""), event.number[0]
        state.passing, state.slides = _is_passing(event), event.large and event.number[0] > 0
        return state.theme, 0.95
    if event.kind in {"unknown", "divider"} or (event.kind == "title" and state.passing):
        state.theme, state.number = "", (0, "")
        state.chapter = 0 if event.kind == "divider" else state.chapter
        return "", 0.9
    if event.kind == "part":
        state.theme, confidence = _of_part(state, event)
        state.passing = _is_passing(event)
        if event.large and event.number[0] and not event.number[1]:
            state.chapter, state.slides = event.number[0], True
        return (state.theme, confidence) if state.theme != before else None
    return None


def _begins_next(state: _State, event: _Event) -> bool:
    """Whether a heading bears the number after that of the chapter before it, and is set as that one was."""
    runs_on = event.kind == "chapter" and event.number[0] == state.chapter + 1 > 1
    return runs_on and (event.large or event.theme != "" or not state.slides)


def _is_passing(event: _Event) -> bool:
    """Whether what a heading names holds no longer than until the next page has a title of its own."""
    return _LAST_OF.search(event.text) is not None or not (event.large or event.number[0])


def _of_part(state: _State, event: _Event) -> tuple[str | None, float]:
    """The theme of a part: as the document listed it, else by its number, else by its name."""
    if not event.number[1]:
        return event.theme, 0.85
    key = (event.number, _plain(event.text))
    runs_on = event.number >= state.number and state.theme
    if key in state.parts:
        theme, confidence = state.parts[key], 0.85
    elif runs_on:
        theme, confidence = state.theme, 0.8
    else:
        theme, confidence = (
            (event.theme, 0.85) if event.strength > 1 else (None if event.strength else state.theme, 0.7)
        )
    state.number = event.number
    state.parts[key] = theme
    return theme, confidence


def _plain(heading: str) -> str:
    """A part's heading without number, aside and explanation, to recognise it where it comes back."""
    match = _PART.match(heading)
    name = _ASIDE.split(heading[match.end() if match else 0 :].lower().removeprefix("("))[0]
    return _PLAIN.sub("", name)


def _filled(taken: list[tuple[_Event, str | None, float]]) -> list[ThemeSpan]:
    """Name the chapters that began unnamed after the first theme that follows in the same region's plan."""
    spans: list[ThemeSpan] = []
    later, evidence = "", ""
    for event, theme, confidence in reversed(taken):
        if theme:
            later, evidence = theme, event.text
        elif event.kind in {"region", "unknown"}:
            later, evidence = "", ""
        name = later if theme is None else theme
        spans.append(ThemeSpan(event.line, name, event.text if theme else evidence, event.page, confidence))
    return spans[::-1]
