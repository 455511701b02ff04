"""Headings are told from text, and stand in a tree."""

from dataclasses import replace

import pytest

from ingest.document import Line
from ingest.furniture import body_size
from ingest.layout import read
from ingest.paragraphs import Paragraph, Spacing, paragraphs
from ingest.sections import Outline, Vocabulary, outline, path
from tests.ingest.pages import PROSE, column, line, title

THEMES = {"gezond oud worden", "acute zorg", "1a samen eten"}
KNOWN = Vocabulary(lambda text: text.casefold() in THEMES, lambda text: text.casefold() in THEMES and text[0] != "1")


def tree(
    *pages: list[Line], bookmarks: dict[int, list[str]] | None = None, regions: dict[int, str] | None = None
) -> Outline:
    """The outline of made-up pages; `regions` names the region of a page."""
    held = [(n, paragraphs(read(page), Spacing(1.2), (), lambda text: 0)) for n, page in enumerate(pages, 1)]
    sizes = {n: body_size(page) for n, page in enumerate(pages, 1)}

    def region(page: int, _: Paragraph) -> tuple[str, ...]:
        return (regions[page],) if regions else ()

    return outline(held, sizes, bookmarks or {}, KNOWN, region)


def paths(found: Outline) -> list[str]:
    """The heading paths in reading order."""
    return [" > ".join(path(found.headings, index)) for index in range(len(found.headings))]


def under(found: Outline, text: str) -> str:
    """The heading path of the paragraph that starts with a text."""
    placed = next(item for item in found.placed if item.paragraph.text.startswith(text))
    return " > ".join(path(found.headings, placed.section))


def test_larger_type_makes_a_heading() -> None:
    """A title and a smaller, bold subtitle stand above the text."""
    page = [title("Wonen en zorg"), line("Wat we doen", y=90, size=12, bold=True), *column(PROSE, y=110)]
    assert under(tree(page), PROSE[0]) == "Wonen en zorg > Wat we doen"


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
