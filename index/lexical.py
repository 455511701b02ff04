"""The lexical side of the index: BM25 over terms. The only importer of bm25s.

bm25s precomputes the score of every term in every row, so a question is a weighted sum of columns. Its own retrieval
knows neither weights nor filters, so the columns are read here; building, saving and opening are bm25s's own.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from bm25s import BM25

# Saturation and length normalisation: the top of a flat hill on passages of at most 120 words (nDCG@10 of the lexical
# side alone 0.699 here, 0.685 at Lucene's 1.2 and 0.75).
K1 = 0.8
B = 0.5

# How far another word that is rarer than the word of the question is held back: 0 not at all, 1 down to the rarity of
# that word. A rare synonym of a common word would else decide the question.
DAMPING = 0.5


class LexicalIndex:
    """BM25 scores of terms in rows.

    Args:
        rows: number of rows, in the order in which they were built.
        bm25: the built scores; None for an index without a single term, which bm25s cannot hold.
    """

    def __init__(self, rows: int, bm25: "BM25 | None") -> None:
        self.rows = rows
        self._bm25 = bm25
        # plain views of the mapped files: numpy's own class for those costs more than the reading
        columns = bm25.scores if bm25 is not None else dict.fromkeys(("indptr", "indices", "data"), np.empty(0))
        self._starts, self._holders, self._values = (
            np.asarray(columns[name]).view(np.ndarray) for name in ("indptr", "indices", "data")
        )

    @classmethod
    def build(cls, token_lists: Sequence[Sequence[str]], k1: float = K1, b: float = B) -> Self:
        """Count and score the terms of every row; `token_lists[i]` holds the terms of row i."""
        if not any(token_lists):
            return cls(len(token_lists), None)
        bm25 = _library()(k1=k1, b=b, method="lucene", backend="numpy")
        bm25.index((_ids(token_lists, vocabulary := _vocabulary(token_lists)), vocabulary), show_progress=False)
        return cls(len(token_lists), bm25)

    def save(self, folder: Path) -> None:
        """Write the index into a folder: .npy arrays and JSON, no pickle."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "rows").write_text(f"{self.rows}\n", encoding="ascii")
        if self._bm25 is not None:
            self._bm25.save(folder, show_progress=False, allow_pickle=False)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Map the index in a folder into memory.

        Raises:
            OSError, ValueError: a file is missing or not what `save` wrote.
        """
        rows = int((folder / "rows").read_text(encoding="ascii"))
        if not (folder / "params.index.json").exists():
            return cls(rows, None)
        # Not mapped: a file that is cut short under an open map ends the whole process.
        return cls(rows, _library().load(folder, mmap=False, load_corpus=False, allow_pickle=False))

    def scores(self, terms: Mapping[str, float] | Sequence[str]) -> NDArray[np.float32]:
        """Score every row for a question: the sum of its terms' scores, each times its weight.

        Returns:
            float32 of shape (rows,), 0.0 where no term occurs. A term given twice counts twice.
        """
        out = np.zeros(self.rows, dtype=np.float32)
        for term, weight in _weighted(terms):
            rows, values = self._column(term)
            out[rows] += np.float32(weight) * values
        return out

    def gain(self, terms: Sequence[str], alternatives: Iterable[tuple[Sequence[str], float]]) -> NDArray[np.float32]:
        """Score what rows hold in the place of some terms, beyond what they hold of the terms themselves.

        Args:
            terms: the words that a question uses.
            alternatives: (terms, share): what may stand in their place; a row counts for the best that it holds all of.
                One that is rarer than the terms themselves is held back by `DAMPING`.

        Returns:
            float32 of shape (rows,), 0.0 where the terms themselves score more.
        """
        own = self.scores(terms)
        best = own.copy()
        limit = self._worth(terms)
        for other, share in alternatives:
            rows, values = self._together(other)
            damped = share * min(1.0, (limit / self._worth(other)) ** DAMPING) if limit and len(rows) else share
            best[rows] = np.maximum(best[rows], np.float32(damped) * values)
        return best - own

    def _worth(self, terms: Sequence[str]) -> float:
        """Return the rarity of some terms together; a term that no row holds has none."""
        held = (len(self._column(term)[0]) for term in terms)
        return sum(self._rarity(rows) for rows in held if rows)

    def _together(self, terms: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the rows that hold all of some terms, and the sum of the terms' scores in each."""
        rows, values = self._column(terms[0])
        for term in terms[1:]:
            others, more = self._column(term)
            rows, left, right = np.intersect1d(rows, others, assume_unique=True, return_indices=True)
            values = values[left] + more[right]
        return rows, values

    def coverage(self, terms: Mapping[str, float]) -> NDArray[np.float32]:
        """Return for every row which share of a question it holds, 0..1.

        A term counts by its weight and its rarity; a term that no row holds counts as the rarest.
        """
        out = np.zeros(self.rows, dtype=np.float32)
        total = 0.0
        for term, weight in terms.items():
            rows, _ = self._column(term)
            value = weight * self._rarity(len(rows))
            out[rows] += np.float32(value)
            total += value
        return out / np.float32(total) if total else out

    def frequencies(self) -> dict[str, int]:
        """Return how many rows hold each term."""
        if self._bm25 is None:
            return {}
        starts = self._starts.tolist()
        columns = {term: column for term, column in self._bm25.vocab_dict.items() if column + 1 < len(starts)}
        return {term: starts[column + 1] - starts[column] for term, column in columns.items() if term}

    def holds(self, term: str) -> bool:
        """Whether any row holds a term."""
        return len(self._column(term)[0]) > 0

    def holders(self, terms: Sequence[str]) -> NDArray[np.int32]:
        """Return the rows that hold all of some terms."""
        return self._together(terms)[0]

    def rarity(self, term: str) -> float:
        """Return the inverse document frequency of a term; of one that no row holds, the greatest there is."""
        return self._rarity(len(self._column(term)[0]))

    def _rarity(self, frequency: int) -> float:
        """Return the inverse document frequency of a term that so many rows hold, as BM25 weighs it."""
        return math.log(1 + (self.rows - frequency + 0.5) / (frequency + 0.5))

    def _column(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the rows that hold a term and its score in each."""
        column = None if self._bm25 is None else self._bm25.vocab_dict.get(term)
        if column is None or column + 1 >= len(self._starts):
            return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
        start, end = self._starts[column : column + 2]
        return self._holders[start:end], self._values[start:end]


def _vocabulary(token_lists: Iterable[Iterable[str]]) -> dict[str, int]:
    """Number the terms in the order of the alphabet, so that the same rows give the same files."""
    return {term: number for number, term in enumerate(sorted({term for row in token_lists for term in row}))}


def _ids(token_lists: Iterable[Iterable[str]], vocabulary: Mapping[str, int]) -> list[list[int]]:
    return [[vocabulary[term] for term in row] for row in token_lists]


def _weighted(terms: Mapping[str, float] | Sequence[str]) -> Iterable[tuple[str, float]]:
    return terms.items() if isinstance(terms, Mapping) else ((term, 1.0) for term in terms)


def _library() -> "type[BM25]":
    """Import bm25s late: a command that searches nothing does not wait for it."""
    import bm25s  # noqa: PLC0415  # late on purpose

    kind: type[BM25] = bm25s.BM25
    return kind
