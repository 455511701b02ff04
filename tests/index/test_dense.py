"""The dense index against a brute-force answer in numpy."""

import json
from pathlib import Path

import faiss
import numpy as np
import pytest
from numpy.typing import NDArray

from index.dense import DenseIndex
from index.errors import IndexDamaged

ROWS, DIMENSION = 200, 16


def unit(rows: int, seed: int = 5) -> NDArray[np.float32]:
    """Random unit vectors."""
    vectors = np.random.default_rng(seed).normal(size=(rows, DIMENSION)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def brute_force(
    vectors: NDArray[np.float32], queries: NDArray[np.float32], k: int, allowed: NDArray[np.bool_]
) -> list[list[int]]:
    """The rows that an exhaustive comparison finds, best first."""
    scores = queries @ vectors.T
    return [[int(row) for row in np.argsort(-line) if allowed[row]][:k] for line in scores]


@pytest.mark.parametrize("share", [1.0, 0.5, 0.02])
@pytest.mark.parametrize("opened", [False, True])
def test_search_equals_brute_force(tmp_path: Path, share: float, opened: bool) -> None:
    """Built or opened, filtered or not, the index finds the rows and scores of an exhaustive comparison."""
    vectors, queries = unit(ROWS), unit(7, seed=6)
    allowed = np.random.default_rng(7).random(ROWS) < share
    index = DenseIndex.build(vectors)
    if opened:
        index.save(tmp_path)
        index = DenseIndex.open(tmp_path)
    scores, rows = index.search(queries, 20, None if share == 1.0 else allowed)
    expected = brute_force(vectors, queries, 20, allowed | (share == 1.0))
    assert [[int(row) for row in line if row >= 0] for line in rows] == expected
    for query, line, found in zip(queries, scores, rows, strict=True):
        kept = found >= 0
        assert np.allclose(line[kept], vectors[found[kept]] @ query, atol=1e-6)


def test_too_few_rows_are_padded() -> None:
    """Places that no allowed row can fill hold row -1 and score -inf."""
    allowed = np.zeros(ROWS, dtype=np.bool_)
    allowed[[3, 9]] = True
    scores, rows = DenseIndex.build(unit(ROWS)).search(unit(1), 5, allowed)
    assert set(rows[0, :2]) == {3, 9}
    assert rows[0, 2:].tolist() == [-1, -1, -1]
    assert np.isneginf(scores[0, 2:]).all()


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    """An index of no vectors can be saved, opened and searched."""
    DenseIndex.build(np.empty((0, DIMENSION), dtype=np.float32)).save(tmp_path)
    index = DenseIndex.open(tmp_path)
    assert len(index) == 0
    assert index.vectors().shape == (0, DIMENSION)
    assert index.search(unit(1), 3)[1].tolist() == [[-1, -1, -1]]


def test_vectors_come_back_unchanged(tmp_path: Path) -> None:
    """What was put in is what an opened index holds, bit for bit."""
    DenseIndex.build(unit(ROWS)).save(tmp_path)
    assert np.array_equal(DenseIndex.open(tmp_path).vectors(), unit(ROWS))


def test_the_folder_is_readable(tmp_path: Path) -> None:
    """A saved index says in JSON which metric, dimension and number of vectors it holds."""
    DenseIndex.build(unit(ROWS)).save(tmp_path / "dense")
    about = json.loads((tmp_path / "dense" / "dense.json").read_text(encoding="utf-8"))
    assert about == {"metric": "inner product", "dimension": DIMENSION, "count": ROWS}


@pytest.mark.parametrize(
    "other",
    [faiss.IndexFlatL2(DIMENSION), faiss.IndexFlatIP(DIMENSION + 1), faiss.IndexFlatIP(DIMENSION)],
    ids=["metric", "dimension", "count"],
)
def test_another_index_is_refused(tmp_path: Path, other: faiss.Index) -> None:
    """A vector file of another metric, dimension or count than was written is refused, in Dutch."""
    DenseIndex.build(unit(ROWS)).save(tmp_path)
    faiss.write_index(other, str(tmp_path / "vectors.faiss"))
    with pytest.raises(IndexDamaged, match="in plaats van"):
        DenseIndex.open(tmp_path)


@pytest.mark.parametrize("name", ["vectors.faiss", "dense.json"])
@pytest.mark.parametrize("content", [None, b"", b"onzin"])
def test_a_damaged_folder_is_refused(tmp_path: Path, name: str, content: bytes | None) -> None:
    """A missing, empty or senseless file is reported as damage, in Dutch."""
    DenseIndex.build(unit(ROWS)).save(tmp_path)
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(IndexDamaged, match="niet te lezen"):
        DenseIndex.open(tmp_path)


def test_wrong_shapes_are_refused() -> None:
    """Queries of another dimension, a filter of another length and vectors that are no vectors are refused."""
    index = DenseIndex.build(unit(ROWS))
    with pytest.raises(ValueError, match="zoekvectoren"):
        index.search(np.zeros((1, DIMENSION + 1), dtype=np.float32), 3)
    with pytest.raises(ValueError, match="filter"):
        index.search(unit(1), 3, np.ones(ROWS - 1, dtype=np.bool_))
    with pytest.raises(ValueError, match="vorm"):
        DenseIndex.build(np.zeros(DIMENSION, dtype=np.float32))
    with pytest.raises(ValueError, match="eindig"):
        DenseIndex.build(np.full((2, DIMENSION), np.nan, dtype=np.float32))


def test_a_file_that_claims_more_than_the_limit_is_refused_at_once(tmp_path: Path) -> None:
    """A number of bytes in the file that no index of ours has is a damaged index, not a request for that memory."""
    DenseIndex.build(unit(ROWS)).save(tmp_path)
    file = tmp_path / "vectors.faiss"
    content = file.read_bytes()
    # the last thing before the vectors themselves is how many numbers follow
    at = len(content) - ROWS * DIMENSION * 4 - 8
    assert int.from_bytes(content[at : at + 8], "little") in {ROWS * DIMENSION, ROWS * DIMENSION * 4}
    file.write_bytes(content[:at] + (2**33).to_bytes(8, "little") + content[at + 8 :])
    with pytest.raises(IndexDamaged) as caught:
        DenseIndex.open(tmp_path)
    assert "byte_limit" in str(caught.value.__cause__)
