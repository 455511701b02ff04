"""The subword vocabulary."""

from index.training import vocabulary
from index.training.config import Config


def test_the_vocabulary_speaks_of_care_and_law(config: Config) -> None:
    """Words of law, translated sentences and synonyms are learnt; case and accents are folded; the size is bounded."""
    tokenizer = vocabulary.train(config)
    assert tokenizer.get_vocab_size() <= config.vocabulary
    assert tokenizer.encode("Jongeren").ids == tokenizer.encode("jóngeren").ids
    for word in ("hulp", "college", "huisarts"):
        assert len(tokenizer.encode(word).tokens) <= 2
    assert vocabulary.UNKNOWN not in tokenizer.encode("wijkverpleging scholieren huishouden").tokens
    assert tokenizer.encode("a\u03bb b").tokens == [vocabulary.UNKNOWN, "b"]


def test_the_same_texts_give_the_same_vocabulary(config: Config) -> None:
    """Subwords and their numbers are the same in every run, however the trainer's hash tables fall."""
    vocabularies = [vocabulary.train(config).get_vocab() for _ in range(4)]
    assert all(other == vocabularies[0] for other in vocabularies)


def test_signs_are_not_special(config: Config) -> None:
    """'##a' in a text is read as signs and a letter, not as the subword of that name."""
    assert "##a" not in vocabulary.train(config).encode("##a").tokens


def test_the_padding_comes_first(config: Config) -> None:
    """Row 0 is the padding, as networks take it to be; the format's other signs follow."""
    tokenizer = vocabulary.train(config)
    assert [tokenizer.token_to_id(name) for name in vocabulary.SPECIAL] == [0, 1, 2, 3, 4]
