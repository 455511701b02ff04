"""Gold questions to measures: how often the right page is found, and how well we know that it is not there.

Measures are at page level, as a reader counts: hits on one page count once, the best rank first. A question without
hits scores 0. ir_measures computes them; its RR@10 is the mean MRR@10 and its Success@k is hit@k.
"""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from index.errors import BadQuestions
from index.search import Answer, Hit

MEASURES = ("nDCG@10", "MRR@10", "hit@1", "hit@5", "hit@10")
UNANSWERABLE = "onbeantwoordbaar"
COMPARISON = "vergelijk"

# Names of ir_measures by ours.
_SPELLING = {
    "nDCG@10": "nDCG@10",
    "MRR@10": "RR@10",
    "hit@1": "Success@1",
    "hit@5": "Success@5",
    "hit@10": "Success@10",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A gold question.

    Attributes:
        id: its name.
        question: what is asked.
        kind: cijfer, activiteit, definitie, parafrase, organisatie, sector, vergelijk or onbeantwoordbaar.
        gold: (file name, 1-based page) of every page that answers it.
    """

    id: str
    question: str
    kind: str
    gold: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question.

    Attributes:
        question: the question.
        pages: pages found, best first, each once.
        confidence, answered: as the answer said.
        seconds: how long the search took.
        measures: value of each measure by name; empty for a question that has no answer.
    """

    question: Question
    pages: tuple[tuple[str, int], ...]
    confidence: float
    answered: bool
    seconds: float
    measures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Abstention:
    """How well we know that a question is not answered; nan where there is nothing to count.

    Attributes:
        auroc: chance that an answerable question has more confidence than an unanswerable one.
        refused_unanswerable, refused_answerable: share of those questions with `answered` false.
    """

    auroc: float
    refused_unanswerable: float
    refused_answerable: float


@dataclass(frozen=True, slots=True)
class Report:
    """Measures over a set of questions.

    Attributes:
        questions: how many questions the measures are over.
        measures: mean of each measure by name.
        by_kind: the same for each kind of question, and under 'n' how many there are.
        abstention: how well unanswerable questions are known.
        median_ms, p95_ms: milliseconds for one search.
        misses: ids of questions whose page is not among the best five.
        outcomes: what came of each question.
    """

    questions: int
    measures: Mapping[str, float]
    by_kind: Mapping[str, Mapping[str, float]]
    abstention: Abstention
    median_ms: float
    p95_ms: float
    misses: tuple[str, ...]
    outcomes: tuple[Outcome, ...]


class Searches(Protocol):
    """What can be evaluated."""

    def search(self, query: str, limit: int = 10) -> Answer:
        """Return the best passages for a question."""


def read_questions(path: Path) -> tuple[Question, ...]:
    """Read gold questions, one JSON object a line.

    Raises:
        BadQuestions: names the line that is not a question.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        raise BadQuestions(
            f"Het vragenbestand {str(path)!r} is niet te lezen. Geef een tekstbestand (UTF-8)."
        ) from None
    return tuple(_question(path, number, line) for number, line in enumerate(lines, 1) if line.strip())


def evaluate(searcher: Searches, questions: Sequence[Question], depth: int = 50) -> Report:
    """Ask every question and measure the answers; questions of kind 'vergelijk' are left out.

    Args:
        searcher: what is measured.
        questions: gold questions.
        depth: how many hits to ask for.
    """
    outcomes = [_ask(searcher, question, depth) for question in questions if question.kind != COMPARISON]
    return report(_measured(outcomes))


def report(outcomes: Sequence[Outcome]) -> Report:
    """Sum up what came of the questions."""
    answerable = [outcome for outcome in outcomes if outcome.question.kind != UNANSWERABLE]
    kinds = sorted({outcome.question.kind for outcome in answerable})
    of_kind = {kind: [outcome for outcome in answerable if outcome.question.kind == kind] for kind in kinds}
    times = sorted(outcome.seconds * 1000 for outcome in outcomes) or [0.0]
    return Report(
        questions=len(answerable),
        measures=_means(answerable),
        by_kind={kind: {**_means(found), "n": len(found)} for kind, found in of_kind.items()},
        abstention=_abstention(outcomes),
        median_ms=times[len(times) // 2],
        p95_ms=times[int(len(times) * 0.95)],
        misses=tuple(outcome.question.id for outcome in answerable if not outcome.measures["hit@5"]),
        outcomes=tuple(outcomes),
    )


def as_dict(result: Report) -> dict[str, Any]:
    """Return the report in the form that shared/eval/score.py prints, rounded as it rounds; nan becomes None."""
    kinds = {
        kind: {name: _rounded(row[name]) for name in ("MRR@10", "nDCG@10", "hit@5")} | {"n": int(row["n"])}
        for kind, row in result.by_kind.items()
    }
    abstention = result.abstention
    return {
        "questions": result.questions,
        **{name: _rounded(value) for name, value in result.measures.items()},
        "by_kind": kinds,
        "abstention": {
            "AUROC": _rounded(abstention.auroc),
            "refused_unanswerable": _rounded(abstention.refused_unanswerable),
            "refused_answerable": _rounded(abstention.refused_answerable),
        },
        "search_ms": {"median": round(result.median_ms, 1), "p95": round(result.p95_ms, 1)},
        "missed_at_5": list(result.misses),
    }


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the chance that a positive is above a negative, a tie for half; nan without one of the two."""
    if not positive or not negative:
        return float("nan")
    difference = np.subtract.outer(np.asarray(positive), np.asarray(negative))
    return float(np.mean((difference > 0) + 0.5 * (difference == 0)))


def _question(path: Path, number: int, line: str) -> Question:
    try:
        fields = json.loads(line)
        gold = tuple((str(place["doc"]), int(place["page"])) for place in fields["gold"])
        return Question(fields["id"], fields["question"], fields["kind"], gold)
    except (ValueError, KeyError, TypeError):
        fault = f"Regel {number} van {str(path)!r} is geen vraag."
        form = '{"id": …, "question": …, "kind": …, "gold": [{"doc": …, "page": …}]}'
        raise BadQuestions(f"{fault} Elke regel hoort deze vorm te hebben: {form}") from None


def _ask(searcher: Searches, question: Question, depth: int) -> Outcome:
    start = time.perf_counter()
    answer = searcher.search(question.question, limit=depth)
    seconds = time.perf_counter() - start
    return Outcome(question, _pages(answer.hits), answer.confidence, answer.answered, seconds, {})


def _pages(hits: Sequence[Hit]) -> tuple[tuple[str, int], ...]:
    return tuple(dict.fromkeys((hit.passage.document, hit.passage.page) for hit in hits))


def _measured(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Add the measures to every outcome of a question that has an answer."""
    values = _measure([outcome for outcome in outcomes if outcome.question.kind != UNANSWERABLE])
    return [replace(outcome, measures=values.get(outcome.question.id, {})) for outcome in outcomes]


def _measure(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    """Let ir_measures compute every measure for every question, by question id."""
    import ir_measures  # noqa: PLC0415  # a second of import that only an evaluation needs

    wanted = {ir_measures.parse_measure(theirs): ours for ours, theirs in _SPELLING.items()}
    relevant = [ir_measures.Qrel(o.question.id, _name(page), 1) for o in outcomes for page in o.question.gold]
    run = [
        ir_measures.ScoredDoc(o.question.id, _name(page), 1 / rank)
        for o in outcomes
        for rank, page in enumerate(o.pages, 1)
    ]
    values = {outcome.question.id: dict.fromkeys(MEASURES, 0.0) for outcome in outcomes}
    for value in ir_measures.iter_calc(list(wanted), relevant, run) if outcomes else ():
        values[value.query_id][wanted[value.measure]] = float(value.value)
    return values


def _name(page: tuple[str, int]) -> str:
    return f"{page[0]}#{page[1]}"


def _means(outcomes: Sequence[Outcome]) -> dict[str, float]:
    return {name: _mean([outcome.measures[name] for outcome in outcomes]) for name in MEASURES}


def _abstention(outcomes: Sequence[Outcome]) -> Abstention:
    yes = [outcome for outcome in outcomes if outcome.question.kind != UNANSWERABLE]
    no = [outcome for outcome in outcomes if outcome.question.kind == UNANSWERABLE]
    return Abstention(
        auroc([outcome.confidence for outcome in yes], [outcome.confidence for outcome in no]),
        _mean([float(not outcome.answered) for outcome in no]),
        _mean([float(not outcome.answered) for outcome in yes]),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else float("nan")


def _rounded(value: float) -> float | None:
    return None if np.isnan(value) else round(value, 4)
