"""Fit the numbers of the confidence on questions of our own, in `calibration.jsonl`.

They are about the five plans of the development corpus: 146 that these answer, 348 that they do not though they might.
Nothing else is fitted on: neither the gold questions, which are the test, nor questions that an encoder was trained on,
for these lie nearer to their passages than new ones do.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.confidence import Calibration, probability
from index.evaluate import auroc
from index.search import Searcher
from index.signals import Signals

QUESTIONS_FILE = Path(__file__).with_name("calibration.jsonl")

# Of the answerable questions, at most this share may be refused.
REFUSED_ANSWERABLE = 0.05

# Share of questions that are answerable, for which the probability holds. We chose it: nobody has counted.
ANSWERABLE = 0.8

# Strength of the ridge on the coefficients of standardised signals: of 3, 10, 30 and 100 the one that refuses most
# unanswerable questions on the fold that is left out.
RIDGE = 30.0
FOLDS = 5

_STEPS = 25

Sample = tuple[str, bool]
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fit:
    """What a fit found.

    Attributes:
        calibration: the numbers.
        auroc: how well the probability tells the two sorts apart, when each fifth of the questions is judged by numbers
            that the other four gave.
        refused_answerable, refused_unanswerable: share of each that the threshold refuses, judged the same way.
    """

    calibration: Calibration
    auroc: float
    refused_answerable: float
    refused_unanswerable: float


def samples(path: Path = QUESTIONS_FILE) -> tuple[Sample, ...]:
    """Read (question, whether the plans answer it)."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple((str(row["question"]), bool(row["answerable"])) for row in rows)


def fit(searcher: Searcher, questions: Sequence[Sample]) -> Fit:
    """Fit the coefficients, and choose the threshold that keeps the promise on questions that were not fitted on."""
    signals = [searcher.observe(question) for question, _ in questions]
    answerable = np.array([yes for _, yes in questions])
    certainty = held_out(signals, answerable)
    threshold = _three_digits(np.quantile(certainty[answerable], REFUSED_ANSWERABLE, method="lower"))
    intercept, coefficients = logistic(signals, answerable)
    refused = certainty < threshold
    return Fit(
        Calibration(threshold, intercept, coefficients, searcher.ranker.encoder.fingerprint),
        auroc(certainty[answerable].tolist(), certainty[~answerable].tolist()),
        float(refused[answerable].mean()),
        float(refused[~answerable].mean()),
    )


def held_out(signals: Sequence[Signals], answerable: NDArray[np.bool_]) -> Matrix:
    """Return for every question the probability by the numbers that the other folds give, shape (n,)."""
    certainty = np.zeros(len(signals))
    # Each sort is dealt out by turns, so that every fold has its share of both.
    turn = np.where(answerable, answerable.cumsum(), (~answerable).cumsum()) % FOLDS
    for fold in range(FOLDS):
        others = np.flatnonzero(turn != fold).tolist()
        numbers = logistic([signals[row] for row in others], answerable[others])
        for row in np.flatnonzero(turn == fold).tolist():
            certainty[row] = probability(signals[row], Calibration(0.0, *numbers))
    return certainty


def logistic(signals: Sequence[Signals], answerable: NDArray[np.bool_]) -> tuple[float, tuple[float, ...]]:
    """Fit a logistic regression with a ridge by Newton's method: (intercept, coefficients); the intercept goes free.

    The sorts are weighed as if `ANSWERABLE` of the questions were answerable. A signal that never changes gets 0.
    """
    raw = np.array([astuple(signal) for signal in signals], dtype=np.float64)
    mean, spread = raw.mean(axis=0), raw.std(axis=0)
    spread[spread == 0] = np.inf
    x = np.column_stack([np.ones(len(raw)), (raw - mean) / spread])
    beta = _newton(x, answerable.astype(np.float64), _weights(answerable))
    coefficients = beta[1:] / spread
    intercept = float(beta[0] - coefficients @ mean)
    return round(intercept, 4), tuple(round(float(value), 4) for value in coefficients)


def _newton(x: Matrix, y: Matrix, weights: Matrix) -> Matrix:
    ridge = RIDGE * np.diag([0.0] + [1.0] * (x.shape[1] - 1))
    beta = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-x @ beta))
        hessian = x.T @ (x * (weights * p * (1 - p))[:, None]) + ridge
        beta += np.linalg.solve(hessian, x.T @ (weights * (y - p)) - ridge @ beta)
    return beta


def _weights(answerable: NDArray[np.bool_]) -> Matrix:
    """Return the weight of every question: each sort has its share of a sum of n."""
    share = answerable.mean()
    return np.asarray(np.where(answerable, ANSWERABLE / share, (1 - ANSWERABLE) / (1 - share)))


def _three_digits(value: float) -> float:
    """Cut to three digits: rounding up would refuse the very question that the threshold was set by."""
    return math.floor(value * 1000) / 1000


def notes(found: Fit, questions: Sequence[Sample]) -> str:
    """Return where the numbers come from, in lines."""
    yes = sum(answerable for _, answerable in questions)
    return (
        f"Written by: python -m index.tune fit --data DIR --write\n"
        f"Fitted on {yes} questions with and {len(questions) - yes} without an answer (calibration.jsonl).\n"
        f"On the fold that was left out: AUROC {found.auroc:.3f}; refused {found.refused_answerable:.3f} of those with "
        f"an answer,\n{found.refused_unanswerable:.3f} of those without."
    )
