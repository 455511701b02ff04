"""How sure we are that the documents answer a question: a small logistic model over what the search saw."""

import math
from dataclasses import astuple, dataclass

# Below it the page says that no answer was found. Comes with the coefficients: at most 5% of the
# answerable development questions fall below it.
THRESHOLD = 0.469


@dataclass(frozen=True, slots=True)
class Signals:
    """What a search saw.

    Attributes:
        coverage: share of the topic's words, weighed by rarity, that the best hit holds, 0..1.
        reach: the most that any of the best three hits holds.
        similarity: the greatest cosine similarity between the question and a passage.
        margin: how far the best hit stands above the tenth, in fused score.
        region: 1.0 when no region was named or the best hit speaks of it, else 0.0.
    """

    coverage: float
    reach: float
    similarity: float
    margin: float
    region: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Coefficients of the logistic model, one for each signal.

    Attributes:
        intercept: the log-odds when every signal is 0.
        coverage, reach, similarity, margin, region: log-odds for each unit of the signal.
    """

    intercept: float
    coverage: float
    reach: float
    similarity: float
    margin: float
    region: float


# Fitted on the development questions by: python -m index.tune fit QUESTIONS.jsonl --data DIR
CALIBRATION = Calibration(
    intercept=-2.884,
    coverage=0.915,
    reach=2.303,
    similarity=3.168,
    margin=0.386,
    region=1.12,
)


def probability(signals: Signals, calibration: Calibration = CALIBRATION) -> float:
    """Return the probability, 0..1, that the documents answer the question."""
    intercept, *coefficients = astuple(calibration)
    return 1 / (1 + math.exp(-intercept - sum(c * s for c, s in zip(coefficients, astuple(signals), strict=True))))
