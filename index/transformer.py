"""Transformer encoders in ONNX form, run by ONNX Runtime: a question costs milliseconds and no torch is loaded.

The folder is sentence-transformers' format with one file more, `regiowijzer.onnx`: the graph, which has its matrices in
eight bits and reads the rest from `model.safetensors` beside it (`index.training.graph` writes it). Texts are encoded
one at a time, so that a text's vector never depends on its company.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from index import checkpoint
from index.checkpoint import ModelMissing

Vectors = NDArray[np.float32]

# A name of our own: other tools call their graphs model.onnx, and those take other inputs.
GRAPH = "regiowijzer.onnx"
TOKENIZER = "tokenizer.json"
# Subwords that the network sees at once; it was trained on about half of that, and cost grows with the square.
WINDOW = 256


class OnnxEncoder:
    """An encoder whose graph gives a normalised vector for a row of subwords; questions and passages are alike.

    A text longer than `WINDOW` subwords is cut into windows; its vector is the mean of theirs, by length.

    Attributes:
        name: what people know the model by.
        fingerprint: see `checkpoint.fingerprint`.
        dimension: length of the vectors.
    """

    def __init__(self, folder: Path, name: str) -> None:
        """Open a folder for which `is_onnx` holds.

        Raises:
            ModelMissing: a file is missing, unreadable, or does not fit the others.
        """
        import onnxruntime  # type: ignore[import-untyped]  # noqa: PLC0415  # no types; other encoders do without it

        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            options = onnxruntime.SessionOptions()
            # texts go side by side, each on one core: quicker than one text on all of them
            options.intra_op_num_threads = 1
            self._session = onnxruntime.InferenceSession(
                str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
            )
        except Exception as fault:  # tokenizers and ONNX Runtime raise bare Exceptions of their own for a bad file
            raise ModelMissing(
                f"Het taalmodel in {str(folder)!r} is niet te lezen ({fault}). Haal het opnieuw op, of kies een ander "
                "met REGIOWIJZER_MODEL."
            ) from fault
        self._threads = ThreadPoolExecutor(_cores(), thread_name_prefix="encoder")
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.name = name
        self.fingerprint = checkpoint.fingerprint(folder)
        self.dimension = int(self._session.get_outputs()[0].shape[1])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return vectors (n, d), L2-normalised; a text without a subword gives zeros."""
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return vectors (n, d), L2-normalised; a text without a subword gives zeros."""
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        """Encode windows, and put those of a text together."""
        windows = list(_windows(self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)))
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for (row, ids), vector in zip(windows, self._run([ids for _, ids in windows]), strict=True):
            vectors[row] += len(ids) * vector
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, norms, out=vectors, where=norms > 0)
        return vectors

    def _run(self, rows: Sequence[NDArray[np.int64]]) -> list[Vectors]:
        """Return the network's vector for each row of subwords: one row at a time, side by side on all cores."""
        if len(rows) < 2:
            return [self._vector(row) for row in rows]
        return list(self._threads.map(self._vector, rows))

    def _vector(self, row: NDArray[np.int64]) -> Vectors:
        (vectors,) = self._session.run(None, {"ids": row[None]})
        return np.asarray(vectors[0], dtype=np.float32)


def _cores() -> int:
    """Return how many cores this process may use; a container may have fewer than its machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def is_onnx(folder: Path) -> bool:
    """Say whether a folder holds a graph that `OnnxEncoder` can run."""
    return (folder / GRAPH).is_file()


def _windows(encodings: Sequence[Encoding]) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Yield (row of the text, subwords) for each window of each text, all windows of a text about equally long."""
    for row, encoding in enumerate(encodings):
        pieces = -(-len(encoding.ids) // WINDOW)
        for part in np.array_split(np.asarray(encoding.ids, dtype=np.int64), pieces) if pieces else ():
            yield row, part
