"""What a topic makes of the sentences."""

from pathlib import Path

import pytest

from index.generation import open_generation, publish
from index.scores import UNMET, Scorer
from index.search import Searcher
from index.topic import parse_topic
from tests.index.fakes import FakeEncoder, corpus, document, passage

PLAN = [
    passage("Drenthe opent beweegtuinen voor ouderen.", 1, regions=("Drenthe",)),
    passage("In Twente zijn wandelclubs.", 2, regions=("Twente",)),
    passage("Het plan zegt niets over beweegtuinen.", 3, regions=("Zeeland",)),
]


@pytest.fixture
def scorer(tmp_path: Path) -> Scorer:
    """Score the plan above."""
    publish(tmp_path, corpus(document(PLAN)), FakeEncoder())
    return Scorer(Searcher(open_generation(tmp_path, FakeEncoder()), FakeEncoder()))


def test_the_best_sentence_sets_the_measure(scorer: Scorer) -> None:
    """The best sentence that denies nothing has 1.0; one without a word of the topic has 0.0."""
    relative = scorer.of_topic(parse_topic("beweegtuinen voor ouderen")).relative
    assert relative[:2].tolist() == [1.0, 0.0]
    assert scorer.evidence.tolist() == [True, True, False]


def test_each_side_of_a_choice_can_be_the_best(scorer: Scorer) -> None:
    """'A of B' is met in full by a sentence that holds A and by one that holds B."""
    scores = scorer.of_topic(parse_topic("beweegtuin of wandelclub"))
    assert scores.coverage[:2].tolist() == pytest.approx([1.0, 1.0])


def test_the_word_that_decides_must_be_met(tmp_path: Path) -> None:
    """A sentence with the general word and the rest of the topic counts for less than one with the word itself."""
    plan = [
        passage("Drenthe zet in op valpreventie bij ouderen.", 1, regions=("Drenthe",)),
        passage("Twente zet in op preventie bij ouderen.", 2, regions=("Twente",)),
        *(passage(f"Ouderen krijgen preventie in wijk {n}.", 3 + n, regions=("Zeeland",)) for n in range(9)),
    ]
    publish(tmp_path, corpus(document(plan)), FakeEncoder())
    scorer = Scorer(Searcher(open_generation(tmp_path, FakeEncoder()), FakeEncoder()))
    terms = parse_topic("valpreventie bij ouderen").readings[0]
    met, _ = scorer.sentences.score(terms)
    relative = scorer.of_topic(parse_topic("valpreventie bij ouderen")).relative
    assert relative[0] == 1.0
    assert relative[1] == pytest.approx(UNMET * met[1] / met[0])


def test_a_passage_is_most_like_itself(scorer: Scorer) -> None:
    """Of all sentences that of the passage itself is the nearest, and likeness lies within 0..1."""
    scores, like = scorer.of_passage(PLAN[0])
    relative = scores.relative
    assert relative.argmax() == 0
    assert like.parts == ((0, len(PLAN[0].text)),)
    assert 0 <= relative.min() <= relative.max() <= 1.0 + 1e-6


def test_a_passage_of_another_index_is_refused(scorer: Scorer) -> None:
    """Only passages of this index can be compared."""
    with pytest.raises(KeyError):
        scorer.of_passage(passage("Elders.", 1, "elders.pdf"))
