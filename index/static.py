"""Static encoders: a text's vector is the mean of its subwords' vectors. Read without torch, in milliseconds.

The folder is sentence-transformers' StaticEmbedding format, so `SentenceTransformer(folder)` gives the same vectors.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index import checkpoint
from index.checkpoint import ModelMissing

Vectors = NDArray[np.float32]

# From so many texts on, turning the whole table into single precision once is cheaper than row by row.
_MANY = 64


class StaticEncoder:
    """An encoder that looks up and averages; queries and passages are encoded alike.

    Attributes:
        name: what people know the model by.
        fingerprint: see `checkpoint.fingerprint`.
        dimension: length of the vectors.
    """

    def __init__(self, name: str, fingerprint: str, tokenizer: Tokenizer, table: NDArray[np.floating]) -> None:
        self.name = name
        self.fingerprint = fingerprint
        self.dimension = int(table.shape[1])
        self._tokenizer = tokenizer
        self._table = table

    @classmethod
    def open(cls, folder: Path, name: str) -> "StaticEncoder":
        """Read a folder for which `is_static` holds.

        Raises:
            ModelMissing: a file is missing, unreadable, or does not fit the other.
        """
        module = checkpoint.modules(folder)[0][1]
        try:
            tokenizer = Tokenizer.from_file(str(module / "tokenizer.json"))
            table = load_file(module / "model.safetensors")["embedding.weight"]
        except Exception as fault:  # tokenizers raises a bare Exception for a file that is missing or no tokenizer
            raise ModelMissing(
                f"Het taalmodel in {str(folder)!r} is niet te lezen ({fault}). Haal het opnieuw op, of kies een ander "
                "met REGIOWIJZER_MODEL."
            ) from fault
        if table.ndim != 2 or len(table) < tokenizer.get_vocab_size():
            raise ModelMissing(
                f"In het taalmodel in {str(folder)!r} passen woordenlijst ({tokenizer.get_vocab_size()}) en vectoren "
                f"({table.shape}) niet bij elkaar. Haal het opnieuw op, of kies een ander met REGIOWIJZER_MODEL."
            )
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(name, checkpoint.fingerprint(folder), tokenizer, table)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return vectors (n, d), L2-normalised; a text without a known subword gives zeros."""
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return vectors (n, d), L2-normalised; a text without a known subword gives zeros."""
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        """Average the subwords of each text and normalise."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        table = self._table.astype(np.float32) if len(texts) >= _MANY else self._table
        for row, encoding in enumerate(self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)):
            if encoding.ids:
                # the mean's divisor goes away in the normalisation
                vectors[row] = table.take(encoding.ids, axis=0).sum(axis=0, dtype=np.float32)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, norms, out=vectors, where=norms > 0)
        return vectors


def is_static(folder: Path) -> bool:
    """Say whether a folder holds a StaticEmbedding, optionally with a Normalize behind it."""
    names = [name for name, _ in checkpoint.modules(folder)]
    return names in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])
