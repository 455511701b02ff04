"""Which generation of a data folder counts: the pointer file CURRENT, and the manifest that it vouches for."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from index import disk
from index.errors import IndexDamaged, IndexMissing
from index.manifest import REBUILD, Manifest, read_manifest

POINTER = "CURRENT"
FOLDER = "generations"


def read_current(data: Path) -> tuple[Path, Manifest]:
    """Return the folder and the manifest of the current generation.

    Raises:
        IndexMissing: nothing was published yet.
        IndexDamaged: the pointer or the manifest is not as it was written.
    """
    pointer = _read_pointer(data)
    if pointer is None:
        raise IndexMissing(f"In {str(data)!r} staat nog geen index. Maak die met: regiowijzer ingest MAP --data {data}")
    name, sha256 = pointer
    folder = data / FOLDER / name
    return folder, read_manifest(folder, sha256)


def pointer_text(data: Path) -> str:
    """Return what the pointer says, whatever that is; '' when there is none. It changes with each publication."""
    try:
        return (data / POINTER).read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""


def read_others(data: Path) -> Iterator[tuple[Path, Manifest]]:
    """Yield folder and manifest of the generations that can stand in for a damaged current one, the youngest first.

    A folder gets its name when all in it is flushed, so each was whole once; whether it still is, its manifest tells.
    The current one comes last: the fault may be in the pointer alone.
    """
    current = _name_of_current(data)
    folders = sorted((path for path in (data / FOLDER).glob("[0-9]*") if path.is_dir()), reverse=True)
    for folder in sorted(folders, key=lambda folder: folder.name == current):
        with contextlib.suppress(IndexDamaged):
            yield folder, read_manifest(folder)


def sweep(data: Path) -> None:
    """Remove what writers that were killed left half done; the caller holds the write lock."""
    for rest in (data / FOLDER).glob(".new-*"):
        shutil.rmtree(rest, ignore_errors=True)


def install(data: Path, aside: Path, name: str, sha256: str) -> Path:
    """Give a generation that was written aside its name, and make it the current one.

    Args:
        data: the data folder, whose write lock the caller holds.
        aside: the generation, whole and flushed.
        name: what it is called from now on.
        sha256: digest of its manifest.
    """
    folder = aside.rename(aside.with_name(name))
    try:
        disk.flush_folder(folder.parent)
        point(data, folder, sha256)
    except BaseException:
        if _name_of_current(data) != name:  # else readers may have it already
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def folder_of_current(data: Path) -> Path | None:
    """Return the folder of the current generation, whatever its manifest says; None when there is none at all.

    Without a pointer that leads to one, the youngest generation stands in: names start with the time of making.
    """
    name = _name_of_current(data)
    if name and (data / FOLDER / name).is_dir():
        return data / FOLDER / name
    return max((path for path in (data / FOLDER).glob("[0-9]*") if path.is_dir()), default=None)


def point(data: Path, folder: Path, sha256: str) -> None:
    """Make a generation the current one in one step, keep the one before it, and remove all others.

    Args:
        data: the data folder, whose write lock the caller holds.
        folder: the generation, whole and flushed.
        sha256: digest of its manifest.
    """
    keep = {folder.name, _name_of_current(data)}
    disk.replace_text(data / POINTER, f"{folder.name} {sha256}\n")
    for other in (data / FOLDER).iterdir():
        if other.name not in keep:
            shutil.rmtree(other, ignore_errors=True)


def _read_pointer(data: Path) -> tuple[str, str] | None:
    """Return the id of the current generation and the digest of its manifest; None when there is no pointer."""
    try:
        name, sha256 = (data / POINTER).read_text(encoding="ascii").split()
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        cure = REBUILD.format(data=data)
        raise IndexDamaged(f"Het bestand {str(data / POINTER)!r} is niet te lezen. {cure}") from None
    return name, sha256


def _name_of_current(data: Path) -> str:
    """Return the id of the current generation, '' when there is none that can be read."""
    try:
        pointer = _read_pointer(data)
    except IndexDamaged:
        return ""
    return pointer[0] if pointer else ""
