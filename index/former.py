"""The ledger of passages that vanished: what a permanent link of before still says, and what the words were.

Each generation carries one, so that it is verified, published and pruned with the rest. It is bounded: a ledger that
grows with every change would one day outweigh the index.
"""

import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index import store
from index.current import folder_of_current
from ingest.document import Document

log = logging.getLogger(__name__)

LEDGER = "former.jsonl"
# About 800 bytes each: at most some 16 MB beside an index that is larger by then.
MAX_FORMER = 20_000


@dataclass(frozen=True, slots=True)
class Former:
    """A passage that an earlier generation held and this one does not.

    Attributes:
        id: the name that links to it use.
        file: the document it came from.
        sha256: digest of that file as it was.
        title: the document's title then.
        page: where it stood, 1-based.
        text: its words.
        left: when it vanished, ISO 8601 in UTC.
    """

    id: str
    file: str
    sha256: str
    title: str
    page: int
    text: str
    left: str


def write_ledger(folder: Path, data: Path, documents: Sequence[Document]) -> None:
    """Write beside a new generation what it no longer holds of the current one, and what was former before that.

    The current generation may be of another version of this program; only the fields needed here are read of it.

    Args:
        folder: the generation that is being written.
        data: the data folder, whose current generation is compared.
        documents: what the new generation holds.
    """
    held = {passage.id for document in documents for passage in document.passages}
    before = folder_of_current(data)
    found = () if before is None else (*_vanished(before), *_former(before))
    rows = {row.id: row for row in found if row.id not in held}
    kept = list(rows.values())[:MAX_FORMER]
    with (folder / LEDGER).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in kept)


def read_ledger(folder: Path) -> tuple[Former, ...]:
    """Read the ledger of a generation, newest first; one of before there were ledgers has none.

    Raises:
        OSError, ValueError, TypeError: the ledger is not what `write_ledger` wrote.
    """
    path = folder / LEDGER
    if not path.exists():
        return ()
    with path.open(encoding="utf-8") as file:
        return tuple(Former(**json.loads(line)) for line in file)


def _vanished(folder: Path) -> Iterator[Former]:
    """Yield the passages of a generation as they would stand in the ledger, those of a broken line left out."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    for document in _lines(folder / store.DOCUMENTS):
        try:
            file, sha256, title = document["file"], document["sha256"], document["title"]
            rows = [Former(p["id"], file, sha256, title, p["page"], p["text"], now) for p in document["passages"]]
        except (KeyError, TypeError) as fault:
            log.warning("former passages of a document are unknown: %s in %s", fault, folder)
        else:
            yield from rows


def _former(folder: Path) -> Iterator[Former]:
    """Yield the rows of a generation's own ledger, without those that lack a field."""
    if not (folder / LEDGER).exists():
        return
    for row in _lines(folder / LEDGER):
        try:
            yield Former(**{field.name: row[field.name] for field in fields(Former)})
        except (KeyError, TypeError) as fault:
            log.warning("a former passage is lost: %s in %s", fault, folder)


def _lines(path: Path) -> Iterator[Any]:
    """Yield the JSON of each line; what cannot be read is left out and logged."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                try:
                    yield json.loads(line)
                except ValueError as fault:
                    log.warning("line %d of %s is lost: %s", number, path, fault)
    except OSError as fault:
        log.warning("former passages are unknown: %s", fault)
