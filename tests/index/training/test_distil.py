"""Following the English model: which pairs, in which batches, and that the network comes nearer."""

import numpy as np
from tokenizers import Tokenizer

from index.training import distil, network, stages
from index.training.config import Config
from tests.index.models import small_tokenizer


def test_pairs_are_free_sentences_and_own_words(config: Config) -> None:
    """Sentences under a licence that forbids weights that ship are left out; words come with their best translation."""
    found = distil.pairs(config)
    assert ("De huisarts helpt ouderen.", "The doctor helps older people.") in found
    assert found.count(("huisarts", "doctor")) == 2
    assert not [dutch for dutch, _ in found if "hond" in dutch]


def test_every_text_comes_once_an_epoch() -> None:
    """The batches of an epoch hold every row once, and the same seed gives the same batches."""
    rows = [[1] * (1 + row % 7) for row in range(50)]
    batches = distil._batches(rows, 8, seed=1)
    epoch = [next(batches) for _ in range(7)]
    assert sorted(row for batch in epoch for row in batch) == list(range(50))
    again = distil._batches(rows, 8, seed=1)
    assert [next(again) for _ in range(7)] == epoch


def test_batches_hold_texts_of_about_one_length() -> None:
    """Padding is work for nothing: within a batch lengths differ little."""
    rows = [[1] * length for length in np.random.default_rng(1).integers(1, 90, 128)]
    batches = distil._batches(rows, 16, seed=1)
    spreads = [np.ptp([len(rows[row]) for row in next(batches)]) for _ in range(8)]
    assert np.mean(spreads) < 30


def test_the_network_follows(config: Config) -> None:
    """After the updates of all epochs, texts are nearer to the vectors of their translations."""
    folder = stages.teacher(config)
    dutch, english = zip(*distil.pairs(config), strict=True)
    aims = distil.targets(network.new(folder), Tokenizer.from_file(str(folder / "tokenizer.json")), english, 32)
    tokenizer = small_tokenizer()
    words = np.random.default_rng(1).normal(size=(tokenizer.get_vocab_size(), 16)).astype(np.float32)
    learner = network.new(folder, words)
    rows = network.subwords(tokenizer, dutch, 32)
    before = (learner.encode(rows) * aims).sum(axis=1).mean()
    steps, loss = distil.loss(learner, rows, aims, config)
    assert steps == config.distil_epochs * -(-len(rows) // config.distil.batch)
    network.fit(learner, config.distil, steps, loss, config.work.with_name("d.partial"))
    assert (learner.encode(rows) * aims).sum(axis=1).mean() > before
