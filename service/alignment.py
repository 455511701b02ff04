"""Which letter on the page each letter of a text is. Pure functions.

The text of a page and the letters that a renderer finds on it are the same words, but in another order (columns, table
cells), with other spaces, ligatures and hyphens, and with running headers in between. So the two are tiled: the longest
stretches that both share are laid first, then what is left, each where its neighbours lie. A letter is used once, so
that words that occur twice on a page each get their own place.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from ingest.paragraphs import CELL_MARK
from ingest.text import repair

Point = tuple[float, float]

TILE_LENGTHS = (24, 8)
"""Letters that two stretches must share to be laid in each round; shorter pieces are laid word by word."""
MAX_REPEATS = 48
"""A seed that occurs more often says nothing of the place, and following every pair would take quadratic time."""
HYPHENS = frozenset("-\u00ad\u2010\u2011\x02\ufffe")
"""What may end a line inside a word; pdfium reports such a hyphen as U+0002 or U+FFFE."""
UNDRAWN = frozenset(f"{CELL_MARK.strip()}\ufffd")
"""Symbols that may stand in a text where the page has none."""
ACROSS = 0.25
"""What stands beside something belongs to it more than what stands as far above: rows of a table are wide."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters, digits and signs of a text, without what renderers disagree on.

    Attributes:
        text: the letters, folded: no spaces, no punctuation outside numbers, no accents, no ligatures.
        source: for each letter the index of the piece that it came from.
        opens: for each letter whether a word may start there; one more entry, True, for the end.
        torn: for each letter whether a hyphen stands before it; one more entry, for the end.
    """

    text: str
    source: tuple[int, ...]
    opens: tuple[bool, ...]
    torn: tuple[bool, ...]


@lru_cache(maxsize=4096)
def fold(piece: str) -> str:
    """Return the letters, digits and signs of one character: 'ﬁ' gives 'fi', 'é' gives 'e', a bullet nothing."""
    plain = unicodedata.normalize("NFKD", repair(piece))
    return "".join(char for char in plain if char.isalnum() or _is_sign(char))


def _is_sign(char: str) -> bool:
    """Whether it is a symbol that is drawn as a letter is; a bar parts cells, where the page may draw a rule."""
    return unicodedata.category(char)[0] == "S" and char not in UNDRAWN


def letters(pieces: Sequence[str]) -> Letters:
    """Take the letters out of a text, or out of glyphs that may stand for more than one character each."""
    text: list[str] = []
    source: list[int] = []
    opens, torn = [True], [False]
    for at, piece in enumerate(pieces):
        folded = piece if _in_number(pieces, at) else fold(piece)
        if not folded:
            if not opens[-1]:
                opens[-1], torn[-1] = True, piece in HYPHENS
            continue
        text.append(folded)
        source += [at] * len(folded)
        opens += [False] * len(folded)
        torn += [False] * len(folded)
    opens[-1] = True
    return Letters("".join(text), tuple(source), tuple(opens), tuple(torn))


def _in_number(pieces: Sequence[str], at: int) -> bool:
    """Whether a point or comma stands between digits: 4,2 is not 42."""
    if pieces[at] not in {".", ","} or not 0 < at < len(pieces) - 1:
        return False
    return pieces[at - 1].isdigit() and pieces[at + 1].isdigit()


def words(text: Letters) -> Iterator[tuple[int, int]]:
    """Yield the letters [start, end) of each word."""
    starts = [at for at, opens in enumerate(text.opens) if opens]
    yield from pairwise(starts)


def align(wanted: Letters, drawn: Letters, points: Sequence[Point]) -> list[int]:
    """Find each wanted letter among the drawn ones; -1 where it is not there.

    `points` holds the middle of each drawn letter. No drawn letter is used twice, and a piece of a drawn word is never
    taken for a word.
    """
    tiling = _Tiling(wanted, drawn, points)
    for length in TILE_LENGTHS:
        while tiling.lay(length):
            pass
    tiling.fill()
    return tiling.where


class _Tiling:
    """The state of one alignment: where each wanted letter lies, and the drawn letters that are left."""

    def __init__(self, wanted: Letters, drawn: Letters, points: Sequence[Point]) -> None:
        self.wanted, self.drawn, self.points = wanted, drawn, points
        self.where = [-1] * len(wanted.text)
        self.left = drawn.text

    def lay(self, length: int) -> bool:
        """Lay every stretch of at least `length` letters, those with one possible place first."""
        sought = "".join(char if at < 0 else "\0" for char, at in zip(self.wanted.text, self.where, strict=True))
        groups: dict[tuple[int, int], list[int]] = {}
        for start, place, size in shared_stretches(sought, self.left, length):
            groups.setdefault((start, size), []).append(place)
        laid = False
        for (start, size), places in sorted(groups.items(), key=lambda item: (len(item[1]) > 1, -item[0][1])):
            tiles = [self._trim(start, place, size) for place in places]
            longest = max(tile[2] for tile in tiles)
            if longest >= length:
                self._place_nearest([tile for tile in tiles if tile[2] == longest])
                laid = True
        return laid

    def fill(self) -> None:
        """Lay what is left: whole gaps first, then their words, each as near its neighbours as it is drawn."""
        for start, end in self._gaps():
            if not self._put(start, end):
                for first, last in self._words_in(start, end):
                    _ = self._put(first, last) or self._put_torn(first, last)

    def _trim(self, start: int, place: int, size: int) -> tuple[int, int, int]:
        """Return the longest free run of a stretch, cut back to where words begin and end."""
        runs = groupby(range(size), lambda at: self.where[start + at] < 0 and self.left[place + at] != "\1")
        spans = [list(run) for free, run in runs if free]
        if not spans:
            return start, place, 0
        span = max(spans, key=len)
        first, last = span[0], span[-1] + 1
        while first < last and not self._starts(start + first, place + first):
            first += 1
        while last > first and not self._ends(start + last, place + last):
            last -= 1
        return start + first, place + first, last - first

    def _starts(self, start: int, place: int) -> bool:
        """Whether a stretch may begin here: at a word, or going on where the one before it ended."""
        before = self.where[start - 1] if start else -1
        if before >= 0 and before == place - 1:
            return True
        torn = before >= 0 and self.drawn.torn[before + 1]
        return self.drawn.opens[place] and (self.wanted.opens[start] or torn)

    def _ends(self, end: int, place: int) -> bool:
        """Whether a stretch may end before these letters."""
        if end < len(self.where) and self.where[end] == place and place < len(self.left):
            return True
        return self.drawn.opens[place] and (self.wanted.opens[end] or self.drawn.torn[place])

    def _place(self, start: int, place: int, size: int) -> None:
        self.where[start : start + size] = range(place, place + size)
        self._take(place, size, "\1" * size)

    def _place_nearest(self, tiles: Sequence[tuple[int, int, int]]) -> None:
        """Lay one of several equally long stretches."""
        start, _, size = tiles[0]
        places = [place for at, place, _ in tiles if at == start]
        self._place(start, self._nearest(places, start, size), size)

    def _gaps(self) -> list[tuple[int, int]]:
        runs = [
            list(run) for found, run in groupby(range(len(self.where)), lambda at: self.where[at] >= 0) if not found
        ]
        return [(run[0], run[-1] + 1) for run in runs]

    def _words_in(self, start: int, end: int) -> list[tuple[int, int]]:
        cuts = [start, *(at for at in range(start + 1, end) if self.wanted.opens[at]), end]
        return list(pairwise(cuts))

    def _put(self, start: int, end: int) -> bool:
        """Lay one piece at its nearest place, if it has one."""
        piece, free = self.wanted.text[start:end], self.left
        fits = [
            at
            for at in _occurrences(free, piece)
            if self._starts(start, at)
            and self._ends(end, at + len(piece))
            and self._same_numbers(start, at, len(piece))
        ]
        if fits:
            self._place(start, self._nearest(fits, start, len(piece)), len(piece))
        return bool(fits)

    def _same_numbers(self, start: int, place: int, size: int) -> bool:
        """Whether digits are parted in both or in neither: the cells 1 and 2 are not the number 12."""
        return all(
            self.wanted.opens[start + at] == self.drawn.opens[place + at]
            for at in range(1, size)
            if self.wanted.text[start + at - 1 : start + at + 1].isdigit()
        )

    def _put_torn(self, start: int, end: int) -> bool:
        """Lay a word in two parts, the first of which ends in a hyphen."""
        for cut in range(start + 1, end):
            if self._put(start, cut):
                if self._put(cut, end):
                    return True
                self._lift(start, cut)
        return False

    def _lift(self, start: int, end: int) -> None:
        """Take back what was laid here."""
        for at in self.where[start:end]:
            self._take(at, 1, self.drawn.text[at])
        self.where[start:end] = [-1] * (end - start)

    def _take(self, place: int, size: int, text: str) -> None:
        self.left = self.left[:place] + text + self.left[place + size :]

    def _nearest(self, places: Sequence[int], start: int, size: int) -> int:
        """Of the places where a stretch fits, the one nearest to the letters before and after it that have theirs."""
        before = next((self.where[at] for at in range(start - 1, -1, -1) if self.where[at] >= 0), -1)
        rest = range(start + size, len(self.where))
        after = next((self.where[at] for at in rest if self.where[at] >= 0), -1)
        return min(places, key=lambda place: self._distance(before, place) + self._distance(place + size - 1, after))

    def _distance(self, first: int, second: int) -> float:
        if first < 0 or second < 0 or second == first + 1:
            return 0.0
        (x0, y0), (x1, y1) = self.points[first], self.points[second]
        # Stretches that lie equally near go in the order of drawing.
        return ACROSS * abs(x1 - x0) + abs(y1 - y0) + 0.001 * abs(second - first)


def shared_stretches(sought: str, text: str, length: int) -> list[tuple[int, int, int]]:
    """Return every (start in `sought`, start in `text`, size ≥ `length`) that cannot be made longer on either side."""
    seeds: dict[str, list[int]] = {}
    for at in range(len(text) - length + 1):
        seeds.setdefault(text[at : at + length], []).append(at)
    reached: dict[int, int] = {}
    found = []
    for start in range(len(sought) - length + 1):
        places = seeds.get(sought[start : start + length], ())
        for place in places if len(places) <= MAX_REPEATS else ():
            if reached.get(place - start, -1) <= start:
                stretch = _stretch(sought, text, start, place)
                reached[place - start] = stretch[0] + stretch[2]
                found.append(stretch)
    return found


def _stretch(sought: str, text: str, start: int, place: int) -> tuple[int, int, int]:
    """Make a match as long as it can be, on both sides."""
    end = start
    while end < len(sought) and place + end - start < len(text) and sought[end] == text[place + end - start]:
        end += 1
    while start and place and sought[start - 1] == text[place - 1]:
        start, place = start - 1, place - 1
    return start, place, end - start


def _occurrences(text: str, piece: str) -> Iterator[int]:
    at = text.find(piece)
    while at >= 0:
        yield at
        at = text.find(piece, at + 1)
