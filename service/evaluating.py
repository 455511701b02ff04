"""Gold questions -> measures in the terms of the field, and floors that they must reach."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import Any

from index import variants
from index.evaluate import MEASURES, Question, Report, absent, as_dict, evaluate, read_questions, worst
from index.runs import Change, Run, changed, compare_runs, read_run, run_of
from ingest.errors import RegiowijzerError
from service.library import Library


class BadFloor(RegiowijzerError):
    """A floor names no measure or no number."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What an evaluation of an index gave.

    Attributes:
        library: the index.
        questions: what was asked.
        result: the measures.
        run: the same, to keep.
        missing: gold documents that the index does not hold, each with how many questions are about it.
        before: an earlier run to compare with; None for none.
        changes: how each measure changed since.
    """

    library: Library
    questions: tuple[Question, ...]
    result: Report
    run: Run
    missing: Mapping[str, int]
    before: Run | None = None
    changes: tuple[Change, ...] = ()


def run_questions(library: Library, questions: Path, against: Path | None = None) -> Measured:
    """Ask every question of a file, and compare with an earlier run.

    Raises:
        BadQuestions: one of the files is not what it should be.
    """
    asked = read_questions(questions)
    before = read_run(against) if against else None
    result = evaluate(library.searcher, asked)
    made = library.manifest
    run = run_of(result, f"index van {library.coverage.index_built}" + (f", model {made.model}" if made else ""))
    missing = absent(asked, {document.file for document in library.searcher.documents})
    changes = tuple(compare_runs(before, run)) if before else ()
    return Measured(library, asked, result, run, missing, before, changes)


def summed_up(measured: Measured, *, ablation: bool = False) -> dict[str, Any]:
    """Return an evaluation as JSON: the measures, the worst questions first, what is missing and what changed.

    With `ablation` also what each part of the search is worth, which takes as long as fifteen evaluations.
    """
    form = as_dict(measured.result)
    form["not_indexed"] = dict(measured.missing)
    form["worst"] = [
        {
            "id": one.question.id,
            "question": one.question.question,
            "gold": [{"doc": document, "page": page} for document, page in one.question.gold],
            "found": [{"doc": found.place[0], "page": found.place[1], "text": found.sentence} for found in one.nearest],
        }
        for one in worst(measured.result)
    ]
    if measured.before:
        form["against"] = {
            "run": measured.before.name,
            "measures": {
                one.measure: {"before": round(one.before, 4), "after": round(one.after, 4), "p": round(one.chance, 4)}
                for one in measured.changes
            },
            "changed": [{"id": name, "nDCG@10": round(by, 4)} for name, by in changed(measured.before, measured.run)],
        }
    if ablation:
        form["ablation"] = {
            name: {measure: None if isnan(value) else round(value, 4) for measure, value in values.items()}
            for name, values in ablation_rows(measured)
        }
    return form


def ablation_rows(measured: Measured) -> Iterator[tuple[str, dict[str, float]]]:
    """Measure the search as it is and without each of its parts: (name, measures with 'parafrase' and 'AUROC')."""
    for name, result in variants.ablation(measured.library.searcher, measured.questions):
        paraphrase = result.by_kind.get("parafrase", {}).get("MRR@10", float("nan"))
        yield name, {**result.measures, "parafrase": paraphrase, "AUROC": result.abstention.auroc}


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
