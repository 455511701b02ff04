"""Names that documents give for one another."""

import pytest

from index.thesaurus.concepts import Concept, Thesaurus
from index.thesaurus.glossary import Pair, abbreviations, extend, find_pairs
from tests.index.fakes import passage


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Wie naar de spoedeisende hulp (SEH) komt", Pair("spoedeisende hulp", "SEH")),
        ("plaatsen voor Eerstelijnsverblijf (ELV)", Pair("eerstelijnsverblijf", "ELV")),
        (
            "de Verpleeg- en Verzorgingshuizen en Thuiszorg (VVT)",
            Pair("verpleeg- en verzorgingshuizen en thuiszorg", "VVT"),
        ),
        ("het programma Juiste Zorg op de Juiste Plek (JZoJP)", Pair("juiste zorg op de juiste plek", "JZoJP")),
    ],
)
def test_an_abbreviation_is_read_with_the_words_before_it(text: str, pair: Pair) -> None:
    """Its letters stand in order in those words, and the first one opens a word."""
    assert list(abbreviations(text)) == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "samen met de huisarts (Utrecht)",
        "de partners in de stad (GGD)",
        "Wij doen mee. De raad (RSO)",
        "aangesloten bij het bestuur (AB)",
    ],
)
def test_brackets_with_something_else_explain_nothing(text: str) -> None:
    """A name, an abbreviation of other words or of words in another sentence, and two letters are left."""
    assert list(abbreviations(text)) == []


def test_a_glossary_gives_other_names() -> None:
    """Only before the definition of an entry, and only in a glossary."""
    text = "Welbevinden (positieve gezondheid) Een brede kijk.\nKlankbord Brede (bestuurlijke) vertegenwoordiging."
    assert find_pairs([passage(text, kind="glossary")]) == {Pair("welbevinden", "positieve gezondheid"): "plan.pdf"}
    assert find_pairs([passage(text)]) == {}


def test_an_abbreviation_of_two_things_means_the_one_said_most() -> None:
    """Said as often, it means neither."""
    once = [passage("een medisch regiecentrum (MRC)"), passage("het meldpunt rond crisis (MRC)", 2)]
    assert find_pairs(once) == {}
    assert list(find_pairs([*once, passage("Het medisch regiecentrum (MRC)", 3)])) == [
        Pair("medisch regiecentrum", "MRC")
    ]


def test_found_names_join_the_concept_that_has_the_other() -> None:
    """Either side may be known; of two unknown names a concept of its own is made, with the file that gives it."""
    ours = Thesaurus([Concept("spoedeisende hulp"), Concept("hap"), Concept("triage", ("xyz",))])
    pairs = {
        Pair("spoedeisende hulp", "SEH"): "a.pdf",
        Pair("huisartsenpost", "HAP"): "a.pdf",
        Pair("zorgnetwerk noord", "ZNN"): "b.pdf",
        Pair("spoedeisende hulp", "XYZ"): "b.pdf",
    }
    made = extend(ours, pairs)
    assert made.concepts["spoedeisende hulp"].alternatives == ("SEH",)
    assert made.concepts["hap"].alternatives == ("huisartsenpost",)
    assert made.concepts["zorgnetwerk noord"] == Concept("zorgnetwerk noord", ("ZNN",), source="b.pdf")
    assert made.concepts["triage"].alternatives == ("xyz",)
    assert made.find(("znn",)) == made.concepts["zorgnetwerk noord"]
