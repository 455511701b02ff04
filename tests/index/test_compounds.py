"""Compounds."""

import tomllib
from pathlib import Path

import pytest

from index import compounds
from index.analysis import analyse
from index.compounds import Compounds

WORDS = """
huisarts spoed post spoedpost huisartsenspoedpost val preventie valpreventie arbeidsmarkt krapte arbeidsmarktkrapte
wijk verpleegkundige wijkverpleegkundige zorg vraag zorgvraag gezondheid centrum gezondheidscentrum patiënt reis
patiëntenreis verwarde leven levensloop loop over leg overleg maat regel maatregel beleid land landelijk lijk
gemeente raad gemeenteraad mantelzorg potentieel mantelzorgpotentieel gedrag verandering gedragsverandering
"""


@pytest.fixture(scope="module")
def corpus() -> Compounds:
    """The compounds among some words that two rows hold."""
    return Compounds({term: 2 for word in WORDS.split() for term in analyse(word)})


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("huisartsenspoedpost", "huisarts spoedpost"),
        ("valpreventie", "val preventie"),
        ("arbeidsmarktkrapte", "arbeidsmarkt krapte"),
        ("wijkverpleegkundigen", "wijk verpleegkundige"),
        ("zorgvragen", "zorg vraag"),
        ("gezondheidscentra", "gezondheid centrum"),
        ("patiëntenreis", "patiënt reis"),
        ("gemeenteraden", "gemeente raad"),
        ("mantelzorgpotentieel", "mantelzorg potentieel"),
        ("gedragsveranderingen", "gedrag verandering"),
        ("preventiebeleid", "preventie beleid"),
    ],
)
def test_a_compound_is_its_parts(corpus: Compounds, word: str, parts: str) -> None:
    """The linking letters are dropped, and the parts are the terms of the words themselves; in a question too."""
    (term,) = analyse(word)
    assert corpus.parts(term) == tuple(analyse(parts))


@pytest.mark.parametrize("word", ["overleg", "maatregelen", "landelijk", "post", "verwarde", "zorgvlieg", "24/7"])
def test_what_only_looks_like_one_is_none(corpus: Compounds, word: str) -> None:
    """Prefixes, endings, words that mean something else and words of which one side is unknown stay whole."""
    assert [corpus.parts(term) for term in analyse(word)] == [()] * len(analyse(word))


def test_a_word_leads_to_the_compounds_that_hold_it(corpus: Compounds) -> None:
    """First or last part; only those that the corpus holds."""
    assert corpus.holding("spoedpost") == ("huisartsenspoedpost",)
    assert set(corpus.holding("zorg")) == {"zorgvraag"}
    assert corpus.holding("zwembad") == ()


def test_a_word_of_one_passage_makes_no_compound() -> None:
    """What occurs once is as likely a misspelling."""
    assert Compounds({"spoed": 1, "post": 5, "spoedpost": 5}).parts("spoedpost") == ()


def test_the_lists_are_terms() -> None:
    """What the lists hold is what the analyser gives, so that they can be met; and nothing stands in them twice."""
    lists = tomllib.loads(Path(compounds.__file__).with_name("compounds.toml").read_text(encoding="utf-8"))
    for name in lists:
        words = lists[name].split()
        assert len(words) == len(set(words)), name
    assert all(len(word) <= 4 for word in lists["short"].split())
