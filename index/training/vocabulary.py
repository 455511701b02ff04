"""Stage 2: a Dutch subword vocabulary (WordPiece, lower case, no accents)."""

import string
from collections.abc import Iterator, Mapping

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from index.training import texts
from index.training.config import Config

UNKNOWN = "[UNK]"
# Signs of Dutch text after folding; what is not among them is unknown.
ALPHABET = string.ascii_lowercase + string.digits + string.punctuation + "‘’“”–—€§°•…²³½"


def train(config: Config) -> Tokenizer:
    """Learn the vocabulary from the legal text, the plans and the questions."""
    # The trainer numbers what it meets in the order of a hash table, and breaks ties by number: two runs would differ.
    # Named in advance, every sign has its number before it looks.
    inner = [f"##{sign}" for sign in ALPHABET]
    trainer = trainers.WordPieceTrainer(
        vocab_size=config.vocabulary,
        min_frequency=config.minimum_count,
        initial_alphabet=list(ALPHABET),
        limit_alphabet=len(ALPHABET),
        special_tokens=[UNKNOWN, *inner],
        show_progress=False,
    )
    learnt = empty()
    learnt.train_from_iterator(_texts(config), trainer)
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


def _texts(config: Config) -> Iterator[str]:
    """Yield the legal text once, and what people ask and read about plans often enough to be heard."""
    own = [question.text for question in texts.questions(config)] + [text.passage for text in texts.passages(config)]
    yield from own * config.plan_repeats
    for section in texts.legal_sections(config.shared):
        yield section.heading
        yield from section.paragraphs
