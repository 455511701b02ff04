"""Lines become paragraphs of running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Line
from ingest.layout import Block, read
from ingest.paragraphs import Paragraph, Spacing, ends_sentence, opens_item, paragraphs, spacing
from tests.ingest.pages import PROSE, column, line, title


def joined(lines: list[Line], labels: tuple[str, ...] = (), breaks: tuple[int, ...] = ()) -> list[str]:
    """The paragraphs that a page's lines make."""
    return [p.text for p in made(lines, labels, breaks)]


def made(lines: list[Line], labels: tuple[str, ...] = (), breaks: tuple[int, ...] = ()) -> list[Paragraph]:
    """The same with all that is known of them."""
    blocks = read(lines)
    return paragraphs(
        blocks,
        Spacing(1.2),
        breaks,
        lambda text: max([len(label) * text.startswith(label) for label in labels], default=0),
    )


def test_wrapped_lines_are_one_paragraph() -> None:
    """A line that is full goes on in the next."""
    assert joined(column(PROSE)) == [" ".join(PROSE)]


def test_a_word_split_over_lines_is_mended() -> None:
    """The hyphen of a word that was split goes."""
    page = column(["Er is steeds minder mantelzorgpoten-", "tieel in de regio, zegt het regiobeeld."])
    assert joined(page) == ["Er is steeds minder mantelzorgpotentieel in de regio, zegt het regiobeeld."]


def test_a_line_ended_on_purpose_ends_the_paragraph() -> None:
    """Where the next word would have fitted and a new sentence begins, so does a paragraph."""
    page = column([*PROSE, "Een nieuwe alinea begint hier en gaat over heel iets anders dan de vorige,", "echt."])
    assert joined(page) == [" ".join(PROSE), " ".join(one.text for one in page[3:])]


def test_text_pasted_line_by_line_is_joined() -> None:
    """White space between the lines of one sentence does not end it."""
    page = column([PROSE[0], "over", "tien jaar. Gemeenten maken daarover afspraken met de", "huisartsen."], step=20)
    assert joined(page) == [" ".join(one.text for one in page)]


def test_every_bullet_is_a_paragraph() -> None:
    """List items stand on their own, wrapped lines included."""
    page = column(
        [
            "We doen dit:",
            "• met de wijk, de huisarts en iedereen die daar verder nog bij hoort",
            "in de regio",
            "• samen",
        ]
    )
    assert joined(page) == ["We doen dit:", f"{page[1].text} in de regio", "• samen"]
    assert [p.item for p in made(page)] == [False, True, True]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    """'o.a.' at the end of a line goes on."""
    page = column(["De tekorten nemen toe in alle domeinen, o.a.", "in de geboortezorg."], step=20)
    assert joined(page) == ["De tekorten nemen toe in alle domeinen, o.a. in de geboortezorg."]


def test_a_sentence_goes_on_in_the_next_column() -> None:
    """The foot of one column and the head of the next are joined in the middle of a sentence."""
    left = column(["eerste zin van de kolom.", "Een andere zin van deze kolom die", "doorloopt naar wat er volgt en"])
    right = column(["de rest ervan staat hier rechts.", "Nog een zin in deze kolom staat er.", "En nog een."], x=320)
    assert "doorloopt naar wat er volgt en de rest ervan staat hier rechts." in joined([*left, *right])[1]


def test_a_title_of_two_lines_is_one() -> None:
    """Lines in large type right below each other belong together, whatever they end in."""
    page = [title("Impact in Oostland:", y=60), title("wat is het effect?", y=80), *column(PROSE, y=110)]
    assert joined(page)[0] == "Impact in Oostland: wat is het effect?"


def test_a_heading_in_bold_stays_apart() -> None:
    """Type of another kind starts something new."""
    page = [line("Aanpak", bold=True), *column(PROSE, y=112)]
    assert joined(page) == ["Aanpak", " ".join(PROSE)]


def test_a_known_label_never_continues_a_sentence() -> None:
    """A row's label starts anew, also after a text that does not end in a full stop."""
    page = column(
        ["en wat de gemeenten verder nog doen aan sport en bewegen voor iedereen", "Digitale zorg Er komt een app"]
    )
    assert len(joined(page)) == 1
    assert joined(page, labels=("Digitale zorg",)) == [one.text for one in page]


def test_a_new_region_breaks_a_paragraph() -> None:
    """Where another region begins, so does a paragraph."""
    assert joined(column(PROSE), breaks=(1,)) == [PROSE[0], " ".join(PROSE[1:])]


def test_the_first_line_of_each_paragraph_is_known() -> None:
    """`first` counts the page's lines in reading order."""
    page = [title("Wonen"), *column(PROSE), *column(["• een", "• twee"], y=160)]
    assert [p.first for p in made(page)] == [0, 1, 4, 5]


def test_spacing_is_that_inside_paragraphs() -> None:
    """The smallest spacing that is nearly as frequent as the most frequent one counts."""
    blocks = [Block(tuple(column(PROSE * 3)), 500.0), Block(tuple(column(PROSE * 4, step=20)), 500.0)]
    assert spacing([blocks]).leading == pytest.approx(1.2)
    assert spacing([]).leading == pytest.approx(1.2)


@pytest.mark.parametrize("text", ["• zorg", "- zorg", "1. Zorg", "a) zorg", "(2) zorg", "* zie noot"])
def test_bullets_and_numbers_open_items(text: str) -> None:
    """A bullet or number with a space behind it opens a list item."""
    assert opens_item(text)


@pytest.mark.parametrize("text", ["zorg", "-zorg", "1.1 Proces", "2024 was", "een - twee"])
def test_other_text_opens_no_item(text: str) -> None:
    """A hyphen inside, a section number or a year does not."""
    assert not opens_item(text)


def test_sentences_end_in_punctuation() -> None:
    """Quotes and note marks after the full stop do not matter; abbreviations do."""
    assert all(map(ends_sentence, ["Klaar.", "Klaar?", "zo:", "“Klaar.”", "Klaar.¹"]))
    assert not any(map(ends_sentence, ["", "bezig", "bezig,", "t.b.v.", "incl.", "Hst."]))


words = st.text("abcdefgh", min_size=1, max_size=8)


@given(st.lists(st.lists(words, min_size=1, max_size=8), max_size=20), st.sampled_from([12.0, 20.0]))
def test_every_word_is_kept_once(texts: list[list[str]], step: float) -> None:
    """Joining lines adds no word and loses none."""
    page = column([" ".join(text) for text in texts], step=step)
    assert " ".join(joined(page)).split() == [word for text in texts for word in text]
