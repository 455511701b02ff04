"""Stage 3: start vectors by latent semantic analysis: subwords that occur in the same paragraphs get near vectors."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]  # ships no types
from sklearn.utils.extmath import randomized_svd  # type: ignore[import-untyped]  # ships no types
from tokenizers import Tokenizer

from index.training import texts
from index.training.config import Config

Vectors = NDArray[np.float32]


def train(config: Config, tokenizer: Tokenizer) -> Vectors:
    """Return one vector for each subword, shape (vocabulary, dimension), weighted by how telling the subword is."""
    paragraphs = [text for section in texts.legal_sections(config.shared) for text in section.paragraphs]
    chosen = np.random.default_rng(config.seed).permutation(len(paragraphs))[: config.start_paragraphs]
    plans = [text.indexed for text in texts.passages(config)]
    counts = count(tokenizer, plans + [paragraphs[row] for row in chosen])
    return factor(counts, config.dimension, config.seed)


def count(tokenizer: Tokenizer, paragraphs: Sequence[str], batch: int = 20_000) -> sparse.csr_matrix:
    """Count subwords: a matrix of shape (paragraphs, vocabulary)."""
    columns, ends = [np.empty(0, dtype=np.int32)], [0]
    for start in range(0, len(paragraphs), batch):
        for encoding in tokenizer.encode_batch_fast(paragraphs[start : start + batch], add_special_tokens=False):
            columns.append(np.asarray(encoding.ids, dtype=np.int32))
            ends.append(ends[-1] + len(encoding.ids))
    ids = np.concatenate(columns)
    counts = sparse.csr_matrix(
        (np.ones(len(ids), dtype=np.float32), ids, np.asarray(ends)), (len(paragraphs), tokenizer.get_vocab_size())
    )
    counts.sum_duplicates()
    return counts


def factor(counts: sparse.csr_matrix, dimension: int, seed: int) -> Vectors:
    """Return subword vectors from a count matrix: log-tf times idf, rows normalised, truncated SVD."""
    idf = inverse_document_frequency(counts)
    weighted = counts.copy()
    weighted.data = 1 + np.log(weighted.data)
    weighted = weighted @ sparse.diags(idf)
    norms = np.sqrt(weighted.multiply(weighted).sum(axis=1)).A1
    weighted = sparse.diags(1 / np.maximum(norms, 1e-9)) @ weighted
    _, values, terms = randomized_svd(weighted.astype(np.float32), dimension, n_iter=3, random_state=seed)
    # the root of the singular values keeps rare directions audible; the idf makes the mean a weighted mean
    vectors = terms.T * np.sqrt(values)
    vectors *= (idf / np.maximum(np.linalg.norm(vectors, axis=1), 1e-9))[:, None]
    # the learning rates of the stages after this one are meant for vectors of about length 1
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1).mean(), dtype=np.float32)


def inverse_document_frequency(counts: sparse.csr_matrix) -> NDArray[np.float32]:
    """Return log(n / n_t) for each subword, shape (vocabulary,); a subword that never occurs gets 0."""
    occurs = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.where(occurs > 0, np.log(counts.shape[0] / np.maximum(occurs, 1)), 0.0).astype(np.float32)
