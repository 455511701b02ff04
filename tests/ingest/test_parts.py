"""The parts of an impactkaart that are no themes."""

from collections.abc import Sequence

from ingest.parts import parts
from tests.ingest.test_impact_rows import plan
from tests.shared import needs_shared


def named(text: str) -> set[str]:
    """Name the parts that a heading announces; running text and items announce none."""
    said = text.rpartition(": ")[2].strip().casefold()
    if len(text) > 130 or text[:1] in "•-" or said.endswith((".", ";", ",")):
        return set()
    return {part.name for part in parts() if said == part.name.casefold() or any(v in said for v in part.variants)}


def deepest(path: Sequence[str]) -> set[str]:
    """Name the parts of the deepest heading of a path that announces any."""
    return next((found for heading in reversed(path) if (found := named(heading))), set())


def test_the_parts_of_an_impactkaart() -> None:
    """There are three, in the order of the map, each with words in lower case by which a heading is known."""
    assert [part.name for part in parts()] == ["Verwachte ontwikkelingen", "Sectoren", "Doelgroepen"]
    assert all(part.variants and part.variants == tuple(map(str.lower, part.variants)) for part in parts())


@needs_shared
def test_every_region_has_its_three_parts() -> None:
    """A region lacks a part only where none of its slides bears that part's heading; 46 of the 56 have all three."""
    held: dict[str, set[str]] = {}
    for passage in plan().passages:
        for region in passage.regions:
            held.setdefault(region, set()).update(deepest(passage.section))
    announced: dict[str, set[str]] = {}
    for page in plan().pages:
        for line in page.text.splitlines() if len(page.regions) == 1 else ():
            announced.setdefault(page.regions[0], set()).update(named(line))
    assert len(held) == 56
    assert all(names <= held[region] for region, names in announced.items())
    assert sum(len(names) == len(parts()) for names in held.values()) == 46
