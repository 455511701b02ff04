"""Dutch analysis."""

import tomllib
from pathlib import Path

import pytest

from index import analysis
from index.analysis import Token, analyse, find, fold, stem, tokens

PAIRS = [line.split("\t") for line in Path(__file__).with_name("word_pairs.tsv").read_text("utf-8").splitlines()[1:]]


def test_the_table_of_pairs_is_large_and_says_each_once() -> None:
    """Three hundred pairs or more, of both kinds, none twice."""
    assert len(PAIRS) >= 300
    assert len({frozenset(pair[:2]) for pair in PAIRS}) == len(PAIRS)
    assert {must for _, _, must in PAIRS} == {"meet", "apart"}
    assert sum(must == "apart" for _, _, must in PAIRS) >= 80


@pytest.mark.parametrize(("one", "other", "must"), PAIRS)
def test_words_meet_or_stay_apart(one: str, other: str, must: str) -> None:
    """Inflections and spellings of one word share a term; words of two meanings share none."""
    assert bool(set(analyse(one)) & set(analyse(other))) == (must == "meet")


@pytest.mark.parametrize("text", ["24/7", "65+", "12,5%", "q1", "2024", "7,5"])
def test_numbers_and_codes_stay_whole(text: str) -> None:
    """A number with its sign, a ratio or a quarter is a term as it stands."""
    assert text in analyse(f"Vanaf {text.upper()} geldt dit.")


def test_a_percentage_also_counts_without_its_sign() -> None:
    """'12,5%' in a document meets '12,5 procent' in a question."""
    assert "12,5" in analyse("12,5%")


@pytest.mark.parametrize("text", ["2024-2025", "2024/2025"])
def test_a_span_of_years_holds_both_years(text: str) -> None:
    """Both years of a span can be asked for."""
    assert {"2024", "2025"} <= set(analyse(text))


def test_a_hyphenated_word_gives_the_whole_and_its_parts() -> None:
    """'POH-GGZ' meets 'POHGGZ', 'poh' and 'ggz', each with its own place."""
    assert tokens("Een POH-GGZ.") == [
        Token("POH-GGZ", 4, 11, "pohggz"),
        Token("POH", 4, 7, "poh"),
        Token("GGZ", 8, 11, "ggz"),
    ]


def test_words_around_a_slash_are_separate() -> None:
    """'zorg/welzijn' is two words and no third."""
    assert analyse("zorg/welzijn") == ["zorg", "welzijn"]


def test_places_point_into_the_text() -> None:
    """Every token's span is its form, also after accents, quotes and numbers."""
    text = "‘t Gooi: coördinatie van 1.250 cliënten (24/7), regio's en 65-plussers in 's-Hertogenbosch."
    assert [text[token.start : token.end] for token in tokens(text)] == [token.form for token in tokens(text)]
    assert {"coördinatie", "1.250", "24/7", "regio's"} <= {token.form for token in tokens(text)}


def test_find_gives_the_spans_of_the_tokens() -> None:
    """Looking for terms gives the places that the tokens have, parts of compounds included."""
    text = "Huisartsen en de POH-GGZ: 65-plussers bij de huisarts."
    wanted = {"huisarts", "ggz", "65+"}
    assert find(text, wanted) == [(t.start, t.end) for t in tokens(text) if t.term in wanted]
    assert [text[start:end] for start, end in find(text, wanted)] == ["Huisartsen", "GGZ", "65-plussers", "huisarts"]


def test_stop_words_are_left_out() -> None:
    """The words of asking carry no term, the words of a plan do."""
    assert analyse("Welke regio's hebben er een plan voor?") == ["regio", "plan"]


def test_fold_takes_case_and_accents_off() -> None:
    """Accents and capitals do not tell words apart."""
    assert fold("Coördinatie ÉÉN") == "coordinatie een"


def test_every_override_leads_to_a_term_that_words_have() -> None:
    """What an override gives is what the word it leads to gives itself; otherwise the two would never meet."""
    lexicon = tomllib.loads(Path(analysis.__file__).with_name("analysis.toml").read_text(encoding="utf-8"))
    for term in {*lexicon["words"].values(), *lexicon["endings"].values()}:
        assert stem(term) == term, term


def test_the_longest_ending_wins() -> None:
    """'verpleeghuizen' ends like 'huizen', not like a shorter ending of the table."""
    assert stem("verpleeghuizen") == "verpleeghuis"


def test_nothing_gives_nothing() -> None:
    """A text without letters or digits has no terms."""
    assert analyse(" – • … %+") == []
