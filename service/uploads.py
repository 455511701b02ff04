"""Documents that users add: checked, read for a try, put into the corpus, and indexed in the background one by one.

Nothing reaches the corpus before it could be read; what cannot be indexed is taken out again.
"""

import filecmp
import logging
import queue
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from os.path import samestat
from pathlib import Path
from typing import Protocol

from ingest.errors import RegiowijzerError
from service.actor import NOBODY, Actor
from service.memo import Format, file_name
from service.refusals import refusal

log = logging.getLogger(__name__)

MAX_WAITING = 10
MAX_KEPT = 200
"""Finished uploads that can still be asked after."""

DIGEST_LENGTHS = (8, 16, 64)
"""Hexadecimal digits of the digest in a name: few read well, all of them tell any two documents apart."""

MAGIC = b"%PDF-"
MAGIC_WITHIN = 1024
"""PDF readers accept the signature anywhere in the first so many bytes."""

NO_TEXT = (
    "In deze PDF staat geen tekst die te lezen is. Is het een scan? Maak hem dan eerst doorzoekbaar, en voeg hem "
    "opnieuw toe."
)

NOT_KEPT = "Het document kan niet worden bewaard: {}. Meld dit aan de beheerder."


class BadUpload(RegiowijzerError):
    """What was sent cannot be added; the message says why and what to do."""


class State(StrEnum):
    """How far an upload is; the value is what a reader sees."""

    WAITING = "wacht"
    READING = "lezen"
    INDEXING = "index bijwerken"
    DONE = "klaar"
    FAILED = "mislukt"


@dataclass(frozen=True, slots=True)
class Job:
    """One document on its way into the index.

    Attributes:
        id: name to ask after it.
        name: of the file, as it was sent.
        names: the file in the corpus gets the first of these that is free.
        state: how far it is.
        detail: Dutch sentence on that.
        document: file name in the index once it is there, else ''.
        actor: who sent it.
        origin: the address that it came from.
    """

    id: str
    name: str
    names: tuple[str, ...]
    state: State
    detail: str
    document: str = ""
    actor: Actor = NOBODY
    origin: str = ""

    @property
    def stored(self) -> str:
        """Name of the file in the corpus; the only one left once it lies there."""
        return self.names[0]

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {State.DONE, State.FAILED}


class Indexer(Protocol):
    """What reads and indexes; see `service.upload_indexing`."""

    def count_passages(self, path: Path) -> int:
        """Read one PDF that is not in the corpus yet. Raises RegiowijzerError when that cannot be done."""

    def index(self, path: Path) -> str:
        """Index the corpus, and return the name under which `path` stands in it. Raises RegiowijzerError."""


class Uploads:
    """Takes documents in and works them off, one at a time.

    Args:
        folders: the corpus folders; documents are put into the first.
        limit_mb: how large one may be.
        indexer: reads and indexes.
        told: is told of each document that was worked off.
    """

    def __init__(
        self, folders: Sequence[Path], limit_mb: int, indexer: Indexer, told: Callable[[Job], None] = lambda _: None
    ) -> None:
        self.folders = folders
        self.folder = folders[0]
        self.limit_mb = limit_mb
        self._indexer = indexer
        self._told = told
        self._jobs: dict[str, Job] = {}
        self._waiting: queue.Queue[tuple[str, Path]] = queue.Queue(MAX_WAITING)
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None

    @property
    def limit(self) -> int:
        """The most bytes of one document."""
        return self.limit_mb * 1024 * 1024

    def aside(self) -> Path:
        """A new path for what is being received. Its folder is hidden, so that an ingest does not see it.

        Raises:
            OSError: the folder cannot be made.
        """
        hidden = self.folder / ".ontvangen"
        hidden.mkdir(parents=True, exist_ok=True)
        return hidden / f"{secrets.token_hex(8)}.pdf"

    def add(self, received: Path, name: str, sha256: str, actor: Actor = NOBODY, origin: str = "") -> Job:
        """Queue a file that was received whole; it is ours from here on.

        `actor` and `origin` are who sent it, and from where.

        Raises:
            BadUpload: it is no PDF, or too many are waiting.
        """
        check_pdf(received)
        names = stored_names(name, sha256)
        waits = "Wacht op zijn beurt."
        job = Job(secrets.token_hex(8), name[:200], names, State.WAITING, waits, actor=actor, origin=origin)
        with self._lock:
            self._forget()
            self._jobs[job.id] = job
        try:
            self._waiting.put_nowait((job.id, received))
        except queue.Full:
            self._set(replace(job, state=State.FAILED))
            raise BadUpload("Er wachten nu te veel documenten. Probeer het over een paar minuten opnieuw.") from None
        self._start()
        return job

    def job(self, name: str) -> Job | None:
        """An upload by its id."""
        return self._jobs.get(name)

    def _start(self) -> None:
        with self._lock:
            if self._worker is None or not self._worker.is_alive():
                self._worker = threading.Thread(target=self._work, name="toevoegen", daemon=True)
                self._worker.start()

    def _work(self) -> None:
        while True:
            name, received = self._waiting.get()
            job = self._work_off(self._jobs[name], received)
            self._tell(job)
            self._set(job)
            self._waiting.task_done()

    def _work_off(self, job: Job, received: Path) -> Job:
        try:
            return self._process(job, received)
        except RegiowijzerError as error:
            return replace(job, state=State.FAILED, detail=str(error))
        except OSError as error:
            log.exception("bewaren mislukt", extra={"document": job.stored})
            return replace(job, state=State.FAILED, detail=NOT_KEPT.format(refusal(error)))
        except Exception:  # one document must not end the work on the next
            log.exception("toevoegen mislukt", extra={"document": job.stored})
            return replace(job, state=State.FAILED, detail="Er ging iets mis aan onze kant.")
        finally:
            received.unlink(missing_ok=True)

    def _tell(self, job: Job) -> None:
        try:
            self._told(job)
        except Exception:  # what keeps a record must not end the work on the next
            log.exception("vastleggen mislukt", extra={"document": job.stored})

    def _process(self, job: Job, received: Path) -> Job:
        self._set(replace(job, state=State.READING, detail="Het document wordt gelezen."))
        if not self._indexer.count_passages(received):
            raise BadUpload(NO_TEXT)
        self._set(replace(job, state=State.INDEXING, detail="De index wordt bijgewerkt."))
        kept = place(received, [self.folder / name for name in job.names])
        ours = kept.stat()
        try:
            document = self._indexer.index(kept)
        except BaseException:
            # Meanwhile somebody else may have put another file there.
            if kept.exists() and samestat(kept.stat(), ours):
                kept.unlink()
            raise
        detail = "Het document staat in de index. Zoeken erin kan binnen enkele seconden."
        return replace(job, names=(kept.name,), state=State.DONE, detail=detail, document=document)

    def _set(self, job: Job) -> None:
        with self._lock:
            self._jobs[job.id] = job

    def _forget(self) -> None:
        """Let go of the oldest finished uploads."""
        over = [name for name, job in self._jobs.items() if job.over]
        for name in over[: max(len(self._jobs) - MAX_KEPT, 0)]:
            del self._jobs[name]


def check_pdf(path: Path) -> None:
    """Refuse what does not begin as a PDF, whatever its name says."""
    with path.open("rb") as file:
        head = file.read(MAGIC_WITHIN)
    if not head:
        raise BadUpload("Het bestand is leeg. Kies een PDF.")
    if MAGIC not in head:
        raise BadUpload("Dit bestand is geen PDF. Sla het document op als PDF en voeg het opnieuw toe.")


def stored_names(name: str, sha256: str) -> tuple[str, ...]:
    """Names of ours for what was sent: letters, digits and hyphens, with ever more of its digest.

    >>> stored_names("../../Plán (def).PDF", "ab12cd34" + "0" * 56)[0]
    'plan-def-ab12cd34.pdf'
    """
    plain = name.replace("\\", "/").rpartition("/")[2]
    stem = file_name(plain.rpartition(".")[0] or plain, Format.MARKDOWN).removesuffix(".md")
    return tuple(f"{'document' if stem == 'memo' else stem}-{sha256[:length]}.pdf" for length in DIGEST_LENGTHS)


def place(received: Path, wanted: Sequence[Path]) -> Path:
    """Move a file to the first of these paths that is free, and return that; no file that is there is replaced.

    Raises:
        BadUpload: the same document lies there, or no path is free.
    """
    for path in wanted:
        try:
            # An empty file of ours keeps the place: a rename by itself would replace what came there meanwhile.
            path.touch(exist_ok=False)
        except FileExistsError:
            if path.is_file() and filecmp.cmp(received, path, shallow=False):
                break
            continue
        try:
            return received.replace(path)
        except BaseException:
            path.unlink()
            raise
    raise BadUpload(f"Dit document staat al in de map met documenten, als {path.name!r}.")


def holds_all(folders: Sequence[Path], paths: Sequence[str]) -> bool:
    """Whether all indexed files lie in the corpus folders: an ingest of these would drop any other from the index."""
    roots = [folder.resolve() for folder in folders]
    return all(any(Path(path).resolve().is_relative_to(root) for root in roots) for path in paths)
