"""What a topic, or a passage as the topic, makes of every sentence."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from index.search import Searcher
from index.sentences import COMPOUND, Sentences, Values
from index.topic import Topic, passage_terms
from ingest.document import Passage

# From a passage: how many of its rarest words count, and which share its meaning has beside them.
RAREST = 16
MEANING = 0.3


class Scores(NamedTuple):
    """What a topic makes of every sentence, each shape (s,), and the terms that meet it.

    Similarity only decides which of a region's passages comes first: as a third signal of the decision it added nothing
    on the development comparisons, and without it the decision stands when the model changes.
    """

    relative: Values
    coverage: Values
    similarity: Values
    terms: frozenset[str]


class Scorer:
    """Scores the sentences of one index.

    Args:
        searcher: an open index.

    Attributes:
        sentences: what is scored.
        evidence: which sentences may speak for a region: those that do not deny, shape (s,).
    """

    def __init__(self, searcher: Searcher) -> None:
        self.sentences = Sentences(searcher.ranker.rows.passages)
        self.evidence = ~self.sentences.denial
        self._searcher = searcher
        self._row_of = {passage.id: row for row, passage in enumerate(self.sentences.passages)}

    def of_topic(self, topic: Topic) -> Scores:
        """Score every sentence by the reading of the topic that suits it best."""
        relative = np.zeros(len(self.sentences.rows), dtype=np.float32)
        coverage = np.zeros_like(relative)
        for terms in topic.readings:
            met, whole = self.sentences.score(terms)
            best = float(met[self.evidence].max(initial=0.0))
            if best and whole:
                coverage = np.where(met / best > relative, met / whole, coverage)
                relative = np.maximum(relative, met / best)
        words = {term for terms in topic.readings for term in terms}
        return Scores(relative, coverage, self._similarity(topic.text), self._marked(words))

    def of_passage(self, passage: Passage) -> Scores:
        """Score every sentence by what it shares with a passage of this index: its rarest words, and its meaning.

        The nearest sentence of another region has 1.0: how like two texts are in numbers differs with the model.

        Raises:
            KeyError: the passage is not of this index.
        """
        row = self._row_of[passage.id]
        terms = sorted(passage_terms(passage.text), key=lambda term: (-self.sentences.meet(term).weight, term))
        met, whole = self.sentences.score(terms[:RAREST])
        vectors = self._searcher.generation.dense.vectors()
        meaning = (vectors @ vectors[row])[self.sentences.rows]
        near = (1 - MEANING) * met / np.float32(whole or 1) + MEANING * np.clip(meaning, 0, 1)
        elsewhere = self.evidence.copy()
        elsewhere[self.sentences.of_regions(passage.regions)] = False
        best = max(float(near[elsewhere].max(initial=0.0)), 1e-6)
        return Scores(np.minimum(near / best, 1), near, meaning, self._marked(terms[:RAREST]))

    def _marked(self, terms: Iterable[str]) -> frozenset[str]:
        """Return the words to mark: those that hold a term whole; a mere part of one would mark common words."""
        words = [word for term in terms for word in (term, *self.sentences.parts(term))]
        variants = (variant for word in words for variant in self.sentences.variants(word))
        return frozenset(word for word, share in variants if share >= COMPOUND)

    def _similarity(self, text: str) -> Values:
        """Return the similarity of each sentence's passage to a text, in standard deviations from their mean."""
        dense = self._searcher.generation.dense
        count = len(dense)
        if not count or not len(self.sentences.rows):
            return np.zeros(len(self.sentences.rows), dtype=np.float32)
        found, rows = dense.search(self._searcher.ranker.encoder.encode_queries([text]), count)
        cosines = np.zeros(count, dtype=np.float32)
        cosines[rows[0]] = found[0]
        own = cosines[self.sentences.rows]
        return np.asarray((own - own.mean()) / max(float(own.std()), 1e-6), dtype=np.float32)
