"""Which rows speak of what."""

import pytest

from index.rows import Filters, Rows, kin, mapped, parts
from ingest.themes import themes
from tests.index.fakes import passage

ROWS = Rows(
    [
        passage("a", regions=("Arnhem",)),
        passage("b", regions=("Arnhem (Achterhoek)", "ROAZ Oost")),
        passage("c", regions=("Twente",), theme="Preventie en voorlichting"),
        passage("d", document="tweede.pdf", kind="boilerplate"),
    ]
)


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        (Filters(), [0, 1, 2, 3]),
        (Filters(region="Arnhem"), [0, 1]),
        (Filters(region="Arnhem (Achterhoek)"), [1]),
        (Filters(region="Drenthe"), []),
        (Filters(theme="Preventie en voorlichting"), [2]),
        (Filters(document="tweede.pdf"), [3]),
        (Filters(region="Twente", theme="Preventie en voorlichting", document="plan.pdf"), [2]),
        (Filters(region="Twente", document="tweede.pdf"), []),
        (Filters(regions=("Twente", "Arnhem")), [0, 1, 2]),
        (Filters(region="Twente", regions=("Drenthe",), themes=("Preventie en voorlichting",)), [2]),
        (Filters(documents=("tweede.pdf", "plan.pdf")), [0, 1, 2, 3]),
        (Filters(documents=()), []),
    ],
)
def test_filters_leave_the_rows_that_fit_them_all(filters: Filters, rows: list[int]) -> None:
    """A region takes its parts along; several filters hold together."""
    assert ROWS.allowed(filters).nonzero()[0].tolist() == rows


def test_low_kinds_are_marked() -> None:
    """Tables of contents, boilerplate and headings torn off their text are told apart from text."""
    text = "Twee gemeenten gaan samen aan valpreventie doen"
    rows = Rows(
        [
            passage(text),
            passage(text, kind="boilerplate"),
            passage(text, kind="contents"),
            passage("Organisatie & vervolg 2024:"),
            passage("ggz: geestelijke gezondheidszorg", kind="glossary"),
        ]
    )
    assert rows.low.tolist() == [False, True, True, True, False]


def test_a_region_knows_its_parts_and_its_whole() -> None:
    """Kin of a part is its whole; kin of a whole are its parts."""
    assert "Arnhem (Achterhoek)" in parts("Arnhem")
    assert kin("Arnhem (Achterhoek)") == {"Arnhem"}
    assert parts("Drenthe") == kin("Drenthe") == set()


def test_themes_map_both_ways() -> None:
    """When one theme names another of the other vocabulary, each leads to the other."""
    pairs = [(theme.name, other) for theme in themes() for other in theme.maps_to]
    assert pairs
    assert all(other in mapped(name) and name in mapped(other) for name, other in pairs)


def test_no_rows_is_no_trouble() -> None:
    """An index without passages has masks of length 0."""
    assert Rows([]).allowed(Filters(region="Twente")).tolist() == []
