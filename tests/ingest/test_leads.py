"""Lists keep the sentence that announces them."""

from collections.abc import Sequence

from ingest.document import Line, Passage
from ingest.structure import structure
from tests.ingest.pages import PROSE, column, document, title

LEAD = "Projecten en gedeelde ambities in de wijk:"
ITEM = (
    "met huisartsen, wijkverpleging en gemeenten, zodat inwoners langer zelfstandig thuis kunnen blijven wonen dan nu"
)


def items(count: int, first: int = 1, mark: str = "•") -> list[str]:
    """List items of a line."""
    return [f"{mark} Afspraak {number} {ITEM}" for number in range(first, first + count)]


def passages(*pages: Sequence[Line]) -> tuple[Passage, ...]:
    """The passages of a document of such pages."""
    return structure(document(pages), "", ()).passages


def test_the_second_passage_of_a_list_has_its_lead_in() -> None:
    """The first holds the sentence itself; both are slices of the page."""
    page = [title("Aanpak"), *column([LEAD, *items(12)], y=100)]
    found = structure(document([page]), "", ())
    assert [passage.lead for passage in found.passages] == ["", LEAD]
    assert LEAD in found.passages[0].text
    assert LEAD not in found.passages[1].text
    assert all(p.text == found.pages[0].text[p.start : p.end] for p in found.passages)


def test_a_list_goes_on_over_the_page() -> None:
    """The lead-in of the page before holds, also where the first line is the rest of an item."""
    rest = "en daarna nog een jaar, als de gemeenten dat willen en de huisartsen het aankunnen."
    found = passages([title("Aanpak"), *column([LEAD, *items(3)], y=100)], column([rest, *items(2, 4)], y=60))
    assert [(passage.page, passage.lead) for passage in found] == [(1, ""), (2, LEAD)]


def test_text_ends_a_list() -> None:
    """A passage that starts with a paragraph of text has no lead-in, nor has a list that nothing announces."""
    after = [*PROSE, *items(2, 4)]
    found = passages([title("Aanpak"), *column([LEAD, *items(3)], y=100)], column(after, y=60), column(items(2), y=60))
    assert [(passage.page, passage.lead) for passage in found] == [(1, ""), (2, ""), (3, "")]


def test_a_heading_ends_a_list() -> None:
    """The list of the next section is not announced by a sentence of the one before."""
    found = passages([title("Aanpak"), *column([LEAD, *items(3)], y=100)], [title("Rest"), *column(items(2), y=100)])
    assert found[1].section == ("Rest",)
    assert found[1].lead == ""


def test_an_item_can_announce_a_list_of_its_own() -> None:
    """Items further in stand under that item; the next item of the outer list under the outer lead-in again."""
    inner = column(items(2, mark="-"), x=60, y=60)
    outer = column(items(2, first=5), y=100)
    first = [title("Aanpak"), *column([LEAD, *items(2), "• Voor ouderen doen we samen het volgende:"], y=100)]
    found = passages(first, inner, outer)
    assert [(p.page, p.lead) for p in found] == [(1, ""), (2, "Voor ouderen doen we samen het volgende:"), (3, LEAD)]


def test_of_a_paragraph_the_last_sentence_is_the_lead_in() -> None:
    """What stands before it in its paragraph announces nothing; of a long sentence the last words are given."""
    two = [PROSE[0] + ".", f"Dat is nodig. {LEAD}"]
    assert passages([title("Aanpak"), *column(two, y=100)], column(items(2), y=60))[1].lead == LEAD
    long = f"Samen {'heel ' * 40}{LEAD.lower()}"
    shown = passages([title("Aanpak"), *column([long], y=100)], column(items(2), y=60))[1].lead
    assert shown.startswith("… heel")
    assert shown.endswith(LEAD.lower())
    assert len(shown.split()) == 26
