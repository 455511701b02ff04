"""What a page repeats and nobody reads: running headers, footers, menus, page numbers. Pure: lines in, indices out.

A line is furniture when it recurs at the same place on a run of pages and nothing but furniture stands between it and
the edge of the page. Digits are folded, so 'blz. 3' and 'blz. 4' are the same line. A title, larger than the text, is
never furniture however often it recurs: it may be the only line that names the region.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ingest.document import Line

HEAD_ZONE, FOOT_ZONE = 0.13, 0.87
"""Running headers stand above, footers below this share of the page's height."""
EDGE_ZONE = 0.08
"""In documents of two or three pages only lines this close to the edge are taken for furniture."""
MIN_PAGES = 3
DENSITY = 0.4
"""The share of pages, between the first and the last that carry it, on which furniture stands."""
SAME_PLACE = 4.0
PARTED = 1.7
"""Furniture stands further from the text than this many font sizes."""
TITLE_RATIO = 1.15
"""A line so much larger than the page's text is a title."""
NEAR, SAME_BASELINE = 60.0, 0.8
"""Lines of one row: closer than so many points from side to side and from baseline to baseline."""
LITTER_LINES, LITTER_LENGTH = 8, 20
SHORTEST_PIECES, LONGEST_PIECES = 8, 60
CHECK_MARKS = "VXvx"
"""Letters that tick a box in a table."""
DRIFT = 0.1
"""Slide numbers of merged pages run ahead of the page by at most this share of the document."""

_NUMBER = re.compile(
    r"\W*(?:pagina|blz\.?|blad|page|p\.)?\s*(\d{1,4})(?:\s*(?:/|\||van|of|-)\s*\d{1,4})?\W*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxl]{1,6}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as far as layout needs it.

    Attributes:
        number: 1-based page.
        width, height: in points.
        lines: as drawn.
        label: the page label that the file itself gives, or ''.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What to leave out.

    Attributes:
        left_out: per page the indices into its lines.
        labels: per page the printed page number, or ''.
    """

    left_out: tuple[frozenset[int], ...]
    labels: tuple[str, ...]


class _Spot(NamedTuple):
    key: str
    y: int


def find_furniture(sheets: Sequence[Sheet]) -> Furniture:
    """Recognise the furniture of every page, and the number printed on it."""
    usual = body_size(line for sheet in sheets for line in sheet.lines)
    recurring = _recurring(sheets, usual)
    left_out = [_peel(sheet, recurring, usual) for sheet in sheets]
    texts = {sheet.lines[i].text for sheet, found in zip(sheets, left_out, strict=True) for i in found}
    strays = _scattered(sheets, left_out)
    left_out = [
        found | stray | _stray_numbers(sheet, len(sheets)) | _pieces_of_furniture(sheet, texts)
        for sheet, found, stray in zip(sheets, left_out, strays, strict=True)
    ]
    return Furniture(tuple(frozenset(found) for found in left_out), _labels(sheets, left_out))


def body_size(lines: Iterable[Line]) -> float:
    """Return the font size in which most characters are set; 0.0 for no lines."""
    weight: Counter[float] = Counter()
    for line in lines:
        weight[round(line.size, 1)] += len(line.text)
    return max(weight, key=lambda size: (weight[size], -size)) if weight else 0.0


def fold(text: str) -> str:
    """Fold a line for comparison: case, spaces and every number are forgotten."""
    return _DIGITS.sub("#", " ".join(text.split()).casefold())


def _spots(line: Line) -> tuple[_Spot, _Spot]:
    """Name a line's place in two overlapping grids, so that no border lies between near places."""
    key, y = fold(line.text), line.y / SAME_PLACE
    return _Spot(key, round(y)), _Spot(key, -1 - int(y))


def _recurring(sheets: Sequence[Sheet], usual: float) -> set[_Spot]:
    pages: dict[_Spot, list[int]] = defaultdict(list)
    for sheet in sheets:
        for spot in {spot for line in _edges(sheet, len(sheets), usual) for spot in _spots(line)}:
            pages[spot].append(sheet.number)
    return {spot for spot, where in pages.items() if _recurs(where, len(sheets))}


def _edges(sheet: Sheet, pages: int, usual: float) -> Iterable[Line]:
    head, foot = (HEAD_ZONE, FOOT_ZONE) if pages > MIN_PAGES else (EDGE_ZONE, 1 - EDGE_ZONE)
    size = max(usual, body_size(sheet.lines))
    for line in sheet.lines:
        inside = head * sheet.height < line.y < foot * sheet.height
        if not inside and not _is_title(line, size):
            yield line


def _is_title(line: Line, size: float) -> bool:
    return line.size >= TITLE_RATIO * size and sum(map(str.isalpha, line.text)) > 3


def _recurs(where: Sequence[int], pages: int) -> bool:
    if pages <= MIN_PAGES:
        return len(where) == pages and pages > 1
    return len(where) >= MIN_PAGES and len(where) >= DENSITY * (where[-1] - where[0] + 1)


def _peel(sheet: Sheet, recurring: set[_Spot], usual: float) -> set[int]:
    """Take recurring lines off the page from the top down and from the bottom up, until a line of text is met."""
    size = max(usual, body_size(sheet.lines))
    order = sorted(range(len(sheet.lines)), key=lambda i: sheet.lines[i].y)
    found: set[int] = set()
    for indices, in_zone in ((order, _above), (order[::-1], _below)):
        peeled: list[int] = []
        for index in indices:
            line = sheet.lines[index]
            known = any(spot in recurring for spot in _spots(line)) or _page_number(line, sheet)
            if not in_zone(line, sheet) or _is_title(line, size) or not (known or _beside(line, peeled, sheet)):
                break
            peeled.append(index)
        while peeled and len(peeled) < len(indices) and _of_text(sheet, peeled[-1], indices[len(peeled)]):
            peeled.pop()
        found |= set(peeled)
    return found


def _of_text(sheet: Sheet, last: int, after: int) -> bool:
    """Whether the innermost line peeled is text: no white space parts it from the text, and its type is alike."""
    a, b = sheet.lines[last], sheet.lines[after]
    return abs(a.y - b.y) < PARTED * a.size and abs(a.size - b.size) < 0.5 and a.bold == b.bold and len(a.text) > 20


def _above(line: Line, sheet: Sheet) -> bool:
    return line.y <= HEAD_ZONE * sheet.height


def _below(line: Line, sheet: Sheet) -> bool:
    return line.y >= FOOT_ZONE * sheet.height


def _beside(line: Line, found: Iterable[int], sheet: Sheet) -> bool:
    """Whether a line shares its baseline with furniture, such as a chapter's name beside the page number."""
    return any(abs(sheet.lines[i].y - line.y) < SAME_PLACE for i in found)


def _page_number(line: Line, sheet: Sheet) -> bool:
    match = _NUMBER.fullmatch(line.text.strip())
    near = not EDGE_ZONE * sheet.height < line.y < (1 - EDGE_ZONE) * sheet.height
    if match is None:
        return near and line.text.strip() == sheet.label != "" and _ROMAN.fullmatch(sheet.label) is not None
    return near and abs(int(match[1]) - sheet.number) <= 20


def _stray_numbers(sheet: Sheet, pages: int) -> set[int]:
    """Find the numbers of slides that were merged onto one page: alone on their line, a little ahead of the page."""
    ahead = max(3.0, DRIFT * pages)
    return {
        index
        for index, line in enumerate(sheet.lines)
        if line.text.strip().isdecimal()
        and line.text.strip()[0] != "0"
        and 10 <= int(line.text) <= 9999
        and sheet.number <= int(line.text) <= sheet.number + ahead
        and not any(_near(line, other) for other in sheet.lines)
    }


def _near(line: Line, other: Line) -> bool:
    """Whether another line stands so close on the same row that the two are one: a table cell, a numbered heading."""
    apart = max(other.x - line.x - line.width, line.x - other.x - other.width)
    return other is not line and abs(other.y - line.y) < SAME_BASELINE and apart < NEAR


def _scattered(sheets: Sequence[Sheet], left_out: Sequence[set[int]]) -> list[set[int]]:
    """Find what is left of a vertical footer that the PDF draws in pieces, cut through the words.

    Such pieces come last on the page, each a few letters, one of them a single letter; two pages end in the same ones.
    """
    tails = [_tail(sheet, found) for sheet, found in zip(sheets, left_out, strict=True)]
    keys = [tuple(sheet.lines[i].text for i in tail) for sheet, tail in zip(sheets, tails, strict=True)]
    counts = Counter(keys)
    return [set(tail) if _is_litter(key, counts) else set() for key, tail in zip(keys, tails, strict=True)]


def _tail(sheet: Sheet, found: set[int]) -> list[int]:
    """Return the last lines drawn in the body, back to the last one that is a single letter."""
    drawn = [i for i in range(len(sheet.lines)) if i not in found][-LITTER_LINES:]
    start = next((k for k, i in enumerate(drawn) if _is_letter(sheet.lines[i].text)), len(drawn))
    tail = drawn[start:]
    return tail if all(len(sheet.lines[i].text) <= LITTER_LENGTH for i in tail) else []


def _is_letter(text: str) -> bool:
    return len(text) == 1 and text.isalpha() and text not in CHECK_MARKS


def _is_litter(key: tuple[str, ...], counts: Mapping[tuple[str, ...], int]) -> bool:
    return len(key) == 1 or (len(key) > 1 and counts[key] > 1)


def _pieces_of_furniture(sheet: Sheet, texts: Iterable[str]) -> set[int]:
    """Find two lines that together are a part of a footer seen elsewhere: '| 5 septem' and 'ber 2025'."""
    whole = "\n".join(sorted({_letters(text) for text in texts}))
    found: set[int] = set()
    for index, (line, after) in enumerate(pairwise(sheet.lines)):
        if not after.text[:1].islower() or len(line.text) + len(after.text) > LONGEST_PIECES:
            continue
        joined = _letters(line.text + after.text)
        if len(joined) >= SHORTEST_PIECES and joined in whole and f"\n{joined}\n" not in f"\n{whole}\n":
            found |= {index, index + 1}
    return found


def _letters(text: str) -> str:
    return "".join(text.split()).casefold()


def _labels(sheets: Sequence[Sheet], left_out: Sequence[set[int]]) -> tuple[str, ...]:
    """Read the printed page numbers: those numbers in the furniture that run with the pages."""
    numbers = [_numbers(sheet, found) for sheet, found in zip(sheets, left_out, strict=True)]
    offsets = Counter(n - sheet.number for sheet, found in zip(sheets, numbers, strict=True) for n in found)
    common = [offset for offset, count in offsets.items() if count >= min(MIN_PAGES, len(sheets))]
    best = max(common, key=lambda offset: (offsets[offset], -abs(offset)), default=None)
    return tuple(_label(sheet, found, best) for sheet, found in zip(sheets, numbers, strict=True))


def _numbers(sheet: Sheet, found: Iterable[int]) -> set[int]:
    return {int(n) for i in found for n in _DIGITS.findall(sheet.lines[i].text) if len(n) < 5}


def _label(sheet: Sheet, numbers: set[int], offset: int | None) -> str:
    if offset is not None and sheet.number + offset in numbers:
        return str(sheet.number + offset)
    return sheet.label
