"""Writing that survives a power cut: flushed files, replaced in one step, by one writer at a time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexBusy


def flush_tree(folder: Path) -> None:
    """Flush every file and folder under a folder, itself included, to disk."""
    for path in [*folder.rglob("*"), folder]:
        if path.is_dir():
            flush_folder(path)
        else:
            _flush_file(path)


def flush_folder(folder: Path) -> None:
    """Flush the names in a folder to disk: without it a rename may be lost though the file is not."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_text(path: Path, text: str) -> None:
    """Give a file another text in one step: a reader sees the old text or the new one, never a part."""
    aside = path.with_name(f"{path.name}.new")
    aside.write_text(text, encoding="utf-8")
    _flush_file(aside)
    aside.replace(path)
    flush_folder(path.parent)


@contextmanager
def writing(data: Path) -> Iterator[None]:
    """Hold the write lock of a data folder, which is made when it is not there.

    The system lets go of the lock when the process ends, however it ends.

    Raises:
        IndexBusy: another process, or another thread, holds it.
    """
    import fcntl  # noqa: PLC0415  # writers only: reading works where the system has no fcntl

    data.mkdir(parents=True, exist_ok=True)
    with (data / "LOCK").open("a", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fault = f"Een ander proces schrijft nu de index in {str(data)!r}."
            raise IndexBusy(f"{fault} Wacht tot dat klaar is en probeer het opnieuw.") from None
        yield


def _flush_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
