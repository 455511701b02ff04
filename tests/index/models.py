"""Small models that tests make themselves."""

from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, trainers

from index.training import export, vocabulary

SENTENCES = [
    "De huisarts verwijst naar de wijkverpleging.",
    "Mantelzorgers van ouderen met dementie krijgen begeleiding.",
    "Gemeenten en zorgverzekeraars maken afspraken over preventie.",
    "In Überstad groeit het aantal inwoners met 27% tot 2040.",
]


def small_tokenizer() -> Tokenizer:
    """Return a vocabulary that knows the sentences above."""
    tokenizer = vocabulary.empty()
    trainer = trainers.WordPieceTrainer(vocab_size=150, special_tokens=[vocabulary.UNKNOWN], show_progress=False)
    tokenizer.train_from_iterator(SENTENCES, trainer)
    return tokenizer


def write_static(folder: Path, dimension: int = 8, seed: int = 3) -> Path:
    """Write a static model over that vocabulary, with random vectors."""
    tokenizer = small_tokenizer()
    vectors = np.random.default_rng(seed).normal(size=(tokenizer.get_vocab_size(), dimension)).astype(np.float32)
    export.write(folder, tokenizer, vectors)
    return folder
