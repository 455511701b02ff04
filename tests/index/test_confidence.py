"""Confidence."""

from dataclasses import astuple, replace

import pytest

from index.confidence import SIGNALS, Calibration, probability, read, shipped, written
from index.signals import Signals

NOTHING = Signals(*(0.0 for _ in SIGNALS))
COVERED = replace(NOTHING, row=1.0, page=1.0, nearness=6.0, words=4.0)


def numbers(intercept: float = 0.0, **coefficients: float) -> Calibration:
    """Make a calibration that knows only these signals."""
    return Calibration(0.5, intercept, tuple(coefficients.get(name, 0.0) for name in SIGNALS))


def test_without_coefficients_nothing_is_known() -> None:
    """Log-odds of 0 are a probability of a half."""
    assert probability(COVERED, numbers()) == 0.5


def test_each_signal_has_its_own_coefficient() -> None:
    """The probability is the logistic function of intercept plus coefficient times signal."""
    assert probability(replace(NOTHING, nearness=0.5), numbers(-1.0, nearness=2.0, row=9.0)) == pytest.approx(0.5)


def test_the_shipped_numbers_reward_a_covered_question() -> None:
    """A question whose words stand in one near passage is answered; one whose words stand nowhere is not."""
    threshold = shipped().threshold
    assert probability(COVERED) > threshold > probability(replace(NOTHING, unknown=1.0, words=4.0, nearness=4.0))


def test_a_gap_lowers_the_shipped_probability() -> None:
    """The figure that is missing counts against an answer."""
    assert probability(replace(COVERED, gap=1.0)) < probability(COVERED)


def test_numbers_are_written_and_read_back() -> None:
    """What is written is read back equal, whatever the notes above it say."""
    calibration = Calibration(0.25, -1.5, tuple(float(n) for n, _ in enumerate(SIGNALS)), "abc")
    assert read(written(calibration, "Een regel.\nNog een.")) == calibration


def test_the_numbers_are_in_the_order_of_the_signals() -> None:
    """Signals and their names go together, so that no coefficient meets another's signal."""
    assert len(astuple(NOTHING)) == len(SIGNALS) == len(shipped().coefficients)
