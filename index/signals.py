"""Signals: what a search saw of an answer. Each means the same whatever the encoder, the corpus or the question."""

from dataclasses import dataclass

import numpy as np

from index.asked import SORTS
from index.evidence import Evidence, best_sentence
from index.query import Query
from index.ranking import Ranking
from index.rows import Mask, Rows

# Rows whose words count, and rows whose sentences are looked through.
NEAREST = 3
READ = 5


@dataclass(frozen=True, slots=True)
class Signals:
    """What a search saw. For a question that names regions: of the rows that speak of them, when there are any.

    Attributes:
        row: the greatest share of the question, by rarity, that one of the best `NEAREST` rows holds, 0..1.
        page: the greatest share that any page holds, 0..1.
        unknown: the share that stands nowhere in the index, 0..1.
        gap: how much less of the question the best sentence with the sort of answer that is wanted holds than the best
            sentence without, over the best `READ` rows, 0..1.
        nearness: how far the most similar row stands above all rows, in standard deviations.
        words: how many words the topic has: to hold half of ten is more than to hold half of two.
        region: 1.0 when the question names a region, else 0.0.
        number, share, money, moment, name: 1.0 for the sort of answer that is wanted, else 0.0.
    """

    row: float
    page: float
    unknown: float
    gap: float
    nearness: float
    words: float
    region: float
    number: float
    share: float
    money: float
    moment: float
    name: float


class Observer:
    """Gathers the signals of questions to one index.

    Args:
        rows: the rows of the index.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        pages = [(passage.document, passage.page) for passage in rows.passages]
        # Rows of one page stand together: a page begins where the one before it ends.
        self._starts = np.array([row for row, page in enumerate(pages) if not row or pages[row - 1] != page])

    def signals(self, query: Query, ranking: Ranking, evidence: Evidence) -> Signals:
        """Gather what the confidence is made of; the ranking has at least one row."""
        within = self._within(query, ranking)
        rows = ranking.rows[within[ranking.rows]][:READ]
        best = [best_sentence(self._rows.passages[row], row, evidence) for row in rows]
        return Signals(
            row=float(evidence.share[rows[:NEAREST]].max()),
            page=self._page(evidence, within),
            unknown=_unknown(evidence),
            gap=max(one.any for one in best) - max(one.share for one in best),
            nearness=_nearness(ranking, within),
            words=float(len(evidence.parts)),
            region=float(bool(query.regions)),
            **{sort: float(sort == evidence.sort) for sort in SORTS},
        )

    def _within(self, query: Query, ranking: Ranking) -> Mask:
        """Return which of the ranked rows speak of the regions that a question names; all when none does."""
        ranked = np.zeros(len(self._rows.passages), dtype=bool)
        ranked[ranking.rows] = True
        named = ranked & self._rows.of_regions(query.regions)
        return named if named.any() else ranked

    def _page(self, evidence: Evidence, within: Mask) -> float:
        """Return the greatest share of the question that a page holds."""
        if not evidence.parts:
            return 0.0
        pages = np.maximum.reduceat(np.where(within, evidence.held, np.float32(0)), self._starts, axis=1)
        weights = np.array([part.weight for part in evidence.parts], dtype=np.float32)
        return float((weights @ pages).max())


def _unknown(evidence: Evidence) -> float:
    """Return the share of the question that stands nowhere."""
    return sum(part.weight * float(1 - held.max()) for part, held in zip(evidence.parts, evidence.held, strict=True))


def _nearness(ranking: Ranking, within: Mask) -> float:
    """Return how many standard deviations the most similar row stands above the mean of all ranked rows."""
    dense = ranking.dense[ranking.rows]
    spread = float(dense.std())
    return (float(ranking.dense[within].max()) - float(dense.mean())) / spread if spread > 0 else 0.0
