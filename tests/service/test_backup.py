"""Backup and restore: what comes back is what went in, or nothing changes."""

import io
import tarfile
from pathlib import Path

import pytest

from index.current import read_current
from index.generation import verify_generation
from service import cli
from service.actor import Role
from service.audit import Audit, Event
from service.backup import BadBackup, back_up, restore
from service.tokens import TokenStore
from tests.service.pdfs import make_corpus


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an index, a token and a record."""
    folder = tmp_path_factory.mktemp("bewaren")
    cli.main(["ingest", str(make_corpus(folder / "corpus") / "brochure.pdf"), "--data", str(folder / "data")])
    TokenStore(folder / "data").add("Anna", Role.READER)
    Audit(folder / "data", questions=False, days=9).write(Event("proef", "", "gelukt", "", "Anna", question="wat?"))
    return folder / "data"


@pytest.fixture(scope="module")
def saved(data: Path) -> Path:
    """A backup of it."""
    target = data.parent / "kopie.tar.gz"
    back_up(data, target)
    return target


def test_a_backup_comes_back_whole(saved: Path, data: Path, tmp_path: Path) -> None:
    """By the commands: another data folder gets the same index, tokens and record, and `verify` finds them whole."""
    assert cli.main(["restore", str(saved), "--data", str(tmp_path / "terug")]) == 0
    assert read_current(tmp_path / "terug")[0].name == read_current(data)[0].name
    verify_generation(tmp_path / "terug")
    assert [token.name for token in TokenStore(tmp_path / "terug").all()] == ["Anna"]
    assert cli.main(["verify", "--data", str(tmp_path / "terug")]) == 0
    assert '"proef"' in next((tmp_path / "terug" / "audit").glob("audit-*")).read_text()


def test_a_restore_becomes_current_and_keeps_the_one_before(saved: Path, tmp_path: Path) -> None:
    """Over an index that is there the backup takes its place; the other stays until the next."""
    corpus = make_corpus(tmp_path / "corpus")
    cli.main(["ingest", str(corpus), "--data", str(tmp_path / "data")])
    before = read_current(tmp_path / "data")[0]
    name = restore(saved, tmp_path / "data")
    assert read_current(tmp_path / "data")[0].name == name != before.name
    assert before.is_dir()
    assert restore(saved, tmp_path / "data") == name
    verify_generation(tmp_path / "data")


def test_an_index_that_is_there_and_whole_is_not_moved(saved: Path, tmp_path: Path) -> None:
    """Restoring the index in use leaves its folder where readers have it open; at no moment is there none."""
    restore(saved, tmp_path)
    before = read_current(tmp_path)[0]
    inode = before.stat().st_ino
    restore(saved, tmp_path)
    assert read_current(tmp_path)[0].stat().st_ino == inode
    assert [path.name for path in before.parent.iterdir()] == [before.name]


@pytest.mark.parametrize("fault", ["changed", "gone"])
def test_a_damaged_index_of_the_same_name_is_replaced(saved: Path, tmp_path: Path, fault: str) -> None:
    """Where a file of it was changed or is gone, the index of the backup takes its place."""
    restore(saved, tmp_path)
    file = read_current(tmp_path)[0] / "documents.jsonl"
    file.write_bytes(file.read_bytes().swapcase()) if fault == "changed" else file.unlink()
    restore(saved, tmp_path)
    verify_generation(tmp_path)
    assert len(list((tmp_path / "generations").iterdir())) == 1


def test_a_revoked_token_stays_revoked(saved: Path, tmp_path: Path) -> None:
    """Tokens that are there win from those of the backup."""
    restore(saved, tmp_path)
    TokenStore(tmp_path).revoke("Anna")
    restore(saved, tmp_path)
    assert TokenStore(tmp_path).all()[0].revoked


def test_the_keys_of_the_record_are_not_in_it(saved: Path) -> None:
    """A copy must not keep what retention removes; the file is closed to others."""
    with tarfile.open(saved) as archive:
        names = archive.getnames()
    assert not [name for name in names if "sleutel" in name]
    assert [name for name in names if name.startswith("audit/audit-")]
    assert saved.stat().st_mode & 0o077 == 0


def test_a_backup_replaces_nothing(saved: Path, data: Path) -> None:
    """An existing file is left alone, and nothing half-made stays behind."""
    before = saved.read_bytes()
    with pytest.raises(BadBackup, match="bestaat al"):
        back_up(data, saved)
    assert saved.read_bytes() == before
    assert [path.name for path in saved.parent.glob("kopie*")] == [saved.name]


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.98])
def test_a_cut_file_changes_nothing(saved: Path, tmp_path: Path, share: float) -> None:
    """A copy that broke off is refused, and the data folder holds no trace of it."""
    cut = tmp_path / "half.tar.gz"
    cut.write_bytes(saved.read_bytes()[: int(saved.stat().st_size * share)])
    with pytest.raises(BadBackup, match=r"half\.tar\.gz"):
        restore(cut, tmp_path / "data")
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["LOCK"]


@pytest.mark.parametrize(("name", "kind"), [("../kwaad", b"0"), ("/tmp/kwaad", b"0"), ("LINK", b"2"), ("MAP", b"5")])
def test_a_hostile_archive_writes_nowhere(tmp_path: Path, name: str, kind: bytes) -> None:
    """Names that lead out, links and folders are refused."""
    member = tarfile.TarInfo(name)
    member.type, member.linkname, member.size = kind, "/etc/passwd", 4 if kind == b"0" else 0
    with tarfile.open(tmp_path / "kwaad.tar.gz", "w:gz") as archive:
        archive.addfile(member, io.BytesIO(b"kwad"))
    with pytest.raises(BadBackup):
        restore(tmp_path / "kwaad.tar.gz", tmp_path / "data")
    assert not (tmp_path / "kwaad").exists()
    assert not Path("/tmp/kwaad").exists()


def test_changed_contents_are_refused(saved: Path, tmp_path: Path) -> None:
    """An archive that is whole but holds another byte in the index does not become the index."""
    changed = tmp_path / "anders.tar.gz"
    with tarfile.open(saved) as old, tarfile.open(changed, "w:gz") as new:
        for member in old:
            file = old.extractfile(member)
            assert file
            content = file.read()
            if member.name.endswith("documents.jsonl"):
                content = content.swapcase()
            new.addfile(member, io.BytesIO(content))
    with pytest.raises(BadBackup, match="niet heel"):
        restore(changed, tmp_path / "data")
    assert not (tmp_path / "data" / "CURRENT").exists()
