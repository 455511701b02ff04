"""The pointer to the current generation."""

import os
from pathlib import Path

import pytest

from index.current import FOLDER, POINTER, point, read_current
from index.errors import IndexDamaged, IndexMissing
from index.manifest import FORMAT, Manifest, write_manifest


def make(data: Path, name: str) -> tuple[Path, str]:
    """Make a generation that is nothing but a manifest; return its folder and the manifest's digest."""
    folder = data / FOLDER / name
    folder.mkdir(parents=True)
    manifest = Manifest(FORMAT, name, "2025-01-01T00:00:00+00:00", "proef", "f", 4, "1", 1, {}, {}, {})
    return folder, write_manifest(folder, manifest)


def test_the_generation_that_was_pointed_at_is_read(tmp_path: Path) -> None:
    """Folder and manifest are those of the last one pointed at."""
    for name in ("een", "twee"):
        point(tmp_path, *make(tmp_path, name))
    folder, manifest = read_current(tmp_path)
    assert (folder.name, manifest.generation) == ("twee", "twee")


def test_only_the_one_before_is_kept(tmp_path: Path) -> None:
    """Pointing at a third removes the first, and whatever else lies there."""
    (tmp_path / FOLDER / ".new-rest").mkdir(parents=True)
    for name in ("een", "twee", "drie"):
        point(tmp_path, *make(tmp_path, name))
    assert {folder.name for folder in (tmp_path / FOLDER).iterdir()} == {"twee", "drie"}


def test_a_full_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the pointer cannot be written the old generation is current and every folder is still there."""
    point(tmp_path, *make(tmp_path, "een"))
    second = make(tmp_path, "twee")
    monkeypatch.setattr(os, "fsync", _full_disk)
    with pytest.raises(OSError, match="vol"):
        point(tmp_path, *second)
    assert read_current(tmp_path)[0].name == "een"
    assert {folder.name for folder in (tmp_path / FOLDER).iterdir()} == {"een", "twee"}


def test_no_pointer_is_no_index(tmp_path: Path) -> None:
    """A folder that was never written to has no index yet."""
    with pytest.raises(IndexMissing, match="nog geen index"):
        read_current(tmp_path)


@pytest.mark.parametrize("pointer", [b"", b"een", b"een twee drie", b"\xff\xfe"])
def test_a_pointer_of_another_form_is_damage(tmp_path: Path, pointer: bytes) -> None:
    """Anything but an id and a digest is refused, with the command that mends it."""
    (tmp_path / POINTER).write_bytes(pointer)
    with pytest.raises(IndexDamaged, match=r"CURRENT.*regiowijzer ingest"):
        read_current(tmp_path)


def test_a_pointer_to_nothing_is_damage(tmp_path: Path) -> None:
    """A generation that is gone is damage, not an index that was never made."""
    (tmp_path / POINTER).write_text(f"weg {'a' * 64}\n", encoding="ascii")
    with pytest.raises(IndexDamaged, match=r"weg/manifest\.json.*ontbreekt"):
        read_current(tmp_path)


def _full_disk(handle: int) -> None:
    raise OSError(28, "De schijf is vol")
