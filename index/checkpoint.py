"""A model's folder: whether it is whole and safe to open, and a fingerprint of what is in it."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import RegiowijzerError

# Formats that run code when they are opened.
_PICKLES = {".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle"}
# Documentation and leftovers: they do not change a vector, so they must not make an index stale.
_NOT_MODEL = {".md", ".lock", ".incomplete", ".py", ".pyc"}


class ModelMissing(RegiowijzerError):
    """The model's folder does not exist or lacks a file."""


class ModelUnsafe(RegiowijzerError):
    """The model can only be loaded by running code that came with it."""


class ModelUnreachable(RegiowijzerError):
    """The model is not on this machine and could not be fetched."""


def fingerprint(folder: Path) -> str:
    """Return a SHA-256 over the names and bytes of the model's files; documentation does not count."""
    total = hashlib.sha256()
    for path in _files(folder):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        total.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return total.hexdigest()


def modules(folder: Path) -> list[tuple[str, Path]]:
    """Return (class name, folder) of each module that modules.json names; [] when there is no modules.json.

    Raises:
        ModelMissing: modules.json cannot be read.
        ModelUnsafe: it names a class that is not one of sentence-transformers.
    """
    path = folder / "modules.json"
    if not path.exists():
        return []
    try:
        entries = [(str(entry["type"]), folder / entry["path"]) for entry in json.loads(path.read_bytes())]
    except (OSError, ValueError, KeyError, TypeError):
        raise ModelMissing(
            f"Het bestand {str(path)!r} is niet te lezen. Haal het taalmodel opnieuw op of kies een ander "
            "met REGIOWIJZER_MODEL."
        ) from None
    for name, _ in entries:
        if not name.startswith("sentence_transformers."):
            raise ModelUnsafe(
                f"Het taalmodel in {str(folder)!r} vraagt om eigen programmacode ({name!r}). Die voert Regiowijzer "
                "niet uit. Kies een ander taalmodel met REGIOWIJZER_MODEL."
            )
    return [(name.rpartition(".")[2], path) for name, path in entries]


def check(folder: Path) -> None:
    """Make sure that a folder holds a whole model whose weights cannot run code.

    Raises:
        ModelMissing: there is no such folder, or no model in it, or a part of the weights is not there.
        ModelUnsafe: there are weights in pickle format only, or modules.json asks for foreign code.
    """
    if not folder.is_dir():
        raise ModelMissing(
            f"De map {str(folder)!r} met het taalmodel bestaat niet. Controleer REGIOWIJZER_MODEL, of laat die leeg "
            "voor het meegeleverde taalmodel."
        )
    modules(folder)
    _check_pickles(folder)
    missing = _missing(folder)
    if missing:
        raise ModelMissing(
            f"Het taalmodel in {str(folder)!r} is niet compleet: {missing!r} ontbreekt. Haal het opnieuw op, of kies "
            "een ander met REGIOWIJZER_MODEL."
        )


def _check_pickles(folder: Path) -> None:
    """Refuse a folder in which a part of the weights exists as a pickle only."""
    for path in _files(folder):
        if path.suffix in _PICKLES and not any(path.parent.glob("*.safetensors")):
            raise ModelUnsafe(
                f"Het taalmodel in {str(folder)!r} heeft alleen gewichten in een onveilig formaat ({path.name!r}). "
                "Regiowijzer leest alleen safetensors. Kies een ander taalmodel met REGIOWIJZER_MODEL."
            )


def _missing(folder: Path) -> str:
    """Name the first file that a whole model would have and this folder lacks, or ''."""
    if not any((folder / name).exists() for name in ("modules.json", "config.json")):
        return "modules.json"
    shards = [name for index in folder.rglob("*.safetensors.index.json") for name in _shards(index)]
    for path in shards:
        if not path.exists():
            return path.relative_to(folder).as_posix()
    return "" if any(folder.rglob("*.safetensors")) else "model.safetensors"


def _shards(index: Path) -> set[Path]:
    """Return the files over which weights are spread."""
    return {index.parent / name for name in json.loads(index.read_bytes())["weight_map"].values()}


def _files(folder: Path) -> Iterator[Path]:
    """Yield the model's own files in a fixed order."""
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        hidden = any(part.startswith((".", "__")) for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.suffix not in _NOT_MODEL:
            yield path
