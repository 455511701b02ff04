"""Start vectors: taken from the English model by translation, or from what stands in the same surroundings."""

from dataclasses import replace

import numpy as np
import pytest

from index.training import stages, start, texts, vocabulary
from index.training.config import Config


@pytest.mark.parametrize(
    ("word", "stem"),
    [("zorgen", "zorg"), ("bedden", "bed"), ("woningen", "woning"), ("verlenen", "verleen"), ("werkt", "werk")],
)
def test_a_form_leads_to_its_dictionary_form(word: str, stem: str) -> None:
    """Endings come off, doubled consonants become one, and an open syllable gets its second vowel back."""
    assert stem in start.stems(word)


def test_short_words_are_left_whole() -> None:
    """A word of a few letters has no ending to lose."""
    assert list(start.stems("een")) == []


def test_surroundings_put_words_of_one_subject_together() -> None:
    """Subwords that stand among the same others are nearer than those that do not; what never occurs gives zeros."""
    care = [np.array([0, 2, 3]), np.array([1, 2, 3]), np.array([0, 3, 2]), np.array([1, 3, 2])]
    road = [np.array([4, 6, 7]), np.array([5, 6, 7]), np.array([4, 7, 6]), np.array([5, 7, 6])]
    space = start.surroundings((care + road) * 3, 9, 4, seed=1)
    assert space.shape == (9, 4)
    assert space[0] @ space[1] > space[0] @ space[4]
    assert not space[8].any()
    assert np.allclose(np.linalg.norm(space[:8], axis=1), 1, atol=1e-5)


def test_a_word_without_translation_borrows_from_its_neighbours() -> None:
    """The vector is a mean over the nearest with a translation, the nearer the more."""
    space = np.array([[1, 0], [0, 1], [0.9, 0.1]], dtype=np.float32)
    vectors = np.array([[2, 0], [0, 2], [0, 0]], dtype=np.float32)
    (made,) = start.borrowed(space, np.array([0, 1]), np.array([2]), vectors, neighbours=2)
    assert made[0] > 1.9
    assert made.sum() == pytest.approx(2)


def test_own_words_come_before_the_list(config: Config) -> None:
    """A word that we translated ourselves starts from our translation; a synonym lends what a word lacks."""
    found = start._translations(config)
    assert found["huisarts"] == ["doctor", "physician"]
    assert found["hulp"] == ["help", "aid"]
    assert found["steun"] == ["help", "aid"]


def test_every_subword_gets_a_vector(config: Config) -> None:
    """Translated subwords start near their translation, the others near those; none is left at zero."""
    run = replace(config, work=config.work.with_name("start"))
    run.work.mkdir(exist_ok=True)
    texts.read_corpus(run)
    tokenizer = vocabulary.train(run)
    vectors = start.train(run, tokenizer, stages.teacher(run))
    assert vectors.shape == (tokenizer.get_vocab_size(), 16)
    assert (np.linalg.norm(vectors, axis=1) > 0).all()
    english = start._English(stages.teacher(run)).vector(["doctor", "physician"])
    own = vectors[tokenizer.token_to_id("huisarts")]
    assert own @ english / np.linalg.norm(own) / np.linalg.norm(english) == pytest.approx(1, abs=1e-5)
