"""Who did what, when, from where, to what and with what result: a line for each action, as the Dutch government's
baseline for information security (BIO2, on the logging of events) wants it.

Questions say much about whoever asks them, so a line holds a keyed digest: two equal questions of one month can be seen
to be equal, and without the key nobody can try out what they were. With the key of a month gone that stays so for good.
"""

import errno
import hashlib
import hmac
import json
import logging
import os
import secrets
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from service.observing import Observed

log = logging.getLogger(__name__)

FOLDER = "audit"
OWN = 0o600
KEY_BYTES = 32
# Route -> what was done, in the words of whoever reads the log.
ACTIONS = {
    "/": "zoeken",
    "/v1/search": "zoeken",
    "/v1/suggestions": "namen voorstellen",
    "/vergelijken": "vergelijken",
    "/v1/compare": "vergelijken",
    "/v1/compare/export": "vergelijking opslaan",
    "/v1/compare/differences": "regio's naast elkaar zetten",
    "/v1/compare/differences/export": "verschillen opslaan",
    "/verschillen": "regio's naast elkaar zetten",
    "/v1/matrix": "matrix bekijken",
    "/v1/matrix/cell": "matrix bekijken",
    "/v1/matrix/export": "matrix opslaan",
    "/matrix": "matrix bekijken",
    "/matrix/vakje": "matrix bekijken",
    "/documenten": "documenten bekijken",
    "/v1/documents": "documenten bekijken",
    "/v1/documents/{file:path}/file": "document ophalen",
    "/v1/documents/{file:path}/pages/{number}/image": "pagina bekijken",
    "/memo": "memo maken",
    "/memo/bestand": "memo opslaan",
    "/v1/memos": "memo opslaan",
    "/v1/uploads": "document toevoegen",
    "/documenten/toevoegen": "document toevoegen",
    "/aanmelden": "aanmelden",
    "/afmelden": "afmelden",
    "/metrics": "metingen ophalen",
}
# A supervisor asks every few seconds, and a page brings its files along: neither is an action of somebody.
NOT_ACTIONS = ("/v1/health", "/static")


@dataclass(frozen=True, slots=True)
class Event:
    """One line.

    Attributes:
        action: what was done.
        object: to what; '' for the service as a whole.
        result: 'gelukt', 'geweigerd' or 'mislukt'.
        origin: address that it came from, or 'opdrachtregel'.
        actor: name of the token or of the user of the machine.
        role: what the actor may do, '' for nothing.
        status: of the HTTP answer, 0 outside HTTP.
        question: the question or its digest, '' when nothing was asked.
    """

    action: str
    object: str
    result: str
    origin: str
    actor: str
    role: str = ""
    status: int = 0
    question: str = ""


class Audit:
    """Appends lines to a file for each day, and removes files that are too old.

    Args:
        data: the data folder.
        questions: whether to write questions as they were asked.
        days: how long a file is kept.
        now: tells the time.
    """

    def __init__(
        self, data: Path, questions: bool, days: int, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.folder = data / FOLDER
        self.questions = questions
        self.days = days
        self._now = now
        self._lock = threading.Lock()
        self._day: date | None = None
        self._key = b""
        self._file = -1

    def __call__(self, what: Observed) -> None:
        """Write down a request, unless it is no action of somebody."""
        if not what.route.startswith(NOT_ACTIONS):
            self.write(event_of(what))

    def write(self, event: Event) -> None:
        """Write one line; a single write at the end of the file, so that processes do not mix theirs."""
        with self._lock:
            now = self._now()
            if now.date() != self._day:
                self._turn_to(now.date())
            question = " ".join(event.question.split())
            if question and not self.questions:
                question = f"hmac:{keyed(self._key, question)}"
            fields = {"time": now.isoformat(timespec="milliseconds"), **asdict(event), "question": question}
            kept = {name: value for name, value in fields.items() if value or name == "object"}
            os.write(self._file, (json.dumps(kept, ensure_ascii=False) + "\n").encode())

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._file >= 0:
                os.close(self._file)
            self._file, self._day = -1, None

    def _turn_to(self, day: date) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = month_key(self.folder, day)
        fresh = os.open(self.folder / f"audit-{day.isoformat()}.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, OWN)
        if self._file >= 0:
            os.close(self._file)
        self._file, self._key = fresh, key
        sweep(self.folder, day, self.days)
        self._day = day


def event_of(what: Observed) -> Event:
    """A request as an event."""
    action = ACTIONS.get(what.route) or (f"{what.method} {what.route}" if what.route else "onbekend adres")
    # A name that does not stand in the index may be anything that somebody typed.
    parts = [str(part)[:200] for part in what.parts.values()]
    return Event(
        action=action,
        object=" ".join(parts),
        result=result_of(what.status),
        origin=what.origin,
        actor=what.actor.name,
        role=what.actor.role or "",
        status=what.status,
        question=what.question[:2000],
    )


def result_of(status: int) -> str:
    """How an answer's status reads: what a client may not do is refused, all else that is wrong has failed."""
    if status in {401, 403, 429}:
        return "geweigerd"
    return "gelukt" if status < 400 else "mislukt"


def keyed(key: bytes, question: str) -> str:
    """HMAC-SHA256 of a question, whatever its case, cut to 128 bits."""
    return hmac.new(key, question.casefold().encode(errors="replace"), hashlib.sha256).hexdigest()[:32]


def month_key(folder: Path, day: date) -> bytes:
    """The key of a month, made when there is none that is whole; with an empty one anybody could try out questions."""
    remove_keys(folder, day)
    wanted = folder / f"sleutel-{day:%Y-%m}"
    if wanted.exists() and wanted.stat().st_size != KEY_BYTES:
        wanted.unlink(missing_ok=True)
    if not wanted.exists():
        _make_key(wanted)
    key = wanted.read_bytes()
    if len(key) != KEY_BYTES:
        raise OSError(errno.EIO, "the key is not whole", str(wanted))
    return key


def _make_key(wanted: Path) -> None:
    """Write a key aside and give it its name: whoever sees the name sees the whole key, and the first to come wins."""
    aside = wanted.with_name(f".{wanted.name}-{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWN), "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
        try:
            os.link(aside, wanted)
        except FileExistsError:
            return
        except OSError:  # a file system without links: of two at once the last wins, but its key is whole too
            aside.replace(wanted)
    finally:
        aside.unlink(missing_ok=True)


def sweep(folder: Path, day: date, days: int) -> None:
    """Remove the files of the record that are older than `days`, and the keys of earlier months.

    A backup keeps what was in it when it was made; of what comes back from one, the next sweep removes what is too old.
    """
    remove_older(folder, day - timedelta(days=days))
    remove_keys(folder, day)


def remove_keys(folder: Path, day: date) -> None:
    """Remove the keys of the months before that of `day`, also those that a writer that was killed left aside."""
    for path in [*folder.glob("sleutel-*"), *folder.glob(".sleutel-*")]:
        if path.name.lstrip(".")[: len("sleutel-2026-01")] < f"sleutel-{day:%Y-%m}":
            path.unlink(missing_ok=True)


def remove_older(folder: Path, oldest: date) -> None:
    """Remove the files of the days before `oldest`."""
    for path in folder.glob("audit-*.jsonl"):
        if path.name < f"audit-{oldest.isoformat()}.jsonl":
            path.unlink(missing_ok=True)
