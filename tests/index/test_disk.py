"""Durable writing."""

import os
import subprocess
import sys
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


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    """Whoever comes second is told which folder is being written, and the lock is free afterwards."""
    with writing(tmp_path), pytest.raises(IndexBusy, match=str(tmp_path)), writing(tmp_path):
        pass
    with writing(tmp_path):
        assert (tmp_path / "LOCK").exists()


def test_the_lock_of_a_killed_writer_is_free(tmp_path: Path) -> None:
    """A writer that was killed without cleaning up keeps nobody out."""
    code = "import os, pathlib, sys; from index.disk import writing\n"
    code += "with writing(pathlib.Path(sys.argv[1])): os._exit(9)"
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == 9
    with writing(tmp_path):
        assert (tmp_path / "LOCK").exists()


def _full_disk(handle: int) -> None:
    raise OSError(28, "De schijf is vol")
