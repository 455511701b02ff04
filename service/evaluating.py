"""Gold questions -> measures in the terms of the field, and floors that they must reach."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from index.evaluate import MEASURES, as_dict, evaluate, read_questions
from ingest.errors import RegiowijzerError
from service.library import Library


class BadFloor(RegiowijzerError):
    """A floor names no measure or no number."""


def measure(library: Library, questions: Path) -> dict[str, Any]:
    """Ask every question and return the measures by name, as shared/eval/score.py prints them."""
    return as_dict(evaluate(library.searcher, read_questions(questions)))


def read_floors(floors: Sequence[str]) -> dict[str, float]:
    """Read 'nDCG@10=0.62'.

    Raises:
        BadFloor: the measure is unknown or the value is no number.
    """
    read = {}
    for floor in floors:
        name, _, value = floor.partition("=")
        try:
            read[name] = float(value.replace(",", "."))
        except ValueError:
            raise BadFloor(f"Ondergrens {floor!r} heeft geen getal. Schrijf bijvoorbeeld: nDCG@10=0.62") from None
        if name not in MEASURES:
            raise BadFloor(f"Ondergrens {floor!r} noemt geen maat die wij kennen. Kies uit: {', '.join(MEASURES)}.")
    return read


def below_floors(report: Mapping[str, Any], floors: Mapping[str, float]) -> list[str]:
    """A sentence for each measure that is too low; a measure without a value is too low."""
    return [
        f"{name} is {report[name]} en moet ten minste {least} zijn."
        for name, least in floors.items()
        if report[name] is None or report[name] < least
    ]
