"""The parts of an impactkaart that are no themes."""

import pytest

from ingest.parts import parts, parts_of_path, recognise_part, recognise_parts
from tests.ingest.test_impact_rows import plan
from tests.shared import needs_shared


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Regiokaart Twente: verwachte ontwikkelingen in vraag en aanbod", "Verwachte ontwikkelingen"),
        ("Geplande activiteiten voor sectoren", "Sectoren"),
        ("GEPLANDE ACTIVITEITEN VOOR DE DOELGROEPEN", "Doelgroepen"),
        ("Doelgroepen", "Doelgroepen"),
    ],
)
def test_a_heading_names_its_part(heading: str, name: str) -> None:
    """Capitals and what stands before a colon do not matter."""
    found = recognise_part(heading)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("text", ["", "• Doelgroepen", "Er zijn verwachte ontwikkelingen.", "Digitale zorg", "x " * 99])
def test_other_text_names_no_part(text: str) -> None:
    """Items, sentences and themes are no parts."""
    assert recognise_parts(text) == ()


def test_a_heading_can_announce_two_parts() -> None:
    """It names both and no single one; a deeper heading decides between them."""
    both = "Kaart: focus op sectoren en doelgroepen"
    assert [part.name for part in recognise_parts(both)] == ["Sectoren", "Doelgroepen"]
    assert recognise_part(both) is None
    assert [part.name for part in parts_of_path([both, "Sectoren", "Ggz"])] == ["Sectoren"]
    assert parts_of_path(["Inleiding"]) == ()


@needs_shared
def test_every_region_has_its_three_parts() -> None:
    """A region lacks a part only where none of its slides bears that part's heading; 46 of the 56 have all three."""
    held: dict[str, set[str]] = {}
    for passage in plan().passages:
        for region in passage.regions:
            held.setdefault(region, set()).update(part.name for part in parts_of_path(passage.section))
    announced: dict[str, set[str]] = {}
    for page in plan().pages:
        for line in page.text.splitlines() if len(page.regions) == 1 else ():
            announced.setdefault(page.regions[0], set()).update(part.name for part in recognise_parts(line))
    assert len(held) == 56
    assert all(names <= held[region] for region, names in announced.items())
    assert sum(len(names) == len(parts()) for names in held.values()) == 46
