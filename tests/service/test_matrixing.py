"""The matrix over the API, on its pages, as a file and on the command line."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from index.generation import open_generation, publish
from index.search import Searcher
from ingest.activities import mark_activities
from service import cli, library
from service.asking import BadQuestion
from service.library import Library, make_library
from service.matrixing import choose_by
from service.memo_check import check_memo
from tests.index.fakes import FakeEncoder, corpus, document, passage
from tests.service.conftest import make_client

PLANS = [
    passage("Wij gaan voor ouderen een helpdesk <b>opzetten</b>.", 1, regions=("Drenthe",), theme="Digitale zorg"),
    passage("Wij gaan met huisartsen een spoedpost opzetten.", 2, regions=("Twente",)),
    passage("Er is veel vraag naar zorg.", 3, regions=("Zeeland",), theme="Digitale zorg"),
]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Open plans of three regions."""
    folder = tmp_path_factory.mktemp("data")
    publish(folder, corpus(document(list(mark_activities(PLANS)))), FakeEncoder())
    return make_library(Searcher(open_generation(folder, FakeEncoder()), FakeEncoder()))


@pytest.fixture
def client(opened: Library) -> Iterator[TestClient]:
    """A client of a service over these plans."""
    with make_client(lambda: opened) as made:
        yield made


def test_every_cell_has_a_count_and_its_places(client: TestClient) -> None:
    """Each row has a cell for each region, in the order of the columns, with where the activities stand."""
    made = client.get("/v1/matrix").json()
    names = [region["region"] for region in made["regions"]]
    assert sorted(names) == ["Drenthe", "Twente", "Zeeland"]
    digital = next(row for row in made["rows"] if row["name"] == "Digitale zorg")
    assert [cell["region"] for cell in digital["cells"]] == names
    counts = {cell["region"]: (cell["count"], [place["page"] for place in cell["places"]]) for cell in digital["cells"]}
    assert counts == {"Drenthe": (1, [1]), "Twente": (0, []), "Zeeland": (0, [])}
    assert (digital["total"], digital["found"]) == (1, 1)
    assert "3 van de 64" in made["scope"]


def test_the_list_behind_a_cell_has_sources(client: TestClient) -> None:
    """Each activity comes with its passage, page and citation, and where it stands in the text."""
    cell = client.get("/v1/matrix/cell", params={"name": "digitale zorg", "region": "drenthe"}).json()
    assert (cell["name"], cell["region"], cell["count"]) == ("Digitale zorg", "Drenthe", 1)
    activity = cell["activities"][0]
    assert (activity["page"], activity["text"][slice(*activity["spans"][0])]) == (1, PLANS[0].text)
    assert activity["citation"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/v1/matrix?theme=Atlantis", "Atlantis"),
        ("/v1/matrix/cell?name=Atlantis&region=Drenthe", "rij 'Atlantis'"),
        ("/v1/matrix/cell?name=Digitale+zorg&region=Friesland", "kolom 'Friesland'"),
        ("/v1/matrix/export?format=svg", "geen plaatje"),
        ("/v1/matrix?by=kleur", "by"),
    ],
)
def test_what_is_not_there_is_told(client: TestClient, path: str, words: str) -> None:
    """Wrong names are refused with what is right."""
    answer = client.get(path)
    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.parametrize("form", ["csv", "xlsx", "docx", "md"])
def test_it_is_saved_with_citations(client: TestClient, opened: Library, form: str, tmp_path: Path) -> None:
    """Every form is made; the quotes of a table for a memo hold."""
    answer = client.get(f"/v1/matrix/export?format={form}")
    assert answer.status_code == 200
    assert f"matrix-thema.{form}" in answer.headers["content-disposition"]
    if form in {"docx", "md"}:
        (tmp_path / f"t.{form}").write_bytes(answer.content)
        findings = check_memo(opened, tmp_path / f"t.{form}")
        assert len(findings) == 2
        assert all(finding.holds for finding in findings)


def test_the_page_is_a_table_with_headings(client: TestClient) -> None:
    """It has a caption, headings of rows and columns, and a link behind each number that is not 0."""
    page = client.get("/matrix?by=thema").text
    assert "<caption" in page
    assert '<th scope="col">Digitale zorg</th>' in page
    assert '<th scope="row">Drenthe</th>' in page
    assert 'href="/matrix/vakje?name=Digitale+zorg&amp;region=Drenthe"' in page
    assert 'href="/matrix/vakje?name=Digitale+zorg&amp;region=Twente"' not in page
    assert client.get("/matrix?theme=Atlantis").status_code == 422


def test_the_page_of_a_cell_shows_the_passages(client: TestClient) -> None:
    """Text of a document stays text; a wrong name is told."""
    page = client.get("/matrix/vakje?name=Digitale+zorg&region=Drenthe").text
    assert "<mark>Wij gaan voor ouderen een helpdesk &lt;b&gt;opzetten&lt;/b&gt;.</mark>" in page
    assert "/vergelijken?passage_id=" in page
    assert client.get("/matrix/vakje?name=x&region=Drenthe").status_code == 422


def test_the_command_prints_and_saves(
    opened: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A row for each region, JSON as the API has it, and a file on request."""
    monkeypatch.setattr(library, "open_library", lambda *_: opened)
    assert cli.main(["matrix", "--by", "sector", "--out", str(tmp_path / "m.csv")]) == 0
    assert "Twente" in capsys.readouterr().out
    assert (tmp_path / "m.csv").read_bytes().count(b"\r\n") > 1
    assert cli.main(["matrix", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["by"] == "thema"
    assert cli.main(["matrix", "--by", "kleur"]) == 2


def test_rows_are_chosen_by_name() -> None:
    """Case does not matter; another name is refused."""
    assert choose_by(" Sector ") == "sector"
    with pytest.raises(BadQuestion):
        choose_by("kleur")
