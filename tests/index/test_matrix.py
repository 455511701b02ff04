"""The matrix of activities."""

from dataclasses import replace

import pytest

from index.generation import open_generation, publish
from index.matrix import REST, fold, make_matrix, planned_spans, values_of
from index.search import Searcher
from ingest.activities import mark_activities
from ingest.document import Passage
from ingest.regions import Region, regions
from tests.index.fakes import FakeEncoder, corpus, document, passage

TWICE = "Wij gaan voor ouderen een helpdesk opzetten. Wij gaan ook een cursus voor mantelzorgers opzetten."
SAME = "Wij gaan in alle wijken samen met de buren een cursus beeldbellen opzetten voor wie dat wil leren dit jaar."
PLANS = [
    passage(TWICE, 1, regions=("Drenthe",), theme="Digitale zorg"),
    passage(SAME, 2, regions=("Twente",), theme="Digitale zorg"),
    passage(SAME, 3, regions=("Twente",), theme="Digitale zorg"),
    passage("Wij gaan met huisartsen een spoedpost opzetten.", 4, regions=("Twente",)),
    passage("Er is veel vraag naar zorg.", 5, regions=("Zeeland",), theme="Digitale zorg"),
    passage("Wij gaan het netwerk versterken.", 6, regions=("Utrecht/Midden-Nederland",), theme="Arbeidsmarkt"),
]
NAMES = ("Drenthe", "Twente", "Zeeland", "Regionaal")


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Open a searcher on the plans above, their activities marked."""
    folder = tmp_path_factory.mktemp("data")
    publish(folder, corpus(document(list(mark_activities(PLANS)))), FakeEncoder())
    return Searcher(open_generation(folder, FakeEncoder()), FakeEncoder())


@pytest.fixture(scope="module")
def columns() -> list[Region]:
    """Four columns."""
    return [next(region for region in regions() if region.name == name) for name in NAMES]


def test_cells_count_what_is_planned(searcher: Searcher, columns: list[Region]) -> None:
    """Each sentence that plans counts once; what plans nothing and near-copies do not."""
    made = make_matrix(searcher, columns)
    line = next(line for line in made.lines if line.name == "Digitale zorg")
    assert [sum(len(entry.spans) for entry in cell) for cell in line.cells] == [2, 1, 0, 0]
    assert line.total == 3
    assert [copy.page for copy in line.cells[1][0].copies] == [3]


def test_what_has_no_theme_stands_apart(searcher: Searcher, columns: list[Region]) -> None:
    """Nothing planned is left out of the matrix; the totals of regions count it too."""
    made = make_matrix(searcher, columns)
    assert made.lines[-1].name == REST["thema"]
    assert made.lines[-1].cells[1][0].passage.page == 4
    assert made.totals == (2, 2, 0, 1)


def test_themes_of_the_other_vocabulary_are_mapped(searcher: Searcher, columns: list[Region]) -> None:
    """An opgave counts under the theme that goes with it, and for the part that stands for the whole."""
    made = make_matrix(searcher, columns)
    line = next(line for line in made.lines if line.name == "Meer beschikbare medewerkers")
    assert [len(cell) for cell in line.cells] == [0, 0, 0, 1]
    assert any(
        line.name == "Arbeidsmarkt" and line.total
        for line in make_matrix(searcher, columns, vocabulary="regioplan").lines
    )


def test_one_theme_leaves_one_row(searcher: Searcher, columns: list[Region]) -> None:
    """With a theme only its activities count, whatever the rows are."""
    assert [line.name for line in make_matrix(searcher, columns, theme="Digitale zorg").lines] == ["Digitale zorg"]
    sectors = {line.name for line in make_matrix(searcher, columns, "sector", theme="Digitale zorg").lines}
    assert "huisartsenzorg" not in sectors


def test_target_groups_count_the_sentences_that_name_them(searcher: Searcher, columns: list[Region]) -> None:
    """A passage on two groups counts under each, only with its own sentence."""
    made = make_matrix(searcher, columns, "doelgroep")
    spans = {line.name: [TWICE[slice(*span)] for entry in line.cells[0] for span in entry.spans] for line in made.lines}
    assert spans["ouderen"] == ["Wij gaan voor ouderen een helpdesk opzetten."]
    assert spans["mantelzorgers en naasten"] == ["Wij gaan ook een cursus voor mantelzorgers opzetten."]


def test_sectors_come_by_how_much_is_planned(searcher: Searcher, columns: list[Region]) -> None:
    """What names no sector comes last."""
    assert make_matrix(searcher, columns, "sector").lines[-1].name == REST["sector"]


def test_the_same_matrix_twice(searcher: Searcher, columns: list[Region]) -> None:
    """The same index gives the same matrix."""
    assert make_matrix(searcher, columns, "sector") == make_matrix(searcher, columns, "sector")


def test_copies_are_folded() -> None:
    """Of passages that are linked the first stands for the others; a passage that is there twice counts once."""
    a, b, c = (passage(f"Tekst {number}.", number) for number in range(3))
    links = {a.id: (b.id,), b.id: (a.id,)}
    folded = fold([a, b, c, c], lambda name: links.get(name, ()))
    assert [(entry.passage, entry.copies) for entry in folded] == [(a, (b,)), (c, ())]


def test_a_passage_without_activity_has_no_values() -> None:
    """Groups and sectors are those of an activity."""
    silent: Passage = passage("Ouderen.", 1, theme="Digitale zorg")
    assert values_of(silent, "doelgroep") == ()
    assert values_of(silent, "thema") == ("Digitale zorg",)
    assert values_of(replace(silent, theme=""), "thema") == ()
    assert planned_spans(silent) == ((0, len("Ouderen.")),)
