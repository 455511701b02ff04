"""A page's paragraphs become its text, and passages that are slices of that text. Pure.

A passage holds what belongs together: it never crosses a page, a heading, a region or a kind of text, and stays below
`MAX_WORDS` so that one vector can stand for it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from ingest.document import Cell, PassageKind

MAX_WORDS = 120
TINY = 25
"""A passage of fewer words joins a neighbour of its section where it fits."""

_SENTENCE = re.compile(r"(?<=[.!?;:])[\"'’”)]*\s+(?=[\"'‘“(]?[A-Z0-9•])")
_WORD = re.compile(r"\S+")
# A cell that says that there is nothing to say: a dash, a tick, 'n.v.t.', 'Hier lijkt niets over opgenomen'.
_NOTHING = re.compile(
    r"(?:[\W_]|\b[vx]\b|n\.?v\.?t\b|niet van toepassing"
    r"|hier lijkt niets over opgenomen(?: te zijn)?(?: in (?:het|dit) plan)?"
    r"|(?:het document|het regioplan|het plan) (?:zegt|bevat|noemt) niets over[^.;:]{0,80})*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph on its way into a page's text.

    Attributes:
        text: one line of running text.
        group: pieces of one group may share a passage; a heading has none.
        kind: what sort of text it is.
        heading: headings are in the page's text but in no passage.
        cells: of a table row, in its text.
    """

    text: str
    group: tuple[object, ...]
    kind: PassageKind = "body"
    heading: bool = False
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Slice:
    """A passage before it has a name: `[start, end)` in the page's text, and the index of its first piece."""

    start: int
    end: int
    piece: int
    kind: PassageKind


@dataclass(frozen=True, slots=True)
class _Unit:
    start: int
    end: int
    words: int
    piece: int


def page_text(pieces: Sequence[Piece]) -> str:
    """Return the text of a page: a line for every piece."""
    return "".join(f"{piece.text}\n" for piece in pieces)


def slices(pieces: Sequence[Piece]) -> list[Slice]:
    """Cut the text that `page_text` makes of the same pieces into passages, in order and without overlap."""
    starts = _starts(pieces)
    found: list[Slice] = []
    for run in _runs(pieces):
        kind = _kind([pieces[i] for i in run])
        units = [unit for i in run for unit in _units(pieces[i].text, starts[i], i)]
        packed = _pack(units, pieces, alone=kind == "glossary")
        found += [Slice(some[0].start, some[-1].end, some[0].piece, kind) for some in packed]
    text = page_text(pieces)
    return [cut for cut in found if not says_nothing(text[cut.start : cut.end])]


def cells_in(pieces: Sequence[Piece], start: int, end: int) -> tuple[Cell, ...]:
    """Return the table cells that stand in `[start, end)` of the page's text, as offsets from `start`."""
    found: list[Cell] = []
    for piece, at in zip(pieces, _starts(pieces), strict=True):
        for cell in piece.cells:
            first, last = max(at + cell.start, start), min(at + cell.end, end)
            found += [Cell(cell.column, first - start, last - start)] if first < last else []
    return tuple(found)


def says_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing to say: '-', 'n.v.t.', 'Hier lijkt niets over opgenomen'."""
    return _NOTHING.fullmatch(text) is not None


def _starts(pieces: Sequence[Piece]) -> list[int]:
    starts, at = [], 0
    for piece in pieces:
        starts.append(at)
        at += len(piece.text) + 1
    return starts


def _runs(pieces: Sequence[Piece]) -> Iterator[list[int]]:
    run: list[int] = []
    for index, piece in enumerate(pieces):
        if run and (piece.heading or not _together(pieces[run[-1]], piece)):
            yield run
            run = []
        if not piece.heading:
            run.append(index)
    if run:
        yield run


def _together(a: Piece, b: Piece) -> bool:
    return a.group == b.group and (a.kind == b.kind or {a.kind, b.kind} <= {"body", "list"})


def _kind(pieces: Sequence[Piece]) -> PassageKind:
    """Return the kind that most words of a run are of."""
    words: dict[PassageKind, int] = {}
    for piece in pieces:
        words[piece.kind] = words.get(piece.kind, 0) + len(piece.text)
    return max(words, key=lambda kind: words[kind])


def _units(text: str, at: int, piece: int) -> Iterator[_Unit]:
    """Split a piece that is too long at its sentence ends, and a sentence that is too long between words."""
    words = len(text.split())
    if words <= MAX_WORDS:
        yield _Unit(at, at + len(text), words, piece)
        return
    start = 0
    for end in [*(match.start() for match in _SENTENCE.finditer(text)), len(text)]:
        yield from _sentence(text[start:end], at + start, piece)
        start = end


def _sentence(text: str, at: int, piece: int) -> Iterator[_Unit]:
    words = list(_WORD.finditer(text))
    size = ceil(len(words) / ceil(len(words) / MAX_WORDS)) if words else 1
    for first in range(0, len(words), size):
        some = words[first : first + size]
        yield _Unit(at + some[0].start(), at + some[-1].end(), len(some), piece)


def _pack(units: Sequence[_Unit], pieces: Sequence[Piece], alone: bool) -> list[list[_Unit]]:
    """Pack units into as few passages as hold them, of about equal length.

    `alone`: each in its own, but for a term whose definition stands below it.
    """
    total = sum(unit.words for unit in units)
    target = total / max(1, ceil(total / MAX_WORDS))
    packed: list[list[_Unit]] = []
    held = 0
    for unit in units:
        full = held + unit.words > MAX_WORDS or held + unit.words / 2 > target
        if alone:
            full = not packed or not _is_term(pieces[packed[-1][-1].piece].text)
        if not packed or full:
            lead = _lead_in(packed, pieces, unit) if packed and not alone else []
            packed.append([*lead, unit])
            held = sum(u.words for u in packed[-1])
        else:
            packed[-1].append(unit)
            held += unit.words
    return _merge_tiny(packed) if not alone else packed


def _is_term(text: str) -> bool:
    """Whether a glossary's term stands alone, its definition below it."""
    return text.endswith(":") or len(text.split()) == 1


def _lead_in(packed: list[list[_Unit]], pieces: Sequence[Piece], unit: _Unit) -> list[_Unit]:
    """Take a lead-in ('We doen dit door:') along to the list item that it announces."""
    last = packed[-1]
    announces = len(last) > 1 and pieces[last[-1].piece].text.endswith(":") and last[-1].piece != unit.piece
    return [last.pop()] if announces and last[-1].words + unit.words <= MAX_WORDS else []


def _merge_tiny(packed: Iterable[list[_Unit]]) -> list[list[_Unit]]:
    merged: list[list[_Unit]] = []
    for units in packed:
        words = sum(u.words for u in units)
        before = sum(u.words for u in merged[-1]) if merged else 0
        if merged and min(words, before) < TINY and words + before <= MAX_WORDS:
            merged[-1] += units
        else:
            merged.append(units)
    return merged
