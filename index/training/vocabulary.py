"""Stage 2: a Dutch subword vocabulary (WordPiece, lower case, no accents)."""

import random
import string
from collections.abc import Iterator, Mapping

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from index.training import texts
from index.training.config import Config

PADDING, UNKNOWN = "[PAD]", "[UNK]"
# The padding comes first: networks take row 0 for it. The last three are what BERT's format expects.
SPECIAL = (PADDING, UNKNOWN, "[CLS]", "[SEP]", "[MASK]")
# Signs of Dutch text after folding; what is not among them is unknown.
ALPHABET = string.ascii_lowercase + string.digits + string.punctuation + "‘’“”–—€§°•…²³½"

_SENTENCE_REPEATS = 4
_SYNONYM_REPEATS = 2


def train(config: Config) -> Tokenizer:
    """Learn the vocabulary from the legal text, the translated sentences and the synonyms; plans are not seen."""
    # The trainer numbers what it meets in the order of a hash table, and breaks ties by number: two runs would differ.
    # Named in advance, every sign has its number before it looks.
    inner = [f"##{sign}" for sign in ALPHABET]
    trainer = trainers.WordPieceTrainer(
        vocab_size=config.vocabulary,
        min_frequency=config.minimum_count,
        initial_alphabet=list(ALPHABET),
        limit_alphabet=len(ALPHABET),
        special_tokens=[*SPECIAL, *inner],
        show_progress=False,
    )
    learnt = empty()
    learnt.train_from_iterator(dutch(config), trainer)
    return with_vocabulary(learnt.get_vocab())


def with_vocabulary(subwords: Mapping[str, int]) -> Tokenizer:
    """Return a tokenizer for these subwords and their numbers."""
    tokenizer = empty()
    tokenizer.model = models.WordPiece(dict(subwords), unk_token=UNKNOWN)
    return tokenizer


def empty() -> Tokenizer:
    """Return a tokenizer that has learnt nothing yet."""
    tokenizer = Tokenizer(models.WordPiece(unk_token=UNKNOWN))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True, strip_accents=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    return tokenizer


def dutch(config: Config) -> Iterator[str]:
    """Yield law about care, a share of other law, and plainer sentences and words often enough to be heard."""
    draw = random.Random(config.seed)  # noqa: S311  # nothing secret: a seed that gives the same texts again
    for section in texts.legal_sections(config.shared):
        if section.care or draw.random() < config.plain_share:
            yield from section.paragraphs
    yield from [sentence for sentence, _ in texts.translated_sentences(config.shared)] * _SENTENCE_REPEATS
    yield from [" ".join(words) for words in texts.synonym_sets(config.shared)] * _SYNONYM_REPEATS
