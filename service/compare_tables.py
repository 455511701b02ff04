"""What the command line prints of a comparison: every region on a row, then the evidence of those that are found."""

from rich.console import Console, Group
from rich.padding import Padding
from rich.text import Text

from service.comparing import CompareRow, ComparisonForm
from service.differing import DifferencesForm, ValueForm
from service.matrixing import MatrixForm
from service.tables import coverage_line, make_table, marked, plain


def verdict(row: CompareRow) -> str:
    """What is said of a region, in a few words."""
    if row.found:
        return "gevonden"
    if not row.asked:
        return "niet gevraagd"
    return "plan zegt: niets" if row.denied else "niets gevonden"


def summary(comparison: ComparisonForm) -> str:
    """In how many of the regions that are asked for it was found, a region and its parts as one."""
    return f"Gevonden in {comparison.found} van de {comparison.asked} regio's ({comparison.strictness})."


def print_comparison(console: Console, comparison: ComparisonForm) -> None:
    """The regions that are found with their passages, then a list of those that are not."""
    found = [row for row in comparison.regions if row.found]
    if comparison.passage_id:
        found.sort(key=lambda row: -row.score)
    if found:
        rows = [(row.region, row.kind, f"{row.confidence:.0%}", f"p. {row.hits[0].page}") for row in found]
        sure = "Gelijkenis" if comparison.passage_id else "Zekerheid"
        console.print(make_table(("Regio", "Soort", sure, "Bewijs"), rows))
    for row in found:
        print_evidence(console, row)
    for words in ("plan zegt: niets", "niets gevonden", "niet gevraagd"):
        print_names(console, words, [row.region for row in comparison.regions if verdict(row) == words])
    console.print(Text(f"\n{summary(comparison)}", style="bold"))
    if comparison.scope:
        console.print(Text(comparison.scope, style="dim"))
    console.print(Text(coverage_line(comparison.coverage), style="dim"))


def print_names(console: Console, words: str, names: list[str]) -> None:
    """The regions that one verdict holds for, on one line; nothing when there are none."""
    if names:
        head = Text(f"\n{words.capitalize()} ({len(names)}): ", style="bold")
        console.print(head + plain("; ".join(names)))


def print_evidence(console: Console, row: CompareRow) -> None:
    """The best passage of a region; of a copy only where it was seen before."""
    head = plain(f"\n{row.region}")
    head.stylize("bold")
    hit = row.hits[0]
    body = plain(f"(Bijna) dezelfde tekst als bij {row.copy_of}.") if row.copy_of else marked(hit)
    console.print(head, Padding(Group(body, plain(hit.citation)), (0, 0, 0, 3), expand=False))


def print_matrix(console: Console, matrix: MatrixForm) -> None:
    """A row for each region, a numbered column for each theme, target group or sector, and what the numbers mean."""
    if not matrix.rows:
        console.print("Hier zijn geen activiteiten gevonden.")
    rows = [
        (one.region, *(line.cells[at].count for line in matrix.rows), one.total)
        for at, one in enumerate(matrix.regions)
    ]
    console.print(make_table(("Regio", *(str(n) for n, _ in enumerate(matrix.rows, 1)), "Totaal"), rows))
    legend = [(number, line.name, line.total, line.found) for number, line in enumerate(matrix.rows, 1)]
    console.print(make_table(("Kolom", matrix.by.capitalize(), "Activiteiten", "Regio's"), legend))
    for words in (matrix.note, matrix.scope, coverage_line(matrix.coverage)):
        console.print(Text(words, style="dim"))


def print_differences(console: Console, found: DifferencesForm) -> None:
    """What the regions share and what each has for itself, with pages."""
    for side in found.regions:
        if side.found:
            print_evidence(console, side)
        else:
            print_names(console, "Niets gevonden", [side.region])
    for aspect in found.aspects:
        rows = [("gedeeld", value.name, _pages(value)) for value in aspect.shared]
        rows += [(f"alleen {own.region}", value.name, _pages(value)) for own in aspect.own for value in own.values]
        if rows:
            console.print(make_table(("Wie", "Wat", "Waar"), rows, aspect.kind.capitalize()))
    console.print(Text(coverage_line(found.coverage), style="dim"))


def _pages(value: ValueForm) -> str:
    """'Drenthe p. 25; Zeeland p. 83, 84'."""
    told = [(held.region, dict.fromkeys(str(place.page) for place in held.places)) for held in value.held]
    return "; ".join(f"{region} p. {', '.join(pages)}" for region, pages in told)
