"""Comparison: a topic to one row for every region of a level, found or not, with the evidence in its own passages."""

import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np

from index.analysis import analyse, find
from index.decision import DECISION, Decision, Evidence, probability
from index.likeness import Likeness, Part
from index.scores import Scorer, Scores
from index.search import Hit, Searcher, Why, merge
from index.sentences import Places
from index.topic import parse_topic
from ingest.document import Passage
from ingest.regions import Region, regions

Level = Literal["regio", "subregio"]
Strictness = Literal["streng", "ruim"]

MOST_HITS = 3
# A further passage is shown when it is at least so good as this share of the region's best.
KEPT = 0.5

# Two sentences of so many terms or more that share this part of all their terms are copies of one text.
COPY = 0.8
SHORTEST_COPY = 5

# From a passage: the least likeness. On 103 passages of the development comparisons 'streng' shows 0.93 of the regions
# that do the same, 'ruim' 0.98; a passage holds several things, so most of the others shown share another of them.
LIKENESS: dict[Strictness, float] = {"streng": 0.4, "ruim": 0.2}


@dataclass(frozen=True, slots=True)
class Row:
    """What a comparison says of one region.

    Attributes:
        region: the region.
        asked: whether the topic asks for this kind of region; one that is not asked for is never found.
        found: whether its passages hold the topic.
        denied: whether its plan says in so many words that there is nothing; the hits then say so.
        score: how well the best sentence meets the topic, against the best of all regions, 0..1.
        confidence: probability that it does what is asked, 0..1; for a passage the same as the score.
        hits: the best passages of a region that is found, best first, at most `MOST_HITS`.
        copy_of: the region of an earlier row, or of the passage that is the topic, whose best sentence says nearly the
            same, or ''.
        part: which part of the passage that is the topic the best sentence is nearest to, as a span in its text.
    """

    region: Region
    asked: bool
    found: bool
    denied: bool
    score: float
    confidence: float
    hits: tuple[Hit, ...]
    copy_of: str = ""
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A topic with a row for every region of the level, in the order of the gazetteer.

    Attributes:
        topic: the topic as it was read; of a passage its text.
        source: id of the passage that is the topic, or ''.
        level: the level that was asked for.
        parent: at level 'subregio' the region whose parts these are; else ''.
        strictness: how sure a find had to be.
        rows: one for each region that the corpus covers.
        parts: the parts of the passage that is the topic, as spans in its text.
        part: the 1-based number of the part that was compared; 0 for all.
    """

    topic: str
    source: str
    level: Level
    parent: str
    strictness: Strictness
    rows: tuple[Row, ...]
    parts: tuple[Part, ...] = ()
    part: int = 0


class _Asked(NamedTuple):
    """What is asked of every region.

    Attributes:
        kinds: kinds of region that are asked for; empty for all.
        skipped: names of regions that are not asked for: those that a passage as topic comes from.
        known: whether the corpus holds the topic at all.
        least: the least score that counts as found.
        passage: whether the topic is a passage.
    """

    kinds: frozenset[str]
    skipped: frozenset[str]
    known: bool
    least: float
    passage: bool

    def covers(self, region: Region) -> bool:
        """Say whether a region is asked for."""
        return region.name not in self.skipped and (not self.kinds or region.kind in self.kinds)


class Comparer:
    """Compares the regions of one index.

    Args:
        searcher: an open index.
        decision: when a region counts as found.
    """

    def __init__(self, searcher: Searcher, decision: Decision = DECISION) -> None:
        self.searcher = searcher
        self.scorer = Scorer(searcher)
        self.sentences = self.scorer.sentences
        self.decision = decision

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
        scores = self.scorer.of_topic(topic)
        least = self.decision.streng if strictness == "streng" else self.decision.ruim
        known = float(scores.coverage.max(initial=0.0)) >= self.decision.reach
        asked = _Asked(topic.kinds, frozenset(), known, least, passage=False)
        whole = (parent or self._parent(topic.regions)) if level == "subregio" else ""
        return Comparison(topic.text, "", level, whole, strictness, self._rows(level, whole, asked, scores))

    def compare_only(
        self, question: str, regions: Sequence[Region], strictness: Strictness = "streng"
    ) -> tuple[str, tuple[Row, ...]]:
        """Return the topic as it was read and a row for each of these regions, of whatever kind or level."""
        topic = parse_topic(question)
        scores = self.scorer.of_topic(topic)
        least = self.decision.streng if strictness == "streng" else self.decision.ruim
        known = float(scores.coverage.max(initial=0.0)) >= self.decision.reach
        asked = _Asked(frozenset(), frozenset(), known, least, passage=False)
        made = [self._row(region, asked, scores, None) for region in regions]
        return topic.text, tuple(_mark_copies(made))

    def own(self, region: Region) -> Places:
        """Return the sentences that may speak for a region."""
        places: Places = self._of(region)
        return np.asarray(places[self.scorer.evidence[places]])

    def compare_passage(
        self,
        passage: Passage,
        level: Level = "regio",
        strictness: Strictness = "streng",
        parent: str = "",
        part: int = 0,
    ) -> Comparison:
        """Say of every other region whether it has something like a passage of this index; see `compare`.

        Args:
            passage: the passage.
            level, strictness, parent: as of `compare`.
            part: the 1-based number of the one part of it that counts; 0 for all of them.

        Raises:
            KeyError: the passage is not of this index.
            IndexError: it has no such part.
        """
        scores, like = self.scorer.of_passage(passage, part)
        asked = _Asked(frozenset(), frozenset(passage.regions), known=True, least=LIKENESS[strictness], passage=True)
        whole = (parent or self._parent(passage.regions)) if level == "subregio" else ""
        known = [(passage.regions[0], passage.text[start:end]) for start, end in like.parts] if passage.regions else []
        rows = self._rows(level, whole, asked, scores, known, like)
        parts = self.scorer.comparand.parts(passage)
        return Comparison(passage.text, passage.id, level, whole, strictness, rows, parts, part)

    def regions(self, level: Level, parent: str = "") -> list[Region]:
        """Return the regions of a level that the corpus covers."""
        covered = self.sentences.regions()
        known = [region for region in regions() if region.name in covered or self._stands_for(region) & covered]
        if level == "subregio":
            return [region for region in known if region.parent == parent]
        return [region for region in known if not _of_one_plan(region)]

    def most_parted(self) -> str:
        """Return the region whose parts the corpus says most about."""
        return self._parent(())

    def reach(self, question: str) -> float:
        """Return the largest share of a topic's words, by rarity, that some sentence meets, 0..1."""
        return float(self.scorer.of_topic(parse_topic(question)).coverage.max(initial=0.0))

    def evidence(self, question: str, level: Level, parent: str = "") -> dict[str, Evidence]:
        """Return what speaks for each region that a question asks for."""
        topic = parse_topic(question)
        scores = self.scorer.of_topic(topic)
        known = self.regions(level, parent or self._parent(topic.regions))
        asked = [region for region in known if not topic.kinds or region.kind in topic.kinds]
        return {region.name: self._weigh(scores, self._of(region)) for region in asked}

    def _rows(  # noqa: PLR0913, PLR0917  # a passage adds what is known of it
        self,
        level: Level,
        parent: str,
        asked: _Asked,
        scores: Scores,
        known: Sequence[tuple[str, str]] = (),
        like: Likeness | None = None,
    ) -> tuple[Row, ...]:
        made = [self._row(region, asked, scores, like) for region in self.regions(level, parent)]
        return tuple(_mark_copies(made, known))

    def _row(self, region: Region, asked: _Asked, scores: Scores, like: Likeness | None) -> tuple[Row, str]:
        """Return the row of a region and its best sentence, '' when it shows none."""
        own = self._of(region)
        weighed = self._weigh(scores, own)
        confidence = weighed.relative if asked.passage else probability(weighed, self.decision)
        covered = asked.covers(region)
        found = covered and asked.known and confidence >= asked.least
        said = own[self.scorer.evidence[own]] if found else own[self.sentences.denial[own]]
        shown = self._best(said, scores) if found or (covered and self._says_no(said, scores)) else []
        hits = tuple(self._hit(sentence, rank, scores) for rank, sentence in enumerate(shown, 1))
        part = like.parts[int(like.nearest[shown[0]])] if like and found else None
        row = Row(region, covered, found, bool(hits) and not found, weighed.relative, confidence, hits, part=part)
        return row, self.sentences.text(shown[0]) if found and shown else ""

    def _weigh(self, scores: Scores, own: Places) -> Evidence:
        """Sum up a region's sentences; those that say no do not count."""
        own = own[self.scorer.evidence[own]]
        if not own.size:
            return Evidence(0.0, 0.0)
        best = own[np.argmax(scores.relative[own])]
        return Evidence(float(scores.relative[best]), float(scores.coverage[best]))

    def _best(self, own: Places, scores: Scores) -> list[int]:
        """Return the sentences of the best passages, one for each, best first; the more similar one wins a tie."""
        order = own[np.lexsort((own, -scores.similarity[own], -scores.relative[own]))]
        least = KEPT * float(scores.relative[order[0]]) if order.size else 0.0
        first: dict[int, int] = {}
        for sentence in order.tolist():
            if scores.relative[sentence] >= least:
                first.setdefault(int(self.sentences.rows[sentence]), sentence)
        return list(first.values())[:MOST_HITS]

    def _says_no(self, denials: Places, scores: Scores) -> bool:
        return bool(denials.size) and float(scores.relative[denials].max()) >= KEPT

    def _hit(self, sentence: int, rank: int, scores: Scores) -> Hit:
        passage = self.sentences.passages[self.sentences.rows[sentence]]
        marks = merge(find(passage.text, scores.terms))
        matched = tuple(dict.fromkeys(passage.text[start:end] for start, end in marks))
        score = min(float(scores.relative[sentence]), 1.0)
        return Hit(rank, score, passage, marks, Why(score, float(scores.similarity[sentence]), matched, ()))

    def _of(self, region: Region) -> Places:
        """Return the sentences that speak of a region itself."""
        return self.sentences.of_regions({region.name} | self._stands_for(region))

    def _stands_for(self, region: Region) -> set[str]:
        """Return the region whose own text a part has too: that of which it stands for the whole."""
        return {region.parent} if region.whole and region.parent else set()

    def _parent(self, names: Sequence[str]) -> str:
        """Return the region whose parts are asked for: one that is named, else the one most is said about."""
        parents = {region.name: region.parent for region in regions()}
        wholes = {parent for parent in parents.values() if parent}
        for name in names:
            if whole := (name if name in wholes else parents.get(name, "")):
                return whole
        said = {whole: len(self.sentences.of_regions(n for n, p in parents.items() if p == whole)) for whole in wholes}
        return max(sorted(said), key=lambda whole: said[whole], default="")


def level_of(passage: Passage) -> Level:
    """Return the level at which the regions of a passage are compared."""
    return level_of_regions(passage.regions)


def level_of_regions(names: Collection[str]) -> Level:
    """Return the level at which regions are compared: 'subregio' when none of them has a row at the other."""
    own = [region for region in regions() if region.name in names]
    return "subregio" if own and all(_of_one_plan(region) for region in own) else "regio"


def _of_one_plan(region: Region) -> bool:
    """Say whether a region is a part that is not named after the region that it belongs to."""
    return bool(region.parent) and not region.name.startswith(region.parent)


def _mark_copies(made: Iterable[tuple[Row, str]], known: Iterable[tuple[str, str]] = ()) -> Iterator[Row]:
    """Say of each row which earlier one, or which (region, sentence) known, has nearly the same best sentence."""
    told = [(name, frozenset(analyse(sentence))) for name, sentence in known]
    seen = [(name, words) for name, words in told if len(words) >= SHORTEST_COPY]
    for row, sentence in made:
        words = frozenset(analyse(sentence))
        same = next((name for name, earlier in seen if _nearly_equal(words, earlier)), "")
        if len(words) >= SHORTEST_COPY and not same:
            seen.append((row.region.name, words))
        yield replace(row, copy_of=same)


def _nearly_equal(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= COPY * len(one | other) > 0


_LOCK = threading.Lock()


def comparer_of(searcher: Searcher) -> Comparer:
    """Return the comparer of an open index, made once; that of the index before goes."""
    with _LOCK:
        return _comparer(searcher)


@lru_cache(maxsize=1)
def _comparer(searcher: Searcher) -> Comparer:
    return Comparer(searcher)
