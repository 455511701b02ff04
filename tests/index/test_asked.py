"""What sort of answer a question asks for."""

import pytest

from index.asked import SORTS, compares, gives, wanted


@pytest.mark.parametrize(
    ("question", "sort"),
    [
        ("Hoeveel procent van de ouderen is kwetsbaar?", "share"),
        ("Welk aandeel van de patiënten is in beeld?", "share"),
        ("Hoeveel geld is er voor valpreventie?", "money"),
        ("Wat kost een plek per dag?", "money"),
        ("Hoeveel huisartsen werken er in Twente?", "number"),
        ("aantal huisartsen twente", "number"),
        ("tekort personeel utrecht aantal", "number"),
        ("Hoe groot is het tekort in 2032?", "number"),
        ("Wanneer start de eerste zorgcoördinatie?", "moment"),
        ("Wie is de trekker van het plan?", "name"),
        ("Wat houdt de aanpak in?", ""),
        ("Welke regio wil het aantal aanbieders beperken?", ""),
        ("Hoe wil Friesland ouderen helpen?", ""),
        ("", ""),
    ],
)
def test_a_question_asks_for_a_sort_of_answer(question: str, sort: str) -> None:
    """The words of asking tell a share, money, a number, a moment and a name from what any words may answer."""
    assert wanted(question) == sort


@pytest.mark.parametrize(
    ("text", "sorts"),
    [
        ("Het tekort groeit tot 1.200 mensen.", {"number"}),
        ("Drie gemeenten doen mee.", {"number"}),
        ("Een stijging van 12,5%.", {"number", "share"}),
        ("Er is € 3 miljoen beschikbaar.", {"number", "money"}),
        ("In maart begint de tweede groep.", {"moment"}),
        ("Sinds Q1 2024 loopt de proef.", {"number", "moment"}),
        ("De trekker is Stichting Voorbeeld.", {"name"}),
        ("Ouderen helpen elkaar.", set()),
    ],
)
def test_words_give_a_sort_of_answer(text: str, sorts: set[str]) -> None:
    """Figures, shares, money, moments and names are told apart in a sentence."""
    assert {sort for sort in SORTS if gives(text, sort)} == sorts


def test_any_words_answer_when_nothing_special_is_wanted() -> None:
    """A question for no special sort is content with all words."""
    assert gives("Ouderen helpen elkaar.", "")


@pytest.mark.parametrize(
    ("question", "level"),
    [
        ("Welke regio's werken met spoedpleinen?", "regio"),
        ("In welke zorgkantoorregio\u2019s komt een leefstijlloket?", "regio"),
        ("Welke subregio's krijgen een zorgacademie?", "subregio"),
        ("Wie doet dit ook?", "regio"),
        ("Wat doen alle regio's aan valpreventie?", "regio"),
        ("Wat doet de regio Twente aan valpreventie?", ""),
        ("Waar komt een leefstijlloket?", ""),
    ],
)
def test_a_comparison_is_recognised(question: str, level: str) -> None:
    """A question for all regions that do something is a comparison, at the level that it names."""
    assert compares(question) == level
