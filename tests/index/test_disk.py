"""Durable writing."""

import os
import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.disk import flush_tree, replace_text, writing
from index.errors import IndexBusy


def test_replace_text_leaves_only_the_new_text(tmp_path: Path) -> None:
    """The file has the new text and nothing is left beside it."""
    (tmp_path / "CURRENT").write_text("oud", encoding="utf-8")
    replace_text(tmp_path / "CURRENT", "nieuw")
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("CURRENT", "nieuw")]


def test_a_replacement_that_fails_keeps_the_old_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When flushing fails, as on a full disk, the old text still stands."""
    (tmp_path / "CURRENT").write_text("oud", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", _full_disk)
    with pytest.raises(OSError, match="vol"):
        replace_text(tmp_path / "CURRENT", "nieuw")
    assert (tmp_path / "CURRENT").read_text(encoding="utf-8") == "oud"


def test_flush_tree_flushes_every_file_and_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two folders and two files are four flushes."""
    (tmp_path / "onder").mkdir()
    (tmp_path / "een").write_text("1", encoding="utf-8")
    (tmp_path / "onder" / "twee").write_text("2", encoding="utf-8")
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    flush_tree(tmp_path)
    assert len(flushed) == 4


def hold(data: Path, patience: float = 0.0) -> None:
    """Take the lock and let go of it."""
    with writing(data, patience):
        pass


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    """Whoever comes second is told the folder, and which process holds it since when; afterwards the lock is free."""
    owner = rf"{tmp_path}.*proces {os.getpid()} op {re.escape(socket.gethostname())}, sinds 20\d\d-"
    with ThreadPoolExecutor(1) as other:
        with writing(tmp_path), pytest.raises(IndexBusy, match=owner):
            other.submit(hold, tmp_path).result()
        other.submit(hold, tmp_path).result()
    assert (tmp_path / "LOCK").read_text(encoding="utf-8") == ""


def test_a_patient_writer_waits(tmp_path: Path) -> None:
    """A writer with patience gets the lock when the first lets go of it."""
    with ThreadPoolExecutor(1) as other:
        with writing(tmp_path):
            waiting = other.submit(hold, tmp_path, 60.0)
            time.sleep(0.05)
            assert not waiting.done()
        waiting.result()


def test_a_writer_may_publish_while_it_holds_the_lock(tmp_path: Path) -> None:
    """A thread that holds the lock gets it again, and keeps it until the outer hold ends."""
    with ThreadPoolExecutor(1) as other, writing(tmp_path):
        hold(tmp_path)
        with pytest.raises(IndexBusy):
            other.submit(hold, tmp_path).result()


def test_a_lock_file_that_cannot_be_signed_locks_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the owner stays unnamed, and a second writer is refused."""
    monkeypatch.setattr(os, "pwrite", _full_disk)
    with ThreadPoolExecutor(1) as other, writing(tmp_path), pytest.raises(IndexBusy, match=f"{tmp_path}'. Wacht"):
        other.submit(hold, tmp_path).result()


def test_the_lock_of_a_killed_writer_is_free(tmp_path: Path) -> None:
    """A writer that was killed without cleaning up keeps nobody out."""
    code = "import os, pathlib, sys; from index.disk import writing\n"
    code += "with writing(pathlib.Path(sys.argv[1])): os._exit(9)"
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == 9
    with writing(tmp_path):
        assert (tmp_path / "LOCK").exists()


def _full_disk(*_: object) -> None:
    raise OSError(28, "De schijf is vol")
