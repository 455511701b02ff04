"""Gold questions to measures: how often the right page is found, and how well we know that it is not there.

Measures are at page level, as a reader counts: hits on one page count once, the best rank first. A question without
hits scores 0. ir_measures computes them; its RR@10 is the mean MRR@10 and its Success@k is hit@k.
"""

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from rapidfuzz.fuzz import partial_ratio

from index.errors import BadQuestions
from index.search import Answer, Hit

MEASURES = ("nDCG@10", "MRR@10", "hit@1", "hit@5", "hit@10")
UNANSWERABLE = "onbeantwoordbaar"
COMPARISON = "vergelijk"

# Pages that a report shows for a question.
SHOWN = 3

# How well two texts must fit to be the same words: a quote may lack a hyphen or hold a stray page number.
SAME = 0.85

Place = tuple[str, int]

_WORD = re.compile(r"\w+")

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
        quotes: for each of these the words that answer, '' where they are not given.
    """

    id: str
    question: str
    kind: str
    gold: tuple[Place, ...]
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A page that a search gave.

    Attributes:
        place: file name and 1-based page.
        sentence: the marked sentence of its best passage.
    """

    place: Place
    sentence: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question.

    Attributes:
        question: the question.
        pages: pages found, best first, each once.
        confidence, answered: as the answer said.
        seconds: how long the search took.
        measures: value of each measure by name; empty for a question that has no answer.
        nearest: the best pages with their marked sentences, at most `SHOWN`.
        marked: whether the marked sentence is (part of) the gold words, in the best passage that holds these; None when
            no passage that was found does.
    """

    question: Question
    pages: tuple[Place, ...]
    confidence: float
    answered: bool
    seconds: float
    measures: Mapping[str, float]
    nearest: tuple[Found, ...] = ()
    marked: bool | None = None


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
        by_document: the same for each document that gold pages are of; a question counts for each of its documents.
        abstention: how well unanswerable questions are known.
        marked: share of the questions with gold words found whose marked sentence is (part of) them; nan for none.
        median_ms, p95_ms: milliseconds for one search.
        misses: ids of questions whose page is not among the best five.
        outcomes: what came of each question.
    """

    questions: int
    measures: Mapping[str, float]
    by_kind: Mapping[str, Mapping[str, float]]
    by_document: Mapping[str, Mapping[str, float]]
    abstention: Abstention
    marked: float
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
    of_kind = _grouped(answerable, lambda question: {question.kind})
    of_document = _grouped(answerable, lambda question: {document for document, _ in question.gold})
    times = sorted(outcome.seconds * 1000 for outcome in outcomes) or [0.0]
    return Report(
        questions=len(answerable),
        measures=_means(answerable),
        by_kind={kind: {**_means(found), "n": len(found)} for kind, found in of_kind.items()},
        by_document={name: {**_means(found), "n": len(found)} for name, found in of_document.items()},
        abstention=_abstention(outcomes),
        marked=_mean([float(outcome.marked) for outcome in answerable if outcome.marked is not None]),
        median_ms=times[len(times) // 2],
        p95_ms=times[int(len(times) * 0.95)],
        misses=tuple(outcome.question.id for outcome in answerable if not outcome.measures["hit@5"]),
        outcomes=tuple(outcomes),
    )


def as_dict(result: Report) -> dict[str, Any]:
    """Return the report in the form that shared/eval/score.py prints, rounded as it rounds; nan becomes None."""
    abstention = result.abstention
    return {
        "questions": result.questions,
        **{name: _rounded(value) for name, value in result.measures.items()},
        "by_kind": _rows(result.by_kind),
        "by_document": _rows(result.by_document),
        "abstention": {
            "AUROC": _rounded(abstention.auroc),
            "refused_unanswerable": _rounded(abstention.refused_unanswerable),
            "refused_answerable": _rounded(abstention.refused_answerable),
        },
        "marked": {"share": _rounded(result.marked)},
        "search_ms": {"median": round(result.median_ms, 1), "p95": round(result.p95_ms, 1)},
        "missed_at_5": list(result.misses),
    }


def worst(result: Report) -> list[Outcome]:
    """Return the questions whose page is not the first that was found, the worst first."""
    answerable = [outcome for outcome in result.outcomes if outcome.measures and outcome.measures["hit@1"] < 1]
    return sorted(answerable, key=lambda one: (one.measures["MRR@10"], one.measures["nDCG@10"], one.question.id))


def absent(questions: Sequence[Question], documents: Collection[str]) -> dict[str, int]:
    """Return the gold documents that an index does not hold, each with how many questions are about it."""
    asked = Counter(name for question in questions for name in {document for document, _ in question.gold})
    return {name: count for name, count in sorted(asked.items()) if name not in documents}


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
        quotes = tuple(str(place.get("quote") or "") for place in fields["gold"])
        return Question(fields["id"], fields["question"], fields["kind"], gold, quotes)
    except (ValueError, KeyError, TypeError, AttributeError):
        fault = f"Regel {number} van {str(path)!r} is geen vraag."
        form = '{"id": …, "question": …, "kind": …, "gold": [{"doc": …, "page": …}]}'
        raise BadQuestions(f"{fault} Elke regel hoort deze vorm te hebben: {form}") from None


def _ask(searcher: Searches, question: Question, depth: int) -> Outcome:
    start = time.perf_counter()
    answer = searcher.search(question.question, limit=depth)
    seconds = time.perf_counter() - start
    pages = _pages(answer.hits)
    nearest = tuple(Found(place, _sentence(hit)) for place, hit in list(pages.items())[:SHOWN])
    marked = _marked(question, answer.hits)
    return Outcome(question, tuple(pages), answer.confidence, answer.answered, seconds, {}, nearest, marked)


def _pages(hits: Sequence[Hit]) -> dict[Place, Hit]:
    """Return the pages in the order of their best hit, with that hit."""
    pages: dict[Place, Hit] = {}
    for hit in hits:
        pages.setdefault((hit.passage.document, hit.passage.page), hit)
    return pages


def _sentence(hit: Hit) -> str:
    return hit.passage.text[slice(*hit.sentence)]


def _marked(question: Question, hits: Sequence[Hit]) -> bool | None:
    """Whether the marked sentence holds the gold words or is a part of them, in the best passage that holds these."""
    gold = {place: _letters(quote) for place, quote in zip(question.gold, question.quotes, strict=False) if quote}
    for hit in hits:
        quote = gold.get((hit.passage.document, hit.passage.page), "")
        if quote and alike(quote, _letters(hit.passage.text)) >= SAME:
            return alike(quote, _letters(_sentence(hit))) >= SAME
    return None


def alike(one: str, other: str) -> float:
    """Return how well the shorter of two texts fits somewhere in the longer, 0..1."""
    return partial_ratio(one, other) / 100 if one and other else 0.0


def _letters(text: str) -> str:
    """Return the words of a text in small letters: line breaks and signs tell no two quotes apart."""
    return " ".join(_WORD.findall(text.casefold()))


def _grouped(outcomes: Sequence[Outcome], names: Callable[[Question], set[str]]) -> dict[str, list[Outcome]]:
    """Put outcomes under the names of their questions, in the order of the alphabet."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        for name in names(outcome.question):
            groups.setdefault(name, []).append(outcome)
    return dict(sorted(groups.items()))


def _rows(groups: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float | int | None]]:
    """Return the measures of groups as the scorer prints them, rounded."""
    return {
        name: {measure: _rounded(row[measure]) for measure in ("MRR@10", "nDCG@10", "hit@5")} | {"n": int(row["n"])}
        for name, row in groups.items()
    }


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
