"""The commands of memos."""

from pathlib import Path

import pytest

from service import cli, library
from service.memo import Format
from service.memo_commands import BadOutput, form_of
from tests.service.fakes import fake_library


@pytest.fixture(autouse=True)
def index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open the made-up documents in the place of an index."""
    monkeypatch.setattr(library, "open_library", lambda data, model: fake_library())


def test_questions_become_a_memo_that_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two questions, their passages once each, and the check of the file passes."""
    out = tmp_path / "memo.docx"
    asked = ["--question", "Welke cursus?", "--question", "Wat is digitale zorg?"]
    assert cli.main(["memo", *asked, "--out", str(out), "--author", "J. de Vries"]) == 0
    assert "2 citaten" in capsys.readouterr().out
    assert cli.main(["verify-memo", str(out)]) == 0
    assert "2 van 2 citaten kloppen" in capsys.readouterr().out


def test_a_question_without_answer_is_told_and_not_quoted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The status is 1, the memo says so, and the nearest passages stay out of it."""
    out = tmp_path / "memo.md"
    asked = ["--question", "Welke cursus?", "--question", "Maanreis naar Jupiter?"]
    assert cli.main(["memo", *asked, "--out", str(out)]) == 1
    text = out.read_text(encoding="utf-8")
    assert "geen antwoord te staan: Maanreis naar Jupiter?" in text
    assert "[^2]" not in text
    assert "Geen duidelijk antwoord" in capsys.readouterr().err


def test_no_memo_is_made_of_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """When no question is answered there is no file."""
    out = tmp_path / "memo.md"
    assert cli.main(["memo", "--question", "Maanreis naar Jupiter?", "--out", str(out)]) == 1
    assert not out.exists()
    assert "geen memo gemaakt" in capsys.readouterr().err


def test_a_changed_memo_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One changed word makes the status 1, and the line says which quote and what the source says."""
    out = tmp_path / "memo.md"
    assert cli.main(["memo", "--question", "Welke cursus?", "--out", str(out)]) == 0
    out.write_text(out.read_text(encoding="utf-8").replace("> Ouderen", "> Jongeren"), encoding="utf-8")
    capsys.readouterr()
    assert cli.main(["verify-memo", str(out)]) == 1
    told = capsys.readouterr().out
    assert "FOUT" in told
    assert "0 van 1 citaten kloppen" in told


def test_a_memo_without_quotes_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing to check is not a fault."""
    (tmp_path / "leeg.md").write_text("Niets.", encoding="utf-8")
    assert cli.main(["verify-memo", str(tmp_path / "leeg.md")]) == 0
    assert "geen citaten" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["memo.exe", "memo", "weg/memo.md"])
def test_a_wrong_file_name_is_wrong_use(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown kind of file or a folder that is not there: status 2 and a sentence."""
    assert cli.main(["memo", "--question", "Welke cursus?", "--out", str(tmp_path / name)]) == 2
    assert "Fout:" in capsys.readouterr().err
    assert cli.main(["verify-memo", str(tmp_path / name)]) == 2


@pytest.mark.parametrize(("name", "form"), [("a.DOCX", Format.DOCX), ("a.json", Format.CSL), ("a.htm", Format.HTML)])
def test_the_file_name_chooses_the_format(name: str, form: Format) -> None:
    """By its ending, in capitals or not."""
    assert form_of(Path(name)) is form
    with pytest.raises(BadOutput):
        form_of(Path(name + "x"))
