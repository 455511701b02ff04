"""Contrastive training of subword vectors: a text must be nearer to its own partner than to all others (InfoNCE)."""

import logging
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy, normalize

from index.training.config import Contrast

log = logging.getLogger(__name__)

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]
Loss = Callable[["Bag"], torch.Tensor]

_WARM_UP = 20
_LOWEST = 0.02
_MASKED = -1e4
# Texts longer than this are cut: a mean over more subwords says little about any of them.
_LONGEST = 256
# Texts that are cut into subwords at a time: an encoding is far larger than the ids that are kept of it.
_BLOCK = 10_000


class Bag:
    """Subword vectors under training; encodes as the shipped model does, with dropout of whole subwords.

    Args:
        vectors: the start, shape (vocabulary, d).
        dropout: share of the subwords left out.
        generator: decides which.
    """

    def __init__(self, vectors: Vectors, dropout: float, generator: np.random.Generator) -> None:
        self.table = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(vectors.copy()), freeze=False, mode="mean")
        self._dropout = dropout
        self._generator = generator

    def encode(self, texts: Sequence[Ids]) -> torch.Tensor:
        """Return vectors of shape (n, d), L2-normalised."""
        kept = [self._drop(ids) for ids in texts]
        offsets = np.cumsum([0, *(len(ids) for ids in kept[:-1])])
        return normalize(self.table(torch.from_numpy(np.concatenate(kept)), torch.from_numpy(offsets)), dim=1)

    def _drop(self, ids: Ids) -> Ids:
        kept = ids[self._generator.random(len(ids)) >= self._dropout]
        return kept if len(kept) else ids


def subwords(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Ids]:
    """Return the subword ids of each text, cut to a bounded length."""
    ids: list[Ids] = []
    for start in range(0, len(texts), _BLOCK):
        encodings = tokenizer.encode_batch_fast(list(texts[start : start + _BLOCK]), add_special_tokens=False)
        ids += [np.asarray(encoding.ids[:_LONGEST], dtype=np.int64) for encoding in encodings]
    return ids


def fit(vectors: Vectors, settings: Contrast, loss: Loss, generator: np.random.Generator) -> Vectors:
    """Return the vectors after minimising a loss by Adam; `loss` draws its own batch at every call."""
    bag = Bag(vectors, settings.dropout, generator)
    optimiser = torch.optim.Adam(bag.table.parameters(), lr=settings.rate)
    for step in range(settings.steps):
        for group in optimiser.param_groups:
            group["lr"] = settings.rate * _schedule(step, settings.steps)
        value = loss(bag)
        optimiser.zero_grad()
        value.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        optimiser.step()
        if step % max(1, settings.steps // 10) == 0 or step == settings.steps - 1:
            log.info("step %d of %d: loss %.3f", step + 1, settings.steps, value.item())
    return np.asarray(bag.table.weight.detach().numpy(), dtype=np.float32)


def pair_loss(left: torch.Tensor, right: torch.Tensor, scale: float) -> torch.Tensor:
    """Return InfoNCE in both directions over pairs; the other pairs of the batch are the negatives."""
    scores = scale * left @ right.T
    own = torch.arange(len(left))
    return (cross_entropy(scores, own) + cross_entropy(scores.T, own)) / 2


def question_loss(questions: torch.Tensor, passages: torch.Tensor, rows: Ids, pages: Ids, scale: float) -> torch.Tensor:
    """Return InfoNCE of questions against every passage that there is: all hard negatives are among them.

    Args:
        questions: shape (q, d).
        passages: shape (n, d).
        rows: the passage that answers each question, shape (q,).
        pages: number of the page of each passage, shape (n,). Passages on the answer's page are no negatives: they
            may answer as well.
        scale: what cosines are multiplied with.
    """
    same_page = pages[None, :] == pages[rows][:, None]
    same_page[np.arange(len(rows)), rows] = False
    scores = (scale * questions @ passages.T).masked_fill(torch.from_numpy(same_page), _MASKED)
    return cross_entropy(scores, torch.from_numpy(rows))


def batches(size: int, count: int, generator: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """Yield rows to train on without end: every one of `count` once before any comes again."""
    order = np.empty(0, dtype=np.int64)
    while True:
        while len(order) < size:
            order = np.concatenate([order, generator.permutation(count)])
        yield order[:size]
        order = order[size:]


def _schedule(step: int, steps: int) -> float:
    """Return the share of the full learning rate at a step: up in a straight line, then down."""
    return min(1.0, (step + 1) / _WARM_UP) * max(_LOWEST, 1 - step / steps)
