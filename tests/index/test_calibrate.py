"""Fitting the numbers of the confidence."""

from dataclasses import astuple, replace
from pathlib import Path

import numpy as np
import pytest

from index import calibrate
from index.calibrate import ANSWERABLE, REFUSED_ANSWERABLE, fit, held_out, logistic, notes, samples
from index.confidence import SIGNALS, Calibration, probability
from index.generation import open_generation, publish
from index.search import Searcher
from index.signals import Signals
from tests.index.fakes import FakeEncoder, small_corpus

NOTHING = Signals(*(0.0 for _ in SIGNALS))
QUESTIONS = (
    ("Waar openen huisartsen een spoedpost?", True),
    ("Wie helpt ouderen in Twente thuis te wonen?", True),
    ("valpreventie voor 65-plussers", True),
    ("wachttijden ggz", True),
    ("spoedpost avonden en nachten", True),
    ("Hoe duur is een zwembad?", False),
    ("Wie bouwt de metrolijn?", False),
    ("Welke treinen rijden er?", False),
    ("Hoeveel duikers werken er?", False),
    ("recept voor erwtensoep", False),
)


def made(count: int) -> tuple[list[Signals], np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Make signals of which `row` tells the sorts apart but for noise, and `words` says nothing."""
    random = np.random.default_rng(7)
    answerable = np.arange(count) % 3 == 0
    rows = random.normal(0.4, 0.15, count) + 0.2 * answerable
    words = random.integers(1, 9, count)
    return [replace(NOTHING, row=float(r), words=float(w)) for r, w in zip(rows, words, strict=True)], answerable


def test_our_questions_are_of_both_sorts_and_all_different() -> None:
    """There are at least 140 with and 250 without an answer, and none is there twice."""
    asked = samples()
    assert len({question for question, _ in asked}) == len(asked)
    assert sum(yes for _, yes in asked) >= 140
    assert sum(not yes for _, yes in asked) >= 250


def test_the_fit_finds_the_signal_that_tells() -> None:
    """The coefficient of what tells the sorts apart is positive; of what never changes it is zero."""
    coefficients = dict(zip(SIGNALS, logistic(*made(300))[1], strict=True))
    assert coefficients["row"] > 2
    assert abs(coefficients["words"]) < 0.1
    assert coefficients["gap"] == 0


def test_probabilities_hold_for_the_share_that_was_chosen() -> None:
    """Weighed as the sorts are, the mean probability is the share of answerable questions."""
    signals, answerable = made(300)
    numbers = Calibration(0.5, *logistic(signals, answerable))
    certainty = np.array([probability(signal, numbers) for signal in signals])
    weighed = ANSWERABLE * certainty[answerable].mean() + (1 - ANSWERABLE) * certainty[~answerable].mean()
    assert weighed == pytest.approx(ANSWERABLE, abs=0.005)


def test_the_fit_minimises_its_loss() -> None:
    """At the fitted coefficients the gradient of the penalised likelihood is zero, up to their rounding."""
    signals, answerable = made(300)
    numbers = Calibration(0.5, *logistic(signals, answerable))
    raw = np.array([astuple(signal) for signal in signals])
    rest = calibrate._weights(answerable) * (answerable - np.array([probability(s, numbers) for s in signals]))
    for column, coefficient in zip(raw.T, numbers.coefficients, strict=True):
        spread = column.std()
        if spread:
            standard = (column - column.mean()) / spread
            assert rest @ standard == pytest.approx(calibrate.RIDGE * coefficient * spread, abs=0.1)


def test_no_question_is_judged_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fold is judged by numbers that were fitted without it, and holds both sorts."""
    sizes = []
    real = logistic

    def spy(signals: list[Signals], answerable: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> object:
        sizes.append((len(signals), int(answerable.sum())))
        return real(signals, answerable)

    monkeypatch.setattr(calibrate, "logistic", spy)
    assert held_out(*made(30)).shape == (30,)
    assert sizes == [(24, 8)] * calibrate.FOLDS


def test_the_threshold_keeps_its_promise(tmp_path: Path) -> None:
    """On questions that were not fitted on, no more of the answerable ones are refused than promised."""
    publish(tmp_path, small_corpus(), FakeEncoder())
    found = fit(Searcher(open_generation(tmp_path, FakeEncoder()), FakeEncoder()), QUESTIONS)
    assert found.refused_answerable <= REFUSED_ANSWERABLE
    assert found.auroc == 1.0
    assert found.refused_unanswerable == 1.0
    assert found.calibration.model == FakeEncoder().fingerprint
    assert "5 questions with and 5 without" in notes(found, QUESTIONS)
