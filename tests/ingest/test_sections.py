"""Headings stand in a tree, and text under them."""

from dataclasses import replace

from ingest.sections import Outline
from tests.ingest.outlines import paths, tree, under
from tests.ingest.pages import PROSE, column, line, title


def test_numbers_set_the_depth() -> None:
    """'1.1' stands under '1', and '2' closes both, whatever type they are set in."""
    page = [title("1 Inleiding"), *column(PROSE, y=90), line("1.1 Proces", y=140), *column(PROSE, y=160)]
    assert paths(tree(page, [title("2 Plan"), *column(PROSE)])) == ["1 Inleiding", "1 Inleiding > 1.1 Proces", "2 Plan"]


def test_a_large_subsection_stays_under_its_section() -> None:
    """'2.1' in the type of a title, because it stands on top of a page, is still a part of '2'."""
    found = tree([title("2 Plan"), *column(PROSE)], [title("2.1 Ouderen"), *column(PROSE)])
    assert paths(found) == ["2 Plan", "2 Plan > 2.1 Ouderen"]


def test_headings_carry_over_pages() -> None:
    """Text on the next page stands under the last heading, also when that is at the foot of the page."""
    first = [title("Wonen"), *column(PROSE), line("Aanpak", y=780, size=12, bold=True)]
    assert under(tree(first, column(["Wat we gaan doen staat hier."])), "Wat we gaan") == "Wonen > Aanpak"


def test_a_theme_above_a_heading_opens_a_part() -> None:
    """A theme's name at the foot of a page holds for the titles of the pages that follow, until the next theme."""
    opening = line("Situatieschets", y=90, size=12, bold=True)
    pages = [
        [title("Overzicht"), *column(PROSE), line("Gezond oud worden", y=200), replace(opening, y=230)],
        [title("1a Samen eten"), *column(PROSE)],
        [title("Acute zorg"), opening, *column(PROSE, y=110)],
    ]
    found = paths(tree(*pages))
    assert "Gezond oud worden > 1a Samen eten" in found
    assert found[-1] == "Acute zorg > Situatieschets"


def test_a_part_ends_where_its_opening_comes_again() -> None:
    """A second 'Situatieschets' begins another part, even where its theme is not named."""
    opening = line("Situatieschets", y=90, size=12, bold=True)
    pages = [[title("Acute zorg"), opening, *column(PROSE, y=110)], [title("Situatieschets"), *column(PROSE)]]
    assert paths(tree(*pages))[-1] == "Situatieschets"


def test_no_heading_reaches_into_another_region() -> None:
    """Where another region begins, headings of earlier pages end, and its name is the cover."""
    pages = [[title("Wonen"), *column(PROSE)], [line("Westland", y=60), *column(PROSE)]]
    found = tree(*pages, regions={1: "Oost", 2: "West"})
    assert paths(found) == ["Wonen", "Westland"]


def test_nothing_stands_under_the_table_of_contents() -> None:
    """Headings of equal or smaller type after the contents are not parts of it."""
    found = tree([title("Inhoud"), *column(PROSE)], [line("Inleiding", y=60, size=12, bold=True), *column(PROSE)])
    assert paths(found) == ["Inhoud", "Inleiding"]


def test_a_row_label_holds_for_its_row_only() -> None:
    """The label of a table row is the last of the path of the text beside it, and of no other."""
    wide = "een lange tekst over wat de regio op dit punt van plan is te doen"
    rows = [
        one
        for n in range(3)
        for one in (line(f"Rij {'abc'[n]} van de tabel", y=100 + 60 * n), *column([wide] * 3, x=200, y=100 + 60 * n))
    ]
    found = tree(
        [
            title("Tabel"),
            *rows,
            *column(["Slot van deze pagina na de tabel over de hele breedte van de bladzijde."], y=330),
        ]
    )
    assert paths(found)[1:] == [f"Tabel > Rij {n} van de tabel" for n in "abc"]
    assert under(found, "Slot") == "Tabel"


def test_a_document_without_text_has_no_outline() -> None:
    """Nothing in, nothing out."""
    assert tree([], []) == Outline((), ())
