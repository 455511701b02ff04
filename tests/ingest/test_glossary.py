"""Glossaries: entries and where they end."""

from ingest.document import Line
from ingest.glossary import entry_breaks, is_glossary
from ingest.structure import Structure, structure
from tests.ingest.pages import PROSE, column, document, title

ENTRIES = ("Fundament Drie", "Inwoner Alle", "Klankbord Brede", "Lokaal Hiermee", "Opgave We", "Reablement Een")


def entry(start: str) -> list[str]:
    """An entry of two lines."""
    return [f"{start} bedoelen we mee wat daarover met elkaar is afgesproken in de", "regio en daarbuiten"]


def glossary(*after: str) -> Structure:
    """A page with a glossary and other text after it."""
    lines: list[Line] = [title("Begrippenlijst")]
    lines += column([text for start in ENTRIES for text in entry(start)], y=100)
    return structure(document([[*lines, *column(after, y=400)]]), "", ())


def test_each_entry_is_a_passage() -> None:
    """Term and definition together, nothing else."""
    found = glossary().passages
    assert [" ".join(passage.text.split()[:2]) for passage in found] == list(ENTRIES)
    assert {passage.kind for passage in found} == {"glossary"}


def test_the_list_ends_where_the_alphabet_does() -> None:
    """Text after the last entry has another kind and does not stand under the glossary."""
    found = glossary(*PROSE).passages
    assert [passage.kind for passage in found] == ["glossary"] * len(ENTRIES) + ["body"]
    assert found[-1].section == ()


def test_a_term_joins_the_definition_below_it() -> None:
    """A term alone on its line is no passage of its own."""
    lines = [title("Definities"), *column(["Huisartsenpost:"], y=100), *column(PROSE, y=130)]
    found = structure(document([lines]), "", ()).passages
    assert [passage.text for passage in found] == ["Huisartsenpost:\n" + " ".join(PROSE)]


def test_entries_are_told_from_lines_that_go_on() -> None:
    """A line that goes on with an entry holds no term, or comes earlier in the alphabet."""
    lines = column(["Begrippenlijst", *entry("Fundament Drie"), "Daarin speelt de wijk mee", *entry("Inwoner Alle")])
    assert entry_breaks(lines) == {0, 1, 4}
    assert entry_breaks(lines[1:]) == set()


def test_the_last_two_headings_say_whether_it_is_a_glossary() -> None:
    """A chapter that has a glossary somewhere is none."""
    assert is_glossary(("Bijlage 2", "Gebruikte afkortingen"))
    assert is_glossary(("Definities", "Eerstelijn:"))
    assert not is_glossary(("Begrippen", "Hoofdstuk", "Aanpak"))
