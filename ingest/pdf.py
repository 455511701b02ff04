"""A PDF file becomes pages of positioned lines, read in a child process that may be killed.

PDFs come from outside. A file can ask for endless time or memory, or bring the interpreter down; so `ingest.worker`
reads it (with pypdf) in a process of its own under limits, and the pages that came out before a limit struck are kept.
"""

import json
import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import Any

from ingest.confine import surroundings, tell_connected
from ingest.document import Line
from ingest.errors import BrokenPdf, EncryptedPdf, LimitReached, NotAPdf, NoTextLayer, broken_in_dutch, in_dutch
from ingest.rules import Rule

logger = logging.getLogger(__name__)

HEADER_WINDOW = 1024
"""The specification lets the %PDF- mark stand anywhere in the first 1024 bytes."""
STARTUP_SECONDS = 5.0
"""What the child may take to start, on top of the limit."""
_PAGE_FAULTS = {
    "scan": "geen tekstlaag, alleen een afbeelding. Herken de tekst eerst met OCR",
    "letters": "de letters hebben geen betekenis: het lettertype zegt niet welke tekens het zijn",
    "slow": "het lezen duurde te lang",
    "memory": "het lezen vroeg te veel geheugen",
    "large": "er staat te veel op",
}
_HIDDEN = {
    "invisible": "tekens onzichtbaar",
    "blended": "tekens in de kleur van de achtergrond",
    "tiny": "tekens te klein om te lezen",
    "outside": "tekens buiten de pagina",
}
_LIMIT_CODES = ("slow", "memory")
_LIMIT_SIGNALS = tuple(-getattr(signal, name) for name in ("SIGXCPU", "SIGKILL") if hasattr(signal, name))
"""How a child ends that used too much processor time, or that the system stopped for want of memory."""
_ROOT = str(Path(__file__).resolve().parents[1])
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from ingest.worker import main; main(sys.argv[2], sys.argv[3])"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may ask of the machine.

    Attributes:
        seconds: time for the whole file.
        memory_mb: address space of the child process, in MiB.
        pages: pages read; the rest is left out and reported.
        characters: characters of text kept.
        page_seconds: time for one page.
        output_mb: what the child process may send back, in MiB; some six thousand full pages.
    """

    seconds: float = 60.0
    memory_mb: int = 1024
    pages: int = 5000
    characters: int = 20_000_000
    page_seconds: float = 15.0
    output_mb: int = 64


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the PDF's outline.

    Attributes:
        title: as it stands in the file.
        level: depth, 1 at the top.
        page: 1-based page to which it leads.
    """

    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as it was drawn.

    Attributes:
        number: 1-based position in the file.
        label: the file's own name for the page (/PageLabels); '' when that is just the number.
        width, height: size in points as displayed, after rotation.
        lines: in the order of the content stream.
        problem: Dutch sentence that says why there are no lines, or ''.
        limited: whether a limit on time or memory is why.
        rules: the ruling lines drawn on it.
        warning: Dutch sentence on text that nobody can see and that is in no line, or ''.
    """

    number: int
    label: str
    width: float
    height: float
    lines: tuple[Line, ...]
    problem: str = ""
    limited: bool = False
    rules: tuple[Rule, ...] = ()
    warning: str = ""


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A PDF as it was drawn.

    Attributes:
        file: file name.
        path: where it was read, absolute.
        sha256: hexadecimal digest of the file's bytes.
        metadata: document information, keys in lower case ('title', 'author', 'creationdate' …).
        bookmarks: the outline, flattened.
        pages: in order; short when `incomplete`.
        incomplete: Dutch sentence that says which limit cut the reading short, or ''.
    """

    file: str
    path: str
    sha256: str
    metadata: Mapping[str, str]
    bookmarks: tuple[Bookmark, ...]
    pages: tuple[RawPage, ...]
    incomplete: str = ""


@dataclass
class _Received:
    count: int = 0
    metadata: dict[str, str] = field(default_factory=dict)
    pages: list[RawPage] = field(default_factory=list)
    tail: dict[str, Any] | None = None
    error: tuple[str, str] | None = None
    cut: str = ""
    """Why we ended the child: 'slow', 'large', or 'crash' when it made no sense; '' when it ended by itself."""
    status: int = 0


class Children:
    """The child processes that read for one caller, so that it can stop them all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[str]] = set()
        self._stopped = False

    def add(self, child: "subprocess.Popen[str]") -> None:
        """Take note of a child; it is killed at once when all were stopped before."""
        with self._lock:
            self._running.add(child)
            if self._stopped:
                child.kill()

    def remove(self, child: "subprocess.Popen[str]") -> None:
        """Forget a child that ended."""
        with self._lock:
            self._running.discard(child)

    def stop(self) -> None:
        """Kill the children, and those that are still to come."""
        with self._lock:
            self._stopped = True
            for child in self._running:
                child.kill()


def read_pdf(path: Path, limits: Limits | None = None, children: Children | None = None) -> RawDocument:
    """Read a PDF in a child process, which `children` can stop.

    A page that cannot be read keeps its place, without lines and with its problem. Raises NotAPdf, EncryptedPdf,
    BrokenPdf, NoTextLayer or LimitReached when nothing of the text came out, OSError when no child can be started.
    """
    limits = limits or Limits()
    digest = _digest(path)
    received = _receive(path, limits, children or Children())
    if received.error is not None:
        _refuse(path.name, received.error, limits)
    incomplete = _cut_short(path.name, received, limits)
    if not any(page.lines for page in received.pages):
        _give_up(path.name, received, incomplete)
    marks = (received.tail or {}).get("bookmarks", ())
    return RawDocument(
        file=path.name,
        path=str(path.resolve()),
        sha256=digest,
        metadata=received.metadata,
        bookmarks=tuple(Bookmark(*mark) for mark in marks),
        pages=tuple(received.pages),
        incomplete=incomplete,
    )


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            start = stream.read(HEADER_WINDOW)
            stream.seek(0)
            digest = file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise BrokenPdf(f"{path.name!r} kan niet worden geopend: {in_dutch(error)}.") from None
    if not start:
        raise NotAPdf(f"{path.name!r} is leeg (0 bytes). Haal het bestand opnieuw op.")
    if b"%PDF-" not in start:
        raise NotAPdf(f"{path.name!r} is geen PDF. Sla het document op als PDF en probeer het opnieuw.")
    return digest


def _receive(path: Path, limits: Limits, children: Children) -> _Received:
    command = [
        sys.executable,
        "-I",
        "-X",
        "utf8",
        "-c",
        _PROGRAM,
        _ROOT,
        str(path.resolve()),
        json.dumps(asdict(limits)),
    ]
    received = _Received()
    with subprocess.Popen(  # noqa: S603  # our own module; the path is an argument, not a command
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="ascii",
        env=surroundings(),
    ) as child:

        def kill() -> None:
            received.cut = "slow"
            child.kill()

        timer = threading.Timer(limits.seconds + STARTUP_SECONDS, kill)
        try:
            timer.start()
            children.add(child)
            _hear(path.name, child, received, limits.output_mb << 20)
        finally:
            timer.cancel()
            child.kill()
            children.remove(child)
    received.status = child.returncode
    return received


def _hear(file: str, child: "subprocess.Popen[str]", received: _Received, most: int) -> None:
    """Take in what the child says, up to `most` characters; what a page that took it over may say is no reason to fail.

    Its last line may be torn by a kill.
    """
    try:
        while child.stdout is not None:
            line = child.stdout.readline(most + 1)
            most -= len(line)
            if most < 0:
                received.cut = "large"
            if most < 0 or not line.endswith("\n"):
                return
            _take(file, json.loads(line), received)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        logger.warning("the child makes no sense: %s", error, extra={"document": file})
        received.cut = "crash"


def _take(file: str, message: dict[str, Any], received: _Received) -> None:
    if "page" in message:
        received.pages.append(_page(file, message["page"]))
    elif "head" in message:
        received.count = message["head"]["pages"]
        received.metadata = message["head"]["metadata"]
    elif "tail" in message:
        received.tail = message["tail"]
    elif "apart" in message:
        if not message["apart"]:
            tell_connected()
    elif "error" in message:
        received.error = (message["error"][0], message["error"][1])
    else:
        raise ValueError("a message of no kind that we know")


def _page(file: str, page: dict[str, Any]) -> RawPage:
    lines = tuple(
        Line(text, x, y, width, size, bool(bold), order)
        for order, (text, x, y, width, size, bold) in enumerate(page["lines"])
    )
    number, code = page["number"], page["problem"]
    problem = _problem(file, number, code)
    rules = tuple(Rule(*rule) for rule in page["rules"])
    return RawPage(
        number=number,
        label=page["label"],
        width=page["width"],
        height=page["height"],
        lines=lines,
        problem=problem,
        limited=code in _LIMIT_CODES,
        rules=rules,
        warning=_warning(file, number, page["hidden"]),
    )


def _warning(file: str, number: int, hidden: Mapping[str, int]) -> str:
    """Say how much text on a page nobody can see, and why."""
    if not hidden:
        return ""
    kinds = " en ".join(f"{count} {_HIDDEN[why]}" for why, count in sorted(hidden.items()))
    return f"{file}, pagina {number}: verborgen tekst is weggelaten ({kinds}). Kijk na wie het bestand heeft gemaakt."


def _problem(file: str, number: int, code: str) -> str:
    if not code:
        return ""
    if code in _PAGE_FAULTS:
        return f"{file}, pagina {number}: {_PAGE_FAULTS[code]}."
    logger.warning("page is damaged: %s", code, extra={"document": file, "page": number})
    return f"{file}, pagina {number}: de pagina is beschadigd: {broken_in_dutch(code)}."


def _refuse(file: str, error: tuple[str, str], limits: Limits) -> None:
    code, reason = error
    logger.warning("file is refused: %s %s", code, reason, extra={"document": file})
    if code == "password":
        raise EncryptedPdf(f"{file!r} is beveiligd met een wachtwoord. Sla het op zonder wachtwoord.")
    if code == "DependencyError":
        raise EncryptedPdf(f"{file!r} is versleuteld op een manier die wij niet kennen. Sla het op zonder beveiliging.")
    if code == "slow":
        raise LimitReached(_late(file, limits))
    if code == "memory":
        raise LimitReached(_heavy(file, limits))
    cure = "Haal het bestand opnieuw op of druk het af naar PDF."
    raise BrokenPdf(f"{file!r} is beschadigd: {broken_in_dutch(f'{code} {reason}')}. {cure}")


def _late(file: str, limits: Limits) -> str:
    return (
        f"{file!r}: lezen duurde langer dan {limits.seconds:g} seconden. Splits het bestand of verhoog de tijdslimiet."
    )


def _heavy(file: str, limits: Limits) -> str:
    return f"{file!r}: lezen vroeg meer dan {limits.memory_mb} MB geheugen. Splits het bestand of verhoog de limiet."


def _cut_short(file: str, received: _Received, limits: Limits) -> str:
    tail = received.tail
    code = str(tail["incomplete"]) if tail is not None else _ending(received)
    reasons = {
        "": "",
        "slow": _late(file, limits),
        "crash": f"{file!r}: het lezen brak af. Haal het bestand opnieuw op of druk het af naar PDF.",
        "pages": f"{file!r}: meer dan {limits.pages} pagina's. Splits het bestand of verhoog de limiet.",
        "large": f"{file!r}: meer dan {limits.output_mb} MB aan tekst. Splits het bestand.",
        "characters": f"{file!r}: meer dan {limits.characters} tekens. Splits het bestand of verhoog de limiet.",
    }
    done = f" Gelezen: {len(received.pages)} van {received.count} pagina's." if received.count else ""
    return reasons[code] + done if code else ""


def _ending(received: _Received) -> str:
    """Say what ended a child that did not finish: a limit, ours or the system's; else it crashed."""
    return received.cut or ("slow" if received.status in _LIMIT_SIGNALS else "crash")


def _give_up(file: str, received: _Received, incomplete: str) -> None:
    problems = [page.problem for page in received.pages if page.problem]
    scanned = any(_PAGE_FAULTS["scan"] in problem for problem in problems)
    if received.tail is None and _ending(received) == "crash":
        raise BrokenPdf(incomplete)
    if incomplete:
        raise LimitReached(incomplete)
    if not received.pages:
        raise BrokenPdf(f"{file!r} bevat geen pagina's. Haal het bestand opnieuw op.")
    if problems and not scanned:
        raise BrokenPdf(f"{file!r}: geen pagina is leesbaar. {problems[0]}")
    why = "waarschijnlijk is het een scan" if scanned else "de pagina's zijn leeg of bestaan uit tekeningen"
    cure = "Herken de tekst eerst met OCR."
    raise NoTextLayer(f"{file!r} heeft geen tekstlaag op {len(received.pages)} pagina('s): {why}. {cure}")
