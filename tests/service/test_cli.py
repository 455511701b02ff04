"""The command line: light to load, Dutch, with the exit statuses of the contract."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.corpus import Corpus, Failure
from ingest.errors import EmptyFolder
from service import cli, ingesting, library, serving, verification
from service.ingesting import Outcome
from service.settings import Settings, load_settings
from service.verification import Fault, Verification
from tests.service.fakes import FILE, fake_library, make_documents
from tests.service.protected import audit_lines

COMMANDS = ["ingest", "search", "compare", "documents", "verify", "evaluate", "serve"]


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> None:
    """An index of made-up passages in the place of the real one."""
    monkeypatch.setattr(library, "open_library", lambda data, model: fake_library())


def test_loading_the_command_line_is_light() -> None:
    """Importing it loads neither numpy nor anything heavier."""
    program = "import sys, service.cli; print(sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    for heavy in ("torch", "faiss", "fastapi", "numpy", "bm25s", "pypdf", "uvicorn"):
        assert f"'{heavy}'" not in loaded


def test_module_runs_as_program() -> None:
    """`python -m service` is the same command."""
    done = subprocess.run([sys.executable, "-m", "service", "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith("Gebruik: regiowijzer")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_dutch(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No English heading is left in any help text."""
    assert cli.main([*([command] if command else []), "--help"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("Gebruik: regiowijzer")
    assert not re.search(r"\b(Usage|Options|Arguments|Commands|Show|default|required|Path)\b", text)
    if not command:
        assert all(name in text for name in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["serch", "x"], "De opdracht 'serch' bestaat niet. Bedoelt u 'search'"),
        (["search"], "VRAAG ontbreekt."),
        (["search", "x", "--kleur"], "De optie --kleur bestaat niet."),
        (["search", "x", "--limit"], "De optie --limit heeft een waarde nodig."),
        (["search", "x", "--limit", "veel"], "het moet een heel getal zijn"),
        (["search", "x", "--limit", "0"], "ten minste 1"),
        (["search", "wat", "is", "zorg"], "Zet een vraag tussen aanhalingstekens"),
        (["serve", "--port", "99999"], "hoogstens 65535"),
        (["search", " "], "De vraag is leeg"),
        (["search", "x", "--region", "Atlantis"], "geen regio 'Atlantis'"),
        (["search", "x", "--document", "geen.pdf"], "geen document 'geen.pdf'"),
        (["evaluate", "geen.jsonl"], "geen.jsonl"),
        (["evaluate", "geen.jsonl", "--floor", "hoog"], "Ondergrens 'hoog'"),
    ],
)
@pytest.mark.usefixtures("index")
def test_wrong_use_gives_2_and_a_dutch_line(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The fault is named on standard error, and nothing else is printed."""
    assert cli.main(arguments) == 2
    out, err = capsys.readouterr()
    assert words in err
    assert err.startswith("Fout: ")
    assert out == ""


def test_bad_setting_gives_2(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A setting from the environment that cannot be is named."""
    monkeypatch.setenv("REGIOWIJZER_PORT", "veel")
    assert cli.main(["documents"]) == 2
    assert "REGIOWIJZER_PORT" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["search", "x"], ["documents"], ["verify"], ["serve", "--port", "0"]])
def test_without_index_each_command_says_what_to_do(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 1 and one line that names `regiowijzer ingest`."""
    assert cli.main([*command, "--data", str(tmp_path)]) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "regiowijzer ingest" in err


@pytest.mark.usefixtures("index")
def test_search_prints_hits(capsys: pytest.CaptureFixture[str]) -> None:
    """Title, page and text of each hit."""
    assert cli.main(["search", "valpreventie"]) == 0
    assert "1. Regioplan Rivierenland, p. 1" in capsys.readouterr().out


@pytest.mark.usefixtures("index")
def test_search_as_json_has_the_form_of_the_api(capsys: pytest.CaptureFixture[str]) -> None:
    """Filters work, and the JSON is that of /v1/search."""
    assert cli.main(["search", "huisarts", "--region", "kennemerland", "--limit", "3", "--json"]) == 0
    body = json.loads(capsys.readouterr().out)
    told = {"corrected", "compare", "message", "unknown_words"}
    assert set(body) == {"query", "answered", "confidence", "hits", "coverage"} | told
    assert [hit["document"] for hit in body["hits"]] == ["brochure-kust.pdf"]


@pytest.mark.usefixtures("index")
def test_documents_as_table_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Both name every document."""
    assert cli.main(["documents", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"][0]["document"] == FILE
    assert cli.main(["documents"]) == 0
    assert FILE in capsys.readouterr().out


@pytest.mark.parametrize(("failures", "status"), [((), 0), ((Failure("kapot.pdf", 0, "Stuk."),), 3)])
def test_ingest_tells_by_status_whether_all_was_read(
    failures: tuple[Failure, ...],
    status: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """0 when everything was read, 3 when something was not; folders and data reach the ingest."""
    monkeypatch.chdir(tmp_path)
    seen: list[tuple[Path, tuple[Path, ...]]] = []

    def run(settings: Settings, folders: tuple[Path, ...]) -> Outcome:
        seen.append((settings.data, folders))
        return Outcome(Corpus(make_documents(), failures, ()), published=True)

    monkeypatch.setattr(ingesting, "run_ingest", run)
    assert cli.main(["ingest", "a", "b", "--data", "d"]) == status
    assert cli.main(["ingest"]) == status
    assert seen == [(Path("d"), (Path("a"), Path("b"))), (Path(".regiowijzer"), (Path("corpus"),))]
    assert ("kapot.pdf" in capsys.readouterr().out) == bool(failures)


def test_an_ingest_is_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who read which folders in stands in the record, also when it failed; never when the record is off."""

    def run(settings: Settings, folders: tuple[Path, ...]) -> Outcome:
        if folders == (Path("leeg"),):
            raise EmptyFolder("De map 'leeg' bevat geen PDF-bestanden.")
        return Outcome(Corpus(make_documents(), (), ()), published=True)

    monkeypatch.setattr(ingesting, "run_ingest", run)
    cli.main(["ingest", "a", "b", "--data", str(tmp_path)])
    cli.main(["ingest", "leeg", "--data", str(tmp_path)])
    monkeypatch.setenv("REGIOWIJZER_AUDIT", "off")
    cli.main(["ingest", "c", "--data", str(tmp_path)])
    lines = audit_lines(tmp_path)
    assert [(line["action"], line["object"], line["result"], line["origin"]) for line in lines] == [
        ("documenten inlezen", "a b", "gelukt", "opdrachtregel"),
        ("documenten inlezen", "leeg", "mislukt", "opdrachtregel"),
    ]
    assert all(line["actor"] and line["role"] == "beheerder" for line in lines)


def test_an_ingest_outlives_a_record_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What went wrong with the ingest is told, and not only what went wrong with the record."""

    def run(settings: Settings, folders: tuple[Path, ...]) -> Outcome:
        raise EmptyFolder("De map 'leeg' bevat geen PDF-bestanden.")

    (tmp_path / "audit").write_text("geen map")
    monkeypatch.setattr(ingesting, "run_ingest", run)
    assert cli.main(["ingest", "leeg", "--data", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert "bevat geen PDF-bestanden" in told
    assert "'documenten inlezen' staat niet in het auditlogboek" in told


def test_empty_folder_is_wrong_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder without PDFs gives status 2 and its reason."""
    monkeypatch.chdir(tmp_path)

    def run(settings: Settings, folders: tuple[Path, ...]) -> Outcome:
        raise EmptyFolder("De map 'leeg' bevat geen PDF-bestanden.")

    monkeypatch.setattr(ingesting, "run_ingest", run)
    assert cli.main(["ingest", "leeg"]) == 2
    assert "leeg" in capsys.readouterr().err


def test_interrupt_gives_130_and_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C is no crash: it says that the last index is whole."""
    monkeypatch.chdir(tmp_path)

    def run(settings: Settings, folders: tuple[Path, ...]) -> Outcome:
        raise KeyboardInterrupt

    monkeypatch.setattr(ingesting, "run_ingest", run)
    assert cli.main(["ingest", "a"]) == 130
    assert "Gestopt met Ctrl-C" in capsys.readouterr().err


@pytest.mark.parametrize(("confirmed", "status", "shown"), [(3, 0, "100%"), (2, 1, "66,67%")])
@pytest.mark.usefixtures("index")
def test_verify_fails_on_any_passage(
    confirmed: int, status: int, shown: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One passage that is not confirmed gives status 1."""
    faults = tuple(Fault("plan.pdf", 1, "id", "Deze woorden staan niet op de pagina: x") for _ in range(3 - confirmed))
    monkeypatch.setattr(verification, "verify_index", lambda *_: Verification(3, confirmed, faults))
    assert cli.main(["verify"]) == status
    assert shown in capsys.readouterr().out


@pytest.mark.usefixtures("index")
def test_evaluate_prints_measures_and_keeps_floors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The measures are printed; one below its floor gives status 1."""
    path = tmp_path / "vragen.jsonl"
    gold = [{"doc": FILE, "page": 1}]
    path.write_text(json.dumps({"id": "a", "question": "valpreventie", "kind": "cijfer", "gold": gold}))
    assert cli.main(["evaluate", str(path), "--json", "--floor", "nDCG@10=1"]) == 0
    assert json.loads(capsys.readouterr().out)["nDCG@10"] == 1.0
    path.write_text(path.read_text().replace('"page": 1', '"page": 2'))
    assert cli.main(["evaluate", str(path), "--floor", "nDCG@10=0.1"]) == 1
    out, err = capsys.readouterr()
    assert "nDCG@10" in out
    assert "moet ten minste 0.1 zijn" in err


def test_stopped_server_ends_well(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C is how a server is stopped, so it gives status 0."""

    def stop(settings: Settings) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(serving, "serve", stop)
    assert cli.main(["serve"]) == 0
    assert "gestopt" in capsys.readouterr().out


def test_an_older_index_that_stands_in_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who asks on the command line reads that the newest index is damaged, beside the answer."""
    older = replace(fake_library(), fault="De index is beschadigd.")
    monkeypatch.setattr("service.library.open_library", lambda data, model: older)
    assert cli.open_index(load_settings()) is older
    assert capsys.readouterr() == ("", "Let op: hier antwoordt een oudere index. De index is beschadigd.\n")
