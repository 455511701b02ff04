"""How sure we are that the documents answer a question: a logistic model over what the search saw.

Its numbers are in `confidence.toml`, written by: python -m index.tune fit --data DIR
"""

import math
import tomllib
from dataclasses import astuple, dataclass, fields
from functools import cache
from pathlib import Path

from index.signals import Signals

CALIBRATION_FILE = Path(__file__).with_name("confidence.toml")
SIGNALS = tuple(field.name for field in fields(Signals))


@dataclass(frozen=True, slots=True)
class Calibration:
    """The numbers of the model.

    Attributes:
        threshold: the least probability at which the page says that it found an answer.
        intercept: the log-odds when every signal is 0.
        coefficients: log-odds for each unit of a signal, in the order of `SIGNALS`.
        model: fingerprint of the encoder that it was fitted with.
    """

    threshold: float
    intercept: float
    coefficients: tuple[float, ...]
    model: str = ""


def probability(signals: Signals, calibration: Calibration | None = None) -> float:
    """Return the probability, 0..1, that the documents answer the question, by the shipped numbers or those given."""
    numbers = calibration or shipped()
    odds = numbers.intercept + sum(c * s for c, s in zip(numbers.coefficients, astuple(signals), strict=True))
    return 1 / (1 + math.exp(-odds))


@cache
def shipped() -> Calibration:
    """Return the numbers that come with the project."""
    return read(CALIBRATION_FILE.read_text(encoding="utf-8"))


def read(text: str) -> Calibration:
    """Read numbers as `written` gives them."""
    data = tomllib.loads(text)
    coefficients = tuple(float(data["coefficients"][name]) for name in SIGNALS)
    return Calibration(data["threshold"], data["intercept"], coefficients, data["model"])


def written(calibration: Calibration, notes: str) -> str:
    """Return the numbers as TOML, with notes on where they come from above them."""
    pairs = zip(SIGNALS, calibration.coefficients, strict=True)
    lines = [
        *(f"# {line}" for line in notes.splitlines()),
        f'model = "{calibration.model}"',
        f"threshold = {calibration.threshold}",
        f"intercept = {calibration.intercept}",
        "",
        "[coefficients]",
        *(f"{name} = {value}" for name, value in pairs),
    ]
    return "\n".join(lines) + "\n"
