"""Questions as people type them, on the real plans."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from index.embed import load_encoder
from index.evaluate import evaluate, read_questions
from index.generation import publish
from index.search import Searcher, open_searcher
from ingest.corpus import ingest
from ingest.pdf import Limits
from tests.shared import SHARED, needs_shared

EVAL = Path(__file__).parents[1] / "eval"


def lines(name: str) -> list[dict[str, str]]:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in (EVAL / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Read and index the real plans."""
    data = tmp_path_factory.mktemp("data")
    publish(data, ingest([SHARED / "corpus"], {}, Limits(), workers=2), load_encoder())
    return open_searcher(data)


@needs_shared
def test_slips_are_repaired(searcher: Searcher) -> None:
    """Of sixty slips at least fifty are repaired to the word that was meant, and at most two to another."""
    right = wrong = 0
    for pair in lines("misspelled.jsonl"):
        made = searcher.search(pair["misspelled"], limit=1).corrected
        meant = pair["question"].casefold().split()
        right += any(any(word.startswith(one.used.casefold()) for word in meant) for one in made)
        wrong += any(not any(word.startswith(one.used.casefold()) for word in meant) for one in made)
    assert right >= 50
    assert wrong <= 2


@needs_shared
def test_a_slip_costs_few_answers(searcher: Searcher) -> None:
    """The best page of the clean question is among the best five of the misspelled one for at least nine in ten."""
    kept = 0
    for pair in lines("misspelled.jsonl"):
        best = searcher.search(pair["question"], limit=1).hits[0].passage
        kept += best.page in {hit.passage.page for hit in searcher.search(pair["misspelled"], limit=5).hits}
    assert kept >= 54


@needs_shared
def test_fragments_lose_little_against_whole_questions(searcher: Searcher) -> None:
    """The ten fragments and slips among the gold questions score at most 0.05 below their clean forms."""
    clean = {line["id"]: line["clean"] for line in lines("clean_forms.jsonl")}
    asked = [one for one in read_questions(SHARED / "eval" / "questions.jsonl") if one.id in clean]
    assert len(asked) == len(clean) == 10
    whole = evaluate(searcher, [replace(one, question=clean[one.id]) for one in asked]).measures["nDCG@10"]
    assert evaluate(searcher, asked).measures["nDCG@10"] >= whole - 0.05


@needs_shared
def test_correct_questions_are_not_repaired(searcher: Searcher) -> None:
    """Of our own questions, which have no slips, at most one in a hundred is touched."""
    path = Path(__file__).parents[2] / "index" / "calibration.jsonl"
    asked = [json.loads(line)["question"] for line in path.read_text(encoding="utf-8").splitlines()]
    assert sum(bool(searcher.search(question, limit=1).corrected) for question in asked) <= len(asked) / 100
