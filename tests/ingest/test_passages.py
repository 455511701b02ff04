"""Paragraphs become the text of a page and passages that are slices of it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.passages import MAX_WORDS, Piece, Slice, page_text, slices


def cut(pieces: list[Piece]) -> list[str]:
    """The texts of the passages."""
    text = page_text(pieces)
    return [text[one.start : one.end] for one in slices(pieces)]


def words(count: int, word: str = "woord") -> str:
    """A sentence of so many words."""
    return " ".join([word] * (count - 1) + ["einde."])


def test_a_page_has_a_line_for_every_piece() -> None:
    """Headings are in the page's text too."""
    assert page_text([Piece("Kop", (0,), heading=True), Piece("Tekst.", (0,))]) == "Kop\nTekst.\n"


def test_short_paragraphs_share_a_passage() -> None:
    """What stands under one heading is one passage while it fits."""
    assert cut([Piece(words(30), (0,)), Piece(words(40), (0,))]) == [f"{words(30)}\n{words(40)}"]


def test_no_passage_crosses_a_heading() -> None:
    """A heading ends a passage and is in none."""
    pieces = [Piece(words(5), (0,)), Piece("Kop", (1,), heading=True), Piece(words(6), (1,))]
    assert cut(pieces) == [words(5), words(6)]


def test_no_passage_crosses_a_group() -> None:
    """Another section, region or theme starts another passage."""
    assert cut([Piece(words(5), (0, 1)), Piece(words(6), (0, 2))]) == [words(5), words(6)]


def test_a_footnote_is_a_passage_of_its_own() -> None:
    """Text of another kind is kept apart; lists and their sentences are not."""
    pieces = [Piece("Zie:", (0,)), Piece("• zorg", (0,), "list"), Piece("¹ Bron.", (0,), "footnote")]
    assert cut(pieces) == ["Zie:\n• zorg", "¹ Bron."]


def test_a_long_paragraph_is_split_at_sentence_ends() -> None:
    """No passage is longer than the limit, and the parts are about equal."""
    text = " ".join([words(50).capitalize()] * 5)
    parts = cut([Piece(text, (0,))])
    assert [len(part.split()) for part in parts] == [100, 100, 50]
    assert all(part.endswith("einde.") for part in parts)


def test_a_sentence_without_end_is_split_between_words() -> None:
    """A sentence longer than a passage is cut into equal parts."""
    assert [len(part.split()) for part in cut([Piece("woord " * 299 + "woord", (0,))])] == [100, 100, 100]


def test_a_lead_in_goes_along_with_its_first_item() -> None:
    """'We doen dit door:' does not end a passage."""
    lead = words(20)[:-1] + ":"
    pieces = [Piece(words(80), (0,)), Piece(lead, (0,)), Piece(f"• {words(60)}", (0,), "list")]
    assert cut(pieces) == [words(80), f"{lead}\n• {words(60)}"]


def test_a_fragment_joins_its_neighbour() -> None:
    """A passage of a few words is not left alone where it fits."""
    assert len(cut([Piece(words(70), (0,)), Piece(words(40), (0,)), Piece(words(5), (0,))])) == 1


def test_glossary_entries_are_passages_of_their_own() -> None:
    """A term goes with its definition, not with the next entry."""
    pieces = [Piece("Nulde lijn:", (0,), "glossary"), *[Piece(words(12), (0,), "glossary") for _ in range(2)]]
    assert cut(pieces) == [f"Nulde lijn:\n{words(12)}", words(12)]


def test_empty_cells_are_no_passages() -> None:
    """A dash or a word that says that nothing is planned is not found as an activity."""
    cells = ["-", "N.v.t.", "Hier lijkt niets over opgenomen", "V V V", "–"]
    assert cut([Piece(cell, (i,), "table") for i, cell in enumerate(cells)]) == []


def test_the_first_piece_of_a_passage_is_known() -> None:
    """A slice tells with which paragraph it begins."""
    pieces = [Piece("Kop", (0,), heading=True), Piece(words(5), (0,)), Piece("- a b", (0,), "list")]
    assert slices(pieces) == [Slice(4, len(page_text(pieces)) - 1, 1, "body")]


piece = st.builds(
    Piece,
    st.lists(st.text("abc.:•", min_size=1, max_size=5), min_size=1, max_size=300).map(" ".join),
    st.tuples(st.integers(0, 2)),
    st.sampled_from(["body", "list", "table", "glossary", "footnote"]),
    st.booleans(),
)


@given(st.lists(piece, max_size=12))
def test_passages_hold_every_word_once(pieces: list[Piece]) -> None:
    """Slices are in order, do not overlap, stay within the limit and leave out nothing that holds letters."""
    text, cuts = page_text(pieces), slices(pieces)
    assert all(a.end <= b.start for a, b in pairwise(cuts))
    assert all(len(text[c.start : c.end].split()) <= MAX_WORDS for c in cuts)
    inside = [word for c in cuts for word in text[c.start : c.end].split() if any(map(str.isalpha, word))]
    expected = [w for p in pieces if not p.heading for w in p.text.split() if any(map(str.isalpha, w))]
    assert inside == expected
