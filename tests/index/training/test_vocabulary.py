"""The subword vocabulary."""

from index.training import texts, vocabulary
from index.training.config import Config


def test_the_vocabulary_speaks_of_plans_and_law(config: Config) -> None:
    """Words of plans, questions and law are learnt; case and accents are folded; the size is bounded."""
    texts.read_corpus(config)
    tokenizer = vocabulary.train(config)
    assert tokenizer.get_vocab_size() <= config.vocabulary
    assert tokenizer.encode("Mantelzorgers").ids == tokenizer.encode("mántelzorgers").ids
    for word in ("zorg", "college", "help"):
        assert len(tokenizer.encode(word).tokens) <= 2
    assert vocabulary.UNKNOWN not in tokenizer.encode("wijkverpleging scholieren huishouden").tokens
    assert tokenizer.encode("a\u03bb b").tokens == [vocabulary.UNKNOWN, "b"]


def test_the_same_texts_give_the_same_vocabulary(config: Config) -> None:
    """Subwords and their numbers are the same in every run, however the trainer's hash tables fall."""
    texts.read_corpus(config)
    vocabularies = [vocabulary.train(config).get_vocab() for _ in range(4)]
    assert all(other == vocabularies[0] for other in vocabularies)


def test_signs_are_not_special(config: Config) -> None:
    """'##a' in a text is read as signs and a letter, not as the subword of that name."""
    texts.read_corpus(config)
    assert "##a" not in vocabulary.train(config).encode("##a").tokens
