"""The stages of a training run: each reads what the one before left in the work folder and leaves its own there."""

import logging
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import torch
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from index.training import contrast, export, pairs, start, texts, vocabulary
from index.training.config import Config
from index.training.contrast import Bag, Ids, Loss, Vectors, pair_loss, question_loss, subwords
from index.training.pairs import Pair

log = logging.getLogger(__name__)

TOKENIZER = "tokenizer.json"
START, NEIGHBOURS, QUESTIONS = "start", "neighbours", "questions"


def learn_vocabulary(config: Config) -> None:
    """Learn the subwords."""
    vocabulary.train(config).save(str(config.work / TOKENIZER))


def learn_start(config: Config) -> None:
    """Compute the start vectors."""
    save(config, START, start.train(config, tokenizer(config)))


def learn_neighbours(config: Config) -> None:
    """Train on texts that stand together: neighbouring paragraphs, headings, sentences, synonyms."""
    generator = _seed(config)
    loss = _neighbour_loss(config, config.neighbours.batch, generator)
    save(config, NEIGHBOURS, contrast.fit(load(config, START), config.neighbours, loss, generator))


def learn_questions(config: Config) -> None:
    """Train on written questions, each against its passage among all passages, and rehearse the stage before."""
    generator = _seed(config)
    asked, rehearsed = _question_loss(config, generator), _neighbour_loss(config, config.rehearsal, generator)
    vectors = contrast.fit(
        load(config, NEIGHBOURS), config.questions, lambda bag: asked(bag) + rehearsed(bag), generator
    )
    save(config, QUESTIONS, vectors)


def write_model(config: Config) -> None:
    """Write the finished model."""
    export.write(config.model, tokenizer(config), load(config, QUESTIONS))


STAGES: Mapping[str, Callable[[Config], None]] = {
    "passages": texts.read_corpus,
    "vocabulary": learn_vocabulary,
    START: learn_start,
    NEIGHBOURS: learn_neighbours,
    QUESTIONS: learn_questions,
    "export": write_model,
}


def tokenizer(config: Config) -> Tokenizer:
    """Return the vocabulary of this run."""
    return Tokenizer.from_file(str(config.work / TOKENIZER))


def save(config: Config, stage: str, vectors: Vectors) -> None:
    """Keep the vectors that a stage made, shape (vocabulary, d)."""
    save_file({"embedding.weight": np.ascontiguousarray(vectors)}, config.work / f"{stage}.safetensors")


def load(config: Config, stage: str) -> Vectors:
    """Return the vectors that a stage made."""
    return np.asarray(load_file(config.work / f"{stage}.safetensors")["embedding.weight"], dtype=np.float32)


def _neighbour_loss(config: Config, batch: int, generator: np.random.Generator) -> Loss:
    """Return the loss over pairs from law, plans and synonyms, each with its share of the batch."""
    law = pairs.legal_pairs(list(texts.legal_sections(config.shared)), config.neighbour_pairs, config.seed)
    plans = pairs.plan_pairs(texts.passages(config))
    synonyms = pairs.synonym_pairs(texts.synonym_sets(config.shared), config.seed)
    sources = [_encoded(tokenizer(config), source) for source in (law, plans, synonyms)]
    log.info("pairs of law, plans, synonyms: %s", [len(source) for source in sources])
    shares = [1 - config.plan_share - config.synonym_share, config.plan_share, config.synonym_share]
    draws = [
        contrast.batches(round(batch * share), len(source), generator)
        for share, source in zip(shares, sources, strict=True)
    ]

    def loss(bag: Bag) -> torch.Tensor:
        drawn = [source[row] for source, draw in zip(sources, draws, strict=True) for row in next(draw)]
        left, right = bag.encode([pair[0] for pair in drawn]), bag.encode([pair[1] for pair in drawn])
        return pair_loss(left, right, config.neighbours.scale)

    return loss


def _question_loss(config: Config, generator: np.random.Generator) -> Loss:
    """Return the loss over written questions against all passages."""
    settings, known = config.questions, texts.passages(config)
    answered = pairs.answers(texts.questions(config), known)
    log.info("%d questions with a passage, among %d passages", len(answered), len(known))
    asked = subwords(tokenizer(config), [question.text for question, _ in answered])
    passages = subwords(tokenizer(config), [text.indexed for text in known])
    rows = np.asarray([row for _, row in answered], dtype=np.int64)
    names = {page: number for number, page in enumerate(dict.fromkeys((text.document, text.page) for text in known))}
    pages = np.asarray([names[text.document, text.page] for text in known], dtype=np.int64)
    draw = contrast.batches(settings.batch, len(asked), generator)

    def loss(bag: Bag) -> torch.Tensor:
        chosen = next(draw)
        questions = bag.encode([asked[row] for row in chosen])
        return question_loss(questions, bag.encode(passages), rows[chosen], pages, settings.scale)

    return loss


def _encoded(words: Tokenizer, source: Sequence[Pair]) -> list[tuple[Ids, Ids]]:
    """Return the pairs as subwords; pairs with an empty side are left out."""
    left, right = (subwords(words, [pair[side] for pair in source]) for side in (0, 1))
    return [(a, b) for a, b in zip(left, right, strict=True) if len(a) and len(b)]


def _seed(config: Config) -> np.random.Generator:
    """Fix everything random of a stage."""
    torch.manual_seed(config.seed)
    return np.random.default_rng(config.seed)
