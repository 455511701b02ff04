"""Example questions and comparisons for the home page, from examples.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Examples:
    """What a newcomer may ask.

    Attributes:
        questions: questions that passages answer.
        comparisons: topics to compare the regions on.
    """

    questions: tuple[str, ...]
    comparisons: tuple[str, ...]


@cache
def examples() -> Examples:
    """Read examples.toml, once."""
    data = tomllib.loads(Path(__file__).with_name("examples.toml").read_text(encoding="utf-8"))
    return Examples(tuple(data["questions"]), tuple(data["comparisons"]))
