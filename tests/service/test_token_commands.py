"""Tokens on the command line."""

from pathlib import Path

import pytest

from service import cli
from service.actor import Role
from service.tokens import TokenStore
from tests.service.protected import audit_lines


def run(data: Path, *words: str) -> int:
    """Run `regiowijzer token …` on a data folder."""
    return cli.main(["token", *words, "--data", str(data)])


def test_new_prints_the_secret_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output holds nothing but the secret, so that it can be piped; it works, for a year."""
    assert run(tmp_path, "new", "--role", "beheerder", "--name", "Anna") == 0
    printed = capsys.readouterr()
    token = TokenStore(tmp_path).find(printed.out.strip())
    assert token
    assert (token.name, token.role, bool(token.expires)) == ("Anna", Role.ADMIN, True)
    assert "niet nog eens getoond" in printed.err


def test_list_and_revoke(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The list says what still works and holds no secret."""
    run(tmp_path, "new", "--name", "Anna")
    secret = capsys.readouterr().out.strip()
    run(tmp_path, "list")
    before = capsys.readouterr().out
    assert "geldig" in before
    assert secret[12:] not in before
    assert run(tmp_path, "revoke", "Anna") == 0
    capsys.readouterr()
    run(tmp_path, "list")
    assert "ingetrokken" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["new", "--name", "A", "--role", "baas"], ["new", "--name", ""], ["revoke", "X"]])
def test_wrong_use_is_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    """A role, name or token that cannot be is told in one line."""
    assert run(tmp_path, *words) == 2
    assert capsys.readouterr().err.startswith("Fout: ")


def test_what_an_operator_does_is_recorded(tmp_path: Path) -> None:
    """Making and revoking stand in the record with the user of the machine, also when it failed; no secret does."""
    run(tmp_path, "new", "--name", "Anna")
    run(tmp_path, "revoke", "Bert")
    lines = audit_lines(tmp_path)
    told = [(line["action"], line["object"], line["result"], line["origin"]) for line in lines]
    assert told == [
        ("token maken", "Anna", "gelukt", "opdrachtregel"),
        ("token intrekken", "Bert", "mislukt", "opdrachtregel"),
    ]
    assert all(line["actor"] for line in lines)
    assert "rw_" not in str(lines)


def test_serve_elsewhere_without_tokens_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command says what to do, and does not listen."""
    assert cli.main(["serve", "--host", "0.0.0.0", "--port", "0", "--data", str(tmp_path)]) == 2
    assert "token new" in capsys.readouterr().err
