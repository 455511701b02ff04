"""Ranking: the score of every row for a question, from its words, its meaning and the regions it names."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from index import fuse
from index.compounds import Compounds
from index.embed import Encoder
from index.expansion import Expander, Group, Shares
from index.generation import Generation
from index.query import Query
from index.rows import Mask, Rows, kin
from index.thesaurus.concepts import load_thesaurus
from index.thesaurus.glossary import extend, find_pairs

Scores = NDArray[np.float32]

# Rows that the dense side scores for one question; the others count as the least similar of them.
DENSE_DEPTH = 2000


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts for how much in a ranking. Chosen by: python -m index.tune sweep QUESTIONS.jsonl --data DIR

    Attributes:
        fusion: how the two sides are joined; "rrf" is there to be measured against.
        lexical: share of the lexical side in the convex mix; the dense side has the rest. Lower scores better on the
            plans that the shipped encoder was trained on, higher on a plan that was kept out of its training.
        region: added when a passage speaks of a region that the question names.
        kin: added when it speaks of a part of that region, or of the region that it is a part of.
        low_kind: what a table of contents, boilerplate or a bare heading keeps of its score.
        shares: what other words count that mean what the question asks.
    """

    fusion: Literal["convex", "rrf"] = "convex"
    lexical: float = 0.4
    region: float = 0.2
    kin: float = 0.05
    low_kind: float = 0.5
    shares: Shares = field(default_factory=Shares)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Scores of every row for one question.

    Attributes:
        rows: the allowed rows, best first, shape (m,).
        fused: what they are ordered by, 0..1, shape (n,), as the others.
        lexical: score of the words, 0..1 within the question.
        dense: cosine similarity, -1..1.
        coverage: share of the topic's words that the row holds, weighed by rarity, 0..1.
        groups: the words of the question that have other words beside them.
    """

    rows: NDArray[np.intp]
    fused: Scores
    lexical: Scores
    dense: Scores
    coverage: Scores
    groups: tuple[Group, ...]


class Ranker:
    """Ranks the rows of one generation.

    Args:
        generation: an opened generation.
        encoder: the encoder that made it.
        weights: what counts for how much.
    """

    def __init__(self, generation: Generation, encoder: Encoder, weights: Weights) -> None:
        self.rows = Rows([passage for document in generation.documents for passage in document.passages])
        self.weights = weights
        self._generation = generation
        self.encoder = encoder
        held = generation.lexical.frequencies()
        thesaurus = extend(load_thesaurus(), find_pairs(self.rows.passages))
        self.expander = Expander(thesaurus, Compounds(held), held.__contains__, weights.shares)

    def rank(self, query: Query, allowed: Mask) -> Ranking:
        """Score and order the allowed rows for a question; `allowed` has shape (n,) and at least one True."""
        groups = self.expander.expand(query)
        lexical = fuse.normalise(np.where(allowed, self._words(query, groups), np.float32(0)))
        dense = self._dense(query.text, allowed)
        fused = (self._fuse(dense, lexical) + self._region_bonus(query)) / np.float32(1 + self.weights.region)
        fused[self.rows.low] *= np.float32(self.weights.low_kind)
        candidates = np.flatnonzero(allowed)
        rows = candidates[np.argsort(-fused[candidates], kind="stable")]
        return Ranking(rows, fused, lexical, dense, self._generation.lexical.coverage(query.topic), groups)

    def _words(self, query: Query, groups: tuple[Group, ...]) -> Scores:
        """Return what each row holds of the question's words, or of what may stand in their place."""
        scores = self._generation.lexical.scores(query.terms)
        for group in groups:
            scores += self._generation.lexical.gain(group.terms, [(one.terms, one.share) for one in group.alternatives])
        return scores

    def _fuse(self, dense: Scores, lexical: Scores) -> Scores:
        if self.weights.fusion == "rrf":
            return fuse.rrf([dense, lexical])
        return fuse.convex(dense, lexical, self.weights.lexical)

    def _dense(self, text: str, allowed: Mask) -> Scores:
        """Return the similarity of every row; a row beyond `DENSE_DEPTH` gets the least one within it."""
        depth = min(DENSE_DEPTH, int(allowed.sum()))
        vectors = self.encoder.encode_queries([text])
        scores, rows = self._generation.dense.search(vectors, depth, None if allowed.all() else allowed)
        found = rows[0] >= 0
        dense = np.full(len(allowed), scores[0][found].min(initial=1.0), dtype=np.float32)
        dense[rows[0][found]] = scores[0][found]
        return dense

    def _region_bonus(self, query: Query) -> Scores:
        """Return what each row gains by the regions that the question names."""
        relatives = {name for region in query.regions for name in kin(region)}
        bonus = np.where(self.rows.of_regions(relatives), np.float32(self.weights.kin), np.float32(0))
        return np.where(self.rows.of_regions(query.regions), np.float32(self.weights.region), bonus)
