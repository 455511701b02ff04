"""Pictures of a comparison."""

from xml.etree import ElementTree

import pytest

from service.compare_svg import DASH, TICK, TOGETHER, count, describe, draw, groups, tile
from service.comparing import ComparisonForm, compare, comparison_form
from tests.service.comparisons import comparing_library


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> ComparisonForm:
    """Compare the made-up plans; ROAZ-regio's are not asked for."""
    library = comparing_library(tmp_path_factory.mktemp("data"))
    return comparison_form(library, compare(library, "Welke zorgkantoorregio's zetten in op beweegtuinen?"))


def test_a_tile_says_it_without_colour(comparison: ComparisonForm) -> None:
    """Found is a tick, not found a dash, not asked for neither; the title says it in words."""
    tiles = {row.region: tile(row) for row in comparison.regions}
    assert TICK in tiles["Drenthe"]
    assert "<title>Drenthe: gevonden</title>" in tiles["Drenthe"]
    assert DASH in tiles["Friesland"]
    assert TICK not in tiles["ROAZ Oost"]
    assert DASH not in tiles["ROAZ Oost"]


def test_regions_stand_by_kind(comparison: ComparisonForm) -> None:
    """Each region stands once, under its kind, with a count of those that were asked for."""
    grouped = groups(comparison)
    assert [(kind, len(rows)) for kind, rows in grouped] == [("zorgkantoorregio", 5), ("ROAZ-regio", 1)]
    assert [count(rows, comparison.parent) for _, rows in grouped] == ["3 van 5", "niet gevraagd"]


def test_the_picture_is_told_in_words(comparison: ComparisonForm) -> None:
    """Who cannot see it hears which regions were found."""
    assert describe(comparison) == "Gevonden in 3 van de 5 regio's: Drenthe, Twente, Zeeland."
    nothing = comparison.model_copy(
        update={"regions": [row for row in comparison.regions if not row.found], "found": 0, "asked": 2}
    )
    assert describe(nothing) == "In geen van de 2 regio's gevonden."


def test_counts_of_all_kinds_add_up_to_the_one_above_them(comparison: ComparisonForm) -> None:
    """Parts stand and count with their region, which the words say; where parts are compared each counts by itself."""
    whole, *others = comparison.regions
    parts = [
        whole.model_copy(update={"region": name, "kind": "subregio", "parent": "West-Brabant", "found": True})
        for name in ("West-Brabant (Oost)", "West-Brabant (West)")
    ]
    made = comparison.model_copy(update={"regions": [whole, *others, *parts], "found": 4, "asked": 6})
    (kind, rows), (_, rest) = groups(made)
    assert (kind, count(rows, None)) == ("zorgkantoorregio", f"4 van 6, {TOGETHER}")
    assert count(rest, None) == "niet gevraagd"
    assert describe(made).startswith(f"Gevonden in 4 van de 6 regio's ({TOGETHER}): ")
    of_one = comparison.model_copy(update={"regions": parts, "parent": "West-Brabant", "found": 2, "asked": 2})
    assert [(kind, count(rows, of_one.parent)) for kind, rows in groups(of_one)] == [("subregio", "2 van 2")]
    assert TOGETHER not in describe(of_one)


def test_a_hostile_topic_stays_text(comparison: ComparisonForm) -> None:
    """Signs of markup in the topic do not become markup."""
    picture = draw(comparison.model_copy(update={"topic": "</title><script>alert(1)</script>"}))
    assert not ElementTree.fromstring(picture.encode()).findall(".//{*}script")
