"""Comparison: a topic to one row for every region of a level, found or not, with the evidence in its own passages."""

import math
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np

from index.analysis import find
from index.search import Hit, Searcher, Why, merge
from index.sentences import Places, Sentences, Values
from index.topic import Topic, parse_topic
from ingest.regions import Region, regions

Level = Literal["regio", "subregio"]
Strictness = Literal["streng", "ruim"]

# The part of a region that stands for the whole of it: what is said of the region itself is said of it.
WHOLE = "Regionaal"

MOST_HITS = 3
# A further passage is shown when it is at least so good as this share of the region's best.
KEPT = 0.5


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a region.

    Attributes:
        relative: how well its best sentence meets the topic, against the best of all sentences, 0..1.
        coverage: share of the topic's words, by rarity, that this sentence meets, 0..1.
    """

    relative: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Decision:
    """When a region counts as found: a logistic model with two thresholds.

    Attributes:
        intercept: the log-odds when every signal is 0.
        relative, coverage: log-odds for each unit of the evidence.
        streng, ruim: the least probability at either strictness.
        reach: share of the topic's words, by rarity, that some sentence must meet; else nothing is found anywhere.
    """

    intercept: float
    relative: float
    coverage: float
    streng: float
    ruim: float
    reach: float


# Fitted on the development comparisons by: python -m index.tune_compare QUESTIONS.jsonl --data DIR
DECISION = Decision(
    intercept=-4.1,
    relative=3.92,
    coverage=2.37,
    streng=0.36,
    ruim=0.2,
    reach=0.34,
)


@dataclass(frozen=True, slots=True)
class Row:
    """What a comparison says of one region.

    Attributes:
        region: the region.
        asked: whether the topic asks for this kind of region; one that is not asked for is never found.
        found: whether its passages hold the topic.
        denied: whether its plan says in so many words that there is nothing; the hits then say so.
        score: how well the best sentence meets the topic, against the best of all regions, 0..1.
        confidence: probability that it does what is asked, 0..1.
        hits: the best passages of a region that is found, best first, at most `MOST_HITS`.
    """

    region: Region
    asked: bool
    found: bool
    denied: bool
    score: float
    confidence: float
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A topic with a row for every region of the level, in the order of the gazetteer.

    Attributes:
        topic: the topic as it was read.
        level: the level that was asked for.
        parent: at level 'subregio' the region whose parts these are; else ''.
        strictness: how sure a find had to be.
        rows: one for each region that the corpus covers.
    """

    topic: str
    level: Level
    parent: str
    strictness: Strictness
    rows: tuple[Row, ...]


class _Scores(NamedTuple):
    """What a topic makes of every sentence, each shape (s,), and the terms that meet it.

    Similarity only decides which of a region's passages comes first: as a third signal of the decision it added nothing
    on the development comparisons, and without it the decision stands when the model changes.
    """

    relative: Values
    coverage: Values
    similarity: Values
    terms: frozenset[str]


class Comparer:
    """Compares the regions of one index.

    Args:
        searcher: an open index.
        decision: when a region counts as found.
    """

    def __init__(self, searcher: Searcher, decision: Decision = DECISION) -> None:
        self.sentences = Sentences(searcher.ranker.rows.passages)
        self.decision = decision
        self._searcher = searcher
        self._evidence = ~self.sentences.denial

    def compare(
        self, question: str, level: Level = "regio", strictness: Strictness = "streng", parent: str = ""
    ) -> Comparison:
        """Say of every region of a level whether its passages hold a topic.

        Args:
            question: a topic in words, or a question after one.
            level: 'regio' for the regions with the parts that are named after them; 'subregio' for the parts of one.
            strictness: 'streng' finds what is sure, 'ruim' also what may be.
            parent: at level 'subregio' the region whose parts are compared; '' is the one that the topic names, else
                the one whose parts the corpus says most about.
        """
        topic = parse_topic(question)
        whole = (parent or self._parent(topic)) if level == "subregio" else ""
        scores = self._score(topic)
        known = self._known(topic, scores)
        rows = tuple(self._row(region, topic, scores, strictness, known) for region in self.regions(level, whole))
        return Comparison(topic.text, level, whole, strictness, rows)

    def regions(self, level: Level, parent: str = "") -> list[Region]:
        """Return the regions of a level that the corpus covers."""
        covered = self.sentences.regions()
        known = [region for region in regions() if region.name in covered or self._stands_for(region) & covered]
        if level == "subregio":
            return [region for region in known if region.parent == parent]
        return [region for region in known if not region.parent or region.name.startswith(region.parent)]

    def reach(self, question: str) -> float:
        """Return the largest share of a topic's words, by rarity, that some sentence meets, 0..1."""
        return float(self._score(parse_topic(question)).coverage.max(initial=0.0))

    def evidence(self, question: str, level: Level, parent: str = "") -> dict[str, Evidence]:
        """Return what speaks for each region that a question asks for."""
        topic = parse_topic(question)
        scores = self._score(topic)
        known = self.regions(level, parent or self._parent(topic))
        return {region.name: self._weigh(scores, self._of(region)) for region in known if _asked(topic, region)}

    def _known(self, topic: Topic, scores: _Scores) -> bool:
        """Say whether the corpus holds the topic at all; where it lacks a word, the search must find an answer too."""
        words = {term for terms in topic.readings for term in terms}
        if float(scores.coverage.max(initial=0.0)) < self.decision.reach:
            return False
        return all(self.sentences.variants(term) for term in words) or self._searcher.search(topic.text, 1).answered

    def _row(self, region: Region, topic: Topic, scores: _Scores, strictness: Strictness, known: bool) -> Row:
        own = self._of(region)
        weighed = self._weigh(scores, own)
        confidence = probability(weighed, self.decision)
        asked = _asked(topic, region)
        enough = self.decision.streng if strictness == "streng" else self.decision.ruim
        found = asked and known and confidence >= enough
        said = own[self.sentences.denial[own]] if asked and not found else own[self._evidence[own]]
        shown = self._best(said, scores) if found or (asked and self._says_no(said, scores)) else []
        hits = tuple(self._hit(row, rank, scores) for rank, row in enumerate(shown, 1))
        return Row(region, asked, found, bool(hits) and not found, weighed.relative, confidence, hits)

    def _score(self, topic: Topic) -> _Scores:
        """Score every sentence by the reading of the topic that suits it best."""
        relative = np.zeros(len(self.sentences.rows), dtype=np.float32)
        coverage = np.zeros_like(relative)
        for terms in topic.readings:
            met, whole = self.sentences.score(terms)
            best = float(met[self._evidence].max(initial=0.0))
            if best and whole:
                coverage = np.where(met / best > relative, met / whole, coverage)
                relative = np.maximum(relative, met / best)
        words = {term for terms in topic.readings for term in terms}
        held = frozenset(variant for term in words for variant, _ in self.sentences.variants(term))
        return _Scores(relative, coverage, self._similarity(topic.text), held)

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

    def _weigh(self, scores: _Scores, own: Places) -> Evidence:
        """Sum up a region's sentences; those that say no do not count."""
        own = own[self._evidence[own]]
        if not own.size:
            return Evidence(0.0, 0.0)
        best = own[np.argmax(scores.relative[own])]
        return Evidence(float(scores.relative[best]), float(scores.coverage[best]))

    def _best(self, own: Places, scores: _Scores) -> list[int]:
        """Return the sentences of the best passages, one for each, best first; the more similar one wins a tie."""
        order = own[np.lexsort((own, -scores.similarity[own], -scores.relative[own]))]
        least = KEPT * float(scores.relative[order[0]]) if order.size else 0.0
        first: dict[int, int] = {}
        for sentence in order.tolist():
            if scores.relative[sentence] >= least:
                first.setdefault(int(self.sentences.rows[sentence]), sentence)
        return list(first.values())[:MOST_HITS]

    def _says_no(self, denials: Places, scores: _Scores) -> bool:
        return bool(denials.size) and float(scores.relative[denials].max()) >= KEPT

    def _hit(self, sentence: int, rank: int, scores: _Scores) -> Hit:
        passage = self.sentences.passages[self.sentences.rows[sentence]]
        marks = merge(find(passage.text, scores.terms))
        matched = tuple(dict.fromkeys(passage.text[start:end] for start, end in marks))
        score = min(float(scores.relative[sentence]), 1.0)
        return Hit(rank, score, passage, marks, Why(score, float(scores.similarity[sentence]), matched, ()))

    def _of(self, region: Region) -> Places:
        """Return the sentences that speak of a region itself."""
        return self.sentences.of_regions({region.name} | self._stands_for(region))

    def _stands_for(self, region: Region) -> set[str]:
        return {region.parent} if region.name == WHOLE and region.parent else set()

    def _parent(self, topic: Topic) -> str:
        """Return the region whose parts a topic asks for: the one named, else the one most is said about."""
        parents = {region.name: region.parent for region in regions()}
        wholes = {parent for parent in parents.values() if parent}
        for name in topic.regions:
            if whole := (name if name in wholes else parents.get(name, "")):
                return whole
        said = {whole: len(self.sentences.of_regions(n for n, p in parents.items() if p == whole)) for whole in wholes}
        return max(sorted(said), key=lambda whole: said[whole], default="")


def probability(evidence: Evidence, decision: Decision = DECISION) -> float:
    """Return the probability, 0..1, that a region does what is asked."""
    odds = decision.intercept + decision.relative * evidence.relative + decision.coverage * evidence.coverage
    return 1 / (1 + math.exp(-odds))


def _asked(topic: Topic, region: Region) -> bool:
    return not topic.kinds or region.kind in topic.kinds


_LOCK = threading.Lock()


def comparer_of(searcher: Searcher) -> Comparer:
    """Return the comparer of an open index, made once; that of the index before goes."""
    with _LOCK:
        return _comparer(searcher)


@lru_cache(maxsize=1)
def _comparer(searcher: Searcher) -> Comparer:
    return Comparer(searcher)
