"""Stage 1: a Dutch subword vocabulary (WordPiece, lower case, no accents)."""

from collections.abc import Iterator

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from index.training import texts
from index.training.config import Config

UNKNOWN = "[UNK]"


def train(config: Config) -> Tokenizer:
    """Learn the vocabulary from the legal text, the plans and the questions."""
    tokenizer = empty()
    trainer = trainers.WordPieceTrainer(
        vocab_size=config.vocabulary,
        min_frequency=config.minimum_count,
        limit_alphabet=200,
        special_tokens=[UNKNOWN],
        show_progress=False,
    )
    tokenizer.train_from_iterator(_texts(config), trainer)
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
    own = [question.text for question in texts.questions(config.shared)]
    own += [window for page in texts.pages(config.shared).values() for window in page]
    yield from own * config.plan_repeats
    for section in texts.legal_sections(config.shared):
        yield section.heading
        yield from section.paragraphs
