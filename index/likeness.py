"""From a passage: how like every sentence is to the activities in it.

A passage often holds several activities, so that its parts, the sentences, are each compared by themselves. Three
signals count, each in standard deviations above what sentences elsewhere have: shared words by rarity, nearness of
meaning, and shared concepts of the thesaurus, in whatever words. A sentence is as like as it is to the nearest part.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.embed import Encoder
from index.sentences import Sentences, Values
from index.thesaurus.concepts import Thesaurus, places
from index.topic import passage_terms
from ingest.document import Passage

# Of a part, or of the whole passage, no more than its rarest words count.
RAREST = 16
# A sentence of fewer terms is a label; it is a part only of a passage that has no other.
LEAST_TERMS = 3
# What counts beside the words of a part, which count 1. Chosen on 103 passages of the development comparisons: of the
# regions that people gave for them, these put the largest share above the regions that they did not.
MEANING = 1.0
CONCEPTS = 0.5
WHOLE = 1.0
# Share of the passage's own meaning beside its words, when it is taken as a whole.
WHOLE_MEANING = 0.3
# At how many standard deviations likeness is a half, and over how many it goes up by a good quarter.
MIDDLE = 11.75
SLOPE = 3.0


class Part(NamedTuple):
    """A part of a passage: its half-open span in the passage's text."""

    start: int
    end: int


class Likeness(NamedTuple):
    """How like every sentence is to a passage.

    Attributes:
        likeness: 0..1, shape (s,).
        parts: the parts that were compared.
        nearest: which of them each sentence is nearest to, shape (s,).
        meaning: nearness of meaning to the passage, cosine, shape (s,).
        terms: the words that count.
    """

    likeness: Values
    parts: tuple[Part, ...]
    nearest: NDArray[np.intp]
    meaning: Values
    terms: tuple[str, ...]


class Comparand:
    """Compares passages of one index with all its sentences.

    Args:
        sentences: the sentences.
        evidence: which of them may speak for a region, shape (s,).
        vectors: of the passages, shape (n, d).
        encoder: what made them.
        thesaurus: the concepts.
    """

    def __init__(
        self,
        sentences: Sentences,
        evidence: NDArray[np.bool_],
        vectors: NDArray[np.float32],
        encoder: Encoder,
        thesaurus: Thesaurus,
    ) -> None:
        self.sentences = sentences
        self.evidence = evidence
        self._vectors = vectors
        self._encoder = encoder
        self._thesaurus = thesaurus
        self._row_of = {passage.id: row for row, passage in enumerate(sentences.passages)}

    def parts(self, passage: Passage) -> tuple[Part, ...]:
        """Return the parts of a passage that are compared: its sentences, without mere labels.

        Raises:
            KeyError: the passage is not of this index.
        """
        spans = [Part(*self.sentences.span(number)) for number in self.sentences.of_row(self._row_of[passage.id])]
        said = [span for span in spans if len(passage_terms(passage.text[span.start : span.end])) >= LEAST_TERMS]
        return tuple(said or spans or [Part(0, len(passage.text))])

    def compare(self, passage: Passage, part: int = 0) -> Likeness:
        """Compare a passage of this index, or one of its parts, with every sentence.

        Args:
            passage: the passage.
            part: the 1-based number of the part; 0 for all of them.

        Raises:
            KeyError: the passage is not of this index.
            IndexError: it has no such part.
        """
        parts = self.parts(passage)
        chosen = [parts[part - 1]] if part else list(parts)
        elsewhere = self.evidence.copy()
        elsewhere[self.sentences.of_regions(passage.regions)] = False
        texts = [passage.text[start:end] for start, end in chosen]
        meanings = self._vectors @ self._encoder.encode_passages(texts).T
        found = [self._near(text, meanings[:, at], elsewhere) for at, text in enumerate(texts)]
        each, shares = zip(*found, strict=True)
        nearest = np.argmax(np.stack(each), axis=0)
        near = np.max(np.stack(each), axis=0)
        own = meanings[:, 0] if part else self._vectors @ self._vectors[self._row_of[passage.id]]
        meaning = own[self.sentences.rows]
        near = near + WHOLE * _standard(self._whole(texts[0] if part else passage.text, meaning), elsewhere)
        terms = tuple(dict.fromkeys(term for text in texts for term in self._rarest(text)))
        # what shares most of a part's words is like it, also where few sentences are there to stand out from
        likest = np.maximum(likeness(near), np.max(np.stack(shares), axis=0))
        return Likeness(np.asarray(likest), tuple(chosen), nearest, meaning, terms)

    def _near(self, text: str, meaning: Values, elsewhere: NDArray[np.bool_]) -> tuple[Values, Values]:
        """Add up the three signals of one part; and return which share of its words, by weight, is met."""
        words, most = self.sentences.score(self._rarest(text))
        meant = MEANING * _standard(meaning[self.sentences.rows], elsewhere)
        shared = CONCEPTS * _standard(self._concepts_shared(text), elsewhere)
        return _standard(words, elsewhere) + meant + shared, np.clip(words / np.float32(most or 1), 0, 1)

    def _whole(self, text: str, meaning: Values) -> Values:
        """Weigh all that is compared as one: its words against the most that they can weigh, and its meaning."""
        words, most = self.sentences.score(self._rarest(text))
        return (1 - WHOLE_MEANING) * words / np.float32(most or 1) + WHOLE_MEANING * np.clip(meaning, 0, 1)

    def _rarest(self, text: str) -> list[str]:
        terms = sorted(passage_terms(text), key=lambda term: (-self.sentences.weight(term), term))
        return terms[:RAREST]

    def _concepts_shared(self, text: str) -> Values:
        shared = np.zeros(len(self.sentences.rows), dtype=np.float32)
        for concept in concepts_in(text, self._thesaurus):
            if (held := self._concepts.get(concept)) is not None:
                shared[held.sentences] += np.float32(held.weight)
        return shared

    @cached_property
    def _concepts(self) -> Mapping[str, "_Held"]:
        """Look up where each concept stands; made when a passage is first compared."""
        found: dict[str, list[int]] = defaultdict(list)
        for number in range(len(self.sentences.rows)):
            for concept in concepts_in(self.sentences.text(number), self._thesaurus):
                found[concept].append(number)
        return {concept: self._weigh(numbers) for concept, numbers in found.items()}

    def _weigh(self, numbers: Sequence[int]) -> "_Held":
        """Weigh a concept by how few regions speak of it."""
        passages, rows = self.sentences.passages, self.sentences.rows
        regions = {name for number in numbers for name in passages[int(rows[number])].regions}
        rarity = math.log(1 + len(self.sentences.regions()) / (1 + len(regions)))
        return _Held(np.array(numbers, dtype=np.intp), rarity**3)


class _Held(NamedTuple):
    """Where a concept stands, and what it weighs."""

    sentences: NDArray[np.intp]
    weight: float


def likeness(near: Values) -> Values:
    """Return standard deviations as a share, 0..1."""
    return np.asarray(1 / (1 + np.exp((MIDDLE - near) / SLOPE)), dtype=np.float32)


def concepts_in(text: str, thesaurus: Thesaurus) -> frozenset[str]:
    """Return the concepts that a text names, the longest labels first."""
    return frozenset(name for sequence in places(text) for name in _named([t.term for t in sequence], thesaurus))


def _named(terms: Sequence[str], thesaurus: Thesaurus) -> Iterator[str]:
    at = 0
    while at < len(terms):
        longest = range(min(thesaurus.longest, len(terms) - at), 0, -1)
        found = next(((n, held) for n in longest if (held := thesaurus.find(tuple(terms[at : at + n])))), None)
        if found:
            yield found[1].label
        at += found[0] if found else 1


def _standard(values: Values, elsewhere: Iterable[bool] | NDArray[np.bool_]) -> Values:
    """Return values in standard deviations from the mean of those elsewhere; all 0 when these are all alike."""
    others = values[np.asarray(elsewhere)]
    spread = float(others.std()) if others.size else 0.0
    if spread <= 0:
        return np.zeros_like(values)
    return np.asarray((values - others.mean()) / spread, dtype=np.float32)
