"""The PDFs themselves, handed out only while they are still what was indexed."""

import hashlib
from functools import lru_cache
from pathlib import Path

from ingest.document import Document
from ingest.errors import RegiowijzerError


class FileGone(RegiowijzerError):
    """The PDF is no longer where it was read."""


class FileChanged(RegiowijzerError):
    """The PDF differs from what was indexed, so that pages and citations may no longer fit."""


@lru_cache(maxsize=256)
def _digest(path: Path, size: int, modified_ns: int) -> str:
    """SHA-256 of a file; size and time are in the key so that a changed file is read again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pdf_path(document: Document) -> Path:
    """Where the PDF of an indexed document lies.

    Raises:
        FileGone: it has been moved or removed.
        FileChanged: its bytes are no longer those that were indexed.
    """
    path = Path(document.path)
    if not path.is_file():
        raise FileGone(f"{document.file!r} staat niet meer waar het is ingelezen. Zet het terug of lees opnieuw in.")
    status = path.stat()
    if _digest(path, status.st_size, status.st_mtime_ns) != document.sha256:
        raise FileChanged(
            f"{document.file!r} is veranderd nadat het is ingelezen, dus pagina's kunnen verschoven zijn. "
            "Lees opnieuw in met: regiowijzer ingest"
        )
    return path
