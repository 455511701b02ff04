"""The command line. This module stays light: every command imports what it needs when it runs."""
# ruff: noqa: PLC0415  # --help must not wait for numpy, faiss and fastapi

import io
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingest.errors import RegiowijzerError
from service.backup_commands import backup, restore, sbom
from service.compare_commands import compare, differences, matrix
from service.dutch import DutchCommand, DutchGroup, translate_error, translate_help
from service.evaluate_commands import evaluate
from service.memo_commands import Data, memo, verify_memo
from service.token_commands import token_app

if TYPE_CHECKING:
    from rich.console import Console

    from service.library import Library
    from service.settings import Settings

DONE, REFUSED, WRONG_USE, PARTLY, STOPPED = 0, 1, 2, 3, 130

app = typer.Typer(
    cls=DutchGroup,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
    help="Vindt en citeert passages in Nederlandse regioplannen voor zorg en welzijn.",
    epilog="Elke instelling kan ook als REGIOWIJZER_… in de omgeving staan, bijvoorbeeld REGIOWIJZER_DATA.",
)

AsJson = Annotated[bool, typer.Option("--json", help="Geef JSON, in dezelfde vorm als de API.")]


def command(function: Callable[..., None]) -> Callable[..., None]:
    """Register a command under its own name, with Dutch help."""
    return app.command(cls=DutchCommand)(function)


def prepare(**overrides: Any) -> "Settings":  # noqa: ANN401  # pydantic checks each of them
    """Read the settings and let warnings reach standard error."""
    from service import logs
    from service.settings import load_settings

    settings = load_settings(**overrides)
    logs.configure(settings.log_format, logging.ERROR)
    return settings


def make_console() -> "Console":
    """Standard output; without a terminal a table keeps its width, so that nothing is cut off in a file."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 160, highlight=False)


def open_index(settings: "Settings") -> "Library":
    """Open the index that the settings point to; when an older one stands in for it, that is said."""
    from service.library import open_library

    library = open_library(settings.data, settings.model)
    if library.fault:
        sys.stderr.write(f"Let op: hier antwoordt een oudere index. {library.fault}\n")
    return library


def write_json(text: str) -> None:
    """Write JSON to standard output, whatever the terminal's encoding."""
    sys.stdout.buffer.write(text.encode() + b"\n") if hasattr(sys.stdout, "buffer") else sys.stdout.write(text + "\n")
    sys.stdout.flush()


@command
def ingest(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(metavar="MAP", help="Mappen met PDF's (anders: corpus).", show_default=False),
    ] = None,
    data: Data = None,
) -> None:
    """Lees PDF's in en maak er een index van.

    Status 3: iets kon niet worden gelezen; de rest staat in de index.
    """
    from service.ingesting import run_ingest
    from service.recording import recorded
    from service.tables import print_outcome

    settings = prepare(data=data, corpus=tuple(folders) if folders else None)
    with recorded(settings, "documenten inlezen", " ".join(str(folder) for folder in settings.corpus)):
        outcome = run_ingest(settings, settings.corpus)
    print_outcome(make_console(), outcome)
    raise typer.Exit(PARTLY if outcome.corpus.failures else DONE)


@command
def search(  # noqa: PLR0913, PLR0917  # every option is a parameter
    question: Annotated[str, typer.Argument(metavar="VRAAG", help="De vraag, tussen aanhalingstekens.")],
    region: Annotated[str, typer.Option(metavar="REGIO", help="Alleen in deze regio.", show_default=False)] = "",
    theme: Annotated[str, typer.Option(metavar="THEMA", help="Alleen bij dit thema.", show_default=False)] = "",
    document: Annotated[str, typer.Option(metavar="BESTAND", help="Alleen dit document.", show_default=False)] = "",
    limit: Annotated[int, typer.Option(metavar="AANTAL", min=1, max=100, help="Hoeveel fragmenten.")] = 5,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Zoek de passages die een vraag beantwoorden."""
    from service.asking import ask, resolve_filters
    from service.forms import answer_form

    library = open_index(prepare(data=data))
    answer = answer_form(library, ask(library, question, limit, resolve_filters(library, region, theme, document)))
    if as_json:
        write_json(answer.model_dump_json(indent=1))
        return
    from service.tables import print_answer

    print_answer(make_console(), answer)


@command
def documents(as_json: AsJson = False, data: Data = None) -> None:
    """Toon wat er in de index staat, en wat niet gelezen kon worden."""
    from service.forms import documents_form
    from service.tables import print_documents

    listing = documents_form(open_index(prepare(data=data)))
    if as_json:
        write_json(listing.model_dump_json(indent=1))
    else:
        print_documents(make_console(), listing)


@command
def outline(
    file: Annotated[str, typer.Argument(metavar="BESTAND", help="Een document uit de index, of een PDF op schijf.")],
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Toon de koppen van een document als boom, met pagina's, regio's en thema's."""
    from service.forms import document_form
    from service.outline import indexed_document, read_document
    from service.tables import print_outline

    settings = prepare(data=data)
    path = Path(file)
    document = read_document(settings, path) if path.is_file() else indexed_document(open_index(settings), file)
    if as_json:
        write_json(document_form(document).model_dump_json(indent=1))
    else:
        print_outline(make_console(), document)


@command
def verify(data: Data = None) -> None:
    """Controleer of elk fragment op zijn pagina staat.

    Elke PDF wordt opnieuw gelezen. Status 1: niet alles klopt.
    """
    from service.ingesting import ReadingProgress
    from service.tables import print_verification
    from service.verification import verify_index

    settings = prepare(data=data)
    library = open_index(settings)
    held = library.searcher.documents
    with ReadingProgress(len(held)) as progress:
        result = verify_index(settings.data, held, settings.limits(), settings.worker_count(), progress.document)
    print_verification(make_console(), result)
    raise typer.Exit(DONE if result.passed else REFUSED)


@command
def serve(
    host: Annotated[str | None, typer.Option(metavar="ADRES", help="Waar te luisteren (anders: 127.0.0.1).")] = None,
    port: Annotated[
        int | None, typer.Option(metavar="POORT", min=0, max=65535, help="Welke poort (anders: 8000).")
    ] = None,
    data: Data = None,
) -> None:
    """Start de webpagina en de API."""
    from service import logs, serving

    settings = prepare(data=data, host=host, port=port)
    logs.configure(settings.log_format, logging.INFO)
    try:
        serving.serve(settings)
    except KeyboardInterrupt:
        typer.echo("Regiowijzer is gestopt.")


command(compare)
command(matrix)
command(differences)
command(memo)
command(verify_memo)
command(evaluate)
command(backup)
command(restore)
command(sbom)
app.add_typer(token_app, name="token")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status; errors that a user can mend become one line."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a sign of a document gets '?', not a crash.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    run = typer.main.get_command(app)
    try:
        status = run.main(arguments, prog_name="regiowijzer", standalone_mode=False)
    except RegiowijzerError as error:
        typer.echo(f"Fout: {error}", err=True)
        return exit_status(error)
    except typer.exceptions.TyperException as error:
        complain(error)
        return WRONG_USE
    if status == STOPPED:
        typer.echo("Gestopt met Ctrl-C. De index van hiervoor is heel gebleven.", err=True)
    return int(status or DONE)


def exit_status(error: RegiowijzerError) -> int:
    """Status 2 when the command was given something wrong, 1 when it could not do its work."""
    from index.errors import BadQuestions
    from ingest.errors import BadCatalogue, EmptyFolder
    from service.access import NotProtected
    from service.asking import BadQuestion, UnknownFilter
    from service.evaluating import BadFloor
    from service.memo import BadMemo
    from service.memo_commands import BadOutput
    from service.memo_reading import BadMemoFile
    from service.settings import BadSetting
    from service.tokens import BadToken

    asked = (BadQuestions, BadQuestion, UnknownFilter, BadFloor, BadSetting, BadMemo, BadMemoFile, BadOutput)
    wrong = (EmptyFolder, BadCatalogue, BadToken, NotProtected, *asked)
    return WRONG_USE if isinstance(error, wrong) else REFUSED


def complain(error: typer.exceptions.TyperException) -> None:
    """Say what is wrong with the command line, and where help stands."""
    message = translate_error(error.format_message())
    # Without any argument the "complaint" is the whole help text.
    if "\n" in message:
        typer.echo(translate_help(message), err=True)
        return
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "regiowijzer"
    typer.echo(f"Fout: {message}\nUitleg: {path} --help", err=True)
