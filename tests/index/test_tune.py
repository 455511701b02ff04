"""Choosing the numbers."""

import json
from pathlib import Path

import pytest

from index.confidence import read
from index.evaluate import Question
from index.generation import open_generation, publish
from index.search import Searcher
from index.tune import SWEEP_HEAD, main, off_topic, settings, sweep
from tests.index.fakes import FakeEncoder, small_corpus

QUESTIONS = [
    Question("a", "Waar openen huisartsen een spoedpost?", "cijfer", (("plan.pdf", 1),)),
    Question("b", "Wie helpt ouderen in Twente thuis te wonen?", "parafrase", (("plan.pdf", 2),)),
    Question("c", "valpreventie voor 65-plussers", "cijfer", (("tweede.pdf", 1),)),
    Question("d", "wachttijden ggz", "cijfer", (("tweede.pdf", 2),)),
    Question("x", "Hoe duur is een zwembad?", "onbeantwoordbaar", ()),
    Question("y", "Wie bouwt de metrolijn?", "onbeantwoordbaar", ()),
    Question("z", "Vergelijk ze.", "vergelijk", ()),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the small corpus and write the questions beside it."""
    folder = tmp_path_factory.mktemp("data")
    publish(folder, small_corpus(), FakeEncoder())
    lines = [
        {"id": q.id, "question": q.question, "kind": q.kind, "gold": [{"doc": d, "page": p} for d, p in q.gold]}
        for q in QUESTIONS
    ]
    (folder / "q.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return folder


@pytest.fixture
def searcher(data: Path) -> Searcher:
    """Open a searcher on the small corpus."""
    return Searcher(open_generation(data, FakeEncoder()), FakeEncoder())


def test_the_sweep_measures_both_fusions_and_every_share(searcher: Searcher) -> None:
    """Each setting is measured once, RRF and the eleven lexical shares among them."""
    rows = list(sweep(searcher, QUESTIONS))
    assert len(rows) == len(set(settings()))
    assert {weights.fusion for weights, _ in rows} == {"convex", "rrf"}
    assert {weights.lexical for weights, _ in rows} >= {step / 10 for step in range(11)}
    assert max(report.measures["hit@1"] for _, report in rows) == 1.0


def test_off_topic_questions_are_unanswerable() -> None:
    """The questions of tune.toml are different ones, and none has a page that answers it."""
    asked = [question.question for question in off_topic()]
    assert len(set(asked)) == len(asked) >= 30
    assert all(question.kind == "onbeantwoordbaar" and not question.gold for question in off_topic())


@pytest.mark.parametrize(
    ("what", "first"),
    [
        ("sweep", SWEEP_HEAD),
        ("fit", "# Written by: python -m index.tune fit --data DIR --write"),
    ],
)
def test_the_commands_print_their_tables(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], what: str, first: str
) -> None:
    """Each command prints what it found, ready to be read or pasted."""
    monkeypatch.setattr("index.search.load_encoder", lambda name: FakeEncoder())
    main([what, str(data / "q.jsonl"), "--data", str(data)])
    assert capsys.readouterr().out.splitlines()[0] == first


def test_the_fit_is_written_when_asked(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --write the numbers stand in the file, and the questions that are given serve as the test."""
    monkeypatch.setattr("index.search.load_encoder", lambda name: FakeEncoder())
    monkeypatch.setattr("index.tune.CALIBRATION_FILE", tmp_path / "confidence.toml")
    main(["fit", str(data / "q.jsonl"), "--data", str(data), "--write"])
    assert read((tmp_path / "confidence.toml").read_text("utf-8")).model == FakeEncoder().fingerprint
    assert "of 4," in capsys.readouterr().out.splitlines()[-1]


def test_a_sweep_needs_questions(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a file of questions there is nothing to measure on."""
    with pytest.raises(SystemExit):
        main(["sweep"])
    assert "vragenbestand" in capsys.readouterr().err
