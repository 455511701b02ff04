"""Terms and amounts of money."""

import pytest

from ingest.terms import find_money, find_terms


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("We openen in 2026 een loket", "in 2026", "2026"),
        ("Q1 2024: een plan", "Q1 2024", "2024-01/2024-03"),
        ("In Q3 en Q4 2024 leren we", "In Q3 en Q4 2024", "2024-07/2024-12"),
        ("in het tweede kwartaal van 2025", "in het tweede kwartaal van 2025", "2025-04/2025-06"),
        ("dat begint per 1 januari 2025", "per 1 januari 2025", "2025-01-01/.."),
        ("Vanaf maart 2024 werken we", "Vanaf maart 2024", "2024-03/.."),
        ("klaar vóór 2027", "vóór 2027", "../2026"),
        ("tot juli 2024 open", "tot juli 2024", "../2024-07"),
        ("het loopt tot en met december 2025", "tot en met december 2025", "../2025-12"),
        ("uiterlijk 1 januari 2025 klaar", "uiterlijk 1 januari 2025", "../2025-01-01"),
        ("eind 2024 is het af", "eind 2024", "2024"),
        ("dit loopt van juni 2023 tot en met mei 2024", "van juni 2023 tot en met mei 2024", "2023-06/2024-05"),
        ("In de periode 2024-2026 bouwen we", "In de periode 2024-2026", "2024/2026"),
        ("2025: starten met bouwen", "2025", "2025"),
        ("een plan voor 2025", "voor 2025", ""),
        ("de komende drie jaar", "de komende drie jaar", ""),
        ("komende 5 jaar", "komende 5 jaar", ""),
        ("binnen twee jaar", "binnen twee jaar", ""),
    ],
)
def test_terms(text: str, words: str, value: str) -> None:
    """Starts, ends and periods are found in their own words, and what depends on the day of writing has no value."""
    found = find_terms(text)
    assert [(one.text, one.value) for one in found] == ([(words, value)] if words else [])
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "Het aantal ouderen stijgt in 2040 met 30%.",
        "sinds 2019 bestaat het team",
        "het in 2022 goedgekeurde plan",
        "het Regioplan 2024-2025 is leidend",
        "telefoon 020-2026123",
        "kamer 2026.1",
        "een jaar later",
    ],
)
def test_no_terms(text: str) -> None:
    """A forecast, the past, the name of a document and a number that looks like a year are no term."""
    assert find_terms(text) == ()


def test_each_term_of_a_text_is_found_once() -> None:
    """Several terms come in order, and one that recurs comes once."""
    text = "In 2024 kiezen we. In 2025 bouwen we.\nIn 2024 leren we."
    assert [one.value for one in find_terms(text)] == ["2024", "2025"]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("voor € 1,5 miljoen per jaar", "€ 1,5 miljoen", "1500000"),
        ("€ 25.000,- eenmalig", "€ 25.000,-", "25000"),
        ("een bedrag van 300 euro", "300 euro", "300"),
        ("zij krijgen 2,5 mln. van het Rijk", "2,5 mln.", "2500000"),
        ("€40k voor de start", "€40k", "40000"),
        ("EUR 3 miljard", "EUR 3 miljard", "3000000000"),
    ],
)
def test_money(text: str, words: str, value: str) -> None:
    """Amounts are found with sign or word and told in whole euros."""
    assert [(one.text, one.value) for one in find_money(text)] == [(words, value)]


@pytest.mark.parametrize(
    "text", ["12,5% wacht te lang", "1,63 miljoen inwoners", "2 miljoen kwetsbare ouderen", "in 2026"]
)
def test_no_money(text: str) -> None:
    """Shares, people and years are no money."""
    assert find_money(text) == ()
