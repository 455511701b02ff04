"""The commands that keep a service alive: backup, restore and the list of what it is made of."""
# ruff: noqa: PLC0415  # as in service.cli: each command imports what it needs when it runs

from pathlib import Path
from typing import Annotated

import typer

from service.memo_commands import Data

File = Annotated[Path, typer.Argument(metavar="BESTAND", help="Het bestand met de reservekopie (.tar.gz).")]


def backup(file: File, data: Data = None) -> None:
    """Bewaar de index, de tokens en het auditlogboek in één bestand.

    De PDF's zelf staan in uw eigen map; bewaar die ook.
    """
    from service.backup import back_up
    from service.recording import recorded
    from service.settings import load_settings

    settings = load_settings(data=data)
    with recorded(settings, "reservekopie maken", str(file)):
        name = back_up(settings.data, file)
    typer.echo(f"Index {name} staat in {file}.")


def restore(file: File, data: Data = None) -> None:
    """Zet een reservekopie terug, nadat elk bestand erin is gecontroleerd."""
    from service.backup import restore as put_back
    from service.recording import recorded
    from service.settings import load_settings

    settings = load_settings(data=data)
    with recorded(settings, "reservekopie terugzetten", str(file)):
        name = put_back(file, settings.data)
    typer.echo(f"Index {name} is terug en telt nu. Een draaiende dienst gaat er vanzelf mee verder.")


def sbom() -> None:
    """Geef de onderdelen van Regiowijzer als CycloneDX (JSON): pakketten, model en woordenlijst."""
    from service.sbom import bill_of_materials, write

    typer.echo(write(bill_of_materials()))
