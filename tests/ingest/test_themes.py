"""The themes: one vocabulary, recognised in headings and row labels and nowhere else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.themes import lookup, recognise, split_label, theme_of_path, themes
from tests.shared import SHARED, needs_shared

SOCIAL = "Sterk sociaal domein en eerstelijn"
MENTAL = "Mentale weerbaarheid en gezondheid"
STAFF = "Meer beschikbare medewerkers"


def name_of(text: str) -> str:
    """The name of the theme that a text is the label of, or ''."""
    theme = recognise(text)
    return theme.name if theme else ""


@needs_shared
def test_the_names_are_those_of_the_contract() -> None:
    """Names and vocabularies equal the contract's list, in its order."""
    contract = json.loads((SHARED / "eval" / "themes.json").read_text(encoding="utf-8"))
    assert [(t.name, t.vocabulary) for t in themes()] == [(n, v) for v, names in contract.items() for n in names]


def test_the_vocabularies_map_onto_each_other() -> None:
    """What a theme maps to lies in the other vocabulary and maps back."""
    by_name = {theme.name: theme for theme in themes()}
    for theme in themes():
        for other in theme.maps_to:
            assert by_name[other].vocabulary != theme.vocabulary
            assert theme.name in by_name[other].maps_to


def test_every_label_means_its_theme() -> None:
    """Each name and each variant is recognised as its own theme, in any case."""
    for theme in themes():
        assert [name_of(label) for label in (theme.name, *theme.variants)] == [theme.name] * (1 + len(theme.variants))
        assert lookup(theme.name.upper()) == theme


@pytest.mark.parametrize(
    ("label", "theme"),
    [
        ("Meer beschikbare medewerkers (benutten, behoud en instroom)", STAFF),
        ("Meer beschikbare\nmedewerkers (benutten,\nbehoud en instroom)", STAFF),
        ("Zorgcontracte-\nring", "Zorgcontractering"),
        ("Zorg rondom en met de\ncliënt", "Zorg rondom en met de cliënt"),
        ("Preventie en voorlichtng", "Preventie en voorlichting"),
        ("Sterk sociaal domein & eerstelijns", SOCIAL),
        ("2b Mogelijk maken van zelfstandig wonen", "Gezond ouder worden"),
        ("1b+1c Betere toeleiding naar passende (zelf)hulp", MENTAL),
        ("2a Netwerken Mentale Gezondheid (NMG)¹", MENTAL),
        ("Thema 2 | Zorg digitaliseren", "Passende MSZ"),
        ("Fundament digitalisering en gegevensuitwisseling", "Digitalisering en gegevensuitwisseling"),
        ("5b Kansrijke start (2/2)", "Preventie en voorlichting"),
        ("Ad. Palliatieve zorg", "Gezond ouder worden"),
        ("7 Arbeidsmarkt", "Arbeidsmarkt"),
        ("3. Mentaal gezondheidscentrum Eemland", MENTAL),
    ],
)
def test_headings_and_labels(label: str, theme: str) -> None:
    """Broken, hyphenated, numbered, lengthened and misspelled labels are recognised."""
    assert name_of(label) == theme


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Situatieschets",
        "Digitale zorg wordt ingezet voor ouderen",
        "De arbeidsmarkt in de zorg is krap.",
        "Zorgcontractering. De zorgverzekeraar koopt in",
        "Wij werken aan preventie en voorlichting voor iedereen die dat nodig heeft in deze regio",
        "Betrokken organisaties",
    ],
)
def test_running_text_is_no_label(text: str) -> None:
    """Sentences and other headings name no theme, even when they start with a label's words."""
    assert recognise(text) is None


def test_a_row_is_split_after_its_label() -> None:
    """A flattened row gives its theme and the offset of its own text."""
    row = "Juiste zorg op de juiste plek Initiatieven voor zorg thuis"
    found = split_label(row)
    assert found is not None
    assert (found[0].name, row[found[1] :]) == ("Juiste zorg op de juiste plek", "Initiatieven voor zorg thuis")


def test_the_aside_belongs_to_the_label() -> None:
    """The words in brackets after a label are not the row's text."""
    row = "Meer beschikbare medewerkers (benutten, behoud en instroom) Werven in de wijk"
    found = split_label(row)
    assert found is not None
    assert row[found[1] :] == "Werven in de wijk"


def test_an_empty_row_is_split_too() -> None:
    """A row that holds only a dash is a row."""
    found = split_label("Zorg rondom en met de cliënt -")
    assert found is not None
    assert found[1] == len("Zorg rondom en met de cliënt ")


@pytest.mark.parametrize(
    "text", ["Zorgcontractering", "Regionale samenwerking in het werven", "Situatieschets Het gaat"]
)
def test_what_is_no_row(text: str) -> None:
    """A bare label, a sentence that starts with its words, and another heading are no flattened rows."""
    assert split_label(text) is None


def test_the_path_decides_where_a_heading_is_shared() -> None:
    """'1a Preventie' belongs to the theme above it; the deepest heading that is sure decides."""
    for path, name in [
        ((MENTAL, "1a Preventie"), MENTAL),
        (("Passende MSZ", "Aanpak", "3b Digitalisering"), "Passende MSZ"),
        (("Thema's", "1a Preventie"), "Preventie en voorlichting"),
        ((SOCIAL, "Gezond ouder worden", "Aanpak"), "Gezond ouder worden"),
    ]:
        theme = theme_of_path(path)
        assert theme is not None
        assert theme.name == name
    assert theme_of_path(("Inleiding", "Aanpak")) is None
    assert theme_of_path(()) is None


@given(st.text(max_size=60))
def test_any_text_may_be_asked(text: str) -> None:
    """Whatever the text, a split lies inside it and leaves something on either side."""
    recognise(text)
    found = split_label(text)
    assert found is None or 0 < found[1] < len(text)
