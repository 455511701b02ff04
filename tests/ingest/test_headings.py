"""Headings are told from text."""

import pytest

from tests.ingest.outlines import paths, tree, under
from tests.ingest.pages import PROSE, column, line, title


def test_larger_type_makes_a_heading() -> None:
    """A title and a smaller, bold subtitle stand above the text."""
    page = [title("Wonen en zorg"), line("Wat we doen", y=90, size=12, bold=True), *column(PROSE, y=110)]
    assert under(tree(page), PROSE[0]) == "Wonen en zorg > Wat we doen"


def test_a_line_that_recurs_above_text_is_a_heading() -> None:
    """A short line in the type of the text that stands above another text on several pages is a heading."""
    pages = [
        [title(f"Plan {name}"), *column([f"Over {name}.", "Aanpak", f"Wij gaan {name} beter maken."], y=90, step=20)]
        for name in ("wonen", "eten", "sport")
    ]
    assert under(tree(*pages), "Wij gaan eten") == "Plan eten > Aanpak"


def test_a_cell_that_recurs_above_the_same_text_is_no_heading() -> None:
    """A form that is the same on every page has no headings in it."""
    pages = [[title(f"Plan {n}"), *column(["Sector", "huisartsen en wijkverpleging"], y=90, step=20)] for n in "abcd"]
    assert "Sector" not in {heading.title for heading in tree(*pages).headings}


def test_a_short_line_above_a_long_paragraph_is_a_heading() -> None:
    """Where the text above has come to its end, a short line without a stop opens something."""
    page = [title("Wonen"), *column(PROSE, y=90), line("Wat dit vraagt", y=140), *column(PROSE, y=160)]
    assert under(tree(page), "Wat dit") == "Wonen > Wat dit vraagt"


def test_a_bookmark_makes_a_heading() -> None:
    """What the file itself lists for a page is a heading there."""
    page = column([*PROSE[:2], "en verder", "Rol van de gemeente", "Kort."], step=20)
    assert "Rol van de gemeente" in paths(tree(page, bookmarks={1: ["Rol van de gemeente"]}))


@pytest.mark.parametrize(
    "text",
    [
        "We versterken de zorg. Ook doen we meer aan wonen",
        "- De regio vergrijst en groeit de komende jaren",
        "Dit is een zin die als titel is gezet maar gewoon eindigt.",
        "https://www.voorbeeld.nl/regio",
        "mensen die thuis wonen",
    ],
)
def test_a_sentence_set_as_a_title_is_text(text: str) -> None:
    """Large type does not make a heading of a sentence, a list item or an address."""
    assert tree([title(text), *column(PROSE)]).headings == ()


def test_a_title_that_runs_on_is_one_heading() -> None:
    """A few words in smaller type, starting small, belong to the title."""
    page = [title("Samen bouwen aan zorg"), line("en welzijn in de wijk", y=80), *column(PROSE, y=120)]
    assert under(tree(page), PROSE[0]) == "Samen bouwen aan zorg en welzijn in de wijk"


def test_a_sentence_that_starts_in_the_title_is_text() -> None:
    """A title that runs on in a sentence is a part of that sentence."""
    page = [title("Ook gaan we ons richten op zelfzorg voor de"), *column(["praktijk. " + PROSE[0], *PROSE[1:]], y=90)]
    assert tree(page).headings == ()


def test_a_number_alone_takes_the_next_line() -> None:
    """'2c' in large type and a name in small type are one heading."""
    page = [title("2c"), line("Samen in de wijk", y=90), *column(PROSE, y=120)]
    assert under(tree(page), PROSE[0]) == "2c Samen in de wijk"


def test_a_known_title_is_recognised_in_plain_type() -> None:
    """A title that recurs in large type is the same title where slides were flattened."""
    pages = [[title(f"Impact in de regio {name}: wat is het effect?"), *column(PROSE)] for name in ("A", "B", "C")]
    flat = column([*PROSE, "Impact in de regio D: wat is het effect?", *PROSE], step=20)
    assert paths(tree(*pages, flat))[-1] == "Impact in de regio D: wat is het effect?"
