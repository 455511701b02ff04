"""The examples of the home page hold on a fresh machine, where nothing but the cards is indexed."""

import pytest

from corpus.regiokaarten.cards import read_card, sources
from index.compare import Comparer
from index.search import Searcher
from service.examples import examples
from tests.corpus.test_answers import Answers, states

# What answers each question: the words on a card.
STATED: dict[str, Answers] = {
    "Hoeveel procent van de Amsterdammers moet in 2028 niet roken?": [
        {"region": "Amsterdam", "words": "84% van de Amsterdammers niet roken"}
    ],
    "Wat doet Drenthe om vallen bij ouderen te voorkomen?": [
        {"region": "Drenthe", "words": "voert Drenthe de ketenaanpak valpreventie in"}
    ],
    "Wat biedt het Herstelhuis in Noord- en Midden-Limburg?": [
        {"region": "Noord- en Midden-Limburg", "words": "In het Herstelhuis kunnen inwoners een tijd verblijven"}
    ],
    "Hoeveel huisartsen stoppen er in de Gelderse Vallei?": [
        {"region": "Arnhem (Gelderse Vallei)", "words": "ongeveer 12% stopt tot 2025"}
    ],
    "Wanneer start zorgcoördinatie in de ROAZ-regio Zwolle?": [
        {"region": "ROAZ Zwolle", "words": "In januari 2025 start een eerste vorm van zorgcoördinatie"}
    ],
    "Hoe groot wordt het tekort aan personeel in Zaanstreek Waterland?": [
        {"region": "Zaanstreek Waterland", "words": "wordt 3300 in 2032"}
    ],
    "Wat is de ABCD-methode?": [
        {"region": "Apeldoorn/Zutphen", "words": "De ABCD-methode (Asset Based Community Development) maakt een wijk"}
    ],
    "Wat doet Groningen om zzp'ers in loondienst te krijgen?": [
        {"region": "Groningen", "words": "Met inkoopvoorwaarden wil Groningen"}
    ],
    "Welke plannen heeft Zeeland voor mentale gezondheidscentra?": [
        {"region": "Zeeland", "words": "Er komen steunpunten en Mentale Gezondheidscentra"}
    ],
    "Hoeveel cliënten heeft de gehandicaptenzorg in de regio Utrecht in 2040?": [
        {"region": "Utrecht/Midden-Nederland", "words": "8.170 in 2040"}
    ],
}
# The words by which a card says that its region does what is compared.
COMPARED = {
    "Welke regio's werken met reablement?": "reablement",
    "Waar komen mentale gezondheidscentra?": "mentale gezondheidscentr",
    "Welke regio's doen aan welzijn op recept?": "welzijn op recept",
}


@pytest.fixture(scope="module")
def comparer(searcher: Searcher) -> Comparer:
    """Compare the regions by their cards."""
    return Comparer(searcher)


@pytest.mark.parametrize("question", examples().questions)
def test_an_example_question_is_answered(searcher: Searcher, question: str) -> None:
    """A passage that states the answer is among the first three hits, and the search says that it is answered."""
    answer = searcher.search(question, 3)
    assert any(states(hit, STATED[question]) for hit in answer.hits)
    assert answer.answered


@pytest.mark.parametrize("topic", examples().comparisons)
def test_an_example_comparison_finds_its_regions(comparer: Comparer, topic: str) -> None:
    """Every region whose card names the topic is found, and at most one other; both kinds of row are there."""
    rows = comparer.compare(topic).rows
    said = {card.region for card in map(read_card, sources()) if COMPARED[topic] in str(card.items).casefold()}
    said &= {row.region.name for row in rows}
    found = {row.region.name for row in rows if row.found}
    assert said
    assert said <= found < {row.region.name for row in rows}
    assert len(found - said) <= 1
