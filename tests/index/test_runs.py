"""Runs kept and compared."""

from pathlib import Path

import numpy as np
import pytest

from index.errors import BadQuestions
from index.evaluate import MEASURES
from index.runs import Run, chance, changed, compare_runs, read_run, write_run


def run(name: str, **values: float) -> Run:
    """Make a run in which every measure of a question has the same value."""
    return Run(name, {question: dict.fromkeys(MEASURES, value) for question, value in values.items()})


def test_a_run_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """Name, questions and values survive the file."""
    write_run(run("een", a=0.5, b=1.0), tmp_path / "run.json")
    assert read_run(tmp_path / "run.json") == run("een", a=0.5, b=1.0)


@pytest.mark.parametrize("text", ["geen json", "[]", '{"name": "x", "questions": {"a": {}}}', None])
def test_a_file_that_is_no_run_is_named(tmp_path: Path, text: str | None) -> None:
    """The message has the file's name and how to make one."""
    path = tmp_path / "run.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(BadQuestions, match=r"run\.json.*--save"):
        read_run(path)


def test_only_questions_of_both_runs_are_compared() -> None:
    """Means are over what both have; a question of one of them alone counts for nothing."""
    change = compare_runs(run("oud", a=0.0, b=0.5, weg=1.0), run("nieuw", a=1.0, b=0.5, erbij=0.0))[0]
    assert (change.measure, change.before, change.after) == ("nDCG@10", 0.25, 0.75)
    assert (change.better, change.worse) == (1, 0)
    assert compare_runs(run("oud", a=1.0), run("nieuw", b=1.0)) == []


def test_the_questions_that_changed_come_worst_first() -> None:
    """Losses stand above gains, and what stayed is left out."""
    assert changed(run("oud", a=0.5, b=1.0, c=0.2), run("nieuw", a=1.0, b=0.0, c=0.2)) == [("b", -1.0), ("a", 0.5)]


def test_the_chance_is_that_of_the_exact_test() -> None:
    """Ten equal gains: of the 1,024 ways to give signs, two are as far from zero."""
    assert chance(np.ones(10)) == pytest.approx(2 / 1024, abs=0.001)
    assert chance(np.array([1.0, -1.0, 0.0])) == 1.0
    assert chance(np.zeros(5)) == 1.0


def test_an_even_change_is_chance() -> None:
    """Gains and losses that balance are no difference; a lone gain among many is none either."""
    assert chance(np.array([0.3, -0.3] * 20)) > 0.9
    assert chance(np.array([0.5] + [0.0] * 50)) == 1.0
