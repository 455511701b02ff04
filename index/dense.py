"""The dense side: exact inner-product search over passage vectors. The only module that imports faiss."""

import json
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged

Vectors = NDArray[np.float32]
Rows = NDArray[np.int64]

_VECTORS = "vectors.faiss"
_ABOUT = "dense.json"
_METRIC = "inner product"

# A service answers questions side by side: a thread pool inside each search would fight over the same cores, and one
# core scans a hundred thousand vectors in a few milliseconds.
faiss.omp_set_num_threads(1)
# A file that claims more is refused before memory is asked for: ten million passages stay below this.
faiss.set_deserialization_vector_byte_limit(16 * 2**30)


class DenseIndex:
    """Vectors by row number, searched exactly by inner product; L2-normalised vectors make that the cosine."""

    def __init__(self, index: faiss.IndexFlatIP) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> "DenseIndex":
        """Make an index of vectors of shape (n, d); row i of the array is row i of the index.

        Raises:
            ValueError: the array is not (n, d), d > 0, or holds a number that is not finite.
        """
        if vectors.ndim != 2 or not vectors.shape[1]:
            raise ValueError(f"Vectoren moeten de vorm (n, d) hebben, niet {vectors.shape}.")
        if not np.isfinite(vectors).all():
            raise ValueError("Tussen de vectoren staan waarden die geen eindig getal zijn.")
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def open(cls, folder: Path) -> "DenseIndex":
        """Read what `save` wrote.

        Raises:
            IndexDamaged: a file is missing or unreadable, or holds another metric, dimension or number of vectors
                than was written.
        """
        try:
            about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
            index = faiss.read_index(str(folder / _VECTORS))
            expected = (about["metric"], about["dimension"], about["count"])
        except (OSError, ValueError, KeyError, TypeError, RuntimeError) as fault:
            raise IndexDamaged(
                f"De vectoren in {str(folder)!r} zijn niet te lezen. Bouw de index opnieuw met: regiowijzer ingest"
            ) from fault
        found = (_METRIC if isinstance(index, faiss.IndexFlatIP) else type(index).__name__, index.d, index.ntotal)
        if not isinstance(index, faiss.IndexFlatIP) or found != expected:
            raise IndexDamaged(
                f"De vectoren in {str(folder)!r} zijn niet de weggeschreven vectoren: (maat, dimensie, aantal) is "
                f"{found} in plaats van {expected}. Bouw de index opnieuw met: regiowijzer ingest"
            )
        return cls(index)

    def save(self, folder: Path) -> None:
        """Write the vectors in faiss's own format and what they are as JSON; makes the folder when it is missing."""
        folder.mkdir(parents=True, exist_ok=True)
        faiss.write_index(self._index, str(folder / _VECTORS))
        about = {"metric": _METRIC, "dimension": self.dimension, "count": len(self)}
        (folder / _ABOUT).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return int(self._index.d)

    def vectors(self) -> Vectors:
        """Return a copy of all vectors, shape (n, d)."""
        if not len(self):
            return np.empty((0, self.dimension), dtype=np.float32)
        return np.asarray(self._index.reconstruct_n(0, len(self)), dtype=np.float32)

    def search(self, queries: Vectors, k: int, allowed: NDArray[np.bool_] | None = None) -> tuple[Vectors, Rows]:
        """Return the k best rows for each query, best first.

        Args:
            queries: shape (q, d).
            k: how many rows for each query, at least 1.
            allowed: one truth value for each row; rows that are not allowed are left out. None allows all.

        Returns:
            scores (q, k) and rows (q, k); where fewer than k rows are allowed, row -1 with score -inf.

        Raises:
            ValueError: the queries have another dimension than the index, or `allowed` another length.
        """
        if queries.ndim != 2 or queries.shape[1] != self.dimension:
            raise ValueError(f"De zoekvectoren hebben vorm {queries.shape}; nodig is (aantal, {self.dimension}).")
        if allowed is not None and allowed.shape != (len(self),):
            raise ValueError(f"Het filter heeft vorm {allowed.shape}; nodig is ({len(self)},).")
        # bit i % 8 of byte i // 8 stands for row i; faiss keeps a bare pointer, so the bits must outlive the search
        bits = None if allowed is None else np.packbits(allowed, bitorder="little")
        selector = None if bits is None else faiss.IDSelectorBitmap(bits.size, faiss.swig_ptr(bits))
        parameters = None if selector is None else faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, rows = self._index.search(np.ascontiguousarray(queries, dtype=np.float32), k, params=parameters)
        scores[rows < 0] = -np.inf
        return scores, rows
