"""Hits as the page shows them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search import Answer
from service.hits import LONGEST, Span, pieces, shown_hits, telling, window_around
from tests.service.fakes import fake_library

TEXT = "Eerst dit. " * 60 + "Ouderen volgen een cursus. " + "Dan dat. " * 60
AT = (TEXT.index("Ouderen"), TEXT.index(" Dan dat."))


def answer_of(question: str) -> Answer:
    """What the made-up documents answer."""
    return fake_library().searcher.search(question)


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5))
def test_pieces_join_to_the_text_again(text: str, spans: list[Span]) -> None:
    """Whatever is marked, no letter is lost or doubled."""
    marked = [(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in spans]
    cut = list(pieces(text, marked[1:], marked[0] if marked else None, (0, len(text))))
    assert "".join(piece.text for piece in cut) == text


def test_pieces_tell_words_from_the_sentence_around_them() -> None:
    """A word of the question within the sentence that answers is both."""
    cut = list(pieces("Kort. Een cursus vallen.", [(10, 16)], (6, 24), (0, 24)))
    assert [(piece.text, piece.asked, piece.answer) for piece in cut] == [
        ("Kort. ", False, False),
        ("Een ", False, True),
        ("cursus", True, True),
        (" vallen.", False, True),
    ]


@pytest.mark.parametrize("answer", [AT, (0, 10), (len(TEXT) - 9, len(TEXT) - 1), None])
def test_a_long_text_is_cut_around_the_sentence_that_answers(answer: Span | None) -> None:
    """The window holds the sentence, is about as long as allowed, and cuts no word."""
    start, end = window_around(TEXT, answer)
    assert not answer or start <= answer[0] < answer[1] <= end
    assert LONGEST * 0.9 <= end - start <= LONGEST * 1.1
    assert start == 0 or TEXT[start - 1] == " "
    assert end == len(TEXT) or TEXT[end] == " "


def test_a_short_text_is_shown_whole() -> None:
    """Cutting off a few words would only cost a click."""
    assert window_around("x" * LONGEST, None) == (0, LONGEST)


def test_a_sentence_longer_than_the_window_is_shown_whole() -> None:
    """What answers is never cut in the middle, up to twice the length."""
    text = f"{'Ervoor. ' * 40}{'woord ' * 100}einde. {'Erna. ' * 40}"
    answer = (text.index("woord"), text.index("einde.") + 6)
    start, end = window_around(text, answer)
    assert start <= answer[0] < answer[1] <= end


def test_near_copies_are_folded_under_the_best() -> None:
    """Of two passages that say nearly the same the higher one is shown, with the other's place and region."""
    (shown,) = shown_hits(fake_library(), answer_of("cursus digitale"), 10)
    assert shown.number == 1
    assert [(copy.page, copy.regions) for copy in shown.copies] == [(1, ("Kennemerland",))]


def test_filler_is_not_quoted() -> None:
    """Lists of contents, near-copies and hits far below the best stay out of what is gathered for a memo."""
    answer = answer_of("wijkverpleging cursus beeldbellen")
    first, second, third = answer.hits
    assert [hit.passage.id for hit in telling(fake_library(), answer, 10)] == [first.passage.id]
    near = replace(second, score=0.9)
    told = telling(fake_library(), replace(answer, hits=(first, near, third)), 10)
    assert [hit.rank for hit in told] == [1, 2]
    contents = replace(near, passage=replace(near.passage, kind="contents"))
    assert [hit.rank for hit in telling(fake_library(), replace(answer, hits=(first, contents)), 10)] == [1]
