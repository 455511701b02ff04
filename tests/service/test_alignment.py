"""Every wanted letter gets its own drawn letter, in its own place."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.alignment import align, letters, shared_stretches, words


def find(wanted: str, drawn: str) -> list[str]:
    """Align two texts, drawn as one long line, and return for each wanted word what it was found as."""
    text, page = letters(wanted), letters(drawn)
    where = align(text, page, [(float(at), 0.0) for at in page.source])
    return ["".join(page.text[at] if at >= 0 else "?" for at in where[start:end]) for start, end in words(text)]


def places(wanted: str, drawn: str) -> list[int]:
    """Return for each wanted letter its index in the drawn text."""
    text, page = letters(wanted), letters(drawn)
    where = align(text, page, [(float(at), 0.0) for at in page.source])
    return [page.source[at] if at >= 0 else -1 for at in where]


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("zorg en welzijn", "zorgenwelzijn"),
        ("coördinatie", "coordinatie"),
        ("e\ufb03ci\u00ebnt", "efficient"),
        ("o\u019fmaal", "otimaal"),
        ("4,2 miljoen; 1.000", "4,2miljoen1.000"),
        ("einde 2024. 3 regio's", "einde20243regios"),
        ("• 50% – €3", "50€3"),
        ("Wonen | 3 < 4", "Wonen3<4"),
    ],
)
def test_letters_are_what_renderers_agree_on(raw: str, folded: str) -> None:
    """Spaces, accents, ligatures and punctuation go; a decimal sign inside a number stays."""
    assert letters(raw).text == folded


def test_words_are_cut_where_spaces_were() -> None:
    """The spans of the words cover all letters."""
    text = letters("zorg-, en welzijn")
    assert [text.text[start:end] for start, end in words(text)] == ["zorg", "en", "welzijn"]


def test_same_text_is_found_whole() -> None:
    """A text on a page that holds nothing else lies letter for letter."""
    assert places("de wijk", "de wijk") == [0, 1, 3, 4, 5, 6]


def test_another_order_is_followed() -> None:
    """What the page draws in another order is found in pieces."""
    drawn = "rechterkolom met tekst over zorg linkerkolom met tekst over welzijn"
    assert find("linkerkolom met tekst over welzijn rechterkolom met tekst over zorg", drawn).count("?") == 0


def test_hyphen_at_a_line_end_is_mended() -> None:
    """A word that the page splits is found, also when another line is drawn between its halves."""
    assert find("het mantelzorgpotentieel groeit", "het mantelzorgpoten-\ntieel groeit")[1] == "mantelzorgpotentieel"
    torn = find("het mantelzorgpotentieel groeit", "het mantelzorgpoten-\npagina zeven\ntieel groeit")
    assert torn == ["het", "mantelzorgpotentieel", "groeit"]


def test_letters_drawn_apart_or_together_are_found() -> None:
    """Spaces too many or too few on the page do not matter."""
    assert find("de kracht van samen", "d e k r a c h t v a n s a m e n") == ["de", "kracht", "van", "samen"]
    assert find("de kracht van samen", "dekracht vansamen") == ["de", "kracht", "van", "samen"]


def test_part_of_another_word_is_not_taken() -> None:
    """'zorg' is not in 'mantelzorg', nor '3' in '2030': missing is missing."""
    assert find("zorg", "de mantelzorg groeit") == ["????"]
    assert find("zorg", "de zorgverlener") == ["????"]
    assert find("3", "in 2030") == ["?"]
    assert find("4,2", "in 42 wijken") == ["???"]


def test_cells_with_figures_are_not_one_number() -> None:
    """The cells '1' and '2' are found beside each other, and the number 12 is kept for who wants it."""
    assert places("kolom 1 2 rij 12", "rij 12 kolom 1 2")[5:7] == [13, 15]
    assert find("1 2", "12") == ["?", "?"]


def test_a_changed_digit_is_missing() -> None:
    """A figure that differs is not found, its neighbours are."""
    assert find("er zijn 125 bedden vrij", "er zijn 126 bedden vrij") == ["er", "zijn", "???", "bedden", "vrij"]


def test_repeated_words_go_with_their_neighbours() -> None:
    """Words that occur twice are taken from where the words around them stand."""
    drawn = "Lekstroom cursus valpreventie voor ouderen Eemland cursus valpreventie voor jongeren"
    text = "Eemland cursus valpreventie voor jongeren Lekstroom cursus valpreventie voor ouderen"
    found = places(text, drawn)
    assert all(after == before + 1 or after > before for before, after in pairwise(found[:36]))
    assert min(found[:36]) >= drawn.index("Eemland")


def test_equal_lines_keep_their_order() -> None:
    """Of lines that are fully equal the first is the first."""
    drawn = "a: valpreventie voor ouderen\nb: valpreventie voor ouderen"
    assert places(drawn, drawn) == list(letters(drawn).source)


@given(st.text(alphabet="ab -.1", max_size=60), st.text(alphabet="ab -.1", max_size=60))
def test_no_letter_is_used_twice_and_none_is_another(wanted: str, drawn: str) -> None:
    """Whatever the texts, each letter found is that letter, and found once."""
    text, page = letters(wanted), letters(drawn)
    where = align(text, page, [(float(at), 0.0) for at in page.source])
    found = [at for at in where if at >= 0]
    assert len(found) == len(set(found))
    assert all(text.text[at] == page.text[place] for at, place in enumerate(where) if place >= 0)


@given(st.lists(st.sampled_from(["zorg", "wijk", "samen", "regio", "2030"]), max_size=25))
def test_a_page_finds_itself(spoken: list[str]) -> None:
    """A text on a page with just that text is always found whole."""
    text = " ".join(spoken)
    assert -1 not in places(text, text)


def test_a_page_of_one_letter_takes_no_quadratic_time() -> None:
    """Seeds that occur too often are left out, so that a hostile page ends."""
    assert shared_stretches("a" * 30_000, "a" * 30_000, 24) == []
