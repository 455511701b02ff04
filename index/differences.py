"""What differs: two to five regions side by side on a topic, from what their own passages say of it."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from index.analysis import tokens
from index.compare import Comparer, Row, Strictness
from index.figures import find_figures
from index.topic import frame_terms, parse_topic
from ingest.document import Extract, Passage
from ingest.regions import Region, find_mentions

Kind = Literal["woorden", "doelgroepen", "sectoren", "partners", "termijnen", "cijfers"]
KINDS: tuple[Kind, ...] = ("woorden", "doelgroepen", "sectoren", "partners", "termijnen", "cijfers")

FEWEST, MOST = 2, 5
# Passages of a region that are read, and words that are shown of each region and of all together.
MOST_PASSAGES = 12
MOST_WORDS = 12
# A passage is read when its best sentence meets the topic this well against the region's best.
KEPT = 0.6
# Letters that a word needs to tell regions apart, or more when it stands in one passage only: long words are things,
# short ones often not.
SHORTEST, LONG = 5, 9
# How many places of one thing in one region are pointed to.
MOST_PLACES = 5

# What was or will be done to something tells little without it.
_VERB = re.compile(r"(?:ge|her|be|ver|ont)\w*(?:eerd|erd|eld|kt)|\w+(?:is|ic|ul|il)eren|\w+iëren")


class Span(NamedTuple):
    """Words of a passage."""

    passage: Passage
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Value:
    """Something that passages say, with who says it.

    Attributes:
        name: the word, target group, sector, organisation, term or figure.
        held: for each region that says it, by name, where; in the order of the regions asked for.
    """

    name: str
    held: Mapping[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Aspect:
    """One sort of things that passages say.

    Attributes:
        kind: which.
        shared: what two regions or more say, what most say first.
        own: what only one of them says, by region.
    """

    kind: Kind
    shared: tuple[Value, ...]
    own: Mapping[str, tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Differences:
    """Regions side by side.

    Attributes:
        topic: the topic as it was read.
        strictness: how sure a find had to be.
        rows: of each region asked for, in that order, what a comparison says of it.
        passages: what was read of each region that is found, by name, best first.
        aspects: one for each kind, in order.
    """

    topic: str
    strictness: Strictness
    rows: tuple[Row, ...]
    passages: Mapping[str, tuple[Passage, ...]]
    aspects: tuple[Aspect, ...]


def differences(
    comparer: Comparer, question: str, regions: Sequence[Region], strictness: Strictness = "streng"
) -> Differences:
    """Put regions side by side on a topic.

    Args:
        comparer: compares the regions of an index.
        question: a topic in words, or a question after one.
        regions: `FEWEST` to `MOST` of them, each once; they may be of different levels.
        strictness: how sure a find must be; of a region that is not found nothing is read.
    """
    topic, rows = comparer.compare_only(question, regions, strictness)
    scores = comparer.scorer.of_topic(parse_topic(question))
    read = {row.region.name: tuple(_read(comparer, row, scores.relative)) for row in rows if row.found}
    said = _words(comparer, read, {term for reading in parse_topic(question).readings for term in reading})
    aspects = [said, *(_aspect(kind, read, SPANS[kind]) for kind in KINDS[1:])]
    return Differences(topic, strictness, rows, read, tuple(aspects))


def _read(comparer: Comparer, row: Row, relative: np.ndarray) -> Iterator[Passage]:
    """Yield the passages of a region that are on the topic, best first, near-copies left out."""
    own = comparer.own(row.region)
    order = own[np.lexsort((own, -relative[own]))]
    seen: set[str] = set()
    for sentence in order.tolist():
        passage = comparer.sentences.passages[int(comparer.sentences.rows[sentence])]
        if relative[sentence] < KEPT * float(relative[order[0]]) or len(seen) >= MOST_PASSAGES:
            return
        if passage.id not in seen and seen.isdisjoint(comparer.searcher.duplicates(passage.id)):
            seen.add(passage.id)
            yield passage


def _aspect(
    kind: Kind, read: Mapping[str, Sequence[Passage]], spans: Callable[[Passage], Iterable[tuple[str, int, int]]]
) -> Aspect:
    """Gather what every region says, and part what is shared from what is its own."""
    held: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, str] = {}
    for region, passages in read.items():
        for passage in passages:
            for name, start, end in spans(passage):
                key = " ".join(name.lower().split())
                names.setdefault(key, name)
                held[key][region].append(Span(passage, start, end))
    values = [
        Value(names[key], {region: tuple(places[:MOST_PLACES]) for region, places in by.items()})
        for key, by in held.items()
    ]
    return _part(kind, values, read)


def _part(kind: Kind, values: Iterable[Value], read: Iterable[str]) -> Aspect:
    ordered = sorted(values, key=lambda one: (-len(one.held), -sum(map(len, one.held.values()))))
    own = {region: tuple(one for one in ordered if set(one.held) == {region}) for region in read}
    return Aspect(kind, tuple(one for one in ordered if len(one.held) > 1), own)


def _words(comparer: Comparer, read: Mapping[str, Sequence[Passage]], topic: set[str]) -> Aspect:
    """Find the words that regions share and those that tell one from the others, the most telling first.

    A word tells more as it is rarer in the corpus and stands in more of a region's passages.
    """
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    held: dict[str, dict[str, dict[str, Span]]] = defaultdict(lambda: defaultdict(dict))
    for region, passages in read.items():
        for passage in passages:
            for term, form, start, end in _telling(passage, topic):
                forms[term][form.lower()] += 1
                held[term][region].setdefault(passage.id, Span(passage, start, end))
    weight = comparer.sentences.weight
    ranked = sorted(held, key=lambda term: (-weight(term) * sum(map(len, held[term].values())), term))
    values = [
        Value(
            forms[term].most_common(1)[0][0],
            {region: tuple(places.values())[:MOST_PLACES] for region, places in held[term].items()},
        )
        for term in ranked
        if max(map(len, forms[term])) >= LONG or sum(map(len, held[term].values())) > 1
    ]
    shared = sorted((one for one in values if len(one.held) > 1), key=lambda one: -len(one.held))
    own = {region: tuple(one for one in values if set(one.held) == {region})[:MOST_WORDS] for region in read}
    return Aspect("woorden", tuple(shared[:MOST_WORDS]), own)


def _telling(passage: Passage, topic: set[str]) -> Iterator[tuple[str, str, int, int]]:
    """Yield the words that may tell: no words of asking, of the topic, names of regions, figures or short words."""
    names = [(mention.start, mention.end) for mention in find_mentions(passage.text)]
    frame = frame_terms()
    for form, start, end, term in tokens(passage.text):
        named = any(a <= start < b for a, b in names)
        tells = len(form) >= SHORTEST and form.isalpha() and not _VERB.fullmatch(form.lower())
        if tells and not named and term not in frame and term not in topic:
            yield term, form, start, end


def _extracts(field: str) -> Callable[[Passage], Iterator[tuple[str, int, int]]]:
    """Return what reads one field of an activity; where a value has no name of its own its words are it."""

    def spans(passage: Passage) -> Iterator[tuple[str, int, int]]:
        found: tuple[Extract, ...] = getattr(passage.activity, field, ())
        for one in found:
            yield (one.text if field == "terms" else one.value or one.text), one.start, one.end

    return spans


def _figures(passage: Passage) -> Iterator[tuple[str, int, int]]:
    """Read figures, amounts of money among them."""
    for start, end in find_figures(passage.text):
        yield passage.text[start:end], start, end
    for one in passage.activity.money if passage.activity else ():
        yield one.text, one.start, one.end


SPANS: Mapping[Kind, Callable[[Passage], Iterable[tuple[str, int, int]]]] = {
    "doelgroepen": _extracts("groups"),
    "sectoren": _extracts("sectors"),
    "partners": _extracts("partners"),
    "termijnen": _extracts("terms"),
    "cijfers": _figures,
}
