"""BM25."""

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import K1, B, LexicalIndex

ROWS = [["zorg", "wijk", "zorg"], ["wijk", "arts"], [], ["arts", "spoed", "post", "arts", "wijk"]]


def brute_force(rows: Sequence[Sequence[str]], question: dict[str, float]) -> list[float]:
    """Score by the formula of Lucene's BM25, term by term and row by row."""
    average = sum(map(len, rows)) / len(rows)
    scores = []
    for row in rows:
        counts, score = Counter(row), 0.0
        for term, weight in question.items():
            holding = sum(term in other for other in rows)
            rarity = math.log(1 + (len(rows) - holding + 0.5) / (holding + 0.5))
            count = counts[term]
            score += weight * rarity * count / (count + K1 * (1 - B + B * len(row) / average)) if count else 0.0
        scores.append(score)
    return scores


@pytest.mark.parametrize("question", [{"wijk": 1.0}, {"arts": 1.0, "post": 0.5}, {"onbekend": 1.0}, {}])
def test_scores_are_those_of_the_formula(question: dict[str, float]) -> None:
    """Every row, the empty one included, scores what a brute-force BM25 gives it."""
    scores = LexicalIndex.build(ROWS).scores(question)
    assert scores.dtype == np.float32
    np.testing.assert_allclose(scores, brute_force(ROWS, question), rtol=1e-5)


@given(st.lists(st.lists(st.sampled_from("abcde"), max_size=8), min_size=1, max_size=8), st.sampled_from("abcdef"))
def test_scores_are_those_of_the_formula_for_any_rows(rows: list[list[str]], term: str) -> None:
    """The precomputed scores and the formula agree on rows of any shape."""
    if any(rows):
        np.testing.assert_allclose(LexicalIndex.build(rows).scores([term]), brute_force(rows, {term: 1.0}), rtol=1e-4)


def test_a_term_given_twice_counts_twice() -> None:
    """A list of terms is the same as their counts as weights."""
    index = LexicalIndex.build(ROWS)
    np.testing.assert_allclose(index.scores(["arts", "arts"]), index.scores({"arts": 2.0}))


def test_an_opened_index_scores_as_the_built_one(tmp_path: Path) -> None:
    """Saving and opening changes no score."""
    built = LexicalIndex.build(ROWS)
    built.save(tmp_path / "lexical")
    opened = LexicalIndex.open(tmp_path / "lexical")
    np.testing.assert_array_equal(opened.scores(["wijk", "post"]), built.scores(["wijk", "post"]))


def test_a_saved_index_holds_no_pickle(tmp_path: Path) -> None:
    """The folder holds arrays that load without pickle, and JSON."""
    LexicalIndex.build(ROWS).save(tmp_path)
    arrays = [np.load(path, allow_pickle=False) for path in tmp_path.glob("*.npy")]
    assert len(arrays) == 3
    assert {path.suffix for path in tmp_path.iterdir()} == {".npy", ".json", ""}


def test_the_same_rows_give_the_same_files(tmp_path: Path) -> None:
    """An index is reproducible byte for byte."""
    for name in ("one", "two"):
        LexicalIndex.build(ROWS).save(tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


@pytest.mark.parametrize("rows", [[], [[], []]])
def test_an_index_without_terms_scores_nothing(rows: list[list[str]], tmp_path: Path) -> None:
    """No rows, or rows without terms, are an index too."""
    LexicalIndex.build(rows).save(tmp_path)
    opened = LexicalIndex.open(tmp_path)
    assert opened.scores(["wijk"]).tolist() == [0.0] * len(rows)
    assert opened.coverage({"wijk": 1.0}).tolist() == [0.0] * len(rows)


def test_coverage_is_the_share_of_the_question() -> None:
    """A row that holds every word covers the question, one that holds none covers nothing of it."""
    coverage = LexicalIndex.build(ROWS).coverage({"arts": 1.0, "spoed": 1.0})
    assert coverage[3] == pytest.approx(1.0)
    assert 0 < coverage[1] < 0.5
    assert coverage[0] == 0.0


def test_a_word_that_nobody_wrote_lowers_coverage() -> None:
    """A question with a word that occurs nowhere is never covered."""
    assert LexicalIndex.build(ROWS).coverage({"arts": 1.0, "zwembad": 1.0}).max() < 0.5


def test_other_words_count_where_they_score_more_than_the_words_themselves() -> None:
    """A row gains what the best alternative, times its share, scores beyond the words of the question."""
    index = LexicalIndex.build(ROWS)
    arts, spoed = index.scores(["arts"]), index.scores(["spoed"])
    gain = index.gain(["spoed"], [(["arts"], 0.5), (["wijk"], 0.1)])
    assert gain[1] == pytest.approx(0.5 * arts[1])
    assert gain[3] == pytest.approx(max(0.5 * arts[3] - spoed[3], 0.0))


def test_an_alternative_of_several_words_counts_where_all_stand() -> None:
    """Half of it is nothing; a word that no row holds makes it nothing everywhere."""
    index = LexicalIndex.build(ROWS)
    gain = index.gain(["onbekend"], [(["arts", "post"], 1.0), (["arts", "zwembad"], 1.0)])
    assert gain.tolist() == pytest.approx([0.0, 0.0, 0.0, index.scores(["arts", "post"])[3]])
