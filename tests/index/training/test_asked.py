"""Learning from questions: which passages are negatives, and that questions come nearer to their answers."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.training import asked, network
from index.training.asked import Miner, Task
from index.training.config import Config
from index.training.network import Network
from index.training.texts import Text
from tests.index.models import SENTENCES, small_tokenizer, write_teacher

ASKED = [("Wie verwijst naar de wijkverpleging?", 0), ("Wie begeleiden mantelzorgers?", 1)]
SETTINGS = Config(question=replace(Config().question, batch=2, longest=32), hard=(0, 2), hard_share=1.0)


def text(passage: str, page: int) -> Text:
    """A passage of a plan."""
    return Text("a.pdf", page, passage, passage, "", running=True)


TEXTS = [text(sentence, page) for page, sentence in enumerate(SENTENCES, 1)]


@pytest.fixture
def learner(tmp_path: Path) -> Network:
    """A tiny network with random vectors of subwords."""
    words = np.random.default_rng(1).normal(size=(small_tokenizer().get_vocab_size(), 16)).astype(np.float32)
    return network.new(write_teacher(tmp_path / "teacher"), words)


def task(texts: list[Text]) -> Task:
    """The questions over some passages."""
    return asked.task(small_tokenizer(), ASKED, texts, 32)


def test_hard_negatives_do_not_answer(learner: Network, tmp_path: Path) -> None:
    """The answer itself, its page, and a passage that says the same are no negatives; others are, the nearest first."""
    texts = [*TEXTS, text("Een ander stuk.", 1), text(SENTENCES[0] + " Kort.", 9)]
    negatives = Miner(ASKED, texts, (0, 9)).mine(learner, task(texts), tmp_path / "n.json")
    assert set(negatives[0]) == {1, 2, 3}
    assert set(negatives[1]) == {0, 2, 3, 4, 5}


def test_the_first_ranks_are_skipped(learner: Network, tmp_path: Path) -> None:
    """What ranks highest may answer after all: negatives come from the ranks that are asked for."""
    everything = Miner(ASKED, TEXTS, (0, 9)).mine(learner, task(TEXTS), tmp_path / "all.json")
    some = Miner(ASKED, TEXTS, (1, 2)).mine(learner, task(TEXTS), tmp_path / "some.json")
    assert some[0] == everything[0][1:2]


def test_negatives_of_a_run_that_broke_off_are_taken_up(learner: Network, tmp_path: Path) -> None:
    """What was mined before a run broke off is what it goes on with."""
    (tmp_path / "n.json").write_text("[[3],[2]]", encoding="utf-8")
    assert Miner(ASKED, TEXTS, (0, 2)).mine(learner, task(TEXTS), tmp_path / "n.json") == [[3], [2]]


def test_passages_of_the_same_page_do_not_count_against_a_question(learner: Network) -> None:
    """A passage on the answer's page changes nothing as a negative; one of another page does."""
    learner.eval()
    same, other = ([*TEXTS, text("De minister informeert.", page)] for page in (1, 9))
    alone = asked.update(learner, task(TEXTS), [0], [], 1.0).item()
    assert asked.update(learner, task(same), [0], [4], 1.0).item() == pytest.approx(alone, abs=1e-3)
    assert asked.update(learner, task(other), [0], [4], 1.0).item() > alone + 1e-2


def test_questions_come_nearer_to_their_answers(learner: Network, tmp_path: Path) -> None:
    """After training, each question is nearest to the passage that answers it; negatives are mined once an epoch."""
    given, miner, mined = task(TEXTS), Miner(ASKED, TEXTS, (0, 2)), list[int]()

    def mine(epoch: int) -> list[list[int]]:
        mined.append(epoch)
        return miner.mine(learner, given, tmp_path / f"{epoch}.json")

    settings = replace(SETTINGS, question=replace(SETTINGS.question, word_rate=1e-2, body_rate=1e-3))
    steps, loss = asked.loss(learner, given, 40, mine, settings)
    network.fit(learner, settings.question, steps, loss, tmp_path / "a.partial")
    nearest = (learner.encode(given.questions) @ learner.encode(given.passages).T).argmax(axis=1)
    assert nearest.tolist() == given.answers
    assert mined == list(range(40))
