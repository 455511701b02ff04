"""Signals."""

from pathlib import Path

import pytest

from index.generation import open_generation, publish
from index.search import Searcher
from tests.index.fakes import FakeEncoder, corpus, document, passage, small_corpus


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Open a searcher on the small corpus."""
    folder = tmp_path_factory.mktemp("data")
    publish(folder, small_corpus(), FakeEncoder())
    return Searcher(open_generation(folder, FakeEncoder()), FakeEncoder())


def test_a_question_in_the_words_of_a_passage_is_covered(searcher: Searcher) -> None:
    """Row and page are full, nothing is unknown, and nothing special was asked for."""
    seen = searcher.observe("wachttijden van de ggz")
    assert (seen.row, seen.page) == (pytest.approx(1), pytest.approx(1))
    assert (seen.unknown, seen.gap, seen.region, seen.number, seen.words) == (0, 0, 0, 0, 2)


def test_a_word_that_stands_nowhere_is_unknown(searcher: Searcher) -> None:
    """The share of an unknown word is missing from row and page."""
    seen = searcher.observe("wachttijden gordelroos")
    assert seen.unknown > 0.4
    assert seen.row == pytest.approx(1 - seen.unknown)


def test_a_figure_that_is_missing_leaves_a_gap(searcher: Searcher) -> None:
    """Where the words stand without a number, a question for one finds a gap as great as what stood there."""
    seen = searcher.observe("Hoeveel wijkteams helpen ouderen in Twente?")
    assert seen.number == 1
    assert seen.gap == pytest.approx(seen.row) and seen.gap > 0.9


def test_a_figure_that_is_there_leaves_none(searcher: Searcher) -> None:
    """A sentence with the words and the share that was asked for leaves no gap."""
    seen = searcher.observe("Welk percentage wacht te lang op de ggz?")
    assert (seen.share, seen.gap) == (1, 0)


def test_only_the_named_region_speaks(searcher: Searcher) -> None:
    """What another region's passage says of the topic does not count for the region that is named."""
    elsewhere, here = searcher.observe("valpreventie in Twente"), searcher.observe("valpreventie in de Achterhoek")
    assert (elsewhere.row, elsewhere.region) == (0, 1)
    assert here.row == pytest.approx(1)
    assert elsewhere.unknown == here.unknown == 0


def test_a_region_without_passages_leaves_all_of_them(searcher: Searcher) -> None:
    """When nothing speaks of the region that is named, the other passages are what there is to judge."""
    assert searcher.observe("valpreventie in Zeeland").row == pytest.approx(1)


def test_a_page_holds_what_its_passages_hold_together(tmp_path: Path) -> None:
    """Two passages of one page together hold what neither holds alone."""
    halves = [passage("De spoedpost opent.", 1), passage("Zorg in de nacht.", 1), passage("Ouderen wandelen.", 2)]
    publish(tmp_path, corpus(document(halves)), FakeEncoder())
    seen = Searcher(open_generation(tmp_path, FakeEncoder()), FakeEncoder()).observe("spoedpost nacht")
    assert seen.page == pytest.approx(1)
    assert seen.row == pytest.approx(0.5)


def test_the_nearest_row_stands_out(searcher: Searcher) -> None:
    """A question that repeats a passage stands further above the rest than one about something else."""
    near = searcher.observe("Wijkteams in Twente helpen ouderen om langer thuis te wonen.")
    assert near.nearness > searcher.observe("bollenvelden").nearness
