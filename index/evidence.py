"""Evidence: how much of a question stands together, in a row, on a page, in one sentence with what was asked for.

A word counts by its rarity. Where the thesaurus gives other words for it, a text that holds one of those counts for
their share.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from index.analysis import analyse, tokens
from index.asked import Sort, gives, wanted
from index.expansion import Group
from index.lexical import LexicalIndex
from index.query import Query
from ingest.document import Passage

Values = NDArray[np.float32]
Span = tuple[int, int]
Similar = Callable[[Sequence[str]], Values]

# What a word in the rest of the passage or in its headings counts, against one in the sentence itself.
AROUND = 0.3

# What meaning counts against words when both choose a sentence. The marked sentence holds the gold quote in 0.79 of the
# passages that have it; in 0.71 by words alone, and 0.29 when the first sentence is taken.
MEANING = 0.5

# Passages whose sentences are kept in memory: those of many questions, and never more than some ten megabytes.
READ = 1000

# These say what sort of thing is asked for; that it stands there is judged by what was found, not by the word.
_ASKING = "procent percentage percentages aantal aandeel regio subregio"

_END = re.compile(r"(?<=[.;!?])\s+|\n+|(?<=\S) (?=[•▪] )")


@dataclass(frozen=True, slots=True)
class Part:
    """A word of the question's topic.

    Attributes:
        term: what it is compared by.
        weight: its rarity, as a share of the whole topic's; they sum to 1.
        alternatives: (terms, share): what may stand in its place and counts for how much.
    """

    term: str
    weight: float
    alternatives: tuple[tuple[tuple[str, ...], float], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an index holds of a question.

    Attributes:
        sort: the sort of answer that is wanted.
        parts: the words of its topic.
        held: how far each row holds each word, 0..1, shape (words, rows).
        share: which share of the question each row holds, 0..1, shape (rows,).
    """

    sort: Sort
    parts: tuple[Part, ...]
    held: Values
    share: Values


@dataclass(frozen=True, slots=True)
class Best:
    """The sentence of a passage that answers best.

    Attributes:
        span: where it stands in the passage's text, half-open.
        share: the greatest share of the question that a sentence with the sort of answer that is wanted holds, 0..1.
        any: the greatest share of any sentence, whatever it has.
    """

    span: Span
    share: float
    any: float


def gather(query: Query, groups: Iterable[Group], lexical: LexicalIndex) -> Evidence:
    """Look up what every row holds of a question."""
    parts = _parts(query, groups, lexical)
    held = np.zeros((len(parts), lexical.rows), dtype=np.float32)
    for row, part in zip(held, parts, strict=True):
        for terms, share in part.alternatives:
            places = lexical.holders(terms)
            row[places] = np.maximum(row[places], np.float32(share))
        row[lexical.holders((part.term,))] = 1.0
    return Evidence(wanted(query.text), parts, held, _weights(parts) @ held)


def best_sentence(passage: Passage, row: int, evidence: Evidence, similar: Similar | None = None) -> Best:
    """Return the sentence of a passage, which is row `row`, that answers best.

    A sentence without the sort of answer that is wanted stands behind every one that has it.

    Args:
        passage: where to look.
        row: its row in the index.
        evidence: what was asked.
        similar: the cosine similarity of texts to the question; without it words alone choose.
    """
    found = list(_scored(passage.text, evidence.parts, float(evidence.share[row])))
    if not found:
        return Best((0, len(passage.text)), 0.0, 0.0)
    texts = [passage.text[start:end] for (start, end), _ in found]
    fits = [gives(text, evidence.sort) for text in texts]
    # One sentence needs no choice, and no meaning.
    meaning = similar(texts).tolist() if similar and len(texts) > 1 else [0.0] * len(texts)
    merit = [(1 - MEANING) * share + MEANING * near for (_, share), near in zip(found, meaning, strict=True)]
    best = max(range(len(found)), key=lambda at: (fits[at], merit[at]))
    return Best(
        span=found[best][0],
        share=max((share for (_, share), fit in zip(found, fits, strict=True) if fit), default=0.0),
        any=max(share for _, share in found),
    )


@lru_cache(maxsize=READ)
def read(text: str) -> tuple[tuple[Span, frozenset[str]], ...]:
    """Return the sentences of a text, of its lines and of the items of its lists, each with the terms that it holds."""
    ends = [(match.start(), match.end()) for match in _END.finditer(text)]
    starts = [0, *(after for _, after in ends)]
    stops = [*(before for before, _ in ends), len(text)]
    spans = [(start, stop) for start, stop in zip(starts, stops, strict=True) if text[start:stop].strip()]
    held: list[set[str]] = [set() for _ in spans]
    for token in tokens(text):
        at = bisect_right(spans, token.start, key=lambda span: span[0]) - 1
        if at >= 0:
            held[at].add(token.term)
    return tuple((span, frozenset(terms)) for span, terms in zip(spans, held, strict=True))


def _scored(text: str, parts: Sequence[Part], around: float) -> Iterator[tuple[Span, float]]:
    """Yield the sentences of a text, each with the share of the question that it holds, 0..1."""
    for span, terms in read(text):
        own = sum(part.weight * _share(part, terms) for part in parts)
        yield span, (1 - AROUND) * own + AROUND * around


def _parts(query: Query, groups: Iterable[Group], lexical: LexicalIndex) -> tuple[Part, ...]:
    """Return the words of a question's topic, each with its weight and what may stand in its place."""
    others: dict[str, tuple[tuple[tuple[str, ...], float], ...]] = {}
    for group in groups:
        found = tuple((one.terms, one.share) for one in group.alternatives)
        others |= dict.fromkeys(group.terms, found)
    rarity = {term: lexical.rarity(term) for term in query.topic if term not in _asking()}
    whole = sum(rarity.values()) or 1.0
    return tuple(Part(term, value / whole, others.get(term, ())) for term, value in rarity.items())


@cache
def _asking() -> frozenset[str]:
    return frozenset(analyse(_ASKING))


def _weights(parts: Sequence[Part]) -> Values:
    return np.array([part.weight for part in parts], dtype=np.float32)


def _share(part: Part, inside: frozenset[str]) -> float:
    """Return how far a text that holds these terms holds a word."""
    if part.term in inside:
        return 1.0
    return max((share for terms, share in part.alternatives if inside.issuperset(terms)), default=0.0)
