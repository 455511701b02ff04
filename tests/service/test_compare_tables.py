"""The comparison on the command line."""

import json
from pathlib import Path

import pytest

from service import cli, library
from tests.service.comparisons import comparing_library


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Put the made-up plans in the place of the real index."""
    opened = comparing_library(tmp_path)
    monkeypatch.setattr(library, "open_library", lambda data, model: opened)


@pytest.mark.usefixtures("index")
def test_every_region_is_printed_with_its_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    """Found regions come first with their passage, a copy points to the first; the others are listed after them."""
    assert cli.main(["compare", "Welke zorgkantoorregio's zetten in op beweegtuinen?"]) == 0
    text = capsys.readouterr().out
    lines = text.splitlines()
    assert any("Drenthe" in line and "%" in line for line in lines)
    for words, region in (
        ("Niets gevonden", "Friesland"),
        ("Plan zegt: niets", "Groningen"),
        ("Niet gevraagd", "ROAZ Oost"),
    ):
        assert any(line.startswith(words) and region in line for line in lines), region
    assert text.index("Drenthe") < text.index("Friesland")
    assert "Drenthe opent drie beweegtuinen <b>voor</b> ouderen." in text
    assert "(Bijna) dezelfde tekst als bij Twente." in text
    assert "Gevonden in 3 van de 5 regio's (streng)." in text


@pytest.mark.usefixtures("index")
def test_json_is_that_of_the_api(capsys: pytest.CaptureFixture[str]) -> None:
    """With --json the output is the API's form."""
    assert cli.main(["compare", "zorgacademie", "--level", "subregio", "--strictness", "ruim", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["level"], answer["strictness"], len(answer["regions"])) == ("subregio", "ruim", 2)


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["compare", ""], "een van de twee"),
        (["compare", "x", "--level", "wijk"], "Het niveau 'wijk' bestaat niet."),
        (["compare", "x", "--strictness", "half"], "De strengheid 'half' bestaat niet."),
        (["compare", "x", "--parent", "Atlantis"], "Atlantis"),
    ],
)
def test_wrong_use_is_told(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be compared is wrong use: status 2 and a sentence."""
    assert cli.main(arguments) == 2
    assert words in capsys.readouterr().err
