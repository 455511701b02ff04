"""Ranking."""

from pathlib import Path

import numpy as np
import pytest

from index.generation import open_generation, publish
from index.query import parse
from index.ranking import Ranker, Weights
from index.rows import Filters
from tests.index.fakes import FakeEncoder, corpus, document, passage, small_corpus


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the small corpus."""
    folder = tmp_path_factory.mktemp("data")
    publish(folder, small_corpus(), FakeEncoder())
    return folder


def ranker(data: Path, **weights: object) -> Ranker:
    """Make a ranker with other weights than the chosen ones."""
    return Ranker(open_generation(data, FakeEncoder()), FakeEncoder(), Weights(**weights))  # type: ignore[arg-type]


def test_the_row_that_holds_the_words_is_first(data: Path) -> None:
    """A question in the words of one passage finds it, and fused scores stay within 0..1."""
    engine = ranker(data)
    ranking = engine.rank(parse("Hoe lang zijn de wachttijden in de ggz?"), engine.rows.allowed(Filters()))
    assert ranking.rows[0] == 4
    assert 0 <= ranking.fused.min() <= ranking.fused.max() <= 1


def test_only_allowed_rows_are_ranked(data: Path) -> None:
    """A filter leaves its rows, and the best of them has a full lexical score."""
    engine = ranker(data)
    ranking = engine.rank(parse("ouderen thuis"), engine.rows.allowed(Filters(document="tweede.pdf")))
    assert sorted(ranking.rows.tolist()) == [3, 4]
    assert ranking.lexical[:3].tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("fusion", ["convex", "rrf"])
def test_both_fusions_find_the_words(data: Path, fusion: str) -> None:
    """Either way of fusing puts the passage with all words first."""
    engine = ranker(data, fusion=fusion)
    assert engine.rank(parse("valpreventie gemeenten"), engine.rows.allowed(Filters())).rows[0] == 3


def test_a_table_of_contents_is_ranked_lower(data: Path) -> None:
    """A contents page that lists the words loses its first place."""
    question = parse("spoedpost ouderen wachttijden voorwoord")
    plain, lowered = ranker(data, low_kind=1.0), ranker(data, low_kind=0.1)
    assert plain.rank(question, plain.rows.allowed(Filters())).rows[0] == 2
    assert lowered.rank(question, lowered.rows.allowed(Filters())).rows[0] != 2


def test_a_named_region_lifts_its_passages(tmp_path: Path) -> None:
    """Of two passages in the same words, the one of the named region is first, and a relative is between."""
    names = ["Twente", "Arnhem", "Arnhem (Achterhoek)"]
    same = [passage("Zij breiden de nachtzorg uit.", n, regions=(name,)) for n, name in enumerate(names, 1)]
    publish(tmp_path, corpus(document(same)), FakeEncoder())
    engine = ranker(tmp_path, region=0.9, kin=0.6, lexical=1.0)
    ranking = engine.rank(parse("nachtzorg in de Achterhoek"), engine.rows.allowed(Filters()))
    assert ranking.fused[2] > ranking.fused[1] > ranking.fused[0]


def test_rows_beyond_the_dense_depth_count_as_the_last(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When only two rows are scored by their vectors, the others have the second one's similarity."""
    monkeypatch.setattr("index.ranking.DENSE_DEPTH", 2)
    engine = ranker(data)
    dense = engine.rank(parse("ouderen langer thuis"), engine.rows.allowed(Filters())).dense
    assert len(np.unique(dense)) == 2
    assert (dense == dense.min()).sum() == 4
