"""Comparisons as people ask for them."""

import pytest

from service.asking import MAX_QUESTION, BadQuestion, UnknownFilter
from service.comparing import UnknownPassage, choose_level, choose_strictness, compare, comparison_form, resolve_parent
from service.library import Library
from tests.service.comparisons import PLANS, comparing_library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Open the made-up plans."""
    return comparing_library(tmp_path_factory.mktemp("data"))


def test_the_form_holds_every_region_in_the_contract(library: Library) -> None:
    """Each row names its region, kind and parent, whether it was found, and its evidence as hits with their source."""
    form = comparison_form(library, compare(library, "beweegtuinen"))
    rows = {row.region: row for row in form.regions}
    assert set(rows) == {"Drenthe", "Twente", "Zeeland", "Friesland", "Groningen", "ROAZ Oost"}
    assert (rows["Drenthe"].found, rows["Drenthe"].kind, rows["Drenthe"].parent) == (True, "zorgkantoorregio", None)
    assert rows["Drenthe"].hits[0].citation
    assert (rows["Friesland"].found, rows["Friesland"].hits) == (False, [])
    assert (rows["Groningen"].found, rows["Groningen"].denied) == (False, True)
    assert rows["Zeeland"].copy_of == "Twente"
    assert form.coverage.passages == len(PLANS)


def test_a_passage_can_be_the_topic(library: Library) -> None:
    """Its id stands in the answer, and its own region is not asked for."""
    form = comparison_form(library, compare(library, "", passage_id=PLANS[0].id))
    assert form.passage_id == PLANS[0].id
    assert [row.region for row in form.regions if not row.asked] == ["Drenthe"]


@pytest.mark.parametrize(
    ("topic", "passage_id", "words"),
    [
        ("", "", "een van de twee"),
        ("  ", "", "een van de twee"),
        ("beweegtuinen", PLANS[0].id, "een van de twee"),
        ("x" * (MAX_QUESTION + 1), "", str(MAX_QUESTION)),
    ],
)
def test_exactly_one_topic_of_bounded_length_is_asked(
    library: Library, topic: str, passage_id: str, words: str
) -> None:
    """What is refused says what to give instead."""
    with pytest.raises(BadQuestion, match=words):
        compare(library, topic, passage_id=passage_id)


def test_an_unknown_passage_is_named(library: Library) -> None:
    """The message holds the id."""
    with pytest.raises(UnknownPassage, match="bestaat-niet"):
        compare(library, "", passage_id="bestaat-niet")


def test_the_region_with_parts_is_found_by_name_and_by_part() -> None:
    """A part leads to its region; a region without parts is refused with those that have them."""
    assert resolve_parent("") == ""
    assert resolve_parent("midden nederland") == "Utrecht/Midden-Nederland"
    assert resolve_parent("Lekstroom") == "Utrecht/Midden-Nederland"
    with pytest.raises(UnknownFilter, match=r"Kies uit: .*Arnhem"):
        resolve_parent("Drenthe")


def test_levels_and_strictnesses_are_known_by_name() -> None:
    """Their names are taken in any case; another name is refused with those that exist."""
    assert choose_level("Subregio") == "subregio"
    assert choose_strictness("RUIM") == "ruim"
    with pytest.raises(BadQuestion, match="regio of subregio"):
        choose_level("wijk")
    with pytest.raises(BadQuestion, match="streng of ruim"):
        choose_strictness("half")
