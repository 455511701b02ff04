"""Which theme each part of a page speaks of: made-up plans, and the real ones."""

from collections.abc import Sequence

import pytest

from ingest.regions import attribute
from ingest.theme_spans import ThemeSpan, attribute_themes, row_labels
from ingest.themes import themes
from tests.ingest.regional import Sheet, expected, real_pages
from tests.shared import needs_shared

SEVEN = [theme.name for theme in themes() if theme.vocabulary == "impactkaart"]
SOCIAL, OLD, MENTAL = "Sterk sociaal domein en eerstelijn", "Gezond ouder worden", "Mentale weerbaarheid en gezondheid"


def names(page: Sequence[ThemeSpan]) -> list[str]:
    """The themes of a page, sorted."""
    return sorted({span.theme for span in page if span.theme})


def pages_of(*sheets: Sheet, title: str = "") -> list[list[str]]:
    """The themes of made-up pages, region by region."""
    lines = [sheet.lines for sheet in sheets]
    return [names(page) for page in attribute_themes(lines, attribute(lines, title, ()))]


def table(broken: bool = False) -> Sheet:
    """A page with the seven rows of an impactkaart."""
    sheet = Sheet().large("Kaart zorgkantoorregio Twente: acties")
    for row, name in enumerate(SEVEN):
        words = name.split()
        pieces = [" ".join(words[:2]), " ".join(words[2:])] if broken and len(words) > 2 else [name]
        sheet.at(150 + 60 * row, *pieces).at(150 + 60 * row, "Er komt een plan van de regio samen.", x=200)
    return sheet


def test_rows_of_a_table() -> None:
    """The seven labels of a table give its lines their themes, in order."""
    rows = row_labels(table().lines)
    assert [row.theme.name for row in rows] == SEVEN
    assert [row.last - row.first for row in rows] == [1] * 7


def test_labels_broken_over_lines() -> None:
    """A label over two lines is one label."""
    rows = row_labels(table(broken=True).lines)
    assert [row.theme.name for row in rows] == SEVEN
    assert rows[1].last - rows[1].first == 2


def test_flattened_rows() -> None:
    """Where label and text share a line, the label says where the text starts."""
    sheet = Sheet()
    for name in SEVEN:
        sheet.text(f"{name} Er komt een regionaal plan", "dat de partners samen uitvoeren.")
    rows = row_labels(sheet.lines)
    assert [row.theme.name for row in rows] == SEVEN
    assert all(sheet.lines[row.first].text[row.offset :].startswith("Er komt") for row in rows)


def test_a_label_that_slipped_into_the_text() -> None:
    """A label broken over the label column and the text column is found, with its aside."""
    sheet = (
        table().at(590, "Meer beschikbare").at(590, "medewerkers", "(benutten, behoud en instroom)", "Tekst.", x=200)
    )
    last = row_labels(sheet.lines)[-1]
    assert (last.theme.name, last.last - last.first) == ("Meer beschikbare medewerkers", 3)


def test_two_labels_are_no_table() -> None:
    """A page with one or two of the words on a line of their own holds no table."""
    assert row_labels(Sheet().text("Digitale zorg").text().text("Regionale samenwerking").text().lines) == []


def test_a_table_ends_with_its_slide() -> None:
    """The last row's theme is not carried to the next slide, also of the same region."""
    focus = Sheet().large("Kaart zorgkantoorregio Twente: doelgroepen").text()
    assert pages_of(table(), focus, table(), focus) == [sorted(SEVEN), [], sorted(SEVEN), []]


def test_a_theme_is_carried_until_the_next() -> None:
    """A theme's own heading holds on the pages after it, until another one or another region."""
    sheets = [Sheet().large("Acute zorg").text(), Sheet().text(), Sheet().large("Arbeidsmarkt").text()]
    sheets += [Sheet().large("Eemland"), Sheet().text()]
    found = pages_of(*sheets, title="Regioplan Utrecht")
    assert found == [["Acute zorg"], ["Acute zorg"], ["Arbeidsmarkt"], [], []]


def test_numbered_parts_stand_where_the_document_lists_them() -> None:
    """'2a Digitalisering' belongs to the theme under which the document lists it, also further on."""
    overview = Sheet().large("Mentale weerbaarheid en gezondheid").text().text("1a Preventie").text("1b Profielkeuze")
    overview.text("2a Digitalisering")
    sheets = [overview, Sheet().large("1a Preventie").text(), Sheet().large("2a Digitalisering").text()]
    assert pages_of(*sheets) == [[MENTAL]] * 3


def test_numbering_that_starts_anew_begins_another_theme() -> None:
    """When numbers run back to 1a, the part's own name tells the theme."""
    sheets = [Sheet().large("Gelijke kansen").text(), Sheet().large("2b Digitalisering").text()]
    first = Sheet().large("1a Eén gemeenschappelijk concept en taal").text()
    old = Sheet().large("1a Positieve gezondheid en communicatie").text()
    assert pages_of(first, *sheets, old) == [[SOCIAL], [SOCIAL], [SOCIAL], [OLD]]


def test_a_chapter_that_is_named_later() -> None:
    """A situation sketch belongs to the theme whose first part follows it."""
    sketch = Sheet().large("Situatieschets").text()
    sheets = [Sheet().large("Acute zorg").text(), sketch, Sheet().text(), Sheet().large("2b Verkennend Gesprek").text()]
    assert pages_of(*sheets) == [["Acute zorg"], [MENTAL], [MENTAL], [MENTAL]]


def test_a_list_of_themes_begins_none() -> None:
    """Themes listed under each other announce chapters; the first unnamed chapter is the first one listed."""
    listing = Sheet().large("Overzicht").text(SOCIAL).text(OLD).text(MENTAL).text("Acute zorg")
    assert pages_of(listing, Sheet().text(), Sheet().large("Situatieschets").text()) == [[], [], [SOCIAL]]


def test_a_theme_that_is_not_in_the_vocabulary() -> None:
    """A chapter about something else ends what was carried."""
    sheets = [Sheet().large("Thema kwetsbare ouderen").text(), Sheet().large("Thema zeldzame ziekten").text()]
    assert pages_of(*sheets) == [[OLD], []]


def test_numbered_titles_of_pages_end_each_other() -> None:
    """The theme of '2. Acute zorg' does not hold under '3. Gemeenschapskracht', nor does a list in its text end it."""
    second = Sheet().large("2. Acute zorg").text().text("3. Afspraken over samenwerking").text()
    third = Sheet().large("3. Gemeenschapskracht").text()
    assert pages_of(second, Sheet().text(), third, Sheet().text()) == [["Acute zorg"], ["Acute zorg"], [], []]


@pytest.mark.parametrize("title", ["B.2", "Hoofdstuk C", "C.1 Onze keuzes", "Bijlage 3 Begrippen"])
def test_a_chapter_known_by_a_letter_ends_a_theme(title: str) -> None:
    """On the page with its title and after it."""
    sheets = [Sheet().large("Arbeidsmarkt").text(), Sheet().text(), Sheet().large(title), Sheet().text()]
    assert pages_of(*sheets) == [["Arbeidsmarkt"], ["Arbeidsmarkt"], [], []]


def test_a_label_in_plain_type_ends_with_the_next_title() -> None:
    """But not with the title of a part that every chapter has, nor on a page without a title."""
    label = Sheet().large("Randvoorwaarden").text().text("Arbeidsmarkt").text()
    sheets = [label, Sheet().text(), Sheet().large("Ambitie en visie").text(), Sheet().large("Communicatie").text()]
    assert pages_of(*sheets) == [["Arbeidsmarkt"]] * 3 + [[]]


def test_the_last_slide_of_several_ends_with_the_next_title() -> None:
    """After '(2/2)' nothing more of it is to come; after '(1/2)' there is."""
    sheets = [Sheet().large(f"Acute zorg ({n}/2)").text() for n in (1, 2)]
    between = Sheet().large("Communicatie").text()
    assert pages_of(sheets[0], between, sheets[1], between) == [["Acute zorg"]] * 3 + [[]]


def test_no_theme_without_headings() -> None:
    """Running text about themes gives none, and no pages give no spans."""
    assert pages_of(Sheet().text("Digitale zorg en preventie helpen de arbeidsmarkt en de acute zorg.")) == [[]]
    assert attribute_themes([], ()) == []


@needs_shared
def test_the_themes_of_a_real_plan() -> None:
    """On the real plan the set of themes is right on nearly every page."""
    title = "Regioplan Midden Nederland – Deel 2 Totaaldocument"
    pages = real_pages(title)
    found = [names(page) for page in attribute_themes(pages, attribute(pages, title, ()))]
    truth = expected(title, "themes")
    assert sum(ours == theirs for ours, theirs in zip(found, truth, strict=True)) / len(truth) >= 0.95


@needs_shared
def test_the_rows_of_a_real_table() -> None:
    """Every table of the real impactkaart has its seven rows, each once."""
    tables = [rows for lines in real_pages("Bijlage 3: Impactkaart per regio") if (rows := row_labels(lines))]
    right = sum(len({row.theme.name for row in rows}) for rows in tables if len(rows) == len(SEVEN))
    assert len(tables) >= 50
    assert right / (len(SEVEN) * len(tables)) >= 0.98
