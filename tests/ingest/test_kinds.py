"""What sort of text a paragraph is."""

from ingest.kinds import kinds
from ingest.layout import Role
from ingest.paragraphs import Paragraph
from ingest.sections import Placed


def placed(text: str, page: int = 1, size: float = 10.0, role: Role = "text", item: bool = False) -> Placed:
    """A paragraph on a page."""
    return Placed(page, Paragraph(text, 0, size, False, 40.0, 100.0, role, item), 0, False)


def kind(one: Placed, *path: str) -> str:
    """The kind of one paragraph under a heading path."""
    return kinds([one], [path], {1: 10.0})[0]


def test_running_text_is_body() -> None:
    """What is nothing else is body."""
    assert kind(placed("De regio werkt samen."), "Aanpak") == "body"


def test_items_are_lists_and_cells_tables() -> None:
    """A bullet makes a list, a cell a table."""
    assert kind(placed("• samen", item=True)) == "list"
    assert kind(placed("samen", role="cell")) == "table"


def test_small_type_with_a_mark_is_a_footnote() -> None:
    """A note starts with its mark; a raised figure is a mark in any type."""
    assert kind(placed("12 Zie het regiobeeld.", size=8.0)) == "footnote"
    assert kind(placed("¹ Zie het regiobeeld.")) == "footnote"
    assert kind(placed("12 huisartsen doen mee.")) == "body"


def test_a_list_of_terms_is_a_glossary() -> None:
    """The heading tells."""
    assert kind(placed("LSV: lokaal verband."), "Begrippenlijst (1/2)") == "glossary"
    assert kind(placed("AP Autoriteit."), "Gebruikte afkortingen") == "glossary"


def test_dot_leaders_are_contents() -> None:
    """So is everything under such a heading on a page with several page numbers."""
    entries = [placed("Inleiding ........ 3"), placed("Zorg 4"), placed("Wonen 5"), placed("Bijlagen")]
    assert kinds(entries, [("Inhoudsopgave",)] * 4, {1: 10.0}) == ["contents"] * 4
    assert kind(placed("Er waren 12 huisartsen in 2020"), "Inhoud van het plan") == "body"


def test_text_on_many_pages_is_boilerplate() -> None:
    """A long text that recurs says nothing about the page that it stands on; a short item may recur."""
    note = "Klik op een van onderstaande opgaven om naar de gewenste uitwerking te gaan, of ga terug."
    pages = [one for n in range(1, 6) for one in (placed(f"Tekst {'abcde'[n - 1]}.", n), placed(note, n))]
    pages += [placed("- Huisartsen", n, item=True) for n in range(6, 11)]
    found = kinds(pages, [()] * len(pages), dict.fromkeys(range(1, 11), 10.0))
    assert found == ["body", "boilerplate"] * 5 + ["list"] * 5
