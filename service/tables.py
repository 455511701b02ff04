"""What the command line prints. Words from documents go in as `Text`, so that brackets in them are no markup."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ingest.corpus import Failure
from ingest.document import Document
from service import schemas
from service.ingesting import Outcome
from service.memo_check import Finding
from service.outline import branches
from service.verification import Verification

MAX_FAULTS = 20
# Escape codes in a file name or a text must not steer the terminal; one sign for one keeps highlights in place.
_CONTROLS = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if code not in (9, 10)}


def plain(words: object) -> Text:
    """Words from outside as text that is neither markup nor terminal control."""
    return Text(str(words).translate(_CONTROLS))


def make_table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> Table:
    """A table whose number columns stand to the right."""
    held = [list(row) for row in rows]
    table = Table(title=title or None, title_justify="left", title_style="bold")
    for at, column in enumerate(columns):
        numeric = bool(held) and all(isinstance(row[at], int | float) for row in held)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in held:
        table.add_row(*(plain(cell) for cell in row))
    return table


def failure_table(failures: Sequence[Failure]) -> Table:
    """What could not be read: file, page and reason."""
    rows = [(failure.file, str(failure.page or "hele bestand"), failure.reason) for failure in failures]
    return make_table(("Bestand", "Pagina", "Reden"), rows, "Niet gelezen of weggelaten")


def print_notices(console: Console, notices: Iterable[str]) -> None:
    """What personal data was found, where there is any; a notice names its file and page."""
    if rows := [(notice,) for notice in notices]:
        console.print(make_table(("Melding",), rows, "Persoonsgegevens"))


def print_outcome(console: Console, outcome: Outcome) -> None:
    """What an ingest came to."""
    corpus = outcome.corpus
    row = (
        len(corpus.documents),
        sum(len(document.pages) for document in corpus.documents),
        sum(len(document.passages) for document in corpus.documents),
        len(corpus.unchanged),
        len(corpus.failures),
    )
    console.print(make_table(("Documenten", "Pagina's", "Fragmenten", "Ongewijzigd", "Waarschuwingen"), [row]))
    if corpus.failures:
        console.print(failure_table(corpus.failures))
    print_notices(console, (notice for document in corpus.documents for notice in document.notices))
    if not corpus.documents:
        console.print("Er is niets gelezen. De index is niet veranderd.")
    elif not outcome.published:
        console.print("Er is niets veranderd. De index blijft zoals hij was.")
    else:
        console.print(
            "De index is klaar. Stel een vraag met: regiowijzer search. Of start de pagina met: regiowijzer serve"
        )


def marked(hit: schemas.Hit) -> Text:
    """The text of a hit with the words of the question in bold."""
    text = plain(hit.text)
    for start, end in hit.highlights:
        text.stylize("bold yellow", start, end)
    return text


def print_answer(console: Console, answer: schemas.SearchAnswer) -> None:
    """The hits, each with its source and page."""
    for one in answer.corrected:
        console.print(plain(f"Bedoelde u {one.used!r}? Daarnaar is gezocht, en niet naar {one.asked!r}."))
    if answer.compare:
        level = " --level subregio" if answer.compare == "subregio" else ""
        hint = f'Vergelijk alle {answer.compare}\'s met: regiowijzer compare "{answer.query}"{level}'
        console.print(plain(hint), soft_wrap=True)
    if not answer.hits:
        console.print("Niets gevonden. Probeer andere woorden of minder filters.")
    elif not answer.answered:
        console.print(plain(answer.message), style="bold")
    if answer.unknown_words:
        console.print(plain(f"Komt in geen enkel document voor: {', '.join(answer.unknown_words)}."))
    for hit in answer.hits:
        about = " · ".join([*hit.regions, *([hit.theme] if hit.theme else [])])
        head = plain(f"\n{hit.rank}. {hit.title or hit.document}, p. {hit.page}")
        head.stylize("bold")
        lines = [plain(line) for line in (about, " › ".join(hit.section)) if line]
        body = [*lines, marked(hit), plain(hit.citation)]
        console.print(head, Padding(Group(*body), (0, 0, 0, 3), expand=False))
    console.print(Text(f"\n{coverage_line(answer.coverage)}", style="dim"))


def coverage_line(coverage: schemas.Coverage) -> str:
    """What was searched, in one line."""
    line = f"Doorzocht: {coverage.documents} documenten, {coverage.pages} pagina's, {coverage.passages} fragmenten."
    return line + (f" {coverage.unreadable_pages} pagina's waren niet te lezen." if coverage.unreadable_pages else "")


def print_documents(console: Console, listing: schemas.DocumentList) -> None:
    """Every document, and what could not be read."""
    rows = [
        (item.document, item.title, item.publisher, str(item.year or ""), item.pages, item.passages, len(item.warnings))
        for item in listing.documents
    ]
    columns = ("Bestand", "Titel", "Uitgever", "Jaar", "Pagina's", "Fragmenten", "Waarschuwingen")
    console.print(make_table(columns, rows))
    if listing.failures:
        rest = [(item.file, str(item.page or "hele bestand"), item.reason) for item in listing.failures]
        console.print(make_table(("Bestand", "Pagina", "Reden"), rest, "Niet gelezen of weggelaten"))
    print_notices(console, (notice for item in listing.documents for notice in item.notices))
    console.print(Text(coverage_line(listing.coverage), style="dim"))


def print_outline(console: Console, document: Document) -> None:
    """The headings of a document, each with its pages and what it speaks of."""
    about = " · ".join([document.file, f"{len(document.pages)} pagina's", *document.regions])
    console.print(plain(document.title or document.file), style="bold")
    console.print(plain(about), style="dim")
    for branch in branches(document):
        line = plain(f"{'  ' * branch.depth}{branch.title}  ")
        line.append_text(Text(" · ".join([branch.pages, *branch.about]).translate(_CONTROLS), style="dim"))
        console.print(line, soft_wrap=True)
    if not document.sections:
        console.print("In dit document zijn geen koppen gevonden.")
    for page in document.pages:
        if page.warning:
            console.print(plain(page.warning), soft_wrap=True)
    print_notices(console, document.notices)


def print_verification(console: Console, result: Verification) -> None:
    """The share of passages that stand on their page, and the first ones that do not."""
    if result.faults:
        rows = [(f.file, str(f.page or "hele bestand"), f.passage_id, f.reason) for f in result.faults[:MAX_FAULTS]]
        console.print(make_table(("Bestand", "Pagina", "Fragment", "Reden"), rows, "Niet bevestigd"))
    if len(result.faults) > MAX_FAULTS:
        console.print(f"… en nog {len(result.faults) - MAX_FAULTS}.")
    # Rounding must never turn a failure into 100%.
    shown = "100" if result.confirmed == result.passages else f"{min(result.share * 100, 99.99):.2f}".replace(".", ",")
    console.print(f"{result.confirmed} van {result.passages} fragmenten staan op de pagina die ze noemen: {shown}%.")


def print_findings(console: Console, findings: Sequence[Finding]) -> None:
    """Each quote of a memo with what became of it, and the sum."""
    for finding in findings:
        words = " ".join(finding.quoted.text.split())
        head = plain(("goed  " if finding.holds else "FOUT  ") + (words if len(words) <= 100 else f"{words[:99]}…"))
        head.stylize("green" if finding.holds else "bold red", 0, 4)
        console.print(head, Padding(plain(finding.explanation), (0, 0, 0, 6), expand=False))
    good = sum(finding.holds for finding in findings)
    if findings:
        console.print(f"{good} van {len(findings)} citaten kloppen.")
    else:
        console.print("Er staan geen citaten in deze memo.")


def print_measures(console: Console, report: Mapping[str, Any]) -> None:
    """The measures of an evaluation, over all questions and by kind."""
    names = [name for name, value in report.items() if isinstance(value, float) or value is None]
    rows: list[Sequence[object]] = [("alle", report["questions"], *(_decimal(report[name]) for name in names))]
    rows += [
        (kind, row["n"], *(_decimal(row[name]) if name in row else "" for name in names))
        for kind, row in report["by_kind"].items()
    ]
    console.print(make_table(("Soort", "Vragen", *names), rows))
    abstention, times = report["abstention"], report["search_ms"]
    console.print(
        f"Onbeantwoordbaar: AUROC {_decimal(abstention['AUROC'])}, "
        f"terecht geweigerd {_decimal(abstention['refused_unanswerable'])}, "
        f"ten onrechte geweigerd {_decimal(abstention['refused_answerable'])}\n"
        f"Zoektijd in ms: mediaan {times['median']}, p95 {times['p95']}\n"
        f"Niet bij de eerste vijf: {' '.join(report['missed_at_5']) or 'geen'}"
    )


def _decimal(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"
