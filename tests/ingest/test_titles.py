"""What makes a block of lines a title about a region."""

import pytest

from ingest.titles import Form, blocks, body_size, title_of
from tests.ingest.regional import Sheet


def form_of(text: str, size: float = 11.0) -> Form | None:
    """The form of a text as a title, in a page whose body is 11 points."""
    [block] = blocks(Sheet().text(text, size=size).lines)
    title = title_of(block, 11.0)
    return title.form if title else None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Lekstroom", Form.LABEL),
        ("Subregio Lekstroom", Form.LABEL),
        ("4 Regio Noordwest-Utrecht", Form.LABEL),
        ("Regioplan Drenthe 2024-2027", Form.LABEL),
        ("• Achterhoek", Form.LABEL),
        ("Regiokaart zorgkantoorregio Zeeland: opgaven", Form.STATED),
        ("Zuid-Limburg – opgaven in de regio", Form.STATED),
        ("IZA Eemland | maart 2026", Form.STATED),
    ],
)
def test_forms(text: str, form: Form) -> None:
    """A name alone is a label; a name with a colon or dash and its subject is stated."""
    assert form_of(text) is form


@pytest.mark.parametrize(
    "text",
    [
        "In de regio Twente neemt de vraag toe",
        "De gemeenten Zeist en Bunnik",
        "regio Zeeland",
        "Samen met Drenthe: een plan",
        "• Twente: hier komt een steunpunt",
        "Aanpak",
    ],
)
def test_running_text_is_no_title(text: str) -> None:
    """A sentence, a gemeente, the tail of a paragraph and a list item are no titles."""
    assert form_of(text) is None


def test_size_makes_a_heading() -> None:
    """What ends or begins with a region's name is a heading only in large type."""
    for text in ("Ouderen in de regio Twente", "De regio Twente in cijfers"):
        assert form_of(text) is None
        assert form_of(text, size=20.0) is Form.HEADING


def test_lines_of_one_title_are_one_block() -> None:
    """Lines right under each other in one type are joined, a hyphen at a line's end without a space."""
    sheet = Sheet().large("Kaart subregio Zaanstreek-", "Waterland: opgaven").text("Tekst over iets.")
    found = blocks(sheet.lines)
    assert [(block.first, block.last) for block in found] == [(0, 2), (2, 3)]
    assert found[0].text == "Kaart subregio Zaanstreek-Waterland: opgaven"


def test_a_bullet_begins_a_block() -> None:
    """A list item is not joined to the line above it."""
    lines = Sheet().text("Opgaven", "• Twente", "• Zeeland").lines
    assert [block.text for block in blocks(lines)] == ["Opgaven", "• Twente", "• Zeeland"]


def test_the_body_size_is_that_of_most_lines() -> None:
    """A few large lines do not change the body's size; an empty page has none."""
    assert body_size(Sheet().large("Kop").text().text().lines) == 11.0
    assert body_size([]) == 0.0
