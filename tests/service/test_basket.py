"""Baskets in addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.basket import MAX_ADDRESS, MAX_CARRIED, Basket, address, carried, change, read_basket, write_basket
from service.memo import Wish

THREE = Basket((Wish("a", note="één"), Wish("b"), Wish("c", quote="deel")), title="Titel")
WORDS = st.text(min_size=1).filter(str.strip)
WISHES = st.lists(
    st.builds(Wish, passage_id=st.text("abcdef0123456789", min_size=1), note=WORDS, quote=WORDS), max_size=5
)


@given(wishes=WISHES, title=WORDS)
def test_a_basket_survives_its_address(wishes: list[Wish], title: str) -> None:
    """What is written is read back, each passage once."""
    unique = tuple({wish.passage_id: wish for wish in reversed(wishes)}.values())
    basket = Basket(unique, title=title)
    assert read_basket(write_basket(basket)) == basket


def test_notes_belong_to_the_passage_before_them() -> None:
    """A passage without a note takes none of another's, and words before any passage are no note."""
    basket = read_basket([("n", "los"), ("p", "a"), ("p", "b"), ("n", "bij b"), ("x", "onbekend"), ("p", "a")])
    assert basket.wishes == (Wish("a"), Wish("b", note="bij b"))


@pytest.mark.parametrize(
    ("action", "order"),
    [("up-1", "bac"), ("down-0", "bac"), ("down-2", "abc"), ("up-0", "abc"), ("drop-1", "ac"), ("drop-9", "abc"),
     ("", "abc"), ("rm -rf", "abc")],
)  # fmt: skip
def test_buttons_change_the_order(action: str, order: str) -> None:
    """Up, down and out; at the ends and for what is no button nothing changes."""
    assert "".join(change(THREE, action).ids) == order


def test_a_note_moves_with_its_passage() -> None:
    """The words stay with the quote that they explain."""
    assert change(THREE, "down-0").wishes[1] == Wish("a", note="één")


def test_a_long_basket_has_no_address() -> None:
    """Beyond what browsers and mail programs keep there is no link to share."""
    assert address(THREE).startswith("/memo?titel=Titel&p=a&n=")
    assert address(Basket((Wish("a", note="x" * MAX_ADDRESS),))) == ""
    assert address(Basket()) == "/memo"


def test_passages_stand_under_the_question_that_found_them() -> None:
    """A question holds for the passages after it; those of one question stand together, those without one first."""
    pairs = [("v", "Eén?"), ("p", "a"), ("v", "Twee?"), ("p", "b"), ("v", "Eén?"), ("p", "c"), ("n", "bij c")]
    basket = read_basket(pairs)
    assert [(wish.passage_id, wish.question) for wish in basket.wishes] == [
        ("a", "Eén?"),
        ("c", "Eén?"),
        ("b", "Twee?"),
    ]
    assert read_basket(write_basket(basket)) == basket
    assert read_basket([*write_basket(basket), ("v", ""), ("p", "d")]).ids == ["d", "a", "c", "b"]


@pytest.mark.parametrize(("action", "order"), [("up-1", "bac"), ("down-1", "cab"), ("up-2", "cab"), ("drop-2", "ab")])
def test_a_passage_moves_within_its_question(action: str, order: str) -> None:
    """At the edge of its question the whole question moves."""
    basket = Basket((Wish("a", question="Eén?"), Wish("b", question="Eén?"), Wish("c", question="Twee?")))
    assert "".join(change(basket, action).ids) == order


def test_long_words_stay_behind_while_searching() -> None:
    """The passages go along with their questions; what is short goes along whole."""
    assert carried(THREE) == THREE
    long = Basket((Wish("a", note="x" * MAX_CARRIED, question="Wat?"),), title="Titel")
    assert carried(long) == Basket((Wish("a", question="Wat?"),))
