"""Contrastive training: what it draws nearer, what it leaves alone, and that it can be repeated."""

import numpy as np
import pytest
import torch

from index.training import contrast
from index.training.config import Contrast
from index.training.contrast import Bag, pair_loss, question_loss

LEFT = [np.array([0, 1]), np.array([2, 3])]
RIGHT = [np.array([4]), np.array([5])]
SETTINGS = Contrast(steps=40, batch=2, rate=0.05, dropout=0.0)


def start() -> contrast.Vectors:
    """Vectors for eight subwords."""
    return np.random.default_rng(1).normal(size=(8, 6)).astype(np.float32)


def loss(bag: Bag) -> torch.Tensor:
    """Pull each left text to its right one."""
    return pair_loss(bag.encode(LEFT), bag.encode(RIGHT), 10.0)


def test_partners_end_nearer_than_others() -> None:
    """After training, every text is nearest to its own partner; subwords that never occurred did not move."""
    vectors = contrast.fit(start(), SETTINGS, loss, np.random.default_rng(1))
    bag = Bag(vectors, 0.0, np.random.default_rng(1))
    scores = (bag.encode(LEFT) @ bag.encode(RIGHT).T).detach().numpy()
    assert scores[0, 0] > scores[0, 1] + 0.5
    assert scores[1, 1] > scores[1, 0] + 0.5
    assert np.array_equal(vectors[6:], start()[6:])
    assert not np.allclose(vectors[:6], start()[:6])


def test_training_can_be_repeated() -> None:
    """The same seed gives the same vectors, bit for bit, and the start is not changed in place."""
    settings = Contrast(steps=5, batch=2, rate=0.05, dropout=0.5)
    first = start()
    runs = [contrast.fit(first, settings, loss, np.random.default_rng(seed)) for seed in (3, 3, 4)]
    assert np.array_equal(runs[0], runs[1])
    assert not np.array_equal(runs[0], runs[2])
    assert np.array_equal(first, start())


def test_a_bag_encodes_as_the_shipped_model() -> None:
    """Without dropout a text is the mean of its subwords at length 1."""
    mean = start()[[2, 3]].mean(axis=0)
    encoded = Bag(start(), 0.0, np.random.default_rng(1)).encode(LEFT).detach().numpy()
    assert np.allclose(encoded[1], mean / np.linalg.norm(mean), atol=1e-6)


def test_dropout_leaves_something() -> None:
    """However many subwords are dropped, a text is never empty."""
    encoded = Bag(start(), 0.99, np.random.default_rng(1)).encode(LEFT * 50)
    assert torch.allclose(encoded.norm(dim=1), torch.ones(100))


def test_passages_on_the_answers_page_are_no_negatives() -> None:
    """A near passage counts against a question on another page, but not on the page of the answer."""
    questions = torch.tensor([[1.0, 0.0]])
    passages = torch.tensor([[0.9, 0.1], [1.0, 0.0], [0.0, 1.0]])
    rows = np.array([0])
    beside = question_loss(questions, passages, rows, np.array([1, 1, 2]), 20.0)
    elsewhere = question_loss(questions, passages, rows, np.array([1, 2, 2]), 20.0)
    assert float(beside) < 0.01
    assert float(elsewhere) > 1.0


def test_pairs_in_order_cost_least() -> None:
    """The loss of right pairs is lower than that of swapped ones."""
    left = torch.eye(3)
    assert float(pair_loss(left, left, 20.0)) < 0.01 < float(pair_loss(left, left[[1, 0, 2]], 20.0))


@pytest.mark.parametrize(("size", "count"), [(4, 10), (7, 3)])
def test_batches_take_every_row_before_any_returns(size: int, count: int) -> None:
    """Batches run through all rows once before a row comes again, also when a batch is larger than the data."""
    draw = contrast.batches(size, count, np.random.default_rng(1))
    drawn = np.concatenate([next(draw) for _ in range(count)])
    for turn in range(size):
        assert sorted(drawn[turn * count : (turn + 1) * count]) == list(range(count))
