"""How like sentences are to the activities of a passage."""

from pathlib import Path

import numpy as np
import pytest

from index.generation import open_generation, publish
from index.likeness import Comparand, concepts_in, likeness
from index.search import Searcher
from index.sentences import Sentences
from index.thesaurus.concepts import Concept, Thesaurus
from ingest.document import Passage
from tests.index.fakes import FakeEncoder, corpus, document, passage

THESAURUS = Thesaurus(
    [Concept("valpreventie", ("voorkomen van vallen",)), Concept("vallen"), Concept("respijtzorg", ("logeerzorg",))]
)
PLAN = [
    passage("Project:\nDrenthe begint met respijtzorg voor mantelzorgers van ouderen. En nu?", 1, regions=("Drenthe",)),
    passage("De logeerzorg in Twente krijgt bedden erbij.", 2, regions=("Twente",)),
    passage("Een loket helpt jongeren in Zeeland.", 3, regions=("Zeeland",)),
    passage("Over de roosters van Friesland is overleg.", 4, regions=("Friesland",)),
    passage("Verklaring: respijtzorg is vervangende zorg.", 5, regions=("Drenthe",), kind="glossary"),
]


def make(folder: Path, thesaurus: Thesaurus) -> Comparand:
    """Index the plan above and compare by a thesaurus."""
    folder.mkdir(exist_ok=True)
    publish(folder, corpus(document(PLAN)), FakeEncoder())
    searcher = Searcher(open_generation(folder, FakeEncoder()), FakeEncoder())
    sentences = Sentences(searcher.ranker.rows.passages)
    vectors = searcher.generation.dense.vectors()
    return Comparand(sentences, ~sentences.denial, vectors, FakeEncoder(), thesaurus)


@pytest.fixture
def comparand(tmp_path: Path) -> Comparand:
    """Compare the plan above by a small thesaurus."""
    return make(tmp_path, THESAURUS)


def said(passage: Passage, comparand: Comparand) -> list[str]:
    """Return the words of the parts of a passage."""
    return [passage.text[start:end] for start, end in comparand.parts(passage)]


def test_parts_are_sentences_without_labels(comparand: Comparand) -> None:
    """A label is no part; a passage that has nothing else is one part as it is."""
    assert said(PLAN[0], comparand) == ["Drenthe begint met respijtzorg voor mantelzorgers van ouderen."]
    assert said(PLAN[2], comparand) == [PLAN[2].text]
    assert said(PLAN[4], comparand) == [PLAN[4].text]


def test_other_words_for_the_same_thing_count(tmp_path: Path) -> None:
    """A sentence that names the same concept in another word is more like it than it would be without the concept."""
    with_concepts, without = make(tmp_path / "a", THESAURUS), make(tmp_path / "b", Thesaurus([]))
    at = with_concepts.sentences.rows.tolist().index(1)
    assert with_concepts.compare(PLAN[0]).likeness[at] > without.compare(PLAN[0]).likeness[at]


def test_likeness_is_a_share(comparand: Comparand) -> None:
    """All of it lies within 0..1, and every sentence is nearest to a part that there is."""
    like = comparand.compare(PLAN[0])
    assert 0 <= like.likeness.min() <= like.likeness.max() <= 1
    assert set(like.nearest.tolist()) <= set(range(len(like.parts)))


def test_what_shares_all_words_is_like_it_in_any_index(comparand: Comparand) -> None:
    """A sentence has a likeness of 1 to itself, however few sentences there are."""
    like = comparand.compare(PLAN[3])
    assert like.likeness[comparand.sentences.rows.tolist().index(3)] == pytest.approx(1.0)


def test_an_unknown_part_or_passage_is_refused(comparand: Comparand) -> None:
    """Parts are numbered from 1 and passages are those of the index."""
    with pytest.raises(IndexError):
        comparand.compare(PLAN[3], 2)
    with pytest.raises(KeyError):
        comparand.compare(passage("Elders.", 1, "elders.pdf"))


def test_the_longest_label_names_the_concept() -> None:
    """'voorkomen van vallen' is valpreventie and not 'vallen'; a word apart still is."""
    assert concepts_in("Gericht op het voorkomen van vallen.", THESAURUS) == {"valpreventie"}
    assert concepts_in("Ouderen vallen vaak.", THESAURUS) == {"vallen"}
    assert concepts_in("", THESAURUS) == frozenset()


def test_likeness_grows_with_what_stands_out() -> None:
    """More standard deviations give more, always within 0..1."""
    shares = likeness(np.array([-20.0, 0.0, 12.0, 40.0], dtype=np.float32))
    assert list(shares) == sorted(shares)
    assert 0 <= shares[0] < 0.5 < shares[-1] <= 1
