"""Evidence: how much of a question stands together."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from index.analysis import analyse
from index.evidence import best_sentence, gather, read
from index.expansion import Alternative, Group
from index.lexical import LexicalIndex
from index.query import parse
from tests.index.fakes import passage

TEXTS = [
    "Twaalf artsen openen een spoedpost. De spoedpost helpt ouderen in de nacht.",
    "Ouderen wandelen samen. Daarna drinken zij koffie.",
    "De wachttijd is lang. Er werken 40 triagisten op de post.",
]


@pytest.fixture
def lexical() -> LexicalIndex:
    """Build the words of the texts."""
    return LexicalIndex.build([analyse(text) for text in TEXTS])


def test_a_row_holds_the_share_that_its_words_weigh(lexical: LexicalIndex) -> None:
    """Shares lie between 0 and 1, all words make 1, and the rarer of two words weighs more."""
    evidence = gather(parse("spoedpost voor ouderen"), (), lexical)
    weights = {part.term: part.weight for part in evidence.parts}
    assert sum(weights.values()) == pytest.approx(1)
    assert weights["spoedpost"] > weights[analyse("ouderen")[0]]
    assert evidence.share[0] == pytest.approx(1)
    assert evidence.share[1] == pytest.approx(weights[analyse("ouderen")[0]])
    assert evidence.share[2] == 0


def test_another_word_counts_for_its_share(lexical: LexicalIndex) -> None:
    """A row without the word but with one that may stand in its place holds it in part."""
    term, other = analyse("telefonisten")[0], analyse("triagisten")[0]
    group = Group("telefonisten", (term,), (Alternative((other,), 0.7, "triagisten", "synonym"),))
    evidence = gather(parse("telefonisten"), (group,), lexical)
    assert evidence.held.tolist() == [[0, 0, np.float32(0.7)]]
    assert best_sentence(passage(TEXTS[2]), 2, evidence).span == (22, len(TEXTS[2]))


def test_words_of_asking_are_no_part_of_the_topic(lexical: LexicalIndex) -> None:
    """'Procent' and 'aantal' say what is wanted, not what it is about."""
    evidence = gather(parse("Welk aantal procent van de ouderen?"), (), lexical)
    assert [part.term for part in evidence.parts] == analyse("ouderen")
    assert evidence.sort == "share"


def test_the_sentence_with_the_words_is_the_best(lexical: LexicalIndex) -> None:
    """Of two sentences, the one with more of the question is marked, and its share is the greatest."""
    best = best_sentence(passage(TEXTS[0]), 0, gather(parse("ouderen in de nacht"), (), lexical))
    assert TEXTS[0][slice(*best.span)] == "De spoedpost helpt ouderen in de nacht."
    assert best.share == best.any == pytest.approx(1)


def test_a_sentence_without_the_figure_stands_behind_one_with_it(lexical: LexicalIndex) -> None:
    """A question for a number is answered by a sentence that has one, though another holds more of its words."""
    best = best_sentence(passage(TEXTS[0]), 0, gather(parse("Hoeveel ouderen helpt de spoedpost?"), (), lexical))
    assert TEXTS[0][slice(*best.span)] == "Twaalf artsen openen een spoedpost."
    assert 0 < best.share < best.any


def test_without_the_sort_of_answer_nothing_answers(lexical: LexicalIndex) -> None:
    """When no sentence has a figure, the best is still marked but answers nothing."""
    best = best_sentence(passage(TEXTS[1]), 1, gather(parse("Hoeveel ouderen wandelen samen?"), (), lexical))
    assert TEXTS[1][slice(*best.span)] == "Ouderen wandelen samen."
    assert (best.share, best.any) == (0, pytest.approx(1))


def test_a_question_without_topic_has_no_evidence(lexical: LexicalIndex) -> None:
    """Words of asking alone give no parts, zero shares and a sentence all the same."""
    evidence = gather(parse("Hoeveel procent?"), (), lexical)
    assert (evidence.parts, evidence.share.tolist()) == ((), [0, 0, 0])
    assert best_sentence(passage(TEXTS[1]), 1, evidence).share == 0


def test_sentences_are_cut_at_their_ends_lines_and_items() -> None:
    """A full stop, a line break and a bullet end a sentence; abbreviated numbers do not."""
    text = "De groei is 1.200. Dat is veel!\n- Eerste punt; tweede deel • derde"
    assert [text[slice(*span)] for span, _ in read(text)] == [
        "De groei is 1.200.",
        "Dat is veel!",
        "- Eerste punt;",
        "tweede deel",
        "• derde",
    ]


def test_blank_text_has_no_sentences() -> None:
    """Nothing but spaces gives no sentence, and a mark that spans it."""
    lexical = LexicalIndex.build([["x"]])
    assert read(" \n ") == ()
    assert best_sentence(passage(" "), 0, gather(parse("x"), (), lexical)).span == (0, 1)


def test_meaning_chooses_between_sentences_that_hold_as_much(lexical: LexicalIndex) -> None:
    """Where no word tells two sentences apart, the one that is more like the question is marked."""
    evidence = gather(parse("koffie met thee"), (), lexical)
    text = "Ouderen wandelen samen. Daarna rusten zij uit."

    def similar(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([float("rusten" in text) for text in texts], dtype=np.float32)

    assert text[slice(*best_sentence(passage(text), 1, evidence).span)] == "Ouderen wandelen samen."
    assert text[slice(*best_sentence(passage(text), 1, evidence, similar).span)] == "Daarna rusten zij uit."


def test_a_sentence_is_read_with_its_terms() -> None:
    """Each sentence holds the terms that stand in it and no others."""
    assert [set(terms) for _, terms in read("Ouderen wandelen. Koffie.")] == [
        set(analyse("Ouderen wandelen")),
        set(analyse("Koffie")),
    ]
