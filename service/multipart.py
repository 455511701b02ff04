"""The file in a form that was sent as multipart/form-data (RFC 7578): ours has one field, and that is the file."""

import re
import shutil
from pathlib import Path

from ingest.errors import RegiowijzerError

HEAD = 8192
"""Bytes in which the headers of the part must end."""

_BOUNDARY = re.compile(r'boundary="?([^";,]{1,70})"?', re.IGNORECASE)
_FILE_NAME = re.compile(rb'filename="((?:[^"\\\r\n]|\\.)*)"')


class BadForm(RegiowijzerError):
    """The form cannot be read, or holds no file."""


def boundary_of(content_type: str) -> bytes:
    """What parts the fields of a form, from its Content-Type; b'' when it is no such form."""
    found = _BOUNDARY.search(content_type) if content_type.lower().startswith("multipart/form-data") else None
    return found[1].encode() if found else b""


def unwrap(body: Path, boundary: bytes, target: Path) -> str:
    """Write the file of a form to `target`, and return the name that it was given.

    Raises:
        BadForm: the body is no such form, or no file was chosen.
    """
    mark = b"--" + boundary
    size = body.stat().st_size
    with body.open("rb") as form:
        head = form.read(HEAD)
        start = head.find(b"\r\n\r\n")
        named = _FILE_NAME.search(head[:start])
        form.seek(max(size - HEAD, 0))
        tail = form.read()
        end = size - len(tail) + tail.rfind(b"\r\n" + mark)
        if not head.startswith(mark) or start < 0 or named is None or end < start + 4:
            raise BadForm("Kies eerst een PDF en stuur het formulier dan nog eens.")
        if not named[1]:
            raise BadForm("U hebt geen bestand gekozen. Kies een PDF.")
        _copy(body, start + 4, end, target)
    return named[1].decode("utf-8", errors="replace").replace("%22", '"')


def _copy(body: Path, start: int, end: int, target: Path) -> None:
    with body.open("rb") as source, target.open("wb") as kept:
        source.seek(start)
        shutil.copyfileobj(source, kept)
        kept.truncate(end - start)
