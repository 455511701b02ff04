"""Stage 4: the Dutch network learns to give a sentence the vector that the English model gives its translation.

After Reimers and Gurevych (2020), 'Making Monolingual Sentence Embeddings Multilingual using Knowledge Distillation'.
"""

import itertools
import random
from collections.abc import Callable, Iterator, Sequence

import torch
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy

from index.training import texts
from index.training.config import Config
from index.training.network import Network, Vectors, subwords

# How often a word with its translation is seen for each time that a sentence is.
_WORD_REPEATS = 2
# What telling translations apart counts next to being near them; the network only has to follow.
_CONTRAST = 0.2
# Texts of about one length go together: padding is work for nothing.
_BATCHES_SORTED = 20


def pairs(config: Config) -> list[tuple[str, str]]:
    """Return Dutch texts with their translation: sentences, and words written for this project."""
    words = [(dutch, english[0]) for dutch, english in texts.translated_words(config).items()]
    return texts.translated_sentences(config.shared) + words * _WORD_REPEATS


def targets(teacher: Network, tokenizer: Tokenizer, english: Sequence[str], longest: int) -> Vectors:
    """Return the English model's vectors, shape (n, d)."""
    return teacher.encode(subwords(tokenizer, english, longest))


def loss(
    network: Network, rows: Sequence[Sequence[int]], wanted: Vectors, config: Config
) -> tuple[int, Callable[[int], torch.Tensor]]:
    """Return the number of updates, and the loss of an update by its number.

    Args:
        network: the Dutch one.
        rows: subwords of the Dutch texts.
        wanted: vectors of their translations, shape (n, d).
        config: batch, epochs, scale and seed.
    """
    settings = config.distil
    plan = list(itertools.islice(_batches(rows, settings.batch, config.seed), _updates(len(rows), config)))

    def of(step: int) -> torch.Tensor:
        chosen = plan[step]
        made = network([rows[row] for row in chosen])
        aim = torch.from_numpy(wanted[chosen]).to(made.device)
        near: torch.Tensor = ((made - aim) ** 2).sum(dim=1).mean()
        own = torch.arange(len(chosen), device=made.device)
        return near + _CONTRAST * cross_entropy(settings.scale * made @ aim.T, own)

    return len(plan), of


def _updates(count: int, config: Config) -> int:
    return config.distil_epochs * -(-count // config.distil.batch)


def _batches(rows: Sequence[Sequence[int]], size: int, seed: int) -> Iterator[list[int]]:
    """Yield batches without end, every row once an epoch, rows of about one length together."""
    draw = random.Random(seed)  # noqa: S311  # nothing secret: a seed that gives the same batches again
    while True:
        order = list(range(len(rows)))
        draw.shuffle(order)
        batches: list[list[int]] = []
        for start in range(0, len(order), size * _BATCHES_SORTED):
            block = sorted(order[start : start + size * _BATCHES_SORTED], key=lambda row: len(rows[row]))
            batches += [block[at : at + size] for at in range(0, len(block), size)]
        draw.shuffle(batches)
        yield from batches
