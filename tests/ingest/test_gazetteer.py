"""The gazetteer: the names, how people spell them, and what is not a region."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.gazetteer import by_name, children, find_mentions, is_whole_title, lookup, regions, whole_of
from tests.shared import SHARED, needs_shared

NHF = "ROAZ Noord-Holland/Flevoland"
MUNICIPALITIES_OF_2024 = 342
SECOND_NAMES = 2  # Den Haag and Den Bosch stand beside their official names


def named(text: str) -> list[str]:
    """The regions found in a text."""
    return [mention.region for mention in find_mentions(text)]


@needs_shared
def test_the_names_are_those_of_the_contract() -> None:
    """Names, kinds and parents equal the contract's list, in its order."""
    contract = json.loads((SHARED / "eval" / "regions.json").read_text(encoding="utf-8"))
    ours = [{"name": r.name, "kind": r.kind, "parent": r.parent or None} for r in regions()]
    assert ours == contract


def test_every_name_finds_itself() -> None:
    """Each of the 64 names is looked up as itself, in any case."""
    assert len(regions()) == 64
    for region in regions():
        assert lookup(region.name) == region
        assert lookup(region.name.upper()) == region


def test_every_variant_means_its_region() -> None:
    """No spelling in the data file is taken by another region."""
    for region in regions():
        assert [lookup(variant) for variant in region.variants] == [region] * len(region.variants)


def test_every_municipality_stands_in_one_region() -> None:
    """The gazetteer holds all gemeenten of 2024, each once."""
    names = [name for region in regions() for name in (*region.municipalities, *region.uncertain)]
    assert len(names) == len(set(names)) == MUNICIPALITIES_OF_2024 + SECOND_NAMES


def test_parents_are_regions() -> None:
    """A parent is a region itself, and knows its children."""
    for region in regions():
        assert not region.parent or region.name in children(region.parent)
        assert not region.parent or region.parent in by_name()


@pytest.mark.parametrize(
    ("spelling", "region"),
    [
        ("het gooi", "‘t Gooi"),
        ("'t Gooi", "‘t Gooi"),
        ("Gooi- en Vechtstreek", "‘t Gooi"),
        ("Midden Nederland", "Utrecht/Midden-Nederland"),
        ("Utrecht", "Utrecht/Midden-Nederland"),
        ("zorgkantoorregio Utrecht", "Utrecht/Midden-Nederland"),
        ("U-16", "Utrecht/Midden-Nederland"),
        ("ZOU", "Zuidoost Utrecht"),
        ("Zuid-Oost Utrecht", "Zuidoost Utrecht"),
        ("Utrecht Zuidoost", "Zuidoost Utrecht"),
        ("Noordwest-Utrecht", "Utrecht West"),
        ("utrecht stad", "Utrecht Stad"),
        ("Amstelland en de Meerlanden", "Amstelland-Meerlanden"),
        ("Amstelland & Meerlanden", "Amstelland-Meerlanden"),
        ("DWO", "Westland Schieland Delfland"),
        ("Westland-Schieland-Delfland", "Westland Schieland Delfland"),
        ("Zuid-Hollandse eilanden", "Zuid-Hollandse Eilanden"),
        ("West-Brabant Oost", "West-Brabant (Oost)"),
        ("Helmond-De Peel", "Zuidoost-Brabant (Helmond de Peel)"),
        ("Zwolle (regio IJssel-Vecht)", "Zwolle (IJssel-Vecht)"),
        ("Fryslan", "Friesland"),
        ("Zaanstreek/Waterland", "Zaanstreek Waterland"),
        ("Noord Nederland", "ROAZ Noord Nederland"),
        ("Roaz-regio Oost", "ROAZ Oost"),
        ("regionaal", "Regionaal"),
    ],
)
def test_spellings(spelling: str, region: str) -> None:
    """Case, diacritics, hyphens, apostrophes and abbreviations lead to the region."""
    found = lookup(spelling)
    assert found is not None
    assert found.name == region


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Kennemerland", "Kennemerland"),
        ("ROAZ Kennemerland", f"{NHF} (Kennemerland)"),
        ("acute zorg in de regio Kennemerland", f"{NHF} (Kennemerland)"),
        ("Zwolle", "Zwolle"),
        ("het ROAZ-plan voor de regio Zwolle", "ROAZ Zwolle"),
        ("Netwerk Acute Zorg Midden-Nederland", "ROAZ Midden-Nederland"),
        (f"Kaart {NHF} subregio Zaanstreek-Waterland: wat verandert er", f"{NHF} (Zaanstreek-Waterland)"),
        (f"{NHF} subregio Flevoland en Gooi en Vechtstreek", f"{NHF} (Flevoland en Gooi en Vechtstreek)"),
    ],
)
def test_context_tells_a_roaz_region_from_a_zorgkantoorregio(text: str, region: str) -> None:
    """After 'ROAZ' or 'acute zorg' a name means the ROAZ region, elsewhere the zorgkantoorregio."""
    assert named(text) == [region]


@pytest.mark.parametrize(
    ("misspelled", "region"),
    [
        ("Leekstroom", "Lekstroom"),
        ("Groninge", "Groningen"),
        ("Zuid Hollandse eilande", "Zuid-Hollandse Eilanden"),
        ("Amersfort", "Eemland"),
        ("Haaglaanden", "Haaglanden"),
    ],
)
def test_small_misspellings_are_forgiven(misspelled: str, region: str) -> None:
    """A wrong, missing or double letter still finds the region, with less confidence."""
    mentions = find_mentions(f"wat doet {misspelled} daaraan")
    assert [mention.region for mention in mentions] == [region]
    assert mentions[0].confidence < 0.9


def test_like_names_are_kept_apart() -> None:
    """Zeewolde is not Zeeland, Drenthe not Twente, and West-Friesland not Friesland."""
    assert named("Zeewolde") == ["Zwolle (Noord-Veluwe en Zeewolde)"]
    assert (named("Zeeland"), named("Drenthe"), named("Twente")) == (["Zeeland"], ["Drenthe"], ["Twente"])
    assert named("West-Friesland") == ["Noord-Holland Noord"]


@pytest.mark.parametrize(
    "text",
    [
        "UMC Utrecht",
        "Nieuw-Zeeland",
        "Best lastig",
        "Huizen zijn duur, zeggen de buren",
        "regionale samenwerking",
        "",
        "zorg en schade",
    ],
)
def test_what_is_no_region(text: str) -> None:
    """Hospitals, other countries and everyday words are no regions."""
    assert named(text) == []


def test_everyday_words_are_gemeenten_in_their_place() -> None:
    """'Best' and 'Houten' are gemeenten after 'gemeente' or with a capital inside a sentence."""
    assert named("de gemeente Best") == ["Zuidoost-Brabant (Eindhoven)"]
    assert named("ouderen in Houten") == ["Lekstroom"]
    assert named("een houten huis") == []


def test_municipalities_lead_to_their_region_with_less_confidence() -> None:
    """A gemeente finds its subregion, less surely than the region's own name; an uncertain one least."""
    zeist, eemland, lansingerland = (find_mentions(text)[0] for text in ("Zeist", "Eemland", "Lansingerland"))
    assert (zeist.region, lansingerland.region) == ("Zuidoost Utrecht", "Westland Schieland Delfland")
    assert eemland.confidence > zeist.confidence > lansingerland.confidence


def test_spans_are_places_in_the_text() -> None:
    """Start and end cut the matched words out of the text as it stands, diacritics and all."""
    text = "Één plan voor Súdwest-Fryslân, ‘t Gooi en Zuidoost-Brabant."
    found = find_mentions(text)
    assert [mention.region for mention in found] == ["Friesland", "‘t Gooi", "Zuidoost-Brabant"]
    assert all(text[mention.start : mention.end] == mention.via for mention in found)


def test_lookup_wants_one_region() -> None:
    """A text that names two regions, or says more than a name, is no name of a region."""
    assert lookup("Twente en Drenthe") is None
    assert lookup("wachttijden in Twente") is None
    assert lookup("onbekend") is None


@given(st.text(max_size=80))
def test_any_text_may_be_searched(text: str) -> None:
    """Whatever the text, mentions lie inside it, in order and without overlap."""
    found = find_mentions(text)
    ends = [0, *(mention.end for mention in found)]
    assert all(end <= mention.start < mention.end <= len(text) for end, mention in zip(ends, found, strict=False))


def test_a_whole_corpus_is_searched_quickly() -> None:
    """Twenty thousand lines take well under two seconds of processor time, also on a busy machine."""
    lines = [
        f"In regel {n} werken huisartsen, gemeenten en ziekenhuizen samen aan passende zorg." for n in range(20_000)
    ]
    began = time.process_time()
    assert not any(find_mentions(line, fuzzy=False) for line in lines)
    assert time.process_time() - began < 2.0


def test_a_subregion_can_stand_for_the_whole() -> None:
    """Its parent knows it, a title on its own means it, and the same word in a sentence does not."""
    (whole,) = [region for region in regions() if region.whole]
    assert whole_of(whole.parent) == whole.name
    assert whole_of("Twente") == ""
    assert lookup("regionale uitwerking") == whole
    assert is_whole_title(" Regionaal deel: ")
    assert not is_whole_title("Regionaal overleg")
    assert find_mentions("Dit spreken we regionaal af: Regionaal") == []
