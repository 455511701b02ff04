"""The ledger of passages that vanished: what a permanent link of before still says, and what the words were.

Each generation carries one, so that it is verified, published and pruned with the rest. It is bounded: a ledger that
grows with every change would one day outweigh the index.
"""

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from index import store
from index.current import read_current
from index.errors import IndexDamaged, IndexMissing
from ingest.document import Document
from ingest.errors import BadRecord

log = logging.getLogger(__name__)

LEDGER = "former.jsonl"
# About 800 bytes each: at most some 16 MB beside an index that is larger by then.
MAX_FORMER = 20_000

_UNREADABLE = (OSError, ValueError, TypeError, KeyError, BadRecord, IndexMissing, IndexDamaged)


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

    Args:
        folder: the generation that is being written.
        data: the data folder, whose current generation is compared.
        documents: what the new generation holds.
    """
    held = {passage.id for document in documents for passage in document.passages}
    rows = {row.id: row for row in (*_vanished(data, held), *_former(data)) if row.id not in held}
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


def _vanished(data: Path, held: set[str]) -> Iterable[Former]:
    """Return the passages of the current generation that are not in `held`; none when it cannot be read."""
    try:
        before = store.read_documents(read_current(data)[0])
    except _UNREADABLE as fault:
        if not isinstance(fault, IndexMissing):
            log.warning("former passages are unknown: %s", fault)
        return ()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return [
        Former(passage.id, document.file, document.sha256, document.title, passage.page, passage.text, now)
        for document in before
        for passage in document.passages
        if passage.id not in held
    ]


def _former(data: Path) -> tuple[Former, ...]:
    """Return the current generation's own ledger; empty when it cannot be read."""
    try:
        return read_ledger(read_current(data)[0])
    except _UNREADABLE:
        return ()
