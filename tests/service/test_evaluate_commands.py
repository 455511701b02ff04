"""The command that measures, its tables and its report."""

import json
import re
from pathlib import Path

import pytest
import typer

from service import evaluate_commands
from service.evaluating import Measured, ablation_rows, run_questions, summed_up
from service.evaluation_report import write_report
from tests.index.fakes import FakeEncoder, small_corpus

GOLD = [{"doc": "plan.pdf", "page": 1, "quote": "Huisartsen in Drenthe openen een spoedpost"}]
QUESTIONS = [
    {"id": "a", "question": "spoedpost huisartsen", "kind": "cijfer", "gold": GOLD},
    {"id": "b", "question": "valpreventie <b>", "kind": "parafrase", "gold": [{"doc": "plan.pdf", "page": 2}]},
    {"id": "c", "question": "wachttijden ggz", "kind": "cijfer", "gold": [{"doc": "weg.pdf", "page": 1}]},
    {"id": "x", "question": "maanlanding", "kind": "onbeantwoordbaar", "gold": []},
    {"id": "y", "question": "wachttijden", "kind": "onbeantwoordbaar", "gold": []},
]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Publish the small corpus, write the questions, and let the command find both."""
    from index.generation import publish

    publish(tmp_path, small_corpus(), FakeEncoder())
    monkeypatch.setattr("index.search.load_encoder", lambda name: FakeEncoder())
    (tmp_path / "vragen.jsonl").write_text("\n".join(map(json.dumps, QUESTIONS)), encoding="utf-8")
    return tmp_path


@pytest.fixture
def measured(data: Path) -> Measured:
    """Measure the small corpus, against itself."""
    from index.runs import write_run
    from service.library import open_library

    library = open_library(data, "")
    first = run_questions(library, data / "vragen.jsonl")
    write_run(first.run, data / "eerst.json")
    return run_questions(library, data / "vragen.jsonl", data / "eerst.json")


def run(data: Path, **options: object) -> int:
    """Run the command and return its exit status."""
    with pytest.raises(typer.Exit) as left:
        evaluate_commands.evaluate(data / "vragen.jsonl", data=data, **options)  # type: ignore[arg-type]
    return left.value.exit_code


def test_the_worst_question_comes_first_with_what_was_found(measured: Measured) -> None:
    """JSON names the missing document, and for each miss the right pages and the first ones found."""
    form = summed_up(measured)
    assert form["not_indexed"] == {"weg.pdf": 1}
    assert form["worst"][0]["id"] == "c"
    assert form["worst"][0]["found"][0]["doc"] == "tweede.pdf"
    assert form["marked"] == {"share": 1.0}
    assert json.loads(json.dumps(form, allow_nan=False)) == form


def test_a_run_against_itself_is_chance(measured: Measured) -> None:
    """No measure changes, no question does, and p is 1."""
    against = summed_up(measured)["against"]
    assert against["changed"] == []
    assert {one["p"] for one in against["measures"].values()} == {1.0}


def test_the_report_stands_by_itself(measured: Measured) -> None:
    """The page names questions, places and sentences, escapes what it shows, and fetches nothing."""
    text = write_report(measured)
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
    assert "valpreventie &lt;b&gt;" in text
    assert not re.search(r"(?:src|href)=|url\(|<script", text)
    for told in (
        "weg.pdf, p. 1 (niet in de index)",
        "Vragen waar het niet goed ging",
        "Vergeleken met een eerdere meting",
    ):
        assert told in words
    assert "Een tweede plan" in words
    assert "kan toeval zijn" in words


def test_the_ablation_has_a_row_for_each_part(measured: Measured) -> None:
    """The first row is the search as it is; the others have the same measures."""
    rows = dict(ablation_rows(measured))
    assert next(iter(rows)) == "alles aan"
    assert len(rows) > 12
    assert {frozenset(values) for values in rows.values()} == {frozenset(rows["alles aan"])}


def test_json_holds_the_ablation_too(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever reads the output as JSON gets nothing beside it."""
    run(data, as_json=True, ablation=True)
    assert "alles aan" in json.loads(capsys.readouterr().out)["ablation"]


def test_the_command_writes_and_compares(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A run is kept, the next is compared with it, and the report lies where it was asked for."""
    assert run(data, save=data / "eerst.json") == 0
    assert run(data, against=data / "eerst.json", html=data / "verslag.html", ablation=True) == 0
    out, err = capsys.readouterr()
    assert "Vergeleken met: index van" in out
    assert "Let op: 1 vraag gaat over weg.pdf" in out
    assert "Wat elk onderdeel waard is" in out
    assert f"Geschreven: {data / 'verslag.html'}" in err
    assert (data / "verslag.html").read_text("utf-8").startswith("<!doctype html>")


def test_a_place_that_cannot_be_written_is_named(data: Path) -> None:
    """The message names the path."""
    with pytest.raises(evaluate_commands.NotWritten, match="nergens"):
        evaluate_commands.evaluate(data / "vragen.jsonl", data=data, save=data / "nergens" / "x.json")
