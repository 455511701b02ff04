"""Comparing regions."""

from pathlib import Path

import pytest

from index.compare import MOST_HITS, Comparer, Comparison, Row, comparer_of
from index.generation import open_generation, publish
from index.search import Searcher
from ingest.document import Passage
from tests.index.fakes import FakeEncoder, corpus, document, passage

ACTIVITIES = [
    passage("Drenthe opent drie beweegtuinen voor ouderen.", 1, regions=("Drenthe",)),
    passage("In Twente komt een beweegtuin. De gemeente betaalt mee.", 2, regions=("Twente",)),
    passage("Zeeland werkt aan betere roosters in de thuiszorg.", 3, regions=("Zeeland",)),
    passage("Een beweegtuin is een tuin met toestellen.", 4, regions=("Zeeland",), kind="glossary"),
    passage("Inhoud: beweegtuin, roosters.", 5, regions=("Zeeland",), kind="contents"),
    passage("Over beweegtuinen zegt het plan niets.", 6, regions=("Groningen",)),
    passage("De ambulance oefent met beweegtuinen.", 7, regions=("ROAZ Oost",)),
    passage("Beweegtuinen staan op de agenda van beide.", 8, regions=("Arnhem (Achterhoek)", "Nijmegen")),
    passage("Lekstroom bouwt een zorgacademie.", 9, regions=("Lekstroom",)),
    passage("Samen stellen wij een zorgacademie voor.", 10, regions=("Utrecht/Midden-Nederland",)),
    passage("Eemland kiest voor roosters.", 11, regions=("Eemland",)),
    passage("Regionaal wordt over roosters gesproken.", 12, regions=("Regionaal",)),
]


WITH_GARDENS = {"Drenthe", "Twente", "ROAZ Oost", "Arnhem (Achterhoek)", "Nijmegen"}


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Open a searcher on the activities above."""
    folder = tmp_path_factory.mktemp("data")
    publish(folder, corpus(document(ACTIVITIES)), FakeEncoder())
    return Searcher(open_generation(folder, FakeEncoder()), FakeEncoder())


@pytest.fixture(scope="module")
def comparer(searcher: Searcher) -> Comparer:
    """Compare the regions of that searcher."""
    return Comparer(searcher)


def row(comparison: Comparison, name: str) -> Row:
    """Return the row of a region."""
    return next(row for row in comparison.rows if row.region.name == name)


def found(comparison: Comparison) -> set[str]:
    """Return the regions that are found."""
    return {row.region.name for row in comparison.rows if row.found}


def test_each_covered_region_has_one_row(comparer: Comparer) -> None:
    """Found or not, every region that the corpus speaks of is there once; parts with names of their own are not."""
    names = [row.region.name for row in comparer.compare("beweegtuinen").rows]
    assert sorted(names) == sorted([*WITH_GARDENS, "Zeeland", "Groningen", "Utrecht/Midden-Nederland"])


def test_regions_whose_own_text_holds_the_topic_are_found(comparer: Comparer) -> None:
    """Evidence is a passage of the region itself; a passage of two regions counts for both."""
    comparison = comparer.compare("Welke regio's zetten in op beweegtuinen?")
    assert found(comparison) == WITH_GARDENS
    for each in comparison.rows:
        assert all(each.region.name in hit.passage.regions for hit in each.hits)


def test_glossaries_and_contents_are_no_evidence(comparer: Comparer) -> None:
    """A region that only explains or lists the word is not found and shows nothing."""
    assert row(comparer.compare("beweegtuin", strictness="ruim"), "Zeeland").hits == ()


def test_a_plan_that_says_no_is_not_found_and_says_so(comparer: Comparer) -> None:
    """The sentence that denies is shown, and does not count."""
    said = row(comparer.compare("beweegtuinen", strictness="ruim"), "Groningen")
    assert (said.found, said.denied) == (False, True)
    assert said.hits[0].passage.page == 6


def test_a_kind_that_is_not_asked_for_is_never_found(comparer: Comparer) -> None:
    """It keeps its row."""
    comparison = comparer.compare("Welke zorgkantoorregio's zetten in op beweegtuinen?")
    assert not row(comparison, "ROAZ Oost").asked
    assert found(comparison) == WITH_GARDENS - {"ROAZ Oost"}


def test_hits_mark_the_words_of_the_topic(comparer: Comparer) -> None:
    """The words are marked in the form in which they stand."""
    hit = row(comparer.compare("beweegtuin"), "Drenthe").hits[0]
    assert [hit.passage.text[start:end] for start, end in hit.highlights] == ["beweegtuinen"]
    assert hit.rank == 1


def test_parts_are_compared_with_what_their_region_says_as_a_whole(comparer: Comparer) -> None:
    """At level 'subregio' the part that stands for the whole also has the passages of the region itself."""
    comparison = comparer.compare("zorgacademie", level="subregio")
    assert comparison.parent == "Utrecht/Midden-Nederland"
    assert [each.region.name for each in comparison.rows] == ["Regionaal", "Lekstroom", "Eemland"]
    assert found(comparison) == {"Regionaal", "Lekstroom"}


def test_the_region_whose_parts_are_meant_can_be_named(comparer: Comparer) -> None:
    """By argument or in the topic; else it is the one whose parts the corpus says most about."""
    assert comparer.compare("beweegtuinen", "subregio", parent="Arnhem").parent == "Arnhem"
    assert comparer.compare("beweegtuinen in Arnhem", "subregio").parent == "Arnhem"
    assert comparer.compare("beweegtuinen zoals Lekstroom", "subregio").parent == "Utrecht/Midden-Nederland"


@pytest.mark.parametrize("topic", ["maanraketten", "walvisvaart op de Noordpool", "", "   ?", "xyzzy"])
def test_nonsense_is_found_nowhere(comparer: Comparer, topic: str) -> None:
    """A topic that no passage holds leaves every row empty, however lenient."""
    comparison = comparer.compare(topic, strictness="ruim")
    assert comparison.rows
    assert found(comparison) == set()


def test_lenient_finds_what_strict_finds(comparer: Comparer) -> None:
    """'ruim' only adds regions."""
    topic = "beweegtuinen voor ouderen in de thuiszorg"
    assert found(comparer.compare(topic, strictness="streng")) <= found(comparer.compare(topic, strictness="ruim"))


def test_the_same_topic_gives_the_same_table(searcher: Searcher, comparer: Comparer) -> None:
    """Also from another comparer of the same index."""
    assert comparer.compare("roosters in de zorg") == Comparer(searcher).compare("roosters in de zorg")


def test_scores_and_confidences_are_shares(comparer: Comparer) -> None:
    """Both lie within 0..1, and no region shows more than a few passages."""
    for each in comparer.compare("beweegtuinen of roosters", strictness="ruim").rows:
        assert 0 <= each.score <= 1
        assert 0 <= each.confidence <= 1
        assert len(each.hits) <= MOST_HITS


def test_a_passage_is_compared_with_other_regions(comparer: Comparer) -> None:
    """The nearest activity of another region is found, the passage's own region is not asked for."""
    comparison = comparer.compare_passage(ACTIVITIES[0])
    assert comparison.source == ACTIVITIES[0].id
    assert not row(comparison, "Drenthe").asked
    scores = {each.region.name: each.score for each in comparison.rows}
    assert scores["Twente"] > scores["Zeeland"]
    assert comparison.parts == ((0, len(ACTIVITIES[0].text)),)
    assert len(comparison.rows) == len(comparer.compare("beweegtuin").rows)


def test_parts_are_those_of_the_region_of_a_passage(comparer: Comparer) -> None:
    """At level 'subregio' a passage of one part is compared with the others."""
    comparison = comparer.compare_passage(ACTIVITIES[8], "subregio", "ruim")
    assert comparison.parent == "Utrecht/Midden-Nederland"
    assert not row(comparison, "Lekstroom").asked
    assert row(comparison, "Regionaal").score > row(comparison, "Eemland").score


def test_nearly_the_same_sentence_is_marked(tmp_path: Path) -> None:
    """The second plan that holds a sentence points to the first; another sentence on the topic does not."""
    same = "Ouderen volgen met hun buren een cursus tuinieren in de beweegtuin."
    plans = [
        passage(same, 1, regions=("Drenthe",)),
        passage(same.replace("Ouderen", "Alle ouderen"), 2, regions=("Twente",)),
        passage("De beweegtuin krijgt een hek.", 3, regions=("Zeeland",)),
    ]
    publish(tmp_path, corpus(document(plans)), FakeEncoder())
    compared = Comparer(Searcher(open_generation(tmp_path, FakeEncoder()), FakeEncoder())).compare("beweegtuin")
    assert {each.region.name: each.copy_of for each in compared.rows} == {
        "Drenthe": "",
        "Twente": "Drenthe",
        "Zeeland": "",
    }


GARDEN = "In Drenthe komt een beweegtuin met toestellen voor ouderen."
DRILL = "Drenthe laat scholieren en leraren in voorjaar en najaar met ouders en buren oefenen met reanimatie op straat."
TWO_THINGS = f"{GARDEN} {DRILL}"


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> Comparer:
    """Compare regions that share one of two things, or a whole sentence, with the first passage."""
    folder = tmp_path_factory.mktemp("data")
    plans = [
        passage(TWO_THINGS, 1, regions=("Drenthe",)),
        passage("Ook komt een beweegtuin met toestellen voor ouderen in Twente.", 2, regions=("Twente",)),
        passage(DRILL.replace("Drenthe", "Zeeland"), 3, regions=("Zeeland",)),
        passage("Friesland herziet de roosters van de thuiszorg.", 4, regions=("Friesland",)),
    ]
    publish(folder, corpus(document(plans)), FakeEncoder())
    return Comparer(Searcher(open_generation(folder, FakeEncoder()), FakeEncoder()))


def of(comparer: Comparer, page: int) -> Passage:
    """Return the passage on a page."""
    return next(held for held in comparer.sentences.passages if held.page == page)


def test_each_region_shows_which_part_it_is_like(parted: Comparer) -> None:
    """A passage of two activities finds the regions of both, each with the activity that it shares."""
    comparison = parted.compare_passage(of(parted, 1))
    assert found(comparison) == {"Twente", "Zeeland"}
    parts = {each.region.name: each.part and TWO_THINGS[slice(*each.part)] for each in comparison.rows}
    assert parts == {"Drenthe": None, "Friesland": None, "Twente": GARDEN, "Zeeland": DRILL}


def test_one_part_can_be_compared(parted: Comparer) -> None:
    """Only regions that share that activity are found; a part that is not there is refused."""
    passage_one = of(parted, 1)
    assert found(parted.compare_passage(passage_one, part=1)) == {"Twente"}
    assert found(parted.compare_passage(passage_one, part=2)) == {"Zeeland"}
    with pytest.raises(IndexError):
        parted.compare_passage(passage_one, part=3)


def test_a_copy_of_the_passage_points_to_its_region(parted: Comparer) -> None:
    """A sentence that is nearly the same as one of the passage is marked as a copy of it."""
    copies = {each.region.name: each.copy_of for each in parted.compare_passage(of(parted, 3)).rows}
    assert copies["Drenthe"] == "Zeeland"


def test_an_index_has_one_comparer(tmp_path: Path) -> None:
    """The same index gives the same comparer, a newer index its own."""
    publish(tmp_path, corpus(document(ACTIVITIES)), FakeEncoder())
    old, new = (Searcher(open_generation(tmp_path, FakeEncoder()), FakeEncoder()) for _ in range(2))
    first = comparer_of(old)
    assert comparer_of(old) is first
    assert comparer_of(new) is not first
