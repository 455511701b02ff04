"""Runs: the measures of an evaluation kept in a file, and two runs compared question by question."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.errors import BadQuestions
from index.evaluate import MEASURES, Report

# Random assignments that the test draws: enough for two digits of a p-value near 0.05.
DRAWS = 10_000

# Below this a difference is more than chance would give.
SIGNIFICANT = 0.05

Values = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Run:
    """The measures of one evaluation.

    Attributes:
        name: what it was: when the index was built, and by which model.
        questions: value of each measure by name, by the id of its question.
    """

    name: str
    questions: Values


@dataclass(frozen=True, slots=True)
class Change:
    """How a measure changed from one run to another, over the questions of both.

    Attributes:
        measure: its name.
        before, after: its means.
        chance: the probability of a difference at least as great if both runs were equally good.
        better, worse: how many questions went up and down.
    """

    measure: str
    before: float
    after: float
    chance: float
    better: int
    worse: int


def run_of(result: Report, name: str) -> Run:
    """Return the run that a report is of."""
    return Run(name, {one.question.id: dict(one.measures) for one in result.outcomes if one.measures})


def write_run(run: Run, path: Path) -> None:
    """Write a run as JSON."""
    path.write_text(json.dumps({"name": run.name, "questions": run.questions}, indent=1) + "\n", encoding="utf-8")


def read_run(path: Path) -> Run:
    """Read what `write_run` wrote.

    Raises:
        BadQuestions: the file is no run.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        questions = {
            str(name): {measure: float(values[measure]) for measure in MEASURES}
            for name, values in data["questions"].items()
        }
        return Run(str(data["name"]), questions)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        fault = f"Het bestand {str(path)!r} is geen bewaarde meting."
        raise BadQuestions(f"{fault} Maak er een met: regiowijzer evaluate … --save {path.name}") from None


def compare_runs(before: Run, after: Run) -> list[Change]:
    """Compare two runs on the questions of both, measure by measure; [] when they share none."""
    shared = [name for name in after.questions if name in before.questions]
    return [_change(measure, before.questions, after.questions, shared) for measure in MEASURES if shared]


def changed(before: Run, after: Run, measure: str = "nDCG@10") -> list[tuple[str, float]]:
    """Return the questions whose measure changed with by how much, the greatest loss first."""
    shared = [name for name in after.questions if name in before.questions]
    moved = [(name, after.questions[name][measure] - before.questions[name][measure]) for name in shared]
    return sorted(((name, by) for name, by in moved if by), key=lambda one: one[1])


def _change(measure: str, before: Values, after: Values, shared: list[str]) -> Change:
    old = np.array([before[name][measure] for name in shared])
    new = np.array([after[name][measure] for name in shared])
    by = new - old
    return Change(
        measure, float(old.mean()), float(new.mean()), chance(by), better=int((by > 0).sum()), worse=int((by < 0).sum())
    )


def chance(differences: np.ndarray[tuple[int], np.dtype[np.float64]], seed: int = 0) -> float:
    """Return the two-sided p-value of paired differences by a randomisation test (Fisher; Smucker et al., CIKM 2007).

    If both runs are equally good, each difference might as well have had the other sign: the p-value is the share of
    random signs under which the mean is at least as far from 0.
    """
    moved = differences[differences != 0]
    if not moved.size:
        return 1.0
    signs = np.random.default_rng(seed).choice([-1.0, 1.0], size=(DRAWS, moved.size))
    # Sums in another order differ in the last digit; a tie is a tie all the same.
    extreme = np.abs(signs @ moved) >= abs(moved.sum()) - 1e-9
    return float((extreme.sum() + 1) / (DRAWS + 1))
