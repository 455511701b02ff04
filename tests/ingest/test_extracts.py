"""For whom, in which sectors and with whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Activity, Extract
from ingest.extracts import extract


def values(found: tuple[Extract, ...]) -> list[str]:
    """Return what the extracts mean."""
    return [one.value for one in found]


def words(found: tuple[Extract, ...]) -> list[str]:
    """Return the extracts' own words."""
    return [one.text for one in found]


def test_a_whole_activity_is_read() -> None:
    """Who, for whom, with whom, when and for how much stand in fields of their own, in the passage's words."""
    text = (
        "Vanaf maart 2026 opent GGD Polderstreek samen met Stichting Waterlicht een spreekuur voor kwetsbare ouderen "
        "in de wijkverpleging. Daarvoor is € 1,5 miljoen beschikbaar."
    )
    activity = extract(text)
    assert words(activity.groups) == ["kwetsbare ouderen"]
    assert "wijkverpleging" in values(activity.sectors)
    assert words(activity.partners) == ["GGD Polderstreek", "Stichting Waterlicht"]
    assert values(activity.terms) == ["2026-03/.."]
    assert values(activity.money) == ["1500000"]


_PIECES = st.sampled_from(
    ["ouderen", "huisartsen", "GGD Polderstreek", "in 2026", "€ 3.000", "samen met", "\n", ".", ",", " en ", "De Ronde"]
)


@given(st.lists(_PIECES, max_size=12).map(" ".join))
def test_every_extract_stands_in_the_text(text: str) -> None:
    """Each field holds exactly the words at its place, whatever the text."""
    activity = extract(text)
    for found in (activity.groups, activity.sectors, activity.partners, activity.terms, activity.money):
        assert all(one.text and text[one.start : one.end] == one.text for one in found)


def test_nothing_is_read_where_nothing_stands() -> None:
    """A sentence that names nobody gives empty fields."""
    assert extract("Het opzetten van een loket.") == Activity()


def test_a_thing_is_named_once() -> None:
    """The first words for a target group or sector stand for the others."""
    assert words(extract("Voor ouderen en senioren: bezoek aan oudere mensen.").groups) == ["ouderen"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Een cursus voor zorgprofessionals.", ["zorgprofessionals"]),
        ("Zorgprofessionals geven een cursus.", []),
        ("Aandacht voor mensen met (risico op) kanker.", ["mensen met kanker"]),
        ("Hulp aan mensen met psychische klachten.", ["mensen met psychische problemen"]),
        ("De jeugd-ggz en het jeugdplein.", []),
    ],
)
def test_target_groups(text: str, found: list[str]) -> None:
    """Groups are known by several words; those who do the work are a group only when it is done for them."""
    assert values(extract(text).groups) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Het ziekenhuis en de huisartsenpraktijken", ["medisch-specialistische zorg", "huisartsenzorg"]),
        ("VVT-organisaties en wijkteams", ["ouderenzorg en langdurige zorg", "sociaal domein"]),
        ("medewerkers te scholen", []),
        ("sport op scholen", ["onderwijs"]),
        ("een cursus Welzijn op recept", []),
    ],
)
def test_sectors(text: str, found: list[str]) -> None:
    """Sectors go by many names, and a verb that is spelled like one is none."""
    assert values(extract(text).sectors) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("RSO Watermolen en UMC Polderstad", ["RSO Watermolen", "UMC Polderstad"]),
        ("het Waterlicht Ziekenhuis", ["Waterlicht Ziekenhuis"]),
        ("Afname ziekenhuisbedden. Afname ziekenhuis.", []),
        ("het Sint-Joris ziekenhuis", ["Sint-Joris ziekenhuis"]),
        ("in samenwerking met Molenwiek, De Brug en huisartsen", ["Molenwiek", "De Brug"]),
        ("Samen met Huisartsen en Gemeenten", []),
        ("samen met Drenthe", []),
        ("RSO Watermolen Alle partijen", ["RSO Watermolen"]),
        ("de gemeenten Waterdam, Molenwijk en De Brug doen mee", ["gemeenten Waterdam, Molenwijk en De Brug"]),
        ("de gemeenten doen mee", []),
        ("zorgverzekeraar Zilveren Kruis", ["zorgverzekeraar Zilveren Kruis"]),
        ("de benchmark van Nivel en samen met Nivel", ["Nivel"]),
        ("in samenwerking met gemeenten Implementatie van een rooster", []),
        ("een lister en een meander in de rivier", []),
        ("het Vierpoldersziekenhuis", ["Vierpoldersziekenhuis"]),
    ],
)
def test_partners(text: str, found: list[str]) -> None:
    """Organisations are known by name, by a word in their name or by 'samen met'; sectors and regions are none."""
    assert words(extract(text).partners) == found
