"""Figures in a text."""

import pytest

from index.figures import find_figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Er komt 20% minder instroom.", ["20% minder"]),
        ("Wij helpen 5.500 kwetsbare ouderen en 3 wijken.", ["5.500 kwetsbare ouderen", "3 wijken"]),
        ("Dat is 12,5 procent van de inwoners.", ["12,5 procent van de inwoners"]),
        ("In 2025 start een pilot van 4 jaar.", []),
        ("Op 12 maart 2026 en op p. 24/7 bereikbaar.", []),
        ("", []),
    ],
)
def test_figures_are_shares_and_numbers_of_something(text: str, figures: list[str]) -> None:
    """Years, terms and dates are none."""
    assert [text[start:end] for start, end in find_figures(text)] == figures
