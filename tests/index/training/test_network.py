"""The network under training: what it encodes, and that a run that broke off goes on where it was."""

from pathlib import Path

import numpy as np
import pytest
import torch

from index.training import network
from index.training.config import Updates
from index.training.network import Network
from tests.index.models import SENTENCES, small_tokenizer, write_teacher

SETTINGS = Updates(batch=2, word_rate=1e-2, body_rate=1e-3, longest=32)
ROWS = [[6, 7, 8], [9, 10], [6, 11, 12, 13]]


@pytest.fixture
def learner(tmp_path: Path) -> Network:
    """A tiny network with a vocabulary of twenty."""
    words = np.random.default_rng(1).normal(size=(20, 16)).astype(np.float32)
    return network.new(write_teacher(tmp_path / "teacher"), words)


def pull(learner: Network) -> torch.Tensor:
    """A loss that wants the first two texts together and the third apart."""
    one, two, three = learner(ROWS)
    return 1 - one @ two + one @ three


def test_vectors_have_length_one_and_padding_does_not_count(learner: Network) -> None:
    """Rows of any length, in any company, give one vector of length 1 each, in the order given."""
    together, apart = learner.encode(ROWS), np.vstack([learner.encode([row]) for row in ROWS])
    assert together.shape == (3, 16)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert np.allclose(together, apart, atol=2e-2)  # bfloat16


def test_the_vocabulary_can_be_another_than_the_weights_had(learner: Network) -> None:
    """The vectors of the subwords are those given, the rest of the network that of the folder."""
    assert learner.body.config.vocab_size == 20
    assert learner.body.embeddings.word_embeddings.weight.shape == (20, 16)


def test_what_is_saved_comes_back(learner: Network, tmp_path: Path) -> None:
    """A network that was kept encodes as before."""
    network.save(learner, tmp_path / "n.safetensors")
    assert np.array_equal(network.load(tmp_path / "n.safetensors").encode(ROWS), learner.encode(ROWS))


def test_updates_make_the_loss_less(learner: Network, tmp_path: Path) -> None:
    """After some updates the wanted texts are nearer; nothing is left of the state in between."""
    before = pull(learner).item()
    network.fit(learner, SETTINGS, 20, lambda _: pull(learner), tmp_path / "k.partial")
    assert pull(learner).item() < before
    assert list(tmp_path.glob("*.partial")) == []


def test_a_run_that_broke_off_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken off after a kept state and started again, a run ends with the weights of one that was left alone."""
    monkeypatch.setattr(network, "_CHECKPOINT", 3)
    words = np.random.default_rng(1).normal(size=(20, 16)).astype(np.float32)
    folder, kept = write_teacher(tmp_path / "teacher"), tmp_path / "k.partial"
    whole, broken, resumed = (network.new(folder, words) for _ in range(3))
    network.fit(whole, SETTINGS, 8, lambda _: pull(whole), tmp_path / "other.partial")

    def stop(step: int) -> torch.Tensor:
        if step == 5:
            raise KeyboardInterrupt
        return pull(broken)

    with pytest.raises(KeyboardInterrupt):
        network.fit(broken, SETTINGS, 8, stop, kept)
    steps: list[int] = []
    network.fit(resumed, SETTINGS, 8, lambda step: steps.append(step) or pull(resumed), kept)  # type: ignore[func-returns-value]
    assert steps == [3, 4, 5, 6, 7]
    for one, other in zip(whole.parameters(), resumed.parameters(), strict=True):
        assert torch.equal(one, other)


def test_texts_are_cut_to_a_length() -> None:
    """Subwords after the longest are left out, and no signs of the format are put around a text."""
    tokenizer = small_tokenizer()
    rows = network.subwords(tokenizer, [" ".join(SENTENCES), "huisarts"], 5)
    assert len(rows[0]) == 5
    assert rows[1] == tokenizer.encode("huisarts", add_special_tokens=False).ids
