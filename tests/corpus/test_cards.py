"""The text sources of the region cards: their form, and what is refused."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from corpus.regiokaarten.cards import THEMES, BadCard, read_card, slug, sources
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


def test_there_are_cards() -> None:
    """At least eight regions have a card, each a region of its own."""
    regions = [read_card(path).region for path in sources()]
    assert len(set(regions)) == len(regions) >= 8


@needs_shared
def test_cards_name_regions_that_the_tool_knows() -> None:
    """Every card's region and kind are those of the names that answers use."""
    known = {r["name"]: r["kind"] for r in json.loads((SHARED / "eval/regions.json").read_text(encoding="utf-8"))}
    cards = [read_card(path) for path in sources()]
    assert [card.region for card in cards if known.get(card.region) != card.kind] == []


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
