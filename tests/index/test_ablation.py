"""What each part of the lexical side is worth."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.ablation import HEAD, ablate, main, parts
from index.evaluate import Question
from index.generation import open_generation, publish
from index.ranking import Weights
from index.search import Searcher
from tests.index.fakes import FakeEncoder, corpus, document, passage

QUESTIONS = [
    Question("q1", "Wie let er op de bejaarden?", "parafrase", (("plan.pdf", 1),)),
    Question("q2", "Waar is een spoedpost?", "cijfer", (("plan.pdf", 2),)),
]
LEXICAL = replace(Weights(), lexical=1.0)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan that says everything in other words than the questions."""
    folder = tmp_path_factory.mktemp("data")
    texts = ["De wijkzuster bezoekt alle ouderen.", "Een huisartsenspoedpost in de stad.", "Parkeren is gratis."]
    made = document([passage(text, page) for page, text in enumerate(texts, 1)])
    publish(folder, corpus(made), FakeEncoder())
    return folder


def test_each_part_turns_something_off() -> None:
    """No two parts are the same, and none leaves everything as it was."""
    found = list(parts(LEXICAL))
    assert len({part.without for part in found}) == len(found)
    assert LEXICAL not in [part.without for part in found]


def test_without_the_part_that_finds_a_page_it_is_not_found(data: Path) -> None:
    """The synonym finds the first page; nothing else does."""
    searcher = Searcher(open_generation(data, FakeEncoder()), FakeEncoder())
    found = dict(ablate(searcher, QUESTIONS, LEXICAL))
    assert found["everything"].by_kind["parafrase"]["hit@1"] == 1.0
    assert found["- expansion altogether"].measures["MRR@10"] < found["everything"].measures["MRR@10"]


def test_the_command_prints_a_row_for_each_part(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The table opens with everything and has a row for each part."""
    file = tmp_path / "vragen.jsonl"
    line = '{"id": "q1", "question": "bejaarden", "kind": "parafrase", "gold": [{"doc": "plan.pdf", "page": 1}]}\n'
    file.write_text(line, encoding="utf-8")
    monkeypatch.setattr("index.search.load_encoder", lambda model: FakeEncoder())
    main([str(file), "--data", str(data)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == HEAD
    assert lines[1].startswith("everything")
    assert len(lines) == 2 + len(list(parts(LEXICAL)))
