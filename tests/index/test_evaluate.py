"""Evaluation."""

import json
import math
import runpy
from pathlib import Path

import pytest

from index.embed import load_encoder
from index.errors import BadQuestions
from index.evaluate import MEASURES, Question, Report, absent, as_dict, auroc, evaluate, read_questions, worst
from index.generation import publish
from index.search import Answer, Hit, Why, open_searcher
from ingest.corpus import ingest
from ingest.pdf import Limits
from tests.index.fakes import passage
from tests.shared import SHARED, needs_shared


class Scripted:
    """Answers each question with the pages that the script gives."""

    def __init__(self, script: dict[str, tuple[list[int], float]]) -> None:
        self.script = script
        self.limits: list[int] = []

    def search(self, query: str, limit: int = 10) -> Answer:
        """Return hits on the script's pages with the script's confidence."""
        self.limits.append(limit)
        pages, confidence = self.script[query]
        why = Why(0.0, 0.0, (), ())
        hits = [Hit(rank, 0.5, passage(f"{rank}", page), (), why) for rank, page in enumerate(pages, 1)]
        return Answer(query, confidence >= 0.5, confidence, tuple(hits))


def question(name: str, *pages: int, kind: str = "cijfer") -> Question:
    """Make a question that pages of plan.pdf answer."""
    return Question(name, name, kind, tuple(("plan.pdf", page) for page in pages))


def test_measures_are_those_of_the_definitions() -> None:
    """One page of two at rank 2 and one question missed give the values that the formulas give."""
    report = evaluate(Scripted({"a": ([9, 1, 8], 0.9), "b": ([9, 8], 0.8)}), [question("a", 1, 2), question("b", 3)])
    ideal = 1 + 1 / math.log2(3)
    assert report.measures["nDCG@10"] == pytest.approx((1 / math.log2(3) / ideal) / 2)
    assert report.measures["MRR@10"] == pytest.approx(0.25)
    assert [report.measures[name] for name in ("hit@1", "hit@5", "hit@10")] == [0.0, 0.5, 0.5]
    assert report.misses == ("b",)


def test_a_page_counts_once_at_its_best_rank() -> None:
    """Four passages of one wrong page push the right page to rank 2, not 5."""
    assert evaluate(Scripted({"a": ([9, 9, 9, 9, 1], 0.9)}), [question("a", 1)]).measures["MRR@10"] == 0.5


def test_the_order_of_many_pages_is_kept() -> None:
    """A right page at rank 11 is beyond every measure, one at rank 10 is within."""
    twelve = Scripted({"a": (list(range(1, 13)), 0.9), "b": (list(range(1, 13)), 0.9)})
    report = evaluate(twelve, [question("a", 11), question("b", 10)])
    assert [outcome.measures["hit@10"] for outcome in report.outcomes] == [0.0, 1.0]
    assert report.outcomes[1].measures["MRR@10"] == pytest.approx(0.1)


def test_a_question_without_hits_scores_zero() -> None:
    """Nothing found is 0 on every measure, not left out."""
    report = evaluate(Scripted({"a": ([], 0.0), "b": ([1], 0.9)}), [question("a", 1), question("b", 1)])
    assert report.questions == 2
    assert [report.measures[name] for name in MEASURES] == [0.5] * len(MEASURES)


def test_kinds_are_measured_apart() -> None:
    """Each kind has its own means and its own number of questions."""
    script = Scripted({"a": ([1], 0.9), "b": ([9], 0.9)})
    report = evaluate(script, [question("a", 1), question("b", 1, kind="parafrase")])
    assert report.by_kind["cijfer"]["MRR@10"] == 1.0
    assert report.by_kind["parafrase"] == {**dict.fromkeys(MEASURES, 0.0), "n": 1}


def test_unanswerable_questions_measure_abstention() -> None:
    """They count in no ranking measure; a tie of confidence counts for half."""
    script = Scripted({"a": ([1], 0.9), "b": ([1], 0.3), "x": ([9], 0.3), "y": ([9], 0.6)})
    kinds = [question("a", 1), question("b", 1)]
    kinds += [question("x", kind="onbeantwoordbaar"), question("y", kind="onbeantwoordbaar")]
    report = evaluate(script, kinds)
    assert report.questions == 2
    assert report.abstention.auroc == pytest.approx((2 + 0.5) / 4)
    assert (report.abstention.refused_answerable, report.abstention.refused_unanswerable) == (0.5, 0.5)


def test_comparisons_are_not_asked() -> None:
    """A question that compares regions is measured elsewhere."""
    assert evaluate(Scripted({}), [question("v", 1, kind="vergelijk")]).outcomes == ()


def test_depth_is_the_number_of_hits_asked_for() -> None:
    """The searcher is asked for as many hits as the depth says."""
    script = Scripted({"a": ([1], 0.9)})
    evaluate(script, [question("a", 1)], depth=7)
    assert script.limits == [7]


def test_the_dictionary_is_plain_json_in_the_form_of_the_scorer() -> None:
    """Values are rounded to four digits, and what there is nothing to count for is null."""
    form = as_dict(evaluate(Scripted({"a": ([9, 8, 1], 0.9)}), [question("a", 1)]))
    assert json.loads(json.dumps(form, allow_nan=False)) == form
    assert (form["questions"], form["MRR@10"], form["missed_at_5"]) == (1, 0.3333, [])
    assert form["by_kind"] == {"cijfer": {"MRR@10": 0.3333, "nDCG@10": 0.5, "hit@5": 1.0, "n": 1}}
    assert form["abstention"] == {"AUROC": None, "refused_unanswerable": None, "refused_answerable": 0.0}
    assert set(form["search_ms"]) == {"median", "p95"}


def test_auroc_is_the_chance_of_the_right_order() -> None:
    """Three of four pairs in order is 0.75; without one of the sorts there is no chance to speak of."""
    assert auroc([0.9, 0.4], [0.5, 0.1]) == 0.75
    assert math.isnan(auroc([], [0.5]))


def test_questions_are_read_from_json_lines(tmp_path: Path) -> None:
    """Blank lines are skipped; gold pages keep their order; other fields do no harm."""
    line = {"id": "q1", "question": "Hoeveel?", "kind": "cijfer", "region": None, "gold": [{"doc": "a.pdf", "page": 3}]}
    (tmp_path / "q.jsonl").write_text(json.dumps(line) + "\n\n", encoding="utf-8")
    assert read_questions(tmp_path / "q.jsonl") == (Question("q1", "Hoeveel?", "cijfer", (("a.pdf", 3),), ("",)),)


@pytest.mark.parametrize(
    "line", ["geen json", "[]", '{"id": "q1"}', '{"id": 1, "question": "?", "kind": "x", "gold": [1]}']
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    """The message has the number of the line and the form that it should have."""
    (tmp_path / "q.jsonl").write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(BadQuestions, match=r"Regel 2 .*\"gold\""):
        read_questions(tmp_path / "q.jsonl")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The message has the name of the file."""
    with pytest.raises(BadQuestions, match=r"weg\.jsonl"):
        read_questions(tmp_path / "weg.jsonl")


@pytest.fixture(scope="module")
def development(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Read, index and question the real plans, once for the tests that need it."""
    data = tmp_path_factory.mktemp("data")
    publish(data, ingest([SHARED / "corpus"], {}, Limits(), workers=2), load_encoder())
    return evaluate(open_searcher(data), read_questions(SHARED / "eval" / "questions.jsonl"))


@needs_shared
def test_the_real_plans_reach_the_bars(development: Report) -> None:
    """On the development questions the shipped model and weights stay above what the project promises."""
    assert development.measures["nDCG@10"] >= 0.67
    assert development.by_kind["parafrase"]["MRR@10"] >= 0.35
    assert development.abstention.refused_answerable <= 0.06


@needs_shared
def test_measures_equal_those_of_the_scorer(development: Report) -> None:
    """Question by question ir_measures gives what shared/eval/score.py computes from the same pages."""
    score_question = runpy.run_path(str(SHARED / "eval" / "score.py"))["score_question"]
    questions = [json.loads(line) for line in (SHARED / "eval" / "questions.jsonl").read_text("utf-8").splitlines()]
    by_id = {question["id"]: question for question in questions}
    for outcome in development.outcomes:
        if outcome.measures:
            hits = [{"document": document, "page": page} for document, page in outcome.pages]
            assert outcome.measures == pytest.approx(score_question(by_id[outcome.question.id], hits))


def test_documents_are_measured_apart() -> None:
    """A question counts for each document that one of its gold pages is of."""
    both = Question("a", "a", "cijfer", (("plan.pdf", 1), ("tweede.pdf", 4)))
    report = evaluate(Scripted({"a": ([1], 0.9), "b": ([9], 0.9)}), [both, question("b", 1)])
    assert {name: row["n"] for name, row in report.by_document.items()} == {"plan.pdf": 2, "tweede.pdf": 1}
    assert report.by_document["plan.pdf"]["hit@1"] == 0.5


def test_the_worst_questions_come_first() -> None:
    """A question whose page is first is not among them; each of the others tells what was found instead."""
    script = Scripted({"a": ([1], 0.9), "b": ([9, 1], 0.9), "c": ([9, 8], 0.9)})
    found = worst(evaluate(script, [question(name, 1) for name in "abc"]))
    assert [one.question.id for one in found] == ["c", "b"]
    assert [one.place for one in found[0].nearest] == [("plan.pdf", 9), ("plan.pdf", 8)]


def test_gold_documents_that_are_not_indexed_are_named() -> None:
    """Each missing document comes with the number of questions about it."""
    asked = [question("a", 1, 2), question("b", 1), Question("c", "c", "cijfer", (("weg.pdf", 1),))]
    assert absent(asked, {"plan.pdf"}) == {"weg.pdf": 1}
    assert absent(asked, {"weg.pdf"}) == {"plan.pdf": 2}


@pytest.mark.parametrize(
    ("quote", "marked"),
    [("Twaalf artsen, openen", True), ("de nacht is\nkort", False), ("heel iets anders", None), ("", None)],
)
def test_the_marked_sentence_is_held_against_the_gold_words(quote: str, marked: bool | None) -> None:
    """The marked sentence is right when the gold words are in it; nothing is said when no passage holds them."""
    text = "Twaalf artsen openen een post. De nacht is kort."

    class Marking:
        def search(self, query: str, limit: int = 10) -> Answer:
            hit = Hit(1, 0.5, passage(text, 1), (), Why(0.0, 0.0, (), ()), (0, 30))
            return Answer(query, True, 0.9, (hit,))

    asked = Question("a", "a", "cijfer", (("plan.pdf", 1),), (quote,))
    assert evaluate(Marking(), [asked]).outcomes[0].marked is marked
