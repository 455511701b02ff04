"""Running headers, footers, menus and page numbers are told from text."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Line
from ingest.furniture import Furniture, Sheet, body_size, find_furniture, fold
from tests.ingest.pages import HEIGHT, PROSE, WIDTH, column, line, title


def furniture(pages: Sequence[Sequence[Line]], labels: Sequence[str] = ()) -> Furniture:
    """The furniture of made-up pages."""
    named = [*labels, *[""] * len(pages)]
    return find_furniture([Sheet(n, WIDTH, HEIGHT, tuple(p), named[n - 1]) for n, p in enumerate(pages, 1)])


def left_out(pages: Sequence[Sequence[Line]]) -> list[set[str]]:
    """The texts that are left out of each page."""
    found = furniture(pages).left_out
    return [{page[i].text for i in out} for page, out in zip(pages, found, strict=True)]


def test_a_running_header_and_footer_are_left_out() -> None:
    """Lines that recur at the edge of the pages are furniture; digits may differ."""
    pages = [
        [line("Regioplan Oostland", y=30), *column(PROSE), line(f"versie 2 | blz. {n}", y=815)] for n in range(1, 6)
    ]
    assert left_out(pages) == [{"Regioplan Oostland", f"versie 2 | blz. {n}"} for n in range(1, 6)]


def test_the_printed_page_number_becomes_the_label() -> None:
    """The number that runs with the pages is the label, also where it differs from the position in the file."""
    pages = [[*column(PROSE), line("2026", x=40, y=815), line(str(n + 4), x=550, y=815)] for n in range(1, 6)]
    assert furniture(pages).labels == ("5", "6", "7", "8", "9")


def test_a_page_without_a_printed_number_has_the_label_of_the_file() -> None:
    """Where nothing is printed, the label that the PDF gives is kept."""
    assert furniture([column(PROSE)] * 2, ["iv", "v"]).labels == ("iv", "v")


def test_a_recurring_title_stays() -> None:
    """A title larger than the text is never furniture: it may be the only line that names the region."""
    pages = [[title("Impact in de regio Oostland", y=50), *column(PROSE)] for _ in range(5)]
    assert left_out(pages) == [set()] * 5


def test_a_heading_that_recurs_below_a_title_stays() -> None:
    """Only what stands between the text and the edge of the page is furniture."""
    pages = [[title(f"Thema {'abcde'[n]}", y=50), line("Aanpak", y=80), *column(PROSE)] for n in range(5)]
    assert left_out(pages) == [set()] * 5


def test_a_chapter_header_is_left_out_on_its_own_pages() -> None:
    """A header need recur on the pages of one chapter only."""
    pages = [[line(name, y=30), *column(PROSE)] for name in ["Wonen"] * 4 + ["Zorg thuis"] * 4]
    assert left_out(pages) == [{"Wonen"}] * 4 + [{"Zorg thuis"}] * 4


def test_a_short_document_keeps_its_address_block() -> None:
    """In two pages only lines close to the edge, on both pages, are furniture."""
    pages = [[line("Gemeente Oostland", y=30), line("Postbus 1", y=90), *column(PROSE)] for _ in range(2)]
    assert left_out(pages) == [{"Gemeente Oostland"}] * 2


def test_one_page_has_no_running_header() -> None:
    """Nothing recurs in a document of one page."""
    assert left_out([[line("Brief", y=30), *column(PROSE)]]) == [set()]


def test_slide_numbers_inside_merged_pages_are_left_out() -> None:
    """A number alone on its line that is a little ahead of the page is the number of a slide."""
    pages = [column(PROSE) for _ in range(40)]
    pages[29] = [*column(PROSE), line("32", y=300), *column(PROSE, y=330)]
    assert left_out(pages)[29] == {"32"}


def test_numbers_in_a_table_stay() -> None:
    """A number beside another cell is no slide number."""
    pages = [column(PROSE) for _ in range(40)]
    pages[29] = [line("Aantal", y=300), line("32", x=110, y=300), *column(PROSE, y=330)]
    assert left_out(pages)[29] == set()


def test_a_scattered_vertical_footer_is_left_out() -> None:
    """The pieces of a footer that is cut through its words are dropped where two pages end in the same ones."""
    litter = ["D", "e kracht van sam", "en | R", "egio", "O"]
    pages = [[*column(PROSE), *column(litter, y=300, step=20)] if n in {1, 3} else column(PROSE) for n in range(6)]
    assert left_out(pages)[1] == set(litter) == left_out(pages)[3]


def test_check_marks_are_no_litter() -> None:
    """A letter that ticks a box is text."""
    assert left_out([[*column(PROSE), line("V", y=300)]] * 2) == [set()] * 2


def test_a_piece_of_a_footer_in_the_title_is_left_out() -> None:
    """Two lines that together are a part of the footer elsewhere are furniture, whatever their size."""
    footer = line("IZA Oostland | 5 september 2025", y=815)
    pages = [[*column(PROSE), footer] for _ in range(5)]
    pages[2] = [title("| 5 septem"), line("ber 2025", y=80), *column(PROSE), footer]
    assert left_out(pages)[2] == {"| 5 septem", "ber 2025", footer.text}


def test_folding_forgets_digits_case_and_spaces() -> None:
    """Two lines that differ in numbers and spaces only are folded alike."""
    assert fold("Blz.  12 van 40") == fold("blz. 3 van 40")


def test_the_body_size_is_that_of_most_letters() -> None:
    """Short lines in large type do not count for much."""
    assert body_size([title("Groot"), *column(PROSE)]) == 10.0
    assert body_size([]) == 0.0


@given(st.lists(st.lists(st.text("abc 12", min_size=1, max_size=6), max_size=6), max_size=6))
def test_any_pages_have_furniture_within_their_lines(texts: list[list[str]]) -> None:
    """Whatever the pages hold, indices point at lines, and there is a label for every page."""
    pages = [column(page, step=150) for page in texts]
    found = furniture(pages)
    assert len(found.labels) == len(found.left_out) == len(pages)
    assert all(out <= set(range(len(page))) for page, out in zip(pages, found.left_out, strict=True))
