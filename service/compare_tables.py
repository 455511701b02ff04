"""What the command line prints of a comparison: every region on a row, then the evidence of those that are found."""

from rich.console import Console, Group
from rich.padding import Padding
from rich.text import Text

from service.comparing import CompareRow, ComparisonForm
from service.tables import coverage_line, make_table, marked, plain


def verdict(row: CompareRow) -> str:
    """What is said of a region, in a few words."""
    if row.found:
        return "gevonden"
    if not row.asked:
        return "niet gevraagd"
    return "plan zegt: niets" if row.denied else "niets gevonden"


def summary(comparison: ComparisonForm) -> str:
    """How many of the regions that are asked for were found."""
    asked = [row for row in comparison.regions if row.asked]
    found = sum(row.found for row in asked)
    return f"Gevonden in {found} van de {len(asked)} regio's ({comparison.strictness})."


def print_comparison(console: Console, comparison: ComparisonForm) -> None:
    """Every region with its best page, then the passages."""
    rows = [
        (row.region, row.kind, verdict(row), f"p. {row.hits[0].page}" if row.hits else "") for row in comparison.regions
    ]
    console.print(make_table(("Regio", "Soort", "Uitkomst", "Bewijs"), rows))
    for row in comparison.regions:
        if row.found:
            print_evidence(console, row)
    console.print(Text(f"\n{summary(comparison)}", style="bold"))
    console.print(Text(coverage_line(comparison.coverage), style="dim"))


def print_evidence(console: Console, row: CompareRow) -> None:
    """The best passage of a region; of a copy only where it was seen before."""
    head = plain(f"\n{row.region}")
    head.stylize("bold")
    hit = row.hits[0]
    body = plain(f"(Bijna) dezelfde tekst als bij {row.copy_of}.") if row.copy_of else marked(hit)
    console.print(head, Padding(Group(body, plain(hit.citation)), (0, 0, 0, 3), expand=False))
