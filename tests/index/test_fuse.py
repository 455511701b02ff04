"""Fusion."""

import numpy as np
import pytest

from index.fuse import convex, normalise, rrf


def scores(*values: float) -> "np.typing.NDArray[np.float32]":
    """Make an array of scores."""
    return np.array(values, dtype=np.float32)


def test_normalise_stretches_to_zero_and_one() -> None:
    """The lowest becomes 0, the highest 1, the rest keeps its place between."""
    assert normalise(scores(-1, 0, 3)).tolist() == [0.0, 0.25, 1.0]


@pytest.mark.parametrize("values", [(), (2.0,), (0.5, 0.5)])
def test_equal_scores_say_nothing(values: tuple[float, ...]) -> None:
    """Scores that do not differ become 0, and no division by zero is made of them."""
    assert normalise(scores(*values)).tolist() == [0.0] * len(values)


@pytest.mark.parametrize(("weight", "best"), [(0.0, 0), (1.0, 1), (0.6, 1), (0.4, 0)])
def test_convex_weighs_the_lexical_side(weight: float, best: int) -> None:
    """The weight is the lexical side's; at 0 and 1 the other side is silent."""
    assert int(np.argmax(convex(scores(1, 0, 0.2), scores(0, 10, 1), weight))) == best


def test_convex_stays_within_zero_and_one() -> None:
    """First on both sides is 1."""
    assert convex(scores(3, 1), scores(9, 2), 0.3).tolist() == pytest.approx([1.0, 0.0])


def test_rrf_sums_reciprocal_ranks() -> None:
    """First and second place give (1/61 + 1/62) of the 2/61 that two first places give."""
    fused = rrf([scores(3, 2, 1), scores(1, 2, 3)])
    assert fused.tolist() == pytest.approx([(1 + 61 / 63) / 2, 61 / 62, (1 + 61 / 63) / 2])


def test_rrf_gives_nothing_for_what_was_not_found() -> None:
    """A row without a score on one side has only the other side's share."""
    assert rrf([scores(1, 0), scores(0, 0)]).tolist() == [0.5, 0.0]
