"""Confidence."""

from dataclasses import replace

import pytest

from index.confidence import CALIBRATION, THRESHOLD, Calibration, Signals, probability

NOTHING = Signals(0.0, 0.0, 0.0, 0.0, 0.0)
EVERYTHING = Signals(1.0, 1.0, 1.0, 1.0, 1.0)


def test_without_coefficients_nothing_is_known() -> None:
    """Log-odds of 0 are a probability of a half."""
    assert probability(EVERYTHING, Calibration(0, 0, 0, 0, 0, 0)) == 0.5


def test_each_signal_has_its_own_coefficient() -> None:
    """The probability is the logistic function of intercept plus coefficient times signal."""
    certainty = probability(replace(NOTHING, similarity=0.5), Calibration(-1, 0, 0, 2, 0, 0))
    assert certainty == pytest.approx(0.5)


def test_the_shipped_coefficients_reward_a_covered_question() -> None:
    """A question whose words all stand in one passage is answered sooner than one whose words stand nowhere."""
    assert probability(EVERYTHING, CALIBRATION) > THRESHOLD > 0
    assert probability(EVERYTHING, CALIBRATION) > probability(NOTHING, CALIBRATION)
