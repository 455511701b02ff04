"""Choose the numbers of the comparison's decision on gold comparisons, and print what they were chosen from.

python -m index.tune_compare QUESTIONS.jsonl --data DIR    the constants for index/decision.py, with held-out figures
"""

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.compare import Comparer, Level, level_of_regions
from index.decision import DECISION, Decision, Evidence, probability
from index.evaluate import COMPARISON
from index.search import open_searcher
from index.topic import known

# At 'ruim' at least this share of the regions must be found on the questions at hand; held out it comes out lower.
RUIM_RECALL = 0.95

# Share of the least reach of the questions at hand that a topic must have: other questions reach less still.
REACH = 0.8

# Strength of the ridge on the coefficients.
RIDGE = 2.0

CHOICES: tuple[tuple[str, Callable[[Decision], float]], ...] = (
    ("streng", lambda decision: decision.streng),
    ("ruim", lambda decision: decision.ruim),
)

_STEPS = 30
_GRID = [step / 100 for step in range(2, 90, 2)]


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold comparison.

    Attributes:
        id, question: its name and what is asked.
        level: 'subregio' when every gold region is a part that has no row of its own at level 'regio'.
        regions: names of the regions to be found.
        doubtful: names of regions that count neither way.
    """

    id: str
    question: str
    level: Level
    regions: frozenset[str]
    doubtful: frozenset[str]


class Case(NamedTuple):
    """What speaks for the regions of one question, and which of them are to be found."""

    evidence: tuple[Evidence, ...]
    gold: NDArray[np.bool_]
    missing: int


class Measures(NamedTuple):
    """F1, precision and recall of found regions."""

    f1: float
    precision: float
    recall: float


def read_comparisons(path: Path) -> list[Gold]:
    """Read the questions of kind 'vergelijk', one JSON object a line."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [_gold(line) for line in lines if line["kind"] == COMPARISON]


def gather(comparer: Comparer, gold: Gold) -> Case:
    """Ask for the evidence of one question; a gold region that it says nothing of is missing."""
    found = comparer.evidence(gold.question, gold.level)
    names = [name for name in found if name not in gold.doubtful]
    wanted = gold.regions - gold.doubtful
    return Case(
        tuple(found[name] for name in names), np.array([name in wanted for name in names]), len(wanted - set(names))
    )


def measure(case: Case, decision: Decision, threshold: float) -> Measures:
    """Measure what a threshold finds; without a single right region all is 0."""
    found = np.array([probability(evidence, decision) >= threshold for evidence in case.evidence])
    right = int((found & case.gold).sum())
    if not right:
        return Measures(0.0, 0.0, 0.0)
    precision, recall = right / int(found.sum()), right / (int(case.gold.sum()) + case.missing)
    return Measures(2 * precision * recall / (precision + recall), precision, recall)


def mean(measures: Sequence[Measures]) -> Measures:
    """Return the mean of each measure."""
    return Measures(*(float(value) for value in np.mean(np.array(measures), axis=0)))


def fit(cases: Sequence[Case]) -> Decision:
    """Fit the coefficients, each question counting alike, and choose both thresholds; `reach` is left as it is."""
    decision = _logistic(cases)
    table = {limit: mean([measure(case, decision, limit) for case in cases]) for limit in _GRID}
    streng = max(table, key=lambda limit: (table[limit].f1, -limit))
    enough = [limit for limit, measures in table.items() if measures.recall >= RUIM_RECALL]
    return replace(decision, streng=streng, ruim=min(max(enough, default=_GRID[0]), streng))


def held_out(cases: Sequence[Case], chosen: Callable[[Decision], float]) -> Measures:
    """Measure every question with the constants that the other questions give."""
    found = []
    for at, case in enumerate(cases):
        decision = fit([other for number, other in enumerate(cases) if number != at])
        found.append(measure(case, decision, chosen(decision)))
    return mean(found)


def choose_reach(comparer: Comparer, golds: Sequence[Gold]) -> float:
    """Return `REACH` of the least that any gold comparison reaches."""
    return math.floor(100 * REACH * min(comparer.reach(gold.question) for gold in golds)) / 100


def nonsense_found(comparer: Comparer) -> list[str]:
    """Return the nonsense topics for which some region is found."""
    return [topic for topic in known()["nonsense"] if any(row.found for row in comparer.compare(topic).rows)]


def _gold(line: dict[str, Any]) -> Gold:
    doubtful = [item["region"] if isinstance(item, dict) else item for item in line.get("grensgeval") or []]
    return Gold(
        line["id"], line["question"], level_of_regions(line["regions"]), frozenset(line["regions"]), frozenset(doubtful)
    )


def _logistic(cases: Sequence[Case]) -> Decision:
    """Fit a logistic regression with a ridge by Newton's method; the intercept goes free."""
    x = np.array([[1.0, evidence.relative, evidence.coverage] for case in cases for evidence in case.evidence])
    y = np.concatenate([case.gold for case in cases]).astype(np.float64)
    share = np.concatenate([np.full(len(case.gold), 1 / max(len(case.gold), 1)) for case in cases])
    share *= len(y) / share.sum()
    ridge = RIDGE * np.diag([0.0, 1.0, 1.0])
    beta = np.zeros(3)
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-x @ beta))
        hessian = x.T @ (x * (share * p * (1 - p))[:, None]) + ridge
        beta += np.linalg.solve(hessian, x.T @ (share * (y - p)) - ridge @ beta)
    intercept, relative, coverage = (round(float(value), 2) for value in beta)
    return replace(DECISION, intercept=intercept, relative=relative, coverage=coverage)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the constants and what they come to."""
    parser = argparse.ArgumentParser(
        prog="python -m index.tune_compare", description="Kies de getallen van het vergelijken."
    )
    parser.add_argument("questions", type=Path)
    parser.add_argument("--data", type=Path, default=Path(".regiowijzer"))
    parser.add_argument("--model", default="")
    given = parser.parse_args(arguments)
    comparer = Comparer(open_searcher(given.data, given.model))
    for line in _lines(comparer, read_comparisons(given.questions)):
        sys.stdout.write(line + "\n")


def _lines(comparer: Comparer, golds: Sequence[Gold]) -> Iterator[str]:
    cases = [gather(comparer, gold) for gold in golds]
    nonsense = nonsense_found(comparer)
    decision = replace(fit(cases), reach=choose_reach(comparer, golds))
    yield "DECISION = Decision("
    for field in fields(decision):
        yield f"    {field.name}={getattr(decision, field.name)},"
    yield ")"
    for name, chosen in CHOICES:
        here = mean([measure(case, decision, chosen(decision)) for case in cases])
        yield f"# {name}: {_spell(here)}; held out, a question at a time: {_spell(held_out(cases, chosen))}"
    yield f"# nonsense topics for which the present constants find something: {len(nonsense)} {nonsense}"


def _spell(measures: Measures) -> str:
    return f"F1 {measures.f1:.3f}, precision {measures.precision:.3f}, recall {measures.recall:.3f}"


if __name__ == "__main__":
    main()
