"""The child's side of reading a PDF, and the only importer of pypdf: one JSON line a page on standard output.

Started by `ingest.pdf`, never imported by it: whatever a hostile file does to this process, the parent keeps the lines
that came out. Lines: `{"head": …}`, `{"page": …}`, `{"tail": …}` or `{"error": [class, reason]}`.
"""

import json
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO, TypeVar

from ingest.interpreter import IDENTITY, Form, Interpreter, Matrix, Operation, multiply
from ingest.lines import lines_of

T = TypeVar("T")
EXTRA_SECONDS = 5.0
"""Time for bookmarks and page labels, which are welcome but not needed."""
MAX_BOOKMARKS = 5000
FORCE_BOLD = 1 << 18
BOLD_NAMES = ("bold", "black", "heavy", "demi", "extrabd")
DECODE_ERRORS = (UnicodeDecodeError, LookupError)


class TooSlowError(BaseException):
    """A step took longer than it may. No Exception, because pypdf catches those and goes on."""


class Face:
    """A pypdf font, with its tables laid out for speed."""

    def __init__(self, font: Any, bold: bool) -> None:
        self.bold = bold
        self.space = float(font.space_width)
        self._widths: dict[str, float] = dict(font.character_widths)
        self._default = float(self._widths.pop("default", 500))
        self._widths[font.space_char] = self.space
        self._map: dict[str, str] = font.character_map
        self._codec: str = font.encoding if isinstance(font.encoding, str) else ""
        if not self._codec:
            glyphs = [font.encoding.get(code, chr(code)) for code in range(256)]
            self._texts = [str(self._map.get(glyph, glyph)) for glyph in glyphs]
            self._simple = [float(self._widths.get(chr(code), self._default)) for code in range(256)]

    def show(self, data: bytes | str) -> tuple[str, float, int, int]:
        """Decode shown bytes, see `ingest.interpreter.Face`."""
        if isinstance(data, bytes) and not self._codec:
            text = "".join(map(self._texts.__getitem__, data))
            return text, sum(map(self._simple.__getitem__, data)), len(data), data.count(32)
        codes = self._decode(data) if isinstance(data, bytes) else data
        text = "".join([self._map.get(code, code) for code in codes])
        width = sum([self._widths.get(code, self._default) for code in codes])
        return text, width, len(codes), 0

    def _decode(self, data: bytes) -> str:
        try:
            return data.decode(self._codec, "surrogatepass")
        except DECODE_ERRORS:
            return data.decode("utf-16-be" if "16" in self._codec else "latin-1", "replace")


class Unknown:
    """Stands in for a font that the page does not define: its codes mean nothing."""

    bold = False
    space = 250.0

    def show(self, data: bytes | str) -> tuple[str, float, int, int]:
        """Decode to replacement characters."""
        return "\ufffd" * len(data), 500.0 * len(data), len(data), 0


class Names:
    """The resources of a page or form, with the fonts of the whole document kept once."""

    def __init__(self, reader: Any, resources: Any, faces: dict[int, tuple[Any, Face | Unknown]]) -> None:
        self._reader, self._resources, self._faces = reader, resources, faces
        self._fonts: dict[str, Face | Unknown] = {}

    def face(self, name: str) -> Face | Unknown:
        """Return the font of this name, parsed once a document."""
        if name not in self._fonts:
            resource = self._entry("/Font", name)
            kept = self._faces.get(id(resource))
            if kept is None:
                # The resource is kept beside its face, so that its id is not given to another object.
                kept = self._faces[id(resource)] = (resource, face_of(resource))
            self._fonts[name] = kept[1]
        return self._fonts[name]

    def form(self, name: str) -> Form | None:
        """Return the form of this name, or None."""
        stream = self._entry("/XObject", name)
        if stream is None or stream.get("/Subtype") != "/Form":
            return None
        own = stream.get("/Resources")
        names = self if own is None else Names(self._reader, own.get_object(), self._faces)
        matrix = tuple(float(number) for number in stream.get("/Matrix", IDENTITY))
        return Form(matrix, operations(stream, self._reader), names) if len(matrix) == 6 else None

    def images(self, depth: int = 3) -> bool:
        """Whether an image can be drawn with these names, also from within forms."""
        entries = self._dictionary("/XObject")
        for name in entries:
            stream = self._entry("/XObject", name)
            if stream is None:
                continue
            if stream.get("/Subtype") == "/Image":
                return True
            own = stream.get("/Resources")
            if own is not None and depth and Names(self._reader, own.get_object(), self._faces).images(depth - 1):
                return True
        return False

    def _dictionary(self, kind: str) -> Any:
        entries = self._resources.get(kind) if isinstance(self._resources, dict) else None
        entries = entries.get_object() if entries is not None else None
        return entries if isinstance(entries, dict) else {}

    def _entry(self, kind: str, name: str) -> Any:
        entry = self._dictionary(kind).get(name)
        entry = entry.get_object() if entry is not None else None
        return entry if isinstance(entry, dict) else None


def face_of(resource: Any) -> Face | Unknown:
    """Parse a font resource."""
    from pypdf.generic._font import Font  # noqa: PLC0415  # after the limits are set

    if resource is None:
        return Unknown()
    try:
        font = Font.from_font_resource(resource)
        return Face(font, is_bold(font))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return Unknown()


def is_bold(font: Any) -> bool:
    """Whether the font's name, weight or flags say that it is bold."""
    descriptor = font.font_descriptor
    name = f"{font.name} {descriptor.name}".lower()
    weight, flags = descriptor.weight, descriptor.flags
    heavy = isinstance(weight, (int, float)) and weight >= 600
    return heavy or any(word in name for word in BOLD_NAMES) or (isinstance(flags, int) and bool(flags & FORCE_BOLD))


def operations(stream: Any, reader: Any) -> Sequence[Operation]:
    """Parse a content stream; one that cannot hold text is not parsed."""
    from pypdf.generic import ContentStream  # noqa: PLC0415

    content = ContentStream(stream, reader, "bytes")
    data = content.get_data()
    if not any(operator in data for operator in (b"Tj", b"TJ", b"Do", b"'", b'"', b"ID")):
        return ()
    return content.operations  # type: ignore[return-value]  # a list of (operands, operator)


def frame(page: Any) -> tuple[Matrix, float, float]:
    """Return the matrix from user space to the displayed page (y down), and the displayed width and height."""
    box = page.cropbox
    left, bottom, right, top = (float(box.left), float(box.bottom), float(box.right), float(box.top))
    width, height = abs(right - left), abs(top - bottom)
    left, bottom, right, top = min(left, right), min(bottom, top), max(left, right), max(bottom, top)
    turn = page.get("/Rotate", 0)
    turn = turn.get_object() if hasattr(turn, "get_object") else turn
    turn = int(turn) % 360 if isinstance(turn, (int, float)) else 0
    if turn == 90:
        return (0, 1, 1, 0, -bottom, -left), height, width
    if turn == 180:
        return (-1, 0, 0, 1, right, -bottom), width, height
    if turn == 270:
        return (0, -1, -1, 0, top, right), height, width
    return (1, 0, 0, -1, -left, top), width, height


class Log(logging.Handler):
    """Keeps what pypdf complains about, so that it neither reaches the pipe nor is lost."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the first complaints of a page."""
        if len(self.messages) < 5:
            self.messages.append(record.getMessage())


def read_page(page: Any, names: Names, log: Log) -> dict[str, Any]:
    """Return one page as JSON: width, height, lines and a problem."""
    place, width, height = frame(page)
    interpreter = Interpreter(place)
    contents = page.get("/Contents")
    contents = contents.get_object() if contents is not None else None
    if contents is not None:
        interpreter.run(operations(contents, page.pdf), names)
    seen = [p for p in interpreter.pieces if -p.size <= p.x <= width + p.size and -p.size <= p.y <= height + p.size]
    lines = lines_of(seen)
    problem = ""
    if not lines and (interpreter.images or names.images()):
        problem = "scan"
    elif not lines and log.messages:
        problem = log.messages[-1]
    elif lines and all(set(line.text) <= {"\ufffd", " "} for line in lines):
        lines, problem = [], "letters"
    rows = [[line.text, line.x, line.y, line.width, line.size, int(line.bold)] for line in lines]
    return {"width": round(width, 2), "height": round(height, 2), "lines": rows, "problem": problem}


def within(seconds: float, step: Callable[[], T], otherwise: T) -> T:
    """Run a step that is welcome but not needed; a fault or too long a time gives `otherwise`."""
    try:
        return timed(seconds, step)
    except (TooSlowError, MemoryError, RecursionError, Exception):  # noqa: BLE001  # any fault of any file
        return otherwise


def timed(seconds: float, step: Callable[[], T]) -> T:
    """Run a step; raises TooSlowError after `seconds`, where the system has timers."""
    if not hasattr(signal, "setitimer"):
        return step()
    signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return step()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _ring(number: int, stack: object) -> None:
    raise TooSlowError


def metadata(reader: Any) -> dict[str, str]:
    """Return the document information as plain strings, keys without the slash."""
    return {str(key).lstrip("/").lower(): str(value)[:500] for key, value in (reader.metadata or {}).items()}


def bookmarks(reader: Any) -> list[list[Any]]:
    """Return the outline as (title, level, page)."""

    def walk(items: Any, level: int) -> Iterator[list[Any]]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item, level + 1)
                continue
            page = reader.get_destination_page_number(item)
            if page is not None and page >= 0:
                yield [str(item.title), level, page + 1]

    return [mark for mark, _ in zip(walk(reader.outline, 1), range(MAX_BOOKMARKS), strict=False)]


def limit_resources(memory_mb: int, seconds: float) -> None:
    """Let the system stop this process too, should the parent be gone."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # not on Windows

    resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 2, int(seconds) + 4))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def open_pdf(path: str) -> Any:
    """Open a PDF; raises the faults that `main` names. An empty password is tried."""
    from pypdf import PdfReader  # noqa: PLC0415

    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise PermissionError("password")
    return reader


def send(out: TextIO, **message: Any) -> None:
    """Write one line and push it out, so that it survives a kill."""
    out.write(json.dumps(message, separators=(",", ":")) + "\n")
    out.flush()


def read(path: str, limits: dict[str, Any], out: TextIO) -> None:
    """Read the whole file and send it page by page."""
    log = Log()
    logger = logging.getLogger("pypdf")
    logger.addHandler(log)
    logger.propagate = False
    reader = timed(limits["seconds"], lambda: open_pdf(path))
    count = len(reader.pages)
    labels = within(EXTRA_SECONDS, lambda: list(reader.page_labels), [])
    send(out, head={"pages": count, "metadata": within(EXTRA_SECONDS, lambda: metadata(reader), {})})
    faces: dict[int, tuple[Any, Face | Unknown]] = {}
    characters = 0
    incomplete = "pages" if count > limits["pages"] else ""
    for index in range(min(count, limits["pages"])):
        log.messages.clear()
        page = one_page(reader, index, faces, log, limits["page_seconds"])
        label = labels[index] if index < len(labels) else ""
        page |= {"number": index + 1, "label": "" if label == str(index + 1) else label}
        send(out, page=page)
        characters += sum(len(line[0]) for line in page["lines"])
        if characters > limits["characters"]:
            incomplete = "characters"
            break
    send(out, tail={"bookmarks": within(EXTRA_SECONDS, lambda: bookmarks(reader), []), "incomplete": incomplete})


def one_page(reader: Any, index: int, faces: dict[int, Any], log: Log, seconds: float) -> dict[str, Any]:
    """Read one page; whatever goes wrong becomes the page's problem, and the next page goes on."""
    empty = {"width": 0.0, "height": 0.0, "lines": []}

    def step() -> dict[str, Any]:
        page = reader.pages[index]
        resources = page.get("/Resources")
        names = Names(reader, resources.get_object() if resources is not None else None, faces)
        return read_page(page, names, log)

    try:
        return timed(seconds, step)
    except TooSlowError:
        return empty | {"problem": "slow"}
    except MemoryError:
        return empty | {"problem": "memory"}
    except Exception as error:  # noqa: BLE001  # any fault of any file
        return empty | {"problem": f"{type(error).__name__}: {error}"[:200]}


def main(path: str, limits: str) -> None:
    """Read the file at `path` within the limits (JSON) and write lines of JSON."""
    # What pypdf or a library under it prints must not land between our lines.
    out = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    parsed = json.loads(limits)
    limit_resources(parsed["memory_mb"], parsed["seconds"])
    try:
        read(str(Path(path)), parsed, out)
    except TooSlowError:
        send(out, error=["slow", ""])
    except MemoryError:
        send(out, error=["memory", ""])
    except PermissionError:
        send(out, error=["password", ""])
    except Exception as error:  # noqa: BLE001  # any fault of any file
        send(out, error=[type(error).__name__, str(error)[:200]])
