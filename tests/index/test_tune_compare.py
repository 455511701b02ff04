"""Choosing the numbers of the comparison."""

import json
from pathlib import Path

import numpy as np
import pytest

from index import tune_compare
from index.compare import Comparer
from index.decision import DECISION, Evidence
from index.generation import open_generation, publish
from index.search import Searcher
from index.tune_compare import (
    Case,
    Gold,
    Measures,
    choose_reach,
    fit,
    gather,
    held_out,
    main,
    measure,
    nonsense_found,
    read_comparisons,
)
from tests.index.fakes import FakeEncoder, small_corpus

GOLD = [
    Gold("a", "Welke regio's openen een spoedpost?", "regio", frozenset({"Drenthe"}), frozenset()),
    Gold("b", "wijkteams voor ouderen thuis", "regio", frozenset({"Twente"}), frozenset({"Drenthe"})),
    Gold("c", "valpreventie", "regio", frozenset({"Arnhem (Achterhoek)"}), frozenset()),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the small corpus and write the comparisons beside it, with a question of another kind."""
    folder = tmp_path_factory.mktemp("data")
    publish(folder, small_corpus(), FakeEncoder())
    lines = [
        {"id": g.id, "question": g.question, "kind": "vergelijk", "regions": sorted(g.regions), "gold": []}
        | ({"grensgeval": [{"region": name} for name in g.doubtful]} if g.doubtful else {})
        for g in GOLD
    ]
    lines.append({"id": "d", "question": "Hoeveel?", "kind": "cijfer", "gold": []})
    (folder / "q.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def comparer(data: Path) -> Comparer:
    """Compare the regions of the small corpus."""
    return Comparer(Searcher(open_generation(data, FakeEncoder()), FakeEncoder()))


def case(*signals: tuple[float, bool], missing: int = 0) -> Case:
    """Make a case of (evidence, whether to be found)."""
    evidence = tuple(Evidence(value, value) for value, _ in signals)
    return Case(evidence, np.array([gold for _, gold in signals]), missing)


def test_comparisons_are_read_and_others_left(data: Path) -> None:
    """Only the questions of kind 'vergelijk' come back, with their doubtful regions."""
    assert read_comparisons(data / "q.jsonl") == GOLD


@pytest.mark.parametrize(
    ("names", "level"),
    [
        (["Lekstroom", "Utrecht Stad"], "subregio"),
        (["Lekstroom"], "subregio"),
        (["Lekstroom", "Drenthe"], "regio"),
        (["Drenthe", "Twente"], "regio"),
        (["Arnhem (Achterhoek)"], "regio"),
        (["Onbekend"], "regio"),
        ([], "regio"),
    ],
)
def test_the_level_follows_from_the_regions(tmp_path: Path, names: list[str], level: str) -> None:
    """Parts that have no row of their own among the regions are compared with each other, whatever the id."""
    line = {"id": "x-1", "question": "roosters", "kind": "vergelijk", "regions": names}
    (tmp_path / "q.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert read_comparisons(tmp_path / "q.jsonl")[0].level == level


def test_doubtful_regions_count_neither_way(comparer: Comparer) -> None:
    """They are not among the regions of a case."""
    first, second = gather(comparer, GOLD[0]), gather(comparer, GOLD[1])
    assert (len(first.evidence), int(first.gold.sum())) == (3, 1)
    assert (len(second.evidence), int(second.gold.sum())) == (2, 1)


def test_measures_count_regions() -> None:
    """One right of two found and of two wanted is a half; a wanted region that is not covered lowers recall."""
    pair = case((1.0, True), (1.0, False), (0.0, True))
    assert measure(pair, DECISION, 0.3) == Measures(0.5, 0.5, 0.5)
    assert measure(case((1.0, True), missing=1), DECISION, 0.3).recall == 0.5
    assert measure(case((0.0, True)), DECISION, 0.3) == Measures(0.0, 0.0, 0.0)


def test_the_fit_parts_found_from_not_found() -> None:
    """On questions that evidence decides nothing is lost, also not on questions that the fit did not see."""
    cases = [case((1.0, True), (0.9, True), (0.1, False), (0.0, False), (0.2, False)) for _ in range(4)]
    decision = fit(cases)
    assert decision.relative > 0
    assert decision.ruim <= decision.streng
    assert measure(cases[0], decision, decision.streng).f1 == 1.0
    assert held_out(cases, lambda chosen: chosen.streng).f1 == 1.0


def test_reach_lies_below_every_gold_comparison(comparer: Comparer) -> None:
    """No question at hand is refused for its words."""
    assert 0 < choose_reach(comparer, GOLD) < min(comparer.reach(gold.question) for gold in GOLD)


def test_nonsense_finds_nothing(comparer: Comparer) -> None:
    """None of the topics that no plan holds is found in the small corpus."""
    assert nonsense_found(comparer) == []


def test_the_command_prints_constants_and_figures(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it prints can be put into decision.py, with held-out figures beside it."""
    opened = Searcher(open_generation(data, FakeEncoder()), FakeEncoder())
    monkeypatch.setattr(tune_compare, "open_searcher", lambda *_: opened)
    main([str(data / "q.jsonl"), "--data", str(data)])
    printed = capsys.readouterr().out
    assert printed.startswith("DECISION = Decision(\n    intercept=")
    assert "# streng: F1 1.000" in printed
    assert "held out" in printed
