"""The commands that compare: on a topic or from a passage, by themes, and side by side."""
# ruff: noqa: PLC0415  # --help must not wait for numpy, faiss and fastapi

from pathlib import Path
from typing import Annotated

import typer

from service.memo_commands import Data

AsJson = Annotated[bool, typer.Option("--json", help="Geef JSON, in dezelfde vorm als de API.")]
Out = Annotated[
    Path | None,
    typer.Option(
        metavar="BESTAND", help="Bewaar als .csv, .xlsx, .docx of .md (tabel met citaten).", show_default=False
    ),
]
Strict = Annotated[str, typer.Option(metavar="STRENGHEID", help="streng of ruim.")]
Levels = Annotated[str, typer.Option(metavar="NIVEAU", help="regio of subregio.")]
Parent = Annotated[str, typer.Option(metavar="REGIO", help="Bij subregio: van welke regio.", show_default=False)]


def compare(  # noqa: PLR0913, PLR0917  # every option is a parameter
    topic: Annotated[str, typer.Argument(metavar="ONDERWERP", help="Het onderwerp, tussen aanhalingstekens.")] = "",
    passage: Annotated[
        str, typer.Option(metavar="FRAGMENT", help="Of: de naam van een fragment.", show_default=False)
    ] = "",
    part: Annotated[
        int, typer.Option(metavar="NUMMER", min=0, help="Alleen dit deel van het fragment; 0 is alles.")
    ] = 0,
    level: Levels = "regio",
    strictness: Strict = "streng",
    parent: Parent = "",
    out: Out = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Vergelijk alle regio's op een onderwerp: wie doet dit ook?

    Ruim toont ook wat minder zeker is.
    """
    from service.cli import make_console, open_index, prepare, write_json
    from service.compare_files import form_of, write
    from service.compare_tables import print_comparison
    from service.comparing import choose_level, choose_strictness, comparison_form
    from service.comparing import compare as compare_regions
    from service.memo_commands import save

    chosen = choose_level(level), choose_strictness(strictness)
    form = form_of(out) if out else None
    library = open_index(prepare(data=data))
    answer = comparison_form(library, compare_regions(library, topic, *chosen, parent, passage, part))
    if out and form:
        save(out, write(library, answer, form))
    if as_json:
        write_json(answer.model_dump_json(indent=1))
    else:
        print_comparison(make_console(), answer)


def matrix(  # noqa: PLR0913, PLR0917  # every option is a parameter
    by: Annotated[str, typer.Option(metavar="INDELING", help="thema, doelgroep of sector.")] = "thema",
    theme: Annotated[str, typer.Option(metavar="THEMA", help="Alleen bij dit thema.", show_default=False)] = "",
    level: Levels = "regio",
    parent: Parent = "",
    out: Out = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Tel per regio de activiteiten bij elk thema, elke doelgroep of elke sector."""
    from service import matrixing
    from service.cli import make_console, open_index, prepare, write_json
    from service.compare_files import form_of
    from service.compare_tables import print_matrix
    from service.comparing import choose_level
    from service.matrix_files import write
    from service.memo_commands import save

    chosen = matrixing.choose_by(by), choose_level(level)
    form = form_of(out) if out else None
    library = open_index(prepare(data=data))
    made = matrixing.matrix(library, chosen[0], theme, chosen[1], parent)
    answer = matrixing.matrix_form(library, made, theme, chosen[1], parent)
    if out and form:
        save(out, write(library, made, form))
    if as_json:
        write_json(answer.model_dump_json(indent=1))
    else:
        print_matrix(make_console(), answer)


def differences(  # noqa: PLR0913, PLR0917  # every option is a parameter
    topic: Annotated[str, typer.Argument(metavar="ONDERWERP", help="Het onderwerp, tussen aanhalingstekens.")],
    region: Annotated[list[str], typer.Option(metavar="REGIO", help="Een van de regio's; twee tot vijf keer.")],
    strictness: Strict = "streng",
    out: Out = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Zet twee tot vijf regio's naast elkaar: wat delen zij, wat verschilt?"""
    from service.cli import make_console, open_index, prepare, write_json
    from service.compare_files import form_of
    from service.compare_tables import print_differences
    from service.comparing import choose_strictness
    from service.differences_files import write
    from service.differing import differ, differences_form
    from service.memo_commands import save

    chosen = choose_strictness(strictness)
    form = form_of(out) if out else None
    library = open_index(prepare(data=data))
    answer = differences_form(library, differ(library, topic, region, chosen))
    if out and form:
        save(out, write(library, answer, form))
    if as_json:
        write_json(answer.model_dump_json(indent=1))
    else:
        print_differences(make_console(), answer)
