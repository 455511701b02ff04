"""Sentences as evidence."""

import numpy as np
import pytest

from index.analysis import analyse
from index.sentences import COMPOUND, Sentences
from ingest.document import Passage
from tests.index.fakes import passage

PASSAGES = [
    passage("De regio opent een beweegtuin. De huisarts verwijst ernaar.", 1, regions=("Drenthe",)),
    passage("Een wandelclub voor ouderen.", 2, regions=("Twente", "Zeeland"), section=("Beweegtuinen",)),
    passage("Beweegtuin: een tuin met toestellen.", 3, regions=("Twente",), kind="glossary"),
    passage("Beweegtuin in het algemeen.", 4),
    passage("Wij onderzoeken de buurtbeweegtuin.", 5, regions=("Zeeland",)),
]


def texts(sentences: Sentences, values: np.ndarray) -> list[str]:
    """Return the passages of the sentences whose value is not 0."""
    return [sentences.passages[row].text for row in sentences.rows[values > 0]]


@pytest.fixture
def sentences() -> Sentences:
    """Read the passages above."""
    return Sentences(PASSAGES)


def term(word: str) -> str:
    """Return the term of a word."""
    return analyse(word)[0]


def test_only_what_is_said_of_a_region_is_evidence(sentences: Sentences) -> None:
    """A glossary and a passage without a region have no sentences here."""
    assert sentences.rows.tolist() == [0, 0, 1, 4]


def test_a_term_is_met_by_the_sentence_that_holds_it(sentences: Sentences) -> None:
    """The other sentence of the passage does not meet it, the passage as a whole does."""
    met = sentences.meet(term("beweegtuin"))
    assert met.sentences.tolist() == pytest.approx([1.0, 0.0, 0.0, COMPOUND])
    assert met.passages[0] == 1.0


def test_a_heading_counts_for_the_passage(sentences: Sentences) -> None:
    """A passage under a heading that holds the term meets it, its sentences do not."""
    met = sentences.meet(term("beweegtuin"))
    assert (met.passages[1], met.sentences[2]) == (1.0, 0.0)


def test_a_rare_term_weighs_more_than_a_common_one_and_an_unknown_one_has_weight(sentences: Sentences) -> None:
    """What stands in one passage tells more than what stands in three; what stands in none still counts."""
    common, rare, unknown = (sentences.meet(term(word)).weight for word in ("beweegtuin", "huisarts", "maanraket"))
    assert 0 < common < rare
    assert unknown > 0
    assert not sentences.meet(term("maanraket")).sentences.any()


def test_a_longer_word_meets_its_own_parts_only() -> None:
    """A compound meets the word that it ends in, not the word in its middle or a part of a few letters."""
    found = Sentences([passage("Een nachtzorgteam komt langs.", 1, regions=("Drenthe",))])
    assert found.variants("nacht")
    assert not found.variants("zorgt")
    assert not found.variants("team")


def test_an_unknown_compound_is_met_by_both_its_parts() -> None:
    """A sentence with both words meets it; one of them does not, nor does a word with one known part."""
    plan = [
        passage("Wij maken een platform voor alle zorg.", 1, regions=("Drenthe",)),
        passage("Goede zorg loont.", 2, regions=("Twente",)),
    ]
    found = Sentences(plan)
    assert found.parts(term("platformzorg")) == (term("platform"), term("zorg"))
    assert found.meet(term("platformzorg")).sentences.tolist() == pytest.approx([COMPOUND, 0.0])
    assert found.parts(term("leesgedrag")) == ()


def test_sentences_belong_to_every_region_of_their_passage(sentences: Sentences) -> None:
    """A passage of two regions counts for both and for no other."""
    assert sentences.of_regions({"Twente"}).tolist() == [2]
    assert sentences.of_regions({"Zeeland"}).tolist() == [2, 3]
    assert sentences.of_regions({"Twente", "Zeeland"}).tolist() == [2, 3]
    assert sentences.of_regions({"Groningen"}).size == 0
    assert sentences.regions() == {"Drenthe", "Twente", "Zeeland"}


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Hier lijkt niets over opgenomen te zijn in het plan.", True),
        ("Het regioplan noemt hierover niets.", True),
        ("Er wordt niets aan het toeval overgelaten.", False),
        ("De huisarts neemt patiënten op.", False),
    ],
)
def test_a_sentence_that_says_no_is_known(text: str, denied: bool) -> None:
    """Sentences that say that a plan holds nothing are told from sentences that hold the word 'niets'."""
    assert Sentences([passage(text, 1, regions=("Drenthe",))]).denial.tolist() == [denied]


def test_without_passages_there_is_nothing_to_meet() -> None:
    """An empty index gives empty answers."""
    empty: list[Passage] = []
    scores, whole = Sentences(empty).score(["iets"])
    assert scores.shape == (0,)
    assert whole > 0
