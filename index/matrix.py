"""The matrix: what is planned on each theme, for each target group or in each sector, region by region.

An activity is a sentence, or a point of a list, that states something planned. Passages of one cell that say nearly the
same count once.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from index.rows import mapped
from index.search import Searcher
from index.sentences import sentence_spans
from ingest.activities import is_planned
from ingest.document import Extract, Passage
from ingest.regions import Region
from ingest.themes import themes

By = Literal["thema", "doelgroep", "sector"]
Vocabulary = Literal["impactkaart", "regioplan"]

# The row of the activities that no other row holds.
REST = {"thema": "Zonder thema", "doelgroep": "Zonder doelgroep", "sector": "Zonder sector"}


@dataclass(frozen=True, slots=True)
class Entry:
    """The activities of one passage in a cell.

    Attributes:
        passage: the passage that states them.
        copies: other passages of the same cell that say nearly the same.
        spans: where they stand in its text, one for each.
    """

    passage: Passage
    copies: tuple[Passage, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the matrix.

    Attributes:
        name: the theme, target group or sector.
        cells: the activities of each region, in the order of the matrix's regions.
        total: activities in all, those of each passage once.
    """

    name: str
    cells: tuple[tuple[Entry, ...], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Themes, target groups or sectors by regions.

    Attributes:
        by: what the rows are.
        regions: what the columns are, in the order of the gazetteer.
        lines: the rows; themes in their own order, the others by how much is planned; what has none comes last.
        totals: activities of each region, those of each passage once.
    """

    by: By
    regions: tuple[Region, ...]
    lines: tuple[Line, ...]
    totals: tuple[int, ...]


def make_matrix(
    searcher: Searcher,
    regions: Sequence[Region],
    by: By = "thema",
    vocabulary: Vocabulary = "impactkaart",
    theme: str = "",
) -> Matrix:
    """Put the activities of an index in a matrix.

    Args:
        searcher: an open index.
        regions: the columns.
        by: what the rows are.
        vocabulary: of which themes the rows are; an activity under a theme of the other vocabulary stands under
            those that go with it.
        theme: only activities under this theme or one that goes with it; '' for all.
    """
    kept = {theme, *mapped(theme)} if theme else set()
    planned = [p for p in searcher.ranker.rows.passages if p.activity and (not kept or p.theme in kept)]
    names = _namer(by, vocabulary, theme)
    of_region = [[p for p in planned if _speaks_of(p, region)] for region in regions]
    held = {id(p): names(p) or (REST[by],) for p in planned}
    lines = [
        _line(by, name, [[p for p in column if name in held[id(p)]] for column in of_region], searcher)
        for name in _order(
            by, vocabulary, theme, [name for column in of_region for p in column for name in held[id(p)]]
        )
    ]
    totals = tuple(
        sum(len(planned_spans(entry.passage)) for entry in fold(column, searcher.duplicates)) for column in of_region
    )
    return Matrix(by, tuple(regions), tuple(line for line in lines if line.total or line.name != REST[by]), totals)


def fold(passages: Sequence[Passage], duplicates: Callable[[str], Collection[str]]) -> tuple[Entry, ...]:
    """Make one entry of passages that say nearly the same; the first of them stands for the others."""
    first: dict[str, Passage] = {}
    copies: dict[str, list[Passage]] = {}
    for passage in passages:
        known = next((name for name in duplicates(passage.id) if name in copies), "")
        if known:
            copies[known].append(passage)
        elif passage.id not in first:
            first[passage.id] = passage
            copies[passage.id] = []
    return tuple(Entry(passage, tuple(copies[name])) for name, passage in first.items())


def planned_spans(passage: Passage) -> tuple[tuple[int, int], ...]:
    """Return where a passage states activities; all of it when that shows from no sentence by itself."""
    return _planned(passage.text, passage.section) or ((0, len(passage.text)),)


@lru_cache(maxsize=16384)
def _planned(text: str, section: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in sentence_spans(text) if is_planned(text[start:end], section))


def spans_of(passage: Passage, by: By, name: str) -> tuple[tuple[int, int], ...]:
    """Return where a passage states activities that belong in a row.

    Of a target group or sector these are the sentences that name it; the first when none does.
    """
    spans = planned_spans(passage)
    if by == "thema" or name == REST[by]:
        return spans
    at = [one.start for one in _extracts(passage, by) if one.value == name]
    return tuple((start, end) for start, end in spans if any(start <= one < end for one in at)) or spans[:1]


def values_of(passage: Passage, by: By) -> tuple[str, ...]:
    """Return the target groups or the sectors of an activity, or its theme; () when it has none."""
    if by == "thema":
        return (passage.theme,) if passage.theme else ()
    return tuple(dict.fromkeys(extract.value for extract in _extracts(passage, by)))


def _extracts(passage: Passage, by: By) -> tuple[Extract, ...]:
    if passage.activity is None:
        return ()
    return passage.activity.groups if by == "doelgroep" else passage.activity.sectors


def _namer(by: By, vocabulary: Vocabulary, theme: str) -> Callable[[Passage], tuple[str, ...]]:
    """Return what says in which rows a passage stands."""
    if by != "thema":
        return lambda passage: values_of(passage, by)
    own = {known.name for known in themes() if known.vocabulary == vocabulary}
    own = {theme} if theme else own
    placed = {known.name: (known.name,) if known.name in own else tuple(mapped(known.name) & own) for known in themes()}
    return lambda passage: placed.get(passage.theme, ())


def _order(by: By, vocabulary: Vocabulary, theme: str, found: Iterable[str]) -> list[str]:
    """Put the names of the rows in order."""
    if by == "thema":
        known = [one.name for one in themes() if one.vocabulary == vocabulary]
        return [theme] if theme else [*known, REST[by]]
    counts: dict[str, int] = {}
    for name in found:
        counts[name] = counts.get(name, 0) + 1
    return sorted(counts, key=lambda name: (name == REST[by], -counts[name], name))


def _line(by: By, name: str, columns: Sequence[Sequence[Passage]], searcher: Searcher) -> Line:
    cells = tuple(
        tuple(replace(entry, spans=spans_of(entry.passage, by, name)) for entry in fold(column, searcher.duplicates))
        for column in columns
    )
    counted = {entry.passage.id: len(entry.spans) for cell in cells for entry in cell}
    return Line(name, cells, sum(counted.values()))


def _speaks_of(passage: Passage, region: Region) -> bool:
    """Say whether a passage is a region's own; the part that stands for a whole has what is said of the whole."""
    return region.name in passage.regions or (region.whole and region.parent in passage.regions)
