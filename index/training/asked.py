"""Stages 5 and 6: a question must be nearer to the passage that answers it than to passages that look like it.

InfoNCE (van den Oord et al. 2018) with the passages of the other questions of the update as negatives, and hard ones
(Xiong et al. 2021, 'ANCE'): passages that rank high, by words and by the network as it stands, and do not answer.
"""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy

from index import fuse
from index.analysis import analyse
from index.lexical import LexicalIndex
from index.training.config import Config
from index.training.network import Network, subwords
from index.training.texts import Text

_LONGEST_QUESTION = 40
# Share of words in the mix that hard negatives are mined with.
_WORDS = 0.4
# Passages with so many of the answering passage's words say the same: they are no negatives.
_ALIKE = 0.6
_MASKED = -1e4
# What telling the questions of a passage apart counts next to telling the passages of a question apart.
_BACKWARD = 0.3


@dataclass(frozen=True, slots=True)
class Task:
    """Questions and the passages that they are asked over.

    Attributes:
        questions: subwords of each.
        answers: row of the passage that answers each question.
        passages: subwords of each.
        pages: number of each passage's page: passages of one page may answer each other's questions.
    """

    questions: list[list[int]]
    answers: list[int]
    passages: list[list[int]]
    pages: list[int]


def task(tokenizer: Tokenizer, asked: Sequence[tuple[str, int]], texts: Sequence[Text], longest: int) -> Task:
    """Return a task from questions with the row of their answer."""
    numbers: dict[tuple[str, int], int] = {}
    pages = [numbers.setdefault((text.document, text.page), len(numbers)) for text in texts]
    questions = subwords(tokenizer, [question for question, _ in asked], _LONGEST_QUESTION)
    passages = subwords(tokenizer, [text.indexed for text in texts], longest)
    return Task(questions, [row for _, row in asked], passages, pages)


class Miner:
    """Finds passages that look like the answer of a question and are not.

    Args:
        asked: questions with the row of their answer.
        texts: the passages.
        ranks: between which ranks negatives are taken.
    """

    def __init__(self, asked: Sequence[tuple[str, int]], texts: Sequence[Text], ranks: tuple[int, int]) -> None:
        terms = [analyse(text.indexed) for text in texts]
        index = LexicalIndex.build(terms)
        self._lexical = [index.scores(analyse(question)) for question, _ in asked]
        self._words = [set(row) for row in terms]
        self._ranks = ranks

    def mine(self, network: Network, given: Task, kept: Path) -> list[list[int]]:
        """Return rows of hard negatives for each question; those in `kept`, from a run that broke off, when there."""
        if not kept.exists():
            passages, questions = network.encode(given.passages), network.encode(given.questions)
            found = [
                self._of(row, fuse.convex(question @ passages.T, self._lexical[row], _WORDS), given)
                for row, question in enumerate(questions)
            ]
            kept.write_text(json.dumps(found), encoding="utf-8")
        negatives: list[list[int]] = json.loads(kept.read_text(encoding="utf-8"))
        return negatives

    def _of(self, question: int, scores: np.ndarray[tuple[int], np.dtype[np.float32]], given: Task) -> list[int]:
        answer = given.answers[question]
        first, last = self._ranks
        found: list[int] = []
        for row in np.argsort(-scores, kind="stable").tolist():
            if given.pages[row] != given.pages[answer] and not self._alike(answer, row):
                found.append(row)
            if len(found) == last:
                break
        return found[first:]

    def _alike(self, one: int, other: int) -> bool:
        return len(self._words[one] & self._words[other]) >= _ALIKE * max(1, len(self._words[one]))


def loss(
    network: Network, given: Task, epochs: int, mine: Callable[[int], list[list[int]]], config: Config
) -> tuple[int, Callable[[int], torch.Tensor]]:
    """Return the number of updates, and the loss of an update by its number.

    Args:
        network: in training.
        given: questions and passages.
        epochs: rounds over all questions.
        mine: gives the hard negatives of an epoch by its number.
        config: batch, scale, seed and share of hard negatives.
    """
    size = config.question.batch
    length = max(1, len(given.questions) // size)
    mined: dict[int, list[list[int]]] = {}

    def of(step: int) -> torch.Tensor:
        epoch, at = divmod(step, length)
        if epoch not in mined:
            mined.clear()
            mined[epoch] = mine(epoch)
        draw = random.Random(f"{config.seed} {epoch}")  # noqa: S311  # nothing secret: the same order again
        order = draw.sample(range(len(given.questions)), len(given.questions))
        chosen = order[at * size : (at + 1) * size]
        pick = random.Random(f"{config.seed} {step}")  # noqa: S311  # as above
        hard = [pick.choice(mined[epoch][q]) for q in chosen if mined[epoch][q] and pick.random() < config.hard_share]
        return update(network, given, chosen, hard, config.question.scale)

    return epochs * length, of


def update(network: Network, given: Task, chosen: Sequence[int], hard: Sequence[int], scale: float) -> torch.Tensor:
    """Return the loss of some questions among the passages of all of them and some hard ones."""
    answers = [given.answers[row] for row in chosen]
    rows = list(dict.fromkeys([*answers, *hard]))
    passages = _encoded(network, [given.passages[row] for row in rows])
    scores = scale * network([given.questions[row] for row in chosen]) @ passages.T
    own = torch.tensor([rows.index(row) for row in answers], device=scores.device)
    other_page = [[given.pages[row] != given.pages[answer] or row == answer for row in rows] for answer in answers]
    forward = cross_entropy(scores.masked_fill(~torch.tensor(other_page, device=scores.device), _MASKED), own)
    among = [
        [given.pages[other] != given.pages[answer] or at == row for at, other in enumerate(answers)]
        for row, answer in enumerate(answers)
    ]
    backward = scores[:, own].T.masked_fill(~torch.tensor(among, device=scores.device), _MASKED)
    return forward + _BACKWARD * cross_entropy(backward, torch.arange(len(chosen), device=scores.device))


def _encoded(network: Network, rows: Sequence[Sequence[int]]) -> torch.Tensor:
    """Encode passages in two parts by length: padding is work for nothing."""
    order = sorted(range(len(rows)), key=lambda row: len(rows[row]))
    half = len(order) // 2
    parts = [network([rows[row] for row in part]) for part in (order[:half], order[half:]) if part]
    back = torch.tensor(order).argsort()
    return torch.cat(parts)[back.to(parts[0].device)]
