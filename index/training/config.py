"""Everything that shapes the model, in one record: change a number here and the next run differs by that alone."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of a training run.

    Attributes:
        shared: folder with `training/`, `corpus/` and `real/`.
        work: folder for what the stages hand on to each other.
        model: folder that the finished model is written to.
        seed: of everything random.
        vocabulary: number of subwords.
        minimum_count: how often a subword's word must occur before it counts.
        plan_repeats: how often plans and questions are counted next to the far larger legal text.
        dimension: length of the vectors.
        start_paragraphs: paragraphs of legal text in the term-document matrix of the start vectors.
    """

    shared: Path = Path("../shared")
    work: Path = Path(".regiowijzer/training")
    model: Path = Path("index/model")
    seed: int = 13
    vocabulary: int = 30_000
    minimum_count: int = 5
    plan_repeats: int = 20
    dimension: int = 256
    start_paragraphs: int = 250_000
