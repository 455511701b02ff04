"""Regions side by side."""

from pathlib import Path

import pytest

from index.compare import Comparer
from index.differences import KINDS, Aspect, Differences, differences
from index.generation import open_generation, publish
from index.search import Searcher
from ingest.activities import mark_activities
from ingest.regions import Region, regions
from tests.index.fakes import FakeEncoder, corpus, document, passage

PLANS = [
    passage(
        "Wij gaan valpreventie opzetten voor ouderen, samen met de GGD Drenthe. In 2025 zijn er 20 beweegtuinen.",
        1,
        regions=("Drenthe",),
    ),
    passage(
        "Wij gaan valpreventie opzetten voor ouderen en jongeren. Fysiotherapeuten krijgen 3% meer tijd.",
        2,
        regions=("Twente",),
    ),
    passage("Fysiotherapeuten oefenen met valpreventie.", 3, regions=("Twente",)),
    passage("Zeeland werkt aan roosters.", 4, regions=("Zeeland",)),
]


def region(name: str) -> Region:
    """Return a region of the gazetteer."""
    return next(region for region in regions() if region.name == name)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Differences:
    """Put three regions side by side."""
    folder: Path = tmp_path_factory.mktemp("data")
    publish(folder, corpus(document(list(mark_activities(PLANS)))), FakeEncoder())
    comparer = Comparer(Searcher(open_generation(folder, FakeEncoder()), FakeEncoder()))
    return differences(
        comparer, "Welke regio's doen aan valpreventie?", [region(n) for n in ("Twente", "Drenthe", "Zeeland")]
    )


def aspect(found: Differences, kind: str) -> Aspect:
    """Return one aspect."""
    return next(aspect for aspect in found.aspects if aspect.kind == kind)


def names(aspect: Aspect, name: str) -> list[str]:
    """Return what one region says alone."""
    return [value.name for value in aspect.own[name]]


def test_regions_keep_the_order_asked_for(found: Differences) -> None:
    """Each has a row, also the one that says nothing; only of the others is anything read."""
    assert [(row.region.name, row.found) for row in found.rows] == [
        ("Twente", True),
        ("Drenthe", True),
        ("Zeeland", False),
    ]
    assert set(found.passages) == {"Twente", "Drenthe"}
    assert tuple(one.kind for one in found.aspects) == KINDS


def test_what_regions_share_and_what_is_their_own(found: Differences) -> None:
    """A group of both is shared, one of a single region is its own."""
    groups = aspect(found, "doelgroepen")
    assert [value.name for value in groups.shared] == ["ouderen"]
    assert set(groups.shared[0].held) == {"Twente", "Drenthe"}
    assert names(groups, "Twente") == ["jeugd en jongeren"]
    assert names(groups, "Drenthe") == []


def test_partners_terms_and_figures_come_from_the_passages(found: Differences) -> None:
    """Each with the place where it stands."""
    assert names(aspect(found, "partners"), "Drenthe") == ["GGD Drenthe"]
    assert names(aspect(found, "termijnen"), "Drenthe") == ["In 2025"]
    assert names(aspect(found, "cijfers"), "Drenthe") == ["20 beweegtuinen"]
    assert names(aspect(found, "cijfers"), "Twente") == ["3% meer"]
    for one in found.aspects:
        for value in (*one.shared, *(value for values in one.own.values() for value in values)):
            for name, spans in value.held.items():
                assert all(name in span.passage.regions for span in spans)


def test_words_tell_regions_apart(found: Differences) -> None:
    """A word of one region alone is its own; the words of the topic and of asking tell nothing."""
    words = aspect(found, "woorden")
    assert "fysiotherapeuten" in names(words, "Twente")
    assert "beweegtuinen" in names(words, "Drenthe")
    assert "valpreventie" not in {value.name for value in words.shared}


def test_near_copies_are_read_once(tmp_path: Path) -> None:
    """Of passages of a region that say nearly the same only one is read, and what it names is pointed to once."""
    said = "Wij gaan samen met alle gemeenten en huisartsen valpreventie opzetten voor ouderen in de wijken en dorpen"
    plans = [
        passage(f"{said}, dit jaar nog.", 1, regions=("Twente",)),
        passage(f"{said}.", 2, regions=("Twente",)),
        passage(f"{said}!", 3, regions=("Drenthe",)),
        passage("De fysiotherapeuten geven er cursussen valpreventie.", 4, regions=("Twente",)),
    ]
    publish(tmp_path, corpus(document(list(mark_activities(plans)))), FakeEncoder())
    comparer = Comparer(Searcher(open_generation(tmp_path, FakeEncoder()), FakeEncoder()))
    made = differences(comparer, "valpreventie", [region("Twente"), region("Drenthe")])
    assert [len({1, 2} & {one.page for one in made.passages["Twente"]}), len(made.passages["Drenthe"])] == [1, 1]
    (ouderen,) = aspect(made, "doelgroepen").shared
    assert {name: len(spans) for name, spans in ouderen.held.items()} == {"Twente": 1, "Drenthe": 1}
