"""Writing that survives a power cut: flushed files, replaced in one step, by one writer at a time."""

import contextlib
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from index.errors import IndexBusy

LOCK = "LOCK"
POLL_SECONDS = 0.2

_held: dict[Path, int] = {}
"""Data folders that this process writes, with the thread that does."""


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, their names flushed.

    One that is there already is flushed too: a writer that was killed may have made it just before.
    """
    missing = [path for path in folder.parents if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for path in (folder, *missing):
        with contextlib.suppress(PermissionError):  # whoever may not read it did not make our folder in it either
            flush_folder(path.parent)


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
def writing(data: Path, patience: float = 0.0) -> Iterator[None]:
    """Hold the write lock of a data folder, which is made when it is not there.

    The system lets go of the lock when the process ends, however it ends, so a lock is never stale. A thread that holds
    it may ask for it again.

    Args:
        data: the folder.
        patience: seconds to wait for another writer.

    Raises:
        IndexBusy: another process, or another thread, holds it; the message says which and since when.
    """
    key = data.resolve()
    if _held.get(key) == threading.get_ident():
        yield
        return
    make_folder(data)
    handle = os.open(data / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _acquire(handle, data, time.monotonic() + patience)
        _sign(handle, f"{os.getpid()} {socket.gethostname()} {datetime.now().astimezone().isoformat('T', 'seconds')}\n")
        _held[key] = threading.get_ident()
        try:
            yield
        finally:
            del _held[key]
            _sign(handle, "")
    finally:
        os.close(handle)


def _acquire(handle: int, data: Path, until: float) -> None:
    """Take the lock of an open lock file, or say who has it."""
    import fcntl  # noqa: PLC0415  # writers only: reading works where the system has no fcntl

    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise IndexBusy(
                    f"Een ander proces schrijft nu de index in {str(data)!r}{_owner(handle)}. "
                    "Wacht tot dat klaar is en probeer het opnieuw."
                ) from None
            time.sleep(POLL_SECONDS)
        else:
            return


def _sign(handle: int, owner: str) -> None:
    """Write who holds the lock, for people; the lock itself does not need it, so a full disk does no harm."""
    with contextlib.suppress(OSError):
        os.ftruncate(handle, 0)
        os.pwrite(handle, owner.encode(), 0)


def _owner(handle: int) -> str:
    """Say which process signed the lock: number, machine and since when; '' when it did not."""
    parts = os.pread(handle, 500, 0).decode("utf-8", "replace").split()
    return f": proces {parts[0]} op {parts[1]}, sinds {parts[2]}" if len(parts) == 3 else ""


def _flush_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
