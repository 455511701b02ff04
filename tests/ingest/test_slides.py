"""Titles of slides that were merged onto one page."""

from ingest.document import Line
from ingest.layout import Block
from ingest.slides import is_slide_title, slides
from tests.ingest.pages import column, line

TOP = "Resultaten per onderwerp"


def body(lines: list[Line]) -> list[Block]:
    """A page of one column."""
    return [Block(tuple(lines), 400.0)]


def slide(name: str, y: float) -> list[Line]:
    """The title of a slide, its first line and its text."""
    return [
        line(f"Regiokaart zorgkantoorregio {name}: acties", y=y),
        line(TOP, y=y + 30),
        *column(["Tekst."], y=y + 60),
    ]


PLAIN = [body(slide(name, 100)) for name in ("Twente", "Drenthe", "Zeeland")]


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [line.text for block in blocks for line in block.lines]


def test_a_title_with_nothing_under_it_goes_above_its_text() -> None:
    """The line with which slides open tells where the text of a title that was drawn last begins."""
    late = [*slide("Groningen", 100), *slide("Friesland", 300)[1:], line(slide("Friesland", 0)[0].text, y=500)]
    found = slides([*PLAIN, body(late)])[3]
    assert texts(found.blocks) == [one.text for one in (*slide("Groningen", 0), *slide("Friesland", 0))]
    assert found.titles == ((0, 1), (3, 4))


def test_a_title_over_its_text_stays() -> None:
    """Pages whose titles come first are as they were."""
    assert [list(found.blocks) for found in slides(PLAIN)] == PLAIN
    assert all(found.titles == ((0, 1),) for found in slides(PLAIN))


def test_a_title_torn_from_its_text_by_the_page_stays() -> None:
    """Without a line that opens slides in between, a title at the end of a page belongs to the next page."""
    torn = [*slide("Groningen", 100), line(slide("Friesland", 0)[0].text, y=500)]
    assert texts(slides([*PLAIN, body(torn)])[3].blocks) == [one.text for one in torn]


def test_only_a_region_with_what_about_it_is_a_title() -> None:
    """Sentences and bare names are not."""
    assert is_slide_title("Regiokaart zorgkantoorregio Twente: acties")
    assert is_slide_title("Impactkaart ROAZ-regio Limburg: wat is het effect?")
    assert not is_slide_title("In de regio Twente werken huisartsen samen: zij overleggen.")
    assert not is_slide_title("Twente")
