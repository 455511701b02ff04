"""Counting regions."""

import pytest

from index.tally import Tally, counts_as, tally
from ingest.regions import Region, regions


def region(name: str) -> Region:
    """Return a region of the gazetteer."""
    return next(region for region in regions() if region.name == name)


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("West-Brabant (Oost)", "West-Brabant"),
        ("West-Brabant", "West-Brabant"),
        ("Lekstroom", "Lekstroom"),
        ("Drenthe", "Drenthe"),
        ("ROAZ Noord-Holland/Flevoland (Flevoland)", "ROAZ Noord-Holland/Flevoland"),
    ],
)
def test_a_part_that_is_named_after_its_region_counts_with_it(name: str, whole: str) -> None:
    """A part with a name of its own counts by itself."""
    assert counts_as(region(name)) == whole


def test_a_region_and_its_parts_count_once() -> None:
    """Found in the whole and in a part is one region; a part that is not found takes nothing away."""
    verdicts = [
        (region("West-Brabant"), True, True),
        (region("West-Brabant (Oost)"), True, True),
        (region("West-Brabant (West)"), True, False),
        (region("Drenthe"), True, False),
        (region("Twente"), False, False),
    ]
    assert tally(verdicts) == Tally(found=1, asked=2)


def test_parts_that_are_compared_count_one_by_one() -> None:
    """Among the parts of Zwolle no two are one region, though both are named after it."""
    verdicts = [
        (region("Zwolle (IJssel-Vecht)"), True, True),
        (region("Zwolle (Noord-Veluwe en Zeewolde)"), True, False),
    ]
    assert tally(verdicts, "Zwolle") == Tally(found=1, asked=2)


def test_nothing_counts_as_nothing() -> None:
    """Without regions there is none."""
    assert tally([]) == Tally(0, 0)
