"""Fusion of the dense and the lexical ranking. Pure numpy; every array has one entry for each row of the index."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

# The usual damping constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009).
RRF_K = 60


def normalise(scores: Scores) -> Scores:
    """Stretch scores to 0..1 within one question; scores that are all equal say nothing and become 0."""
    if not scores.size:
        return scores
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


def convex(dense: Scores, lexical: Scores, weight: float) -> Scores:
    """Mix normalised scores: `weight` on the lexical side, the rest on the dense side; 0..1."""
    return np.float32(1 - weight) * normalise(dense) + np.float32(weight) * normalise(lexical)


def rrf(rankings: Sequence[Scores], k: int = RRF_K) -> Scores:
    """Sum 1 / (k + rank) over the rankings, stretched so that first place everywhere gives 1.

    A row that a ranking scores 0 or less was not found by it and gets nothing from it.
    """
    total = np.zeros_like(rankings[0])
    for scores in rankings:
        total += np.where(scores > 0, np.float32(k + 1) / (k + _ranks(scores)), np.float32(0))
    return total / np.float32(len(rankings))


def _ranks(scores: Scores) -> Scores:
    """Return the 1-based rank of every row; of equal rows the first is ahead."""
    ranks = np.empty(len(scores), dtype=np.float32)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return ranks
