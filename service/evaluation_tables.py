"""What the command line prints of an evaluation."""

from collections.abc import Mapping
from math import isnan

from rich.console import Console

from index.runs import SIGNIFICANT
from service.evaluating import Measured, ablation_rows
from service.tables import make_table, plain, print_measures

__all__ = ["print_ablation", "print_change", "print_measures", "print_missing"]

COLUMNS = ("nDCG@10", "MRR@10", "hit@5", "hit@10", "parafrase", "AUROC")


def print_missing(console: Console, missing: Mapping[str, int]) -> None:
    """The gold documents that are not indexed."""
    for document, count in missing.items():
        about = "1 vraag gaat" if count == 1 else f"{count} vragen gaan"
        console.print(plain(f"Let op: {about} over {document}. Dat document staat niet in de index."))


def print_change(console: Console, measured: Measured) -> None:
    """How the measures changed since an earlier run, and whether chance would do the same."""
    if measured.before is None:
        return
    rows = [
        (
            one.measure,
            _decimal(one.before),
            _decimal(one.after),
            one.better,
            one.worse,
            _decimal(one.chance),
            "geen toeval" if one.chance < SIGNIFICANT else "kan toeval zijn",
        )
        for one in measured.changes
    ]
    columns = ("Maat", "Eerst", "Nu", "Beter", "Slechter", "p", "Oordeel")
    console.print(make_table(columns, rows, f"Vergeleken met: {measured.before.name}"))


def print_ablation(console: Console, measured: Measured) -> None:
    """What each part of the search is worth: a row for the search without it."""
    rows = [(name, *(_decimal(values[column]) for column in COLUMNS)) for name, values in ablation_rows(measured)]
    console.print(make_table(("Zoeken", *COLUMNS), rows, "Wat elk onderdeel waard is"))


def _decimal(value: float) -> str:
    return "–" if isnan(value) else f"{value:.4f}"
