"""Everything that shapes the model, in one record: change a number here and the next run differs by that alone."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Contrast:
    """Settings of one contrastive stage.

    Attributes:
        steps: number of updates.
        batch: pairs in an update.
        rate: learning rate at its highest, after the warm-up; it falls to near zero in a straight line.
        dropout: share of the subwords of every text that is left out of an update, so that no word carries all.
        scale: what cosines are multiplied with before the softmax.
    """

    steps: int
    batch: int
    rate: float
    dropout: float = 0.2
    scale: float = 20.0


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of a training run.

    Attributes:
        shared: folder with `training/`, `corpus/` and `real/`.
        work: folder for what the stages hand on to each other.
        model: folder that the finished model is written to.
        without: documents (file names) whose text and questions are kept out, to measure on what was never seen.
        seed: of everything random.
        vocabulary: number of subwords.
        minimum_count: how often a word must occur before it counts.
        plan_repeats: how often plans and questions are counted next to the far larger legal text.
        dimension: length of the vectors.
        start_paragraphs: paragraphs of legal text in the matrix of the start vectors.
        neighbour_pairs: pairs of the legal text that the second stage draws from.
        plan_share, synonym_share: share of an update that comes from the plans and from synonym sets.
        neighbours: the stage on texts that stand together.
        questions: the stage on written questions.
        rehearsal: pairs of the stage before in every update on questions; without them the model learns the passages
            that were asked about at the cost of all others.
    """

    shared: Path = Path("../shared")
    work: Path = Path(".regiowijzer/training")
    model: Path = Path("index/model")
    without: tuple[str, ...] = ()
    seed: int = 13
    vocabulary: int = 30_000
    minimum_count: int = 5
    plan_repeats: int = 20
    dimension: int = 256
    start_paragraphs: int = 120_000
    neighbour_pairs: int = 300_000
    plan_share: float = 0.4
    synonym_share: float = 0.1
    neighbours: Contrast = field(default=Contrast(steps=2000, batch=512, rate=3e-3))
    questions: Contrast = field(default=Contrast(steps=240, batch=256, rate=2e-3))
    rehearsal: int = 128
