"""Documents, failures and the keys of vectors as files: JSON that a person can read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ingest.corpus import Failure
from ingest.document import Document
from ingest.records import from_json, to_json

DOCUMENTS = "documents.jsonl"
FAILURES = "failures.jsonl"
KEYS = "vectors.json"
DUPLICATES = "duplicates.json"


def write_documents(folder: Path, documents: Sequence[Document]) -> None:
    """Write one document a line."""
    _write_lines(folder / DOCUMENTS, [to_json(document) for document in documents])


def read_documents(folder: Path) -> tuple[Document, ...]:
    """Read the documents back, equal to what was written.

    Raises:
        OSError, ValueError, BadRecord: the file is missing or is not what `write_documents` wrote.
    """
    return tuple(from_json(fields) for fields in _read_lines(folder / DOCUMENTS))


def write_failures(folder: Path, failures: Sequence[Failure]) -> None:
    """Write one failure a line."""
    _write_lines(folder / FAILURES, [asdict(failure) for failure in failures])


def read_failures(folder: Path) -> tuple[Failure, ...]:
    """Read the failures back; raises as `read_documents` does."""
    return tuple(Failure(**fields) for fields in _read_lines(folder / FAILURES))


def write_keys(folder: Path, keys: Sequence[str]) -> None:
    """Write what each row's vector was made from, one key a row."""
    (folder / KEYS).write_text(json.dumps(list(keys), indent=0) + "\n", encoding="ascii")


def read_keys(folder: Path) -> tuple[str, ...]:
    """Read the keys back; raises as `read_documents` does."""
    return tuple(json.loads((folder / KEYS).read_text(encoding="ascii")))


def write_duplicates(folder: Path, duplicates: Mapping[str, Sequence[str]]) -> None:
    """Write the near-duplicates of each passage that has any, by id."""
    (folder / DUPLICATES).write_text(json.dumps(duplicates, indent=0) + "\n", encoding="ascii")


def read_duplicates(folder: Path) -> dict[str, tuple[str, ...]]:
    """Read the near-duplicates back; raises as `read_documents` does."""
    data = json.loads((folder / DUPLICATES).read_text(encoding="ascii"))
    return {passage: tuple(others) for passage, others in data.items()}


def _write_lines(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _read_lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]
