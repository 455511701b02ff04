"""What runs in the child process with pypdf, and the only importer of pypdf; `ingest.worker` is its main program."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from pypdf import PageObject, PdfReader
from pypdf._codecs import adobe_glyphs
from pypdf.generic import ArrayObject, ContentStream, Destination, DictionaryObject
from pypdf.generic._font import Font  # its tables; the public extract_text parses them again for every page

from ingest.document import Line
from ingest.interpreter import IDENTITY, Form, Interpreter, Matrix, Operation
from ingest.lines import lines_of
from ingest.rules import Rule, merge
from ingest.visibility import sift

MAX_BOOKMARKS = 5000
MAX_METADATA = 500
FORCE_BOLD = 1 << 18
BOLD_WEIGHT = 600
BOLD_NAMES = ("bold", "black", "heavy", "demi")
A4 = (0.0, 0.0, 595.0, 842.0)
"""What a page without a usable box is taken for."""
TEXT_OPERATORS = (b"Tj", b"TJ", b"Do", b"'", b'"', b"ID")
IMAGE_DEPTH = 3
FONT_FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class PasswordNeededError(Exception):
    """The PDF does not open with an empty password."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a page draws.

    Attributes:
        width, height: size in points as displayed.
        lines: in stream order.
        problem: '' or why there are no lines: 'scan', 'letters', or pypdf's own words.
        rules: the ruling lines on the page.
        hidden: how many letters and digits nobody can see, and so are in no line, by why (`ingest.visibility`).
    """

    width: float
    height: float
    lines: list[Line]
    problem: str
    rules: tuple[Rule, ...] = ()
    hidden: Mapping[str, int] = field(default_factory=dict)


class Face:
    """A font, its tables laid out for speed."""

    def __init__(self, font: Font) -> None:
        """Lay out the tables of a pypdf font."""
        self.bold = is_bold(font)
        self.space = float(font.space_width)
        self._widths = {code: float(width) for code, width in font.character_widths.items()}
        self._default = self._widths.pop("default", 500.0)
        self._widths[font.space_char] = self.space
        self._map: Mapping[str, str] = font.character_map
        encoding = font.encoding
        self._codec = encoding if isinstance(encoding, str) else ""
        if not isinstance(encoding, str):
            glyphs = [encoding.get(code, chr(code)) for code in range(256)]
            self._texts = [_spell(str(self._map.get(glyph, glyph))) for glyph in glyphs]
            self._advances = [self._widths.get(chr(code), self._default) for code in range(256)]

    def show(self, data: bytes | str) -> tuple[str, float, int, int]:
        """Decode shown bytes, see `ingest.interpreter.Face`."""
        if isinstance(data, bytes) and not self._codec:
            text = "".join(map(self._texts.__getitem__, data))
            return text, sum(map(self._advances.__getitem__, data)), len(data), data.count(32)
        codes = self._decode(data) if isinstance(data, bytes) else data
        text = "".join([self._map.get(code, code) for code in codes])
        return text, sum([self._widths.get(code, self._default) for code in codes]), len(codes), 0

    def _decode(self, data: bytes) -> str:
        try:
            return data.decode(self._codec, "surrogatepass")
        except (UnicodeDecodeError, LookupError):
            return data.decode("utf-16-be" if "16" in self._codec else "latin-1", "replace")


class Unknown:
    """Stands in for a font that cannot be read: its codes mean nothing."""

    bold = False
    space = 250.0

    def show(self, data: bytes | str) -> tuple[str, float, int, int]:
        """Decode to replacement characters."""
        return "\ufffd" * len(data), 500.0 * len(data), len(data), 0


Reader = PdfReader
"""An open PDF, for those who may not import pypdf."""

Faces = dict[int, tuple[object, Face | Unknown]]
"""Fonts of the whole document by the id of their resource, which is kept beside them so that no other gets that id."""


class Names:
    """The resources of a page or form."""

    def __init__(self, reader: PdfReader, resources: object, faces: Faces) -> None:
        """Wrap a resource dictionary; anything else holds no names."""
        self._reader, self._faces = reader, faces
        self._resources = resources if isinstance(resources, DictionaryObject) else DictionaryObject()
        self._found: dict[str, Face | Unknown] = {}

    def face(self, name: str) -> Face | Unknown:
        """Return the font of this name, parsed once a document."""
        if name not in self._found:
            resource = self._entry("/Font", name)
            if id(resource) not in self._faces:
                self._faces[id(resource)] = (resource, face_of(resource))
            self._found[name] = self._faces[id(resource)][1]
        return self._found[name]

    def form(self, name: str) -> Form | None:
        """Return the form of this name; None for an image or an unknown name."""
        stream = self._entry("/XObject", name)
        if stream is None or stream.get("/Subtype") != "/Form":
            return None
        a, b, c, d, e, f = (float(number) for number in stream.get("/Matrix", IDENTITY))
        box = tuple(float(number) for number in stream.get("/BBox", ()))
        return Form((a, b, c, d, e, f), operations(stream, self._reader), self._inner(stream), box)

    def images(self, depth: int = IMAGE_DEPTH) -> bool:
        """Whether an image can be drawn with these names, also from within forms."""
        for name in self._dictionary("/XObject"):
            stream = self._entry("/XObject", name)
            if stream is None:
                continue
            if stream.get("/Subtype") == "/Image":
                return True
            inner = self._inner(stream)
            if depth and inner is not self and inner.images(depth - 1):
                return True
        return False

    def _inner(self, stream: DictionaryObject) -> "Names":
        own = stream.get("/Resources")
        return self if own is None else Names(self._reader, own.get_object(), self._faces)

    def _dictionary(self, kind: str) -> DictionaryObject:
        entries = self._resources.get(kind)
        entries = None if entries is None else entries.get_object()
        return entries if isinstance(entries, DictionaryObject) else DictionaryObject()

    def _entry(self, kind: str, name: str) -> DictionaryObject | None:
        entry = self._dictionary(kind).get(name)
        entry = None if entry is None else entry.get_object()
        return entry if isinstance(entry, DictionaryObject) else None


def open_pdf(path: str) -> PdfReader:
    """Open a PDF, with an empty password if it asks for one. Raises PasswordNeededError, and whatever pypdf raises."""
    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise PasswordNeededError
    return reader


def read_page(reader: PdfReader, index: int, faces: Faces, complaints: Sequence[str]) -> Drawn:
    """Read the page at `index` (0-based); raises whatever pypdf raises on a broken page."""
    page = reader.pages[index]
    resources, contents = page.get("/Resources"), page.get("/Contents")
    names = Names(reader, None if resources is None else resources.get_object(), faces)
    place, width, height = frame(page)
    interpreter = Interpreter(place)
    if contents is not None:
        interpreter.run(operations(contents.get_object(), reader), names)
    pieces, hidden = sift(interpreter.pieces, width, height, scan=interpreter.backdrop.is_scan(width, height))
    rules = merge([rule for rule in interpreter.paths.pieces if _on_page(rule, width, height)])
    lines = lines_of(pieces, rules)
    if lines and all(set(line.text) <= {"\ufffd", " "} for line in lines):
        return Drawn(width, height, [], "letters")
    problem = ""
    if not lines:
        image = interpreter.images or names.images()
        problem = "scan" if image else " ".join(complaints[-1:])
    return Drawn(width, height, lines, problem, rules, dict(hidden))


def _on_page(rule: Rule, width: float, height: float) -> bool:
    """Whether a rule lies on the page, but for the part of a point that its drawing program was off."""
    return rule.x0 >= -1 and rule.y0 >= -1 and rule.x1 <= width + 1 and rule.y1 <= height + 1


def face_of(resource: DictionaryObject | None) -> Face | Unknown:
    """Parse a font resource; one that cannot be parsed gives a stand-in."""
    if resource is None:
        return Unknown()
    try:
        return Face(Font.from_font_resource(resource))
    except FONT_FAULTS:
        return Unknown()


def _spell(glyph: str) -> str:
    """Turn a glyph name that pypdf passes on ('/one.oldstyle', '/f_i') into characters."""
    if len(glyph) < 2 or glyph[0] != "/":
        return glyph
    parts = glyph[1:].split(".", 1)[0].split("_")
    return "".join(adobe_glyphs.get(f"/{part}", "\ufffd") for part in parts)


def is_bold(font: Font) -> bool:
    """Whether the font's name, weight or flags say that it is bold."""
    descriptor = font.font_descriptor
    name = f"{font.name} {descriptor.name}".lower()
    weight, flags = cast("object", descriptor.weight), cast("object", descriptor.flags)  # pypdf passes on what it finds
    heavy = isinstance(weight, (int, float)) and weight >= BOLD_WEIGHT
    return heavy or any(word in name for word in BOLD_NAMES) or (isinstance(flags, int) and bool(flags & FORCE_BOLD))


def operations(stream: object, reader: PdfReader) -> Sequence[Operation]:
    """Parse a content stream; one that cannot hold text is not parsed."""
    content = ContentStream(stream, reader, "bytes")
    data = content.get_data()
    return content.operations if any(operator in data for operator in TEXT_OPERATORS) else ()


def frame(page: PageObject) -> tuple[Matrix, float, float]:
    """Return the matrix from user space to the displayed page (y points down), its width and its height in points."""
    left, bottom, right, top = _box(page)
    width, height = right - left, top - bottom
    turn = page.get("/Rotate", 0)
    turn = int(turn) % 360 if isinstance(turn, (int, float)) else 0
    if turn == 90:
        return (0, 1, 1, 0, -bottom, -left), height, width
    if turn == 180:
        return (-1, 0, 0, 1, right, -bottom), width, height
    if turn == 270:
        return (0, -1, -1, 0, top, right), height, width
    return (1, 0, 0, -1, -left, top), width, height


def _box(page: PageObject) -> tuple[float, float, float, float]:
    for name in ("/CropBox", "/MediaBox"):
        box = page.get(name)
        box = None if box is None else box.get_object()
        try:
            x0, y0, x1, y1 = (float(number) for number in (box if isinstance(box, ArrayObject) else ()))
        except (TypeError, ValueError):
            continue
        if x0 != x1 and y0 != y1:
            return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    return A4


def metadata(reader: PdfReader) -> dict[str, str]:
    """Return the document information as strings; keys in lower case without the slash."""
    return {key.lstrip("/").lower(): str(value)[:MAX_METADATA] for key, value in (reader.metadata or {}).items()}


def bookmarks(reader: PdfReader) -> list[tuple[str, int, int]]:
    """Return the outline as (title, level, page), both 1-based."""

    def walk(items: Sequence[object], level: int) -> Iterator[tuple[str, int, int]]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item, level + 1)
            elif isinstance(item, Destination):
                page = reader.get_destination_page_number(item)
                if page is not None and page >= 0:
                    yield str(item.title), level, page + 1

    marks = walk(reader.outline, 1)
    return [mark for mark, _ in zip(marks, range(MAX_BOOKMARKS), strict=False)]


class Complaints(logging.Handler):
    """Keeps what pypdf complains about: a page's problem may need it, and it must not reach the pipe.

    Attributes:
        messages: the first complaints since it was last cleared.
    """

    def __init__(self) -> None:
        """Take the place of every other handler of pypdf's log."""
        super().__init__()
        self.messages: list[str] = []
        logger = logging.getLogger("pypdf")
        logger.addHandler(self)
        logger.propagate = False

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message."""
        if len(self.messages) < 5:
            self.messages.append(record.getMessage())
