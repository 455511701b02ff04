"""Lines scattered over a page are read in the order in which a person reads them."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Line
from ingest.layout import Block, is_marker, read
from tests.ingest.pages import PROSE, column, line, title


def texts(blocks: list[Block]) -> list[str]:
    """The lines in reading order."""
    return [line.text for block in blocks for line in block.lines]


def test_a_title_drawn_last_comes_first() -> None:
    """What stands on top is read first, whenever it is drawn."""
    page = [*column(PROSE), title("Wonen en zorg")]
    assert texts(read(page)) == ["Wonen en zorg", *PROSE]


def test_columns_do_not_interleave() -> None:
    """The left column is read to its end before the right one, below a title over both."""
    left = column([f"links {n} van de tekst hier" for n in range(9)], y=104)
    right = column([f"rechts {n} van de tekst daar" for n in range(7)], x=300, y=106)
    page = [*right, *left, title("Een titel die over beide kolommen heen staat op de pagina")]
    assert texts(read(page))[1:] == [one.text for one in [*left, *right]]


def test_three_columns_are_read_from_left_to_right() -> None:
    """Columns beside columns are found too."""
    columns = [column([f"kolom {x} regel {n} met tekst" for n in range(8)], x=x) for x in (40, 220, 400)]
    assert texts(read([one for some in reversed(columns) for one in some])) == [o.text for c in columns for o in c]


def test_a_line_across_the_columns_splits_them() -> None:
    """A heading over both columns ends the columns above it."""
    upper = [*column(["a1 woord woord", "a2 woord woord"]), *column(["b1 woord woord", "b2 woord woord"], x=300)]
    lower = [
        *column(["c1 woord woord", "c2 woord woord"], y=160),
        *column(["d1 woord woord", "d2 woord woord"], x=300, y=160),
    ]
    across = line("Een kop die over de hele breedte van de pagina loopt, van links naar rechts", y=140, size=11)
    read_as = [text[:2] for text in texts(read([*lower, across, *upper]))]
    assert read_as == ["a1", "a2", "b1", "b2", "Ee", "c1", "c2", "d1", "d2"]


def rows() -> list[Line]:
    """A table: labels left, broken over lines, text right."""
    long = "een lange tekst over wat de regio op dit punt van plan is te doen"
    return [
        *column(["Preventie"], y=100),
        *column([long] * 4, x=180, y=100),
        *column(["Meer beschikbare", "medewerkers"], y=160),
        *column([long] * 3, x=180, y=160),
        *column(["Digitale zorg"], y=210),
        *column(["kort", "en nog iets"], x=180, y=210),
    ]


def test_table_rows_are_read_label_first() -> None:
    """Each label comes right before the text beside it, also where it is broken over lines."""
    blocks = read(rows())
    assert [block.role for block in blocks] == ["label", "cell"] * 3
    assert [one.text for one in blocks[2].lines] == ["Meer beschikbare", "medewerkers"]
    assert len(blocks[3].lines) == 3


def test_a_table_of_three_columns_has_cells_only() -> None:
    """Where the first column does not name one text, its cells are cells like the others."""
    wide = [one for n in range(4) for one in column(["Ja, dat is zo"] * 2, x=420, y=100 + 50 * n)]
    labels = [line(f"Rij {n}", y=100 + 50 * n) for n in range(4)]
    middle = [one for n in range(4) for one in column(["tekst in het midden"] * 2, x=200, y=100 + 50 * n)]
    assert {block.role for block in read([*labels, *middle, *wide])} == {"cell"}


def test_a_number_drawn_apart_joins_its_heading() -> None:
    """'1.2' with a tab is one line with the heading that it numbers."""
    page = [line("1.2", y=100), line("Aanleiding", x=80, y=100), *column(PROSE, y=120)]
    assert texts(read(page))[0] == "1.2 Aanleiding"


def test_an_indented_list_is_one_column() -> None:
    """Lines that are only indented do not make a column."""
    page = [*column(PROSE), *column(["• een punt", "• nog een punt"], x=60, y=140), *column(PROSE, y=170)]
    assert texts(read(page)) == [*PROSE, "• een punt", "• nog een punt", *PROSE]


def test_markers_are_bullets_and_section_numbers() -> None:
    """A single letter, a year or a word numbers nothing."""
    assert all(map(is_marker, ["•", "-", "3.", "1.2", "a)", "(2)", "5.1.2"]))
    assert not any(map(is_marker, ["", "V", "2024", "017", "zorg", "1.2.x"]))


def test_an_empty_page_has_no_blocks() -> None:
    """Nothing in, nothing out."""
    assert read([]) == []


places = st.tuples(st.integers(0, 3), st.integers(0, 30), st.integers(1, 40))


@given(st.lists(places, max_size=40), st.randoms(use_true_random=False))
def test_every_line_lands_in_one_block(spots: list[tuple[int, int, int]], chance: random.Random) -> None:
    """No word is lost, none doubled, and the order of drawing does not matter."""
    placed = [line("w" * length, 40 + 130 * x, 60 + 12 * y) for x, y, length in spots]
    drawn = [replace(one, order=i) for i, one in enumerate(placed)]
    expected = sorted(word for one in drawn for word in one.text.split())
    assert sorted(word for text in texts(read(drawn)) for word in text.split()) == expected
    assert texts(read(chance.sample(drawn, len(drawn)))) == texts(read(drawn))
