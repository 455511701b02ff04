"""The manifest of a generation: what an index folder holds, what made it, and the digest of every file in it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import IndexDamaged

# Raise when the files of a generation change their meaning.
FORMAT = 3
NAME = "manifest.json"

REBUILD = "Bouw de index opnieuw met: regiowijzer ingest MAP --data {data}"


@dataclass(frozen=True, slots=True)
class FileStamp:
    """One file of a generation.

    Attributes:
        size: in bytes.
        sha256: hexadecimal digest of its bytes.
    """

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds and what made it.

    Attributes:
        format: version of the folder's layout.
        generation: the folder's name.
        built: when, ISO 8601 in UTC.
        model, fingerprint, dimension: the encoder's name, a digest of its files, the length of its vectors.
        analyser, ingest: versions of the analyser and of ingest.
        documents: digest of each document by file name.
        counts: documents, pages, passages, failures.
        files: size and digest of every other file by its path in the folder, '/' between the parts.
    """

    format: int
    generation: str
    built: str
    model: str
    fingerprint: str
    dimension: int
    analyser: str
    ingest: int
    documents: Mapping[str, str]
    counts: Mapping[str, int]
    files: Mapping[str, FileStamp]


def digest(path: Path) -> str:
    """Return the hexadecimal SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stamp_files(folder: Path) -> dict[str, FileStamp]:
    """Stamp every file under a folder but the manifest itself."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / NAME)
    return {path.relative_to(folder).as_posix(): FileStamp(path.stat().st_size, digest(path)) for path in files}


def write_manifest(folder: Path, manifest: Manifest) -> str:
    """Write the manifest into its folder and return the digest of the file."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / NAME).write_text(text + "\n", encoding="utf-8")
    return digest(folder / NAME)


def read_manifest(folder: Path, sha256: str = "") -> Manifest:
    """Read the manifest of a folder.

    Args:
        folder: the generation.
        sha256: the digest that the manifest must have; '' when nobody vouches for one.

    Raises:
        IndexDamaged: it is missing, changed or not a manifest.
    """
    try:
        if sha256 and digest(folder / NAME) != sha256:
            raise _damaged(folder, NAME, "is veranderd sinds het geschreven werd")
        fields = json.loads((folder / NAME).read_text(encoding="utf-8"))
        files = {name: FileStamp(**stamp) for name, stamp in fields.pop("files").items()}
        return Manifest(**fields, files=files)
    except OSError:
        raise _damaged(folder, NAME, "ontbreekt of is niet te lezen") from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise _damaged(folder, NAME, "heeft een andere opbouw dan deze versie kent") from None


def check_sizes(folder: Path, manifest: Manifest) -> None:
    """Check that every file is there and has its size: free, and it names a torn file better than its digest does.

    Raises:
        IndexDamaged: names the first file that is not as it was written.
    """
    for name, stamp in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise _damaged(folder, name, "ontbreekt")
        if path.stat().st_size != stamp.size:
            raise _damaged(folder, name, f"is {path.stat().st_size} bytes groot en hoort {stamp.size} bytes te zijn")


def check_digests(folder: Path, manifest: Manifest) -> None:
    """Check the bytes of every file.

    Raises:
        IndexDamaged: names the first file that is not as it was written.
    """
    check_sizes(folder, manifest)
    for name, stamp in manifest.files.items():
        if digest(folder / name) != stamp.sha256:
            raise _damaged(folder, name, "is veranderd sinds het geschreven werd")


def _damaged(folder: Path, name: str, fault: str) -> IndexDamaged:
    """Say which file of a generation is wrong; the data folder is two above the generation's."""
    cure = REBUILD.format(data=folder.parent.parent)
    return IndexDamaged(f"De index is beschadigd: het bestand {str(folder / name)!r} {fault}. {cure}")
