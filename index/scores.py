"""What a topic, or a passage as the topic, makes of every sentence."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from index.likeness import Comparand, Likeness
from index.search import Searcher
from index.sentences import COMPOUND, Sentences, Values
from index.thesaurus.concepts import load_thesaurus
from index.topic import Topic
from ingest.document import Passage

# A word that has more than this share of a topic's weight decides; without it a sentence counts for less.
DECISIVE = 0.7
UNMET = 0.85


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
        comparand: what compares passages with them.
    """

    def __init__(self, searcher: Searcher) -> None:
        self.sentences = Sentences(searcher.ranker.rows.passages)
        self.evidence = ~self.sentences.denial
        self._searcher = searcher
        vectors, encoder = searcher.generation.dense.vectors(), searcher.ranker.encoder
        self.comparand = Comparand(self.sentences, self.evidence, vectors, encoder, load_thesaurus())

    def of_topic(self, topic: Topic) -> Scores:
        """Score every sentence by the reading of the topic that suits it best."""
        relative = np.zeros(len(self.sentences.rows), dtype=np.float32)
        coverage = np.zeros_like(relative)
        for terms in topic.readings:
            met, whole = self.sentences.score(terms)
            met = met * self._decided(terms, whole)
            best = float(met[self.evidence].max(initial=0.0))
            if best and whole:
                coverage = np.where(met / best > relative, met / whole, coverage)
                relative = np.maximum(relative, met / best)
        words = {term for terms in topic.readings for term in terms}
        return Scores(relative, coverage, self._similarity(topic.text), self._marked(words))

    def _decided(self, terms: Sequence[str], whole: float) -> Values:
        """Return what the sentences of each passage count for: less where the word that decides a topic is not met.

        Else "preventie" and "ouderen" together would do for "valpreventie bij ouderen".
        """
        word = max(terms, key=self.sentences.weight)
        held = self.sentences.meet(word).passages >= COMPOUND
        counts = np.ones(len(held), dtype=np.float32)
        if self.sentences.weight(word) > DECISIVE * whole and held.any():
            counts[~held] = UNMET
        return np.asarray(counts[self.sentences.rows])

    def of_passage(self, passage: Passage, part: int = 0) -> tuple[Scores, Likeness]:
        """Score every sentence by how like it is to a passage of this index, or to one part of it.

        Raises:
            KeyError: the passage is not of this index.
            IndexError: it has no such part.
        """
        found = self.comparand.compare(passage, part)
        return Scores(found.likeness, found.likeness, found.meaning, self._marked(found.terms)), found

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
