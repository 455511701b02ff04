"""The manifest."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import IndexDamaged
from index.manifest import (
    FORMAT,
    NAME,
    FileStamp,
    Manifest,
    check_digests,
    check_sizes,
    read_manifest,
    stamp_files,
    write_manifest,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a generation's folder of two files."""
    folder = tmp_path / "data" / "generations" / "een"
    (folder / "lexical").mkdir(parents=True)
    (folder / "documents.jsonl").write_text("{}\n", encoding="utf-8")
    (folder / "lexical" / "rows").write_text("3\n", encoding="utf-8")
    return folder


def manifest(folder: Path) -> Manifest:
    """Make the manifest of a folder."""
    return Manifest(
        format=FORMAT,
        generation="een",
        built="2025-01-01T00:00:00+00:00",
        model="proef",
        fingerprint="f" * 64,
        dimension=4,
        analyser="1",
        ingest=1,
        documents={"plan.pdf": "a" * 64},
        counts={"documents": 1},
        files=stamp_files(folder),
    )


def test_a_manifest_comes_back_as_it_was_written(folder: Path) -> None:
    """Reading gives what was written."""
    written = manifest(folder)
    assert read_manifest(folder, write_manifest(folder, written)) == written


def test_every_file_but_the_manifest_is_stamped(folder: Path) -> None:
    """Paths are relative, with slashes, and carry the size and SHA-256 of the file."""
    write_manifest(folder, manifest(folder))
    stamps = stamp_files(folder)
    assert list(stamps) == ["documents.jsonl", "lexical/rows"]
    assert stamps["documents.jsonl"] == FileStamp(3, "ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356")


def test_a_changed_manifest_is_refused(folder: Path) -> None:
    """A manifest with another digest than the pointer's is damaged, and the message says what to do."""
    sha256 = write_manifest(folder, manifest(folder))
    write_manifest(folder, replace(manifest(folder), model="ander"))
    with pytest.raises(IndexDamaged, match=r"is veranderd.*regiowijzer ingest MAP --data .*data$"):
        read_manifest(folder, sha256)


def test_a_manifest_of_another_form_is_refused(folder: Path) -> None:
    """A manifest without the fields of this version is damaged, whatever its digest."""
    (folder / NAME).write_text('{"files": {}}', encoding="utf-8")
    sha256 = stamp_files(folder.parent)[f"een/{NAME}"].sha256
    with pytest.raises(IndexDamaged, match="andere opbouw"):
        read_manifest(folder, sha256)


def test_a_missing_manifest_is_refused(folder: Path) -> None:
    """A folder without manifest is damaged."""
    with pytest.raises(IndexDamaged, match=r"manifest\.json.*ontbreekt"):
        read_manifest(folder, "a" * 64)


def test_a_missing_file_is_named(folder: Path) -> None:
    """A file that is gone is found by its name."""
    written = manifest(folder)
    (folder / "lexical" / "rows").unlink()
    with pytest.raises(IndexDamaged, match=r"lexical/rows.*ontbreekt"):
        check_sizes(folder, written)


def test_a_cut_file_is_named(folder: Path) -> None:
    """A file of another size is found without reading it."""
    written = manifest(folder)
    (folder / "documents.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(IndexDamaged, match=r"documents\.jsonl.* 1 bytes groot en hoort 3 bytes"):
        check_sizes(folder, written)


def test_a_changed_byte_is_found_by_the_digests_alone(folder: Path) -> None:
    """A file of the same size with another byte passes the quick check and not the full one."""
    written = manifest(folder)
    (folder / "lexical" / "rows").write_text("4\n", encoding="utf-8")
    check_sizes(folder, written)
    with pytest.raises(IndexDamaged, match=r"lexical/rows.*is veranderd"):
        check_digests(folder, written)
