"""Stage 3: start vectors of Dutch subwords, taken from the English model by translation (trans-tokenisation).

After Remy et al. (2024), 'Trans-Tokenization and Cross-lingual Vocabulary Transfers': a subword that is a word with a
translation starts from the mean of its translation's English subwords; any other from the translated subwords that
occur in the same surroundings in Dutch text.
"""

import logging
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from scipy import sparse  # type: ignore[import-untyped]  # ships no types
from sklearn.utils.extmath import randomized_svd  # type: ignore[import-untyped]  # ships no types
from tokenizers import Tokenizer

from index.training import texts, vocabulary
from index.training.config import Config

log = logging.getLogger(__name__)

Vectors = NDArray[np.float32]

_LETTER = re.compile("[a-z]")
_SUFFIXES = ("en", "s", "e", "je", "t", "n", "er", "ing")
_VOWELS = "aeou"
# A shorter word that is spelled alike in both languages is more often chance than kinship.
_SAME_SPELLING = 5
_SHORTEST_STEM = 4
_REACH = 4
# Raising counts to this power before they are divided by keeps rare subwords from looking alike (Levy et al. 2015).
_SMOOTHING = 0.75
_BLOCK = 1000


def train(config: Config, tokenizer: Tokenizer, teacher: Path) -> Vectors:
    """Return start vectors of the subwords, shape (vocabulary, d)."""
    words = {row: subword for subword, row in tokenizer.get_vocab().items()}
    english = _English(teacher)
    vectors, known = _translated(words, _translations(config), english)
    log.info("%d of %d subwords have a translation", known.sum(), len(words))
    space = surroundings(_ids(config, tokenizer), len(words), config.space, config.seed)
    sources = np.asarray([row for row in np.flatnonzero(known) if _LETTER.search(words[int(row)])])
    vectors[~known] = borrowed(space, sources, np.flatnonzero(~known), vectors, config.neighbours)
    for special in vocabulary.SPECIAL:
        vectors[tokenizer.token_to_id(special)] = english.vector([special])
    return _of_length(vectors, float(np.linalg.norm(english.table, axis=1).mean()))


def surroundings(rows: Sequence[NDArray[np.int64]], count: int, dimension: int, seed: int) -> Vectors:
    """Return a vector for each subword by what stands around it: positive pointwise information, truncated SVD.

    Args:
        rows: subwords of texts.
        count: number of subwords.
        dimension: length of the vectors.
        seed: of the SVD.

    Returns:
        shape (count, dimension), L2-normalised; zeros for a subword that never occurs.
    """
    apart = np.full(_REACH, -1)
    line = np.concatenate([np.concatenate([row, apart]) for row in rows])
    counts = sparse.csr_matrix((count, count), dtype=np.float32)
    for distance in range(1, _REACH + 1):
        left, right = line[:-distance], line[distance:]
        both = (left >= 0) & (right >= 0)
        weight = np.full(both.sum(), 1 / distance, dtype=np.float32)
        near = sparse.coo_matrix((weight, (left[both], right[both])), shape=(count, count)).tocsr()
        counts = counts + near + near.T
    left_of, values, _ = randomized_svd(_information(counts), dimension, n_iter=3, random_state=seed)
    space = np.asarray(left_of * np.sqrt(values), dtype=np.float32)
    space /= np.maximum(np.linalg.norm(space, axis=1, keepdims=True), 1e-9)
    return space


def borrowed(
    space: Vectors, sources: NDArray[np.int64], wanting: NDArray[np.int64], vectors: Vectors, neighbours: int
) -> Vectors:
    """Return vectors for subwords without a translation: means over their nearest translated ones.

    Args:
        space: what nearness is measured in, shape (vocabulary, s), L2-normalised.
        sources: rows with a translation.
        wanting: rows without, shape (w,).
        vectors: vectors of the translated, shape (vocabulary, d).
        neighbours: how many to take the mean of.

    Returns:
        shape (w, d).
    """
    made = np.empty((len(wanting), vectors.shape[1]), dtype=np.float32)
    taken = min(neighbours, len(sources))
    for start in range(0, len(wanting), _BLOCK):
        near = space[wanting[start : start + _BLOCK]] @ space[sources].T
        best = np.argpartition(-near, taken - 1, axis=1)[:, :taken]
        weight = np.exp(10 * np.take_along_axis(near, best, axis=1))
        weight /= weight.sum(axis=1, keepdims=True)
        made[start : start + _BLOCK] = np.einsum("nk,nkd->nd", weight, vectors[sources[best]])
    return made


def stems(word: str) -> Iterator[str]:
    """Yield what may be the dictionary form of a Dutch word: zorgen -> zorg, bedden -> bed, wonen -> woon."""
    for suffix in _SUFFIXES:
        stem = word.removesuffix(suffix)
        if stem == word or len(stem) < _SHORTEST_STEM:
            continue
        yield stem
        if stem[-1] == stem[-2]:
            yield stem[:-1]
        elif stem[-2] in _VOWELS:
            yield f"{stem[:-1]}{stem[-2:]}"
        yield f"{stem}en"


class _English:
    """The English model's subwords and their vectors."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        weights = load_file(folder / "model.safetensors")
        name = next(name for name in weights if name.endswith("word_embeddings.weight"))
        self.table: Vectors = weights[name].astype(np.float32)

    def row(self, word: str) -> int | None:
        """Return the row of a word that is one subword, None for any other."""
        found: int | None = self._tokenizer.token_to_id(word)
        return found

    def vector(self, words: Sequence[str]) -> Vectors:
        """Return the mean over words of the mean over their subwords."""
        rows = [self._tokenizer.encode(word, add_special_tokens=False).ids for word in words]
        return np.asarray(np.mean([self.table[row].mean(axis=0) for row in rows if row], axis=0), dtype=np.float32)


def _translated(
    words: Mapping[int, str], translations: Mapping[str, Sequence[str]], english: _English
) -> tuple[Vectors, NDArray[np.bool_]]:
    """Return the vectors of subwords with a translation or the same spelling, and which those are."""
    vectors = np.zeros((len(words), english.table.shape[1]), dtype=np.float32)
    known = np.zeros(len(words), dtype=np.bool_)
    for row, word in words.items():
        source = _source(word, translations, english)
        if source:
            vectors[row], known[row] = english.vector(source), True
    return vectors, known


def _source(word: str, translations: Mapping[str, Sequence[str]], english: _English) -> Sequence[str]:
    """Return the English words that a subword starts from, () for none."""
    same = english.row(word) is not None
    if not _LETTER.search(word):
        return [word] if same else ()
    if word.startswith("##"):
        return ()
    form = next((form for form in (word, *stems(word)) if form in translations), "")
    if form:
        return translations[form]
    return [word] if same and len(word) >= _SAME_SPELLING else ()


def _translations(config: Config) -> dict[str, Sequence[str]]:
    """Return translations by Dutch word: our own first, then the word list, then those of a synonym."""
    listed = {_folded(word): found for word, found in texts.dictionary(config.shared).items() if found}
    listed |= {_folded(word): found for word, found in texts.translated_words(config).items()}
    all_of: dict[str, Sequence[str]] = dict(listed)
    for words in texts.synonym_sets(config.shared):
        folded = [_folded(word) for word in words]
        lender = next((word for word in folded if word in listed), None)
        for word in folded:
            if lender is not None and word not in all_of:
                all_of[word] = listed[lender][:2]
    return all_of


def _ids(config: Config, tokenizer: Tokenizer) -> list[NDArray[np.int64]]:
    """Return the subwords of texts drawn at random, up to the number of characters that is asked for."""
    paragraphs = list(vocabulary.dutch(config))
    chosen, total = [], 0
    for row in np.random.default_rng(config.seed).permutation(len(paragraphs)):
        if total >= config.space_characters:
            break
        chosen.append(paragraphs[row][:1500])
        total += len(chosen[-1])
    encodings = tokenizer.encode_batch_fast(chosen, add_special_tokens=False)
    return [np.asarray(encoding.ids, dtype=np.int64) for encoding in encodings]


def _information(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return the positive pointwise mutual information of a symmetric matrix of counts."""
    occurs = np.asarray(counts.sum(axis=1)).ravel() + 1
    smoothed = occurs**_SMOOTHING
    smoothed *= occurs.sum() / smoothed.sum()
    cells = counts.tocoo()
    values = np.log(cells.data * occurs.sum() / (occurs[cells.row] * smoothed[cells.col]))
    kept = values > 0
    return sparse.csr_matrix((values[kept], (cells.row[kept], cells.col[kept])), shape=counts.shape, dtype=np.float32)


def _of_length(vectors: Vectors, length: float) -> Vectors:
    """Bring vectors halfway to a length: means are shorter than what they are means of, and the network notices."""
    norms = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return np.asarray(vectors * (0.5 * length / norms + 0.5), dtype=np.float32)


def _folded(word: str) -> str:
    """Return a word as the vocabulary has it: lower case, without accents."""
    split = unicodedata.normalize("NFD", word.lower())
    return "".join(sign for sign in split if not unicodedata.combining(sign)).strip()
