"""Regions side by side over the API, on the page, as a file and on the command line."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service import cli, library
from service.differing import choose_regions
from service.library import Library
from service.memo_check import check_memo
from tests.service.comparisons import comparing_library
from tests.service.conftest import make_client

ASKED = "q=beweegtuinen&region=Twente&region=drenthe&region=Friesland"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Open the made-up plans."""
    return comparing_library(tmp_path_factory.mktemp("data"))


@pytest.fixture
def client(opened: Library) -> Iterator[TestClient]:
    """A client of a service over these plans."""
    with make_client(lambda: opened) as made:
        yield made


def test_each_region_and_each_aspect_is_there(client: TestClient) -> None:
    """Regions stand in the order asked for, with what was read of each; every place is a passage with a page."""
    found = client.get(f"/v1/compare/differences?{ASKED}").json()
    assert [(side["region"], side["found"]) for side in found["regions"]] == [
        ("Twente", True),
        ("Drenthe", True),
        ("Friesland", False),
    ]
    assert found["aspects"][0]["kind"] == "woorden"
    for one in found["aspects"]:
        for value in [*one["shared"], *(value for own in one["own"] for value in own["values"])]:
            for place in (place for held in value["held"] for place in held["places"]):
                text = client.get(f"/v1/passages/{place['passage_id']}").json()["text"]
                assert text[place["start"] : place["end"]] == place["text"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("q=x&region=Twente", "2 tot 5"),
        ("q=x&region=Twente&region=twente", "2 tot 5"),
        ("q=&region=Twente&region=Drenthe", "leeg"),
        ("region=Twente&region=Drenthe", "q is verplicht"),
        ("q=x&region=Twente&region=Drenthe&region=Twente", "maar één keer"),
        ("q=x&region=Twente&region=Drenthe&region=", "geen lege"),
        ("q=x&region=Twente&region=Atlantis", "Atlantis"),
        (
            "q=x&"
            + "&".join(
                f"region={name}" for name in ("Twente", "Drenthe", "Zeeland", "Friesland", "Groningen", "Nijmegen")
            ),
            "2 tot 5",
        ),
    ],
)
def test_wrong_questions_are_told(client: TestClient, query: str, words: str) -> None:
    """Too few or too many regions, an unknown one, or no topic."""
    answer = client.get(f"/v1/compare/differences?{query}")
    assert answer.status_code == 422
    assert words in answer.text


def test_the_description_allows_what_is_answered(client: TestClient) -> None:
    """It names every region as it is known, no form that is refused, and needs a topic of more than blanks."""
    description = client.get("/v1/openapi.json").json()["paths"]["/v1/compare/differences/export"]["get"]
    q, region, _, form = (one["schema"] for one in description["parameters"])
    names = region["items"]["enum"]
    assert [found.name for name in names for found in choose_regions([name, "Twente", "Drenthe"])[:1]] == names
    assert (region["minItems"], region["maxItems"], region["uniqueItems"]) == (2, 5, True)
    assert re.search(q["pattern"], "valpreventie")
    assert not re.search(q["pattern"], " \t")
    refused = client.get(f"/v1/compare/differences/export?{ASKED}&format=svg")
    assert "geen plaatje" in refused.json()["detail"]
    assert form["enum"] == ["csv", "xlsx", "docx", "md"]


@pytest.mark.parametrize("form", ["csv", "xlsx", "docx", "md"])
def test_it_is_saved_with_citations(client: TestClient, opened: Library, form: str, tmp_path: Path) -> None:
    """Every form is made; the quotes of a table for a memo hold."""
    answer = client.get(f"/v1/compare/differences/export?{ASKED}&format={form}")
    assert answer.status_code == 200
    if form in {"docx", "md"}:
        (tmp_path / f"t.{form}").write_bytes(answer.content)
        findings = check_memo(opened, tmp_path / f"t.{form}")
        assert findings
        assert all(finding.holds for finding in findings)


def test_the_page_shows_what_differs(client: TestClient) -> None:
    """It has a table with headings, says of whom nothing was found, and leads to the pages."""
    page = client.get(f"/verschillen?{ASKED}").text
    assert '<th scope="col">Alleen Drenthe</th>' in page
    assert "Bij Friesland is over dit onderwerp niets gevonden" in page
    assert "&lt;b&gt;" in page
    assert client.get("/verschillen").status_code == 200
    assert client.get("/verschillen?q=x&region=Atlantis&region=Twente").status_code == 422


def test_the_command_prints_and_saves(
    opened: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """What is shared and what is not, JSON as the API has it, and a file on request."""
    monkeypatch.setattr(library, "open_library", lambda *_: opened)
    regions = ["--region", "Twente", "--region", "Drenthe"]
    assert cli.main(["differences", "beweegtuinen", *regions, "--out", str(tmp_path / "v.md")]) == 0
    assert "alleen Twente" in capsys.readouterr().out
    assert (tmp_path / "v.md").is_file()
    assert cli.main(["differences", "beweegtuinen", *regions, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["topic"] == "beweegtuinen"
    assert cli.main(["differences", "beweegtuinen", "--region", "Twente"]) == 2
