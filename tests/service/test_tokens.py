"""Tokens: only digests are kept, and they stop when they should."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from service.actor import Role
from service.tokens import FILE, BadToken, TokensDamaged, TokenStore


def test_the_secret_finds_its_token(tmp_path: Path) -> None:
    """The secret that `add` hands out opens the door, with its name and role."""
    store = TokenStore(tmp_path)
    made, secret = store.add("  Anna   de Vries ", Role.READER)
    assert store.find(secret) == made
    assert (made.name, made.role) == ("Anna de Vries", Role.READER)


def test_the_file_does_not_hold_the_secret(tmp_path: Path) -> None:
    """Nothing of the 43 random signs stands in the file, and only its owner can read it."""
    _, secret = TokenStore(tmp_path).add("Anna", Role.ADMIN)
    path = tmp_path / FILE
    assert secret.rpartition("_")[2][:10] not in path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_secrets_hold_256_random_bits(tmp_path: Path) -> None:
    """32 bytes in base64, and never twice the same."""
    store = TokenStore(tmp_path)
    secrets = [store.add(f"naam {n}", Role.READER)[1] for n in range(20)]
    assert {len(secret) for secret in secrets} == {3 + 8 + 1 + 43}
    assert len({secret[12:] for secret in secrets}) == 20


@pytest.mark.parametrize("change", ["", "rw_", "x", "{id}", "{secret}x", "rw_00000000_" + "A" * 43, "é" * 55])
def test_anything_else_finds_nothing(tmp_path: Path, change: str) -> None:
    """An empty, cut, lengthened or foreign secret is no token, nor is the id alone."""
    store = TokenStore(tmp_path)
    made, secret = store.add("Anna", Role.READER)
    assert store.find(change.format(id=made.id, secret=secret)) is None
    assert store.find(secret[:-1] + ("A" if secret[-1] != "A" else "B")) is None


def test_a_revoked_token_stops_at_once_elsewhere(tmp_path: Path) -> None:
    """A store that read the file before sees the change without a restart."""
    serving, manager = TokenStore(tmp_path), TokenStore(tmp_path)
    made, secret = manager.add("Anna", Role.READER)
    assert serving.find(secret)
    assert serving.valid(made.id)
    manager.revoke("Anna")
    assert serving.find(secret) is None
    assert serving.valid(made.id) is None
    assert len(serving.all()) == 1


def test_an_expired_token_is_refused(tmp_path: Path) -> None:
    """The end that was given counts."""
    store = TokenStore(tmp_path)
    _, over = store.add("gisteren", Role.READER, datetime.now(UTC) - timedelta(seconds=1))
    _, fresh = store.add("morgen", Role.READER, datetime.now(UTC) + timedelta(days=1))
    assert store.find(over) is None
    assert store.find(fresh)


@pytest.mark.parametrize("name", ["", "   ", "a" * 61, "regel\x1bterug"])
def test_a_name_must_be_readable(tmp_path: Path, name: str) -> None:
    """Names end up in a record that people read."""
    with pytest.raises(BadToken, match="naam"):
        TokenStore(tmp_path).add(name, Role.READER)


def test_two_valid_tokens_have_two_names(tmp_path: Path) -> None:
    """A record that says 'Anna' means one token; once revoked the name is free."""
    store = TokenStore(tmp_path)
    store.add("Anna", Role.READER)
    with pytest.raises(BadToken, match="al een geldig"):
        store.add("Anna", Role.ADMIN)
    store.revoke("Anna")
    assert store.add("Anna", Role.READER)
    with pytest.raises(BadToken, match="geen geldig token 'Bert'"):
        store.revoke("Bert")


@pytest.mark.parametrize("content", ["", "{", '[{"id": 1}]', '[{"role": "baas"}]', "[3]"])
def test_a_damaged_file_lets_nobody_in(tmp_path: Path, content: str) -> None:
    """A file that cannot be read is a fault, not an empty list: an empty list may mean that anybody may enter."""
    path = tmp_path / FILE
    path.parent.mkdir()
    path.write_text(content)
    with pytest.raises(TokensDamaged, match="token new"):
        TokenStore(tmp_path).all()


def test_the_file_is_readable_by_people(tmp_path: Path) -> None:
    """Names, roles and times stand in it as JSON."""
    TokenStore(tmp_path).add("Zoë", Role.ADMIN)
    (record,) = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    assert record["name"] == "Zoë"
    assert record["role"] == "beheerder"
    assert record["created"].endswith("+00:00")


def test_changes_at_once_undo_none_of_each_other(tmp_path: Path) -> None:
    """Who makes a token while another is taken back does not bring that one to life again."""
    TokenStore(tmp_path).add("oud", Role.READER)
    changes = [lambda: TokenStore(tmp_path).revoke("oud")]
    changes += [lambda name=name: TokenStore(tmp_path).add(name, Role.READER) for name in ("een", "twee", "drie")]
    with ThreadPoolExecutor(len(changes)) as threads:
        for done in [threads.submit(change) for change in changes]:
            done.result()
    held = {token.name: bool(token.revoked) for token in TokenStore(tmp_path).all()}
    assert held == {"oud": True, "een": False, "twee": False, "drie": False}
