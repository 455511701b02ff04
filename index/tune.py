"""Choose the numbers of ranking and confidence on gold questions, and print what they were chosen from.

python -m index.tune sweep QUESTIONS.jsonl --data DIR    a row of measures for every setting, one knob at a time
python -m index.tune fit QUESTIONS.jsonl --data DIR      coefficients and threshold for index/confidence.py
"""

import argparse
import math
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.confidence import Calibration, Signals, probability
from index.evaluate import COMPARISON, UNANSWERABLE, Question, Report, auroc, evaluate, read_questions
from index.query import parse
from index.ranking import Weights
from index.search import Filters, Searcher, open_searcher

# Of the answerable questions, at most this share may be refused.
REFUSED_ANSWERABLE = 0.05

# Strength of the ridge on the coefficients: with less, so few questions give a coefficient the wrong sign.
RIDGE = 0.5

OFF_TOPIC = "off-topic"

_STEPS = 25


@dataclass(frozen=True, slots=True)
class Fit:
    """What a fit found.

    Attributes:
        calibration: the coefficients.
        threshold: probability below which at most `REFUSED_ANSWERABLE` of the answerable questions fall.
        auroc: how well the probability tells answerable gold questions from unanswerable ones, when each fifth of the
            questions is judged by coefficients that the other four gave.
        refused: share of the unanswerable gold questions that the threshold refuses.
        refused_off_topic: the same of the off-topic questions.
    """

    calibration: Calibration
    threshold: float
    auroc: float
    refused: float
    refused_off_topic: float


def settings() -> Iterator[Weights]:
    """Return the settings of the sweep: the chosen one with one knob turned at a time."""
    chosen = Weights()
    yield replace(chosen, fusion="rrf")
    yield from (replace(chosen, lexical=step / 10) for step in range(11))
    yield from (replace(chosen, region=region) for region in (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5))
    yield from (replace(chosen, kin=kin) for kin in (0.0, 0.05, 0.1))
    yield from (replace(chosen, low_kind=low) for low in (0.25, 0.5, 0.75, 1.0))


def sweep(searcher: Searcher, questions: Sequence[Question]) -> Iterator[tuple[Weights, Report]]:
    """Evaluate every setting."""
    for weights in dict.fromkeys(settings()):
        turned = Searcher(searcher.generation, searcher.ranker.encoder, weights)
        yield weights, evaluate(turned, questions)


def fit(searcher: Searcher, questions: Sequence[Question]) -> Fit:
    """Fit the coefficients of the confidence and choose its threshold.

    Comparisons are left out; the off-topic questions of tune.toml are taken in as unanswerable.
    """
    asked = [question for question in questions if question.kind != COMPARISON]
    asked += off_topic()
    signals = [_signals(searcher, question) for question in asked]
    answerable = np.array([question.kind != UNANSWERABLE for question in asked])
    calibration = _logistic(signals, answerable)
    certainty = np.array([probability(signal, calibration) for signal in signals])
    threshold = _three_digits(np.quantile(certainty[answerable], REFUSED_ANSWERABLE, method="lower"))
    refused = certainty < threshold
    foreign = np.array([question.id == OFF_TOPIC for question in asked])
    return Fit(
        calibration,
        threshold,
        _held_out(signals, answerable, foreign),
        float(refused[~answerable & ~foreign].mean()),
        float(refused[foreign].mean()),
    )


def off_topic() -> list[Question]:
    """Return questions that no plan answers, from tune.toml."""
    data = tomllib.loads(Path(__file__).with_name("tune.toml").read_text(encoding="utf-8"))
    return [Question(OFF_TOPIC, text, UNANSWERABLE, ()) for text in data["off_topic"]]


def _signals(searcher: Searcher, question: Question) -> Signals:
    asked = parse(question.question)
    return searcher.signals(asked, searcher.ranker.rank(asked, searcher.ranker.rows.allowed(Filters())))


def _held_out(
    signals: Sequence[Signals], answerable: NDArray[np.bool_], foreign: NDArray[np.bool_], folds: int = 5
) -> float:
    """Return the AUROC on gold questions of probabilities that were each given by coefficients of other questions."""
    certainty = np.zeros(len(signals))
    for fold in range(folds):
        inside = np.arange(len(signals)) % folds == fold
        others = [signal for signal, skip in zip(signals, inside, strict=True) if not skip]
        calibration = _logistic(others, answerable[~inside])
        for row in np.flatnonzero(inside).tolist():
            certainty[row] = probability(signals[row], calibration)
    return auroc(certainty[answerable].tolist(), certainty[~answerable & ~foreign].tolist())


def _logistic(signals: Sequence[Signals], answerable: NDArray[np.bool_]) -> Calibration:
    """Fit a logistic regression with a ridge by Newton's method; the intercept goes free."""
    x = np.array([[1.0, *astuple(signal)] for signal in signals])
    y = answerable.astype(np.float64)
    ridge = RIDGE * np.diag([0.0] + [1.0] * (x.shape[1] - 1))
    beta = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-x @ beta))
        hessian = x.T @ (x * (p * (1 - p))[:, None]) + ridge
        beta += np.linalg.solve(hessian, x.T @ (y - p) - ridge @ beta)
    return Calibration(*(round(float(value), 3) for value in beta))


def _three_digits(value: float) -> float:
    """Cut to three digits: rounding up would refuse the very question that the threshold was set by."""
    return math.floor(value * 1000) / 1000


def sweep_row(weights: Weights, report: Report) -> str:
    """Return one line of the sweep's table."""
    knobs = f"{weights.fusion:7}{weights.lexical:8.2f}{weights.region:8.2f}{weights.kin:6.2f}{weights.low_kind:9.2f}"
    paraphrase = report.by_kind.get("parafrase", {}).get("MRR@10", float("nan"))
    measures = f"{report.measures['nDCG@10']:9.4f}{report.measures['MRR@10']:9.4f}{report.measures['hit@10']:9.4f}"
    return f"{knobs}{measures}{paraphrase:12.4f}"


SWEEP_HEAD = "fusion  lexical  region   kin low_kind  nDCG@10   MRR@10   hit@10  paraphrase MRR@10"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one of the two commands."""
    parser = argparse.ArgumentParser(prog="python -m index.tune", description="Kies de getallen van het zoeken.")
    parser.add_argument("what", choices=["sweep", "fit"])
    parser.add_argument("questions", type=Path)
    parser.add_argument("--data", type=Path, default=Path(".regiowijzer"))
    parser.add_argument("--model", default="")
    given = parser.parse_args(arguments)
    searcher = open_searcher(given.data, given.model)
    questions = read_questions(given.questions)
    for line in _sweep_lines(searcher, questions) if given.what == "sweep" else _fit_lines(fit(searcher, questions)):
        sys.stdout.write(line + "\n")


def _sweep_lines(searcher: Searcher, questions: Sequence[Question]) -> Iterator[str]:
    yield SWEEP_HEAD
    for weights, report in sweep(searcher, questions):
        yield sweep_row(weights, report)


def _fit_lines(found: Fit) -> Iterator[str]:
    yield "CALIBRATION = Calibration("
    for field in fields(found.calibration):
        yield f"    {field.name}={getattr(found.calibration, field.name)},"
    yield ")"
    yield f"THRESHOLD = {found.threshold}"
    yield f"# AUROC held out {found.auroc:.3f}; refused {found.refused:.2f}, off topic {found.refused_off_topic:.2f}"


if __name__ == "__main__":
    main()
