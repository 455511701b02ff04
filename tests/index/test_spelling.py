"""Spelling."""

import pytest

from index.analysis import analyse
from index.spelling import Correction, Speller, is_dutch
from tests.index.fakes import passage

PASSAGES = [
    passage("De valpreventie voor kwetsbare ouderen begint. Valpreventie helpt.", section=("Demografische druk",)),
    passage("Het ziekenhuis en nog een ziekenhuis. " * 6),
    passage("Mantelzorgers vragen om respijtzorg. Respijtzorg in Eemland en in Eemland."),
    passage("Zij noemen het slakkenkost en snelheidd."),
]


@pytest.fixture
def speller() -> Speller:
    """Make a speller that knows the words of the passages."""
    known = {term for one in PASSAGES for term in analyse(one.text)}
    return Speller(PASSAGES, known.__contains__)


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("valprevntie", "valpreventie"),
        ("valpreventei", "valpreventie"),
        ("valpreeventie", "valpreventie"),
        ("respijdzorg", "respijtzorg"),
        ("Mantelzrogers", "mantelzorgers"),
        ("demografishe", "demografische"),
        ("kwestbare", "kwetsbare"),
        ("zeikenhuis", "ziekenhuis"),
    ],
)
def test_a_slip_is_repaired(speller: Speller, slip: str, meant: str) -> None:
    """A letter that is missing, doubled, swapped or wrong is put right, also in a heading's word."""
    assert speller.repair(f"Wat doen zij met {slip} in 2024?") == (
        f"Wat doen zij met {meant} in 2024?",
        (Correction(slip, meant),),
    )


@pytest.mark.parametrize(
    "word",
    [
        "valpreventie",  # the documents' own
        "kwetsbaar",  # another form of one
        "kwelbare",  # two slips in a short word
        "wandelen",  # Dutch, and in no document
        "mantelzorgdagen",  # made of two Dutch words
        "Eemlandse",  # a name with an ending
        "snelheit",  # near to nothing but a slip of the documents
        "VALPREV",  # an abbreviation
        "2043",
        "65-plusserz",
        "Drente",  # a region, which is understood as it is
        '"valprevntie"',  # the asker means it
        "zorq",  # too short to know
    ],
)
def test_other_words_are_left_alone(speller: Speller, word: str) -> None:
    """What is known, a number, a name, quoted, too short or too far from anything is searched for as it stands."""
    assert speller.repair(f"wat is {word} hier") == (f"wat is {word} hier", ())


def test_every_slip_of_a_question_is_repaired(speller: Speller) -> None:
    """Two slips give two corrections, in the order of the question."""
    text, made = speller.repair("zeikenhuis, valprevntie")
    assert (text, [one.used for one in made]) == ("ziekenhuis, valpreventie", ["ziekenhuis", "valpreventie"])


def test_the_list_has_dutch_words_and_no_others() -> None:
    """The list knows common words without accents, and no nonsense."""
    assert all(map(is_dutch, ("hitte", "crisis", "wandelen", "client", "zus")))
    assert not any(map(is_dutch, ("wandeln", "demografishe", "")))
