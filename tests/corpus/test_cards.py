"""The text sources of the region cards: their form, and what is refused."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from corpus.regiokaarten.cards import THEMES, BadCard, default_title, read_card, slug, sources
from ingest.gazetteer import regions
from tests.shared import SHARED, needs_shared

SOURCE = """
region = "Waddenhoek"
kind = "zorgkantoorregio"
date = 2026-03-01
sources = { Plan = "Plan Waddenhoek" }
ontwikkelingen = [{ page = 1, text = "Het tekort loopt op tot 12,5% in 2031." }]
[activiteiten]
"Digitale zorg" = [{ page = 2, text = "Er komt een Waddenloket." }]
"""


def write(folder: Path, text: str, name: str = "regiokaart-waddenhoek.toml") -> Path:
    """Put a card's source in a folder."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_each_region_has_one_card() -> None:
    """The gazetteer's 64 regions have a card each, and no region has two."""
    assert sorted(read_card(path).region for path in sources()) == sorted(region.name for region in regions())


def test_cards_name_the_kind_that_the_tool_knows() -> None:
    """A card calls its region what the gazetteer calls it."""
    kinds = {region.name: region.kind for region in regions()}
    cards = [read_card(path) for path in sources()]
    assert [card.region for card in cards if card.kind != kinds[card.region]] == []


@needs_shared
def test_theme_headings_are_those_of_the_answers() -> None:
    """The headings allowed under 'Voorgenomen activiteiten' are the theme names of both vocabularies."""
    themes = json.loads((SHARED / "eval/themes.json").read_text(encoding="utf-8"))
    assert list(THEMES) == [*themes["impactkaart"], *themes["regioplan"]]


def test_a_source_is_read(tmp_path: Path) -> None:
    """A source becomes a card; a fact need not name the only source."""
    card = read_card(write(tmp_path, SOURCE))
    assert card.title == "Regiokaart zorgkantoorregio Waddenhoek"
    assert card.date == date(2026, 3, 1)
    assert [(item.document, item.page) for item in card.items] == [("Plan", 1), ("Plan", 2)]


def test_a_source_may_give_its_own_title(tmp_path: Path) -> None:
    """A title in the source goes before the one made from kind and region; a ROAZ name stands by itself."""
    assert read_card(write(tmp_path, f'title = "Kaart van de Wadden"\n{SOURCE}')).title == "Kaart van de Wadden"
    assert default_title("ROAZ Wadden", "ROAZ-regio") == "Regiokaart ROAZ Wadden"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("region =", "regio =", "onbekende sleutel 'regio'"),
        ("Digitale zorg", "Digitaal", "onbekende kop 'Digitaal'"),
        ("page = 2, ", "", "heeft een page"),
        ("page = 2", 'document = "Beeld", page = 2', "document uit sources"),
        ('[{ page = 2, text = "Er komt een Waddenloket." }]', "[]", "zonder punten"),
        ("2026-03-01", "", "heeft niet de vorm"),
        ("Waddenhoek", "Elders", "regiokaart-elders.toml"),
    ],
)
def test_a_bad_source_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    """A source with a fault is refused with the file, the fault and the cure."""
    path = write(tmp_path, SOURCE.replace(old, new))
    with pytest.raises(BadCard, match=re.escape(message)) as caught:
        read_card(path)
    assert path.name in str(caught.value)


@pytest.mark.parametrize(
    ("region", "name"),
    [("‘t Gooi", "regiokaart-t-gooi"), ("Zwolle (IJssel-Vecht)", "regiokaart-zwolle-ijssel-vecht")],
)
def test_files_are_named_after_the_region(region: str, name: str) -> None:
    """A file name is the region's name in plain letters."""
    assert slug(region) == name
