"""Start vectors: words of the same paragraphs come out near."""

import numpy as np

from index.training import start
from tests.index.models import small_tokenizer

CARE = ["huisarts wijkverpleging ouderen", "wijkverpleging ouderen begeleiding", "huisarts ouderen begeleiding"]
COUNCIL = ["gemeenten afspraken preventie", "zorgverzekeraars gemeenten afspraken", "zorgverzekeraars preventie"]


def test_counts_are_by_paragraph_and_subword() -> None:
    """A count matrix holds how often each subword stands in each paragraph, whatever the batch."""
    tokenizer = small_tokenizer()
    counts = start.count(tokenizer, ["huisarts huisarts", "", "ouderen"], batch=2)
    assert counts.shape == (3, tokenizer.get_vocab_size())
    assert counts[0].max() == 2
    assert counts[1].nnz == 0


def test_rare_subwords_weigh_more() -> None:
    """The inverse document frequency is 0 for what stands everywhere or nowhere, and highest for the rarest."""
    tokenizer = small_tokenizer()
    idf = start.inverse_document_frequency(start.count(tokenizer, ["de huisarts", "de ouderen", "de ouderen"]))
    everywhere, rare, common = (tokenizer.encode(word).ids for word in ("de", "huisarts", "ouderen"))
    assert idf[everywhere].max() == 0.0
    assert idf[rare].max() > idf[common].max() > 0.0
    assert idf[tokenizer.token_to_id("[UNK]")] == 0.0


def test_words_of_one_subject_come_out_near() -> None:
    """Words that share paragraphs are nearer than words that do not; the same seed gives the same vectors."""
    tokenizer = small_tokenizer()
    counts = start.count(tokenizer, CARE * 3 + COUNCIL * 3)
    vectors = start.factor(counts, 4, seed=1)

    def word(text: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        mean = vectors[tokenizer.encode(text).ids].mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean))

    assert vectors.shape == (tokenizer.get_vocab_size(), 4)
    assert word("huisarts") @ word("wijkverpleging") > word("huisarts") @ word("gemeenten")
    assert np.array_equal(vectors, start.factor(counts, 4, seed=1))
