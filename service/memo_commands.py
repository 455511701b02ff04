"""The commands of memos: make one from questions, and check whether one holds."""
# ruff: noqa: PLC0415  # --help must not wait for numpy, faiss and fastapi

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.errors import RegiowijzerError

if TYPE_CHECKING:
    from service.library import Library
    from service.memo import Format, Wish

Data = Annotated[Path | None, typer.Option("--data", metavar="MAP", help="Map van de index (anders: .regiowijzer).")]


class BadOutput(RegiowijzerError):
    """The file that a memo should be written to cannot be written, or is of an unknown kind."""


class NothingFound(RegiowijzerError):
    """The documents seem to answer none of the questions."""


def memo(  # noqa: PLR0913, PLR0917  # every option is a parameter
    question: Annotated[list[str], typer.Option(metavar="VRAAG", help="De vraag; mag vaker.")],
    out: Annotated[Path, typer.Option(metavar="BESTAND", help="Waarheen: .docx, .md, .html, .bib, .ris of .json.")],
    limit: Annotated[int, typer.Option(metavar="AANTAL", min=1, max=50, help="Hoeveel fragmenten per vraag.")] = 5,
    title: Annotated[str, typer.Option(metavar="TITEL", help="Titel van de memo.", show_default=False)] = "",
    author: Annotated[str, typer.Option(metavar="NAAM", help="Auteur van de memo.", show_default=False)] = "",
    address: Annotated[
        str, typer.Option(metavar="ADRES", help="Adres van de dienst, voor vaste links.", show_default=False)
    ] = "",
    data: Data = None,
) -> None:
    """Maak een memo van de passages die vragen beantwoorden.

    Status 1: op een vraag lijkt geen antwoord in de documenten te staan. De memo zegt dat dan, en geeft er
    geen citaten bij.
    """
    from service.cli import DONE, REFUSED, open_index, prepare
    from service.memo import make_memo
    from service.memo_files import write_memo

    settings = prepare(data=data)
    form = form_of(out)
    library = open_index(settings)
    wishes, unanswered = gather(library, question, limit)
    if not wishes:
        raise NothingFound("In de documenten lijkt geen antwoord te staan. Er is geen memo gemaakt.")
    made = make_memo(
        library,
        wishes,
        title=title or question[0],
        author=author,
        introduction=introduce(question, unanswered),
        base=address or f"http://{settings.host}:{settings.port}",
    )
    save(out, write_memo(made, form).content)
    typer.echo(f"De memo staat in {out}: {len(made.items)} citaten.")
    for lost in unanswered:
        typer.echo(f"Geen duidelijk antwoord gevonden op: {lost}", err=True)
    raise typer.Exit(REFUSED if unanswered else DONE)


def verify_memo(
    file: Annotated[Path, typer.Argument(metavar="MEMO", help="De memo: een .docx of een .md.")],
    data: Data = None,
) -> None:
    """Controleer of elk citaat in een memo letterlijk klopt.

    Status 1: een citaat staat niet waar de memo zegt.
    """
    from service.cli import DONE, REFUSED, make_console, open_index, prepare
    from service.memo_check import check_memo
    from service.tables import print_findings

    findings = check_memo(open_index(prepare(data=data)), file)
    print_findings(make_console(), findings)
    raise typer.Exit(DONE if all(finding.holds for finding in findings) else REFUSED)


def form_of(out: Path) -> "Format":
    """The format that a file name asks for."""
    from service.memo import Format

    ending = out.suffix.lower().removeprefix(".")
    form = {"json": Format.CSL, "markdown": Format.MARKDOWN, "htm": Format.HTML}.get(ending)
    if form is None and ending not in set(Format):
        raise BadOutput(f"{str(out)!r} eindigt niet op .docx, .md, .html, .bib, .ris of .json.")
    return form or Format(ending)


def gather(library: "Library", questions: list[str], limit: int) -> tuple[list["Wish"], list[str]]:
    """The passages that answer, question by question, and the questions that the documents seem not to answer.

    What is no answer of its own stays out: near-copies, lists of contents, and hits far below the best.
    """
    from index.search import Filters
    from service.asking import ask
    from service.hits import telling
    from service.memo import Wish

    wishes: dict[str, Wish] = {}
    unanswered = []
    for question in questions:
        answer = ask(library, question, 2 * limit, Filters())
        if not answer.answered:
            unanswered.append(question)
            continue
        for hit in telling(library, answer, limit):
            wishes.setdefault(hit.passage.id, Wish(hit.passage.id, question=question if len(questions) > 1 else ""))
    return list(wishes.values()), unanswered


def introduce(questions: list[str], unanswered: list[str]) -> str:
    """What was asked, and what seems to have no answer."""
    asked = "Gevraagd is: " + " ".join(questions)
    if not unanswered:
        return asked
    return f"{asked}\n\nLet op: hierop lijkt in de documenten geen antwoord te staan: {' '.join(unanswered)}"


def save(out: Path, content: bytes) -> None:
    """Write a file; what stands there under that name is replaced."""
    from service.refusals import refusal

    try:
        out.write_bytes(content)
    except OSError as error:
        raise BadOutput(f"Naar {str(out)!r} kan niet worden geschreven: {refusal(error)}.") from None
