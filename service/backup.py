"""Backup of a data folder into one file, and back again. What is restored was checked byte by byte first."""

import os
import secrets
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from index import disk
from index.current import FOLDER, POINTER, point, read_current
from index.errors import IndexDamaged
from index.generation import verify_generation
from index.manifest import check_digests, read_manifest
from ingest.errors import RegiowijzerError
from service.audit import FOLDER as AUDIT
from service.refusals import refusal
from service.tokens import FILE as TOKENS
from service.tokens import read_tokens


class BadBackup(RegiowijzerError):
    """A backup cannot be written, read, or put where it is asked to go."""


def back_up(data: Path, target: Path) -> str:
    """Write the current index, the tokens and the record of actions into a new file; returns the index's name.

    The index is checked byte by byte first. It may be in use: a generation never changes once it is there.

    Raises:
        BadBackup: the file exists already, or cannot be written.
        RegiowijzerError: there is no index, or it is damaged.
    """
    verify_generation(data)
    folder, _ = read_current(data)
    aside = target.with_name(f"{target.name}.{secrets.token_hex(4)}")
    try:
        if target.exists():
            raise BadBackup(f"{str(target)!r} bestaat al. Kies een andere naam; een reservekopie wordt niet vervangen.")
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz") as archive:
                for path in kept(data, folder):
                    archive.add(path, path.relative_to(data).as_posix(), recursive=False)
            file.flush()
            os.fsync(file.fileno())
        aside.rename(target)
        disk.flush_folder(target.parent)
    except OSError as error:
        raise BadBackup(f"De reservekopie {str(target)!r} kan niet worden geschreven: {refusal(error)}.") from None
    finally:
        aside.unlink(missing_ok=True)
    return folder.name


def kept(data: Path, generation: Path) -> Iterator[Path]:
    """Every file that a backup holds; not the keys of the record, so that a copy does not undo their removal."""
    yield data / POINTER
    yield from sorted(path for path in generation.rglob("*") if path.is_file())
    yield from sorted((data / AUDIT).glob("audit-*.jsonl"))
    if (data / TOKENS).is_file():
        yield data / TOKENS


def restore(source: Path, data: Path) -> str:
    """Put a backup into a data folder; returns the name of the index.

    The index becomes the current one in one step; another that is there stays as the one before it. Tokens and
    record are only put back where there are none: a token that was revoked since must not come to life again.

    Raises:
        BadBackup: the file is no backup, is damaged, or cannot be put there.
        IndexBusy (index.errors): another process is writing this data folder.
    """
    with disk.writing(data):
        aside = data / f".terug-{secrets.token_hex(4)}"
        try:
            aside.mkdir(mode=0o700)
            unpack(source, aside)
            check(source, aside)
            return put_back(aside, data)
        except OSError as error:
            raise BadBackup(f"De reservekopie {str(source)!r} kan niet terug: {refusal(error)}.") from None
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def unpack(source: Path, folder: Path) -> None:
    """Unpack plain files only; no name leads out of the folder."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            for member in archive:
                if not member.isfile():
                    raise BadBackup(f"{str(source)!r} bevat {member.name[:80]!r}; dat hoort niet in een reservekopie.")
                archive.extract(member, folder, filter="data", set_attrs=False)
    except FileNotFoundError:
        raise BadBackup(f"De reservekopie {str(source)!r} bestaat niet.") from None
    except (tarfile.TarError, EOFError, ValueError, zlib.error, OSError) as error:
        raise BadBackup(f"{str(source)!r} is geen reservekopie van Regiowijzer, of is beschadigd.") from error


def check(source: Path, folder: Path) -> None:
    """Refuse what is not as it was backed up."""
    try:
        verify_generation(folder)
        if (folder / TOKENS).is_file():
            read_tokens(folder / TOKENS)
    except RegiowijzerError as error:
        raise BadBackup(f"Wat in {str(source)!r} zit is niet heel: {error}") from error


def put_back(aside: Path, data: Path) -> str:
    """Move what was checked into place; the pointer turns last.

    An index of this name that is whole stays where it is, for readers have it open. A damaged one makes way first.
    """
    folder, _ = read_current(aside)
    target = data / FOLDER / folder.name
    _, sha256 = (aside / POINTER).read_text(encoding="ascii").split()
    for path in [aside / TOKENS, *(aside / AUDIT).glob("audit-*.jsonl")]:
        place = data / path.relative_to(aside)
        if path.is_file() and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.chmod(0o600)
            path.replace(place)
    target.parent.mkdir(exist_ok=True)
    if not is_whole(target, sha256):
        disk.flush_tree(folder)
        if target.exists():
            target.rename(target.with_name(f".oud-{secrets.token_hex(4)}"))
        folder.rename(target)
        disk.flush_folder(target.parent)
    point(data, target, sha256)
    return target.name


def is_whole(folder: Path, sha256: str) -> bool:
    """Whether a folder holds, byte by byte, the index whose manifest has this digest."""
    try:
        check_digests(folder, read_manifest(folder, sha256))
    except (IndexDamaged, OSError):
        return False
    return True
