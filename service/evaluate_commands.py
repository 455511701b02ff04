"""The command that measures: how well questions with known pages are answered."""
# ruff: noqa: PLC0415  # --help must not wait for numpy, faiss and fastapi

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from service.memo_commands import BadOutput, Data


class NotWritten(BadOutput):
    """A measurement cannot be written where it should go."""


def evaluate(  # noqa: PLR0913, PLR0917  # every option is a parameter
    questions: Annotated[
        Path, typer.Argument(metavar="VRAGEN.jsonl", help="Vragen met de pagina's die ze beantwoorden.")
    ],
    floor: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MAAT=WAARDE", help="Ondergrens, bijvoorbeeld nDCG@10=0.62; mag vaker.", show_default=False
        ),
    ] = None,
    against: Annotated[
        Path | None, typer.Option(metavar="METING.json", help="Vergelijk met deze meting.", show_default=False)
    ] = None,
    save: Annotated[
        Path | None, typer.Option(metavar="METING.json", help="Bewaar deze meting.", show_default=False)
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="VERSLAG.html", help="Schrijf een verslag om te lezen.", show_default=False)
    ] = None,
    ablation: Annotated[
        bool, typer.Option("--ablation", help="Meet ook wat elk onderdeel van het zoeken waard is.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Geef JSON.")] = False,
    data: Data = None,
) -> None:
    """Meet hoe goed bekende vragen worden beantwoord.

    Status 1: een maat ligt onder een ondergrens.
    """
    from service.cli import DONE, REFUSED, make_console, open_index, prepare, write_json
    from service.evaluating import below_floors, read_floors, run_questions, summed_up
    from service.evaluation_tables import print_ablation, print_change, print_measures, print_missing

    floors = read_floors(floor or [])
    measured = run_questions(open_index(prepare(data=data)), questions, against)
    report = summed_up(measured, ablation=ablation and as_json)
    if as_json:
        import json

        write_json(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        console = make_console()
        print_missing(console, measured.missing)
        print_measures(console, report)
        print_change(console, measured)
    if save:
        from index.runs import write_run

        _write(save, lambda path: write_run(measured.run, path))
    if html:
        from service.evaluation_report import write_report

        text = write_report(measured)
        _write(html, lambda path: path.write_text(text, encoding="utf-8"))
    if ablation and not as_json:
        print_ablation(make_console(), measured)
    too_low = below_floors(report, floors)
    for complaint in too_low:
        typer.echo(complaint, err=True)
    raise typer.Exit(REFUSED if too_low else DONE)


def _write(path: Path, write: Callable[[Path], object]) -> None:
    try:
        write(path)
    except OSError:
        raise NotWritten(f"Naar {str(path)!r} is niet te schrijven. Kies een map die bestaat en van u is.") from None
    typer.echo(f"Geschreven: {path}", err=True)
