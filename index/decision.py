"""When a comparison counts a region as found: a small logistic model over what speaks for it."""

import math
from dataclasses import dataclass


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
    intercept=-3.87,
    relative=3.64,
    coverage=2.35,
    streng=0.36,
    ruim=0.16,
    reach=0.36,
)


def probability(evidence: Evidence, decision: Decision = DECISION) -> float:
    """Return the probability, 0..1, that a region does what is asked."""
    odds = decision.intercept + decision.relative * evidence.relative + decision.coverage * evidence.coverage
    return 1 / (1 + math.exp(-odds))
