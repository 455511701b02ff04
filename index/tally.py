"""How many regions a comparison comes to: a region and the parts named after it count together, as one. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from ingest.regions import Region


class Tally(NamedTuple):
    """How many regions there are and how many of them were found.

    Attributes:
        found: regions of which they themselves or a part is found.
        asked: regions that were asked for, or of which a part was.
    """

    found: int
    asked: int


def counts_as(region: Region, whole: str = "") -> str:
    """Return the name of the region that a region counts with: itself, or the one that it is a named part of.

    When the parts of one region are what is compared, `whole` names that region, and each part counts by itself.
    """
    named = region.parent and region.parent != whole and region.name.startswith(region.parent)
    return region.parent if named else region.name


def tally(verdicts: Iterable[tuple[Region, bool, bool]], whole: str = "") -> Tally:
    """Count regions once, given each with whether it was asked for and whether it was found; see `counts_as`."""
    asked: set[str] = set()
    found: set[str] = set()
    for region, was_asked, was_found in verdicts:
        name = counts_as(region, whole)
        if was_asked:
            asked.add(name)
        if was_found:
            found.add(name)
    return Tally(len(found), len(asked))
