"""Typer's own words become Dutch."""

import pytest

from service.dutch import translate_error, translate_help


def test_help_headings_are_dutch() -> None:
    """Fixed words are replaced; the rest stays."""
    text = "Usage: regiowijzer [OPTIONS] COMMAND [ARGS]...\n\nOptions:\n  --help  Show this message and exit."
    assert translate_help(text) == ("Gebruik: regiowijzer [OPTIES] OPDRACHT …\n\nOpties:\n  --help  Toon deze uitleg.")


def test_help_shows_no_python() -> None:
    """Types, braces and ranges are put in a reader's words."""
    assert translate_help("zoek {VRAAG}\n  VRAAG <str>  De vraag. [1<=x<=9]\n  MAP <list[Path]>  Map") == (
        "zoek VRAAG\n  VRAAG  De vraag. [1 t/m 9]\n  MAP  Map"
    )


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("No such command 'zoek'.", "De opdracht 'zoek' bestaat niet."),
        ("No such command 'serch'. Did you mean 'search'?", "De opdracht 'serch' bestaat niet. Bedoelt u 'search'?"),
        ("No such option: --x", "De optie --x bestaat niet."),
        ("Missing argument 'VRAAG'.", "VRAAG ontbreekt."),
        ("Option '--data' requires an argument.", "De optie --data heeft een waarde nodig."),
        ("iets anders", "iets anders"),
    ],
)
def test_errors_are_dutch(english: str, dutch: str) -> None:
    """Every complaint that our commands can draw has a translation; others stay as they are."""
    assert translate_error(english) == dutch
