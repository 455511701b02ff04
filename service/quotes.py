"""Does a quote stand literally in the documents? If not on the page named, then where, or what comes nearest?

Forgiven is only what copying changes: white space, the form of quotation marks, ligatures, and words that were split at
the end of a line. Letters, capitals, punctuation and above all digits must be the same.
"""

import re
import threading
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, Protocol
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein, Opcodes

from ingest.document import Document
from ingest.text import SUSPENDED, join_lines, repair

MAX_QUOTE = 5000
MAX_PLACES = 20
# Pages compared letter by letter with a quote that stands nowhere; the words choose which.
CANDIDATES = 8
# Words on either side of the stretch that is compared; those that turn out to be no part of it are dropped again.
MARGIN = 4

Status = Literal["exact", "elsewhere", "absent"]
Difference = tuple[Literal["same", "quoted", "document"], str]

_OMISSION = re.compile(r"[(\[]\s*(?:…|\.{3,4}|\. \. \.)\s*[)\]]")
_MARKS = str.maketrans(dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛`´′", "'"))
# The hyphen of "zorg- en welzijn" is no torn word: without it other words stand there.
_NOT_SUSPENDED = rf"(?!(?:{'|'.join(map(re.escape, sorted(SUSPENDED)))})(?![^\s.,;:!?)]))"
_TORN = re.compile(rf"(?<=[^\W\d_])- {_NOT_SUSPENDED}(?=[^\W\d_])", re.IGNORECASE)
_LINE_END = re.compile(rf"-[ \t]*\r?\n\s*{_NOT_SUSPENDED}", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_BETWEEN = "\0"


class Held(Protocol):
    """What the index of quotes needs of a searcher."""

    @property
    def documents(self) -> Sequence[Document]: ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand.

    Attributes:
        file: the document.
        page: 1-based.
        label: the page number printed there, or ''.
        passage_id: the passage that holds the first of the words; '' when they lie in none.
    """

    file: str
    page: int
    label: str
    passage_id: str


@dataclass(frozen=True, slots=True)
class Nearest:
    """What comes nearest to a quote that stands nowhere.

    Attributes:
        place: where.
        text: the words there.
        similarity: 0..1.
        difference: word by word: the same in both, only in the quote, only in the document.
    """

    place: Place
    text: str
    similarity: float
    difference: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one quote.

    Attributes:
        status: 'exact' on the page that was named, 'elsewhere', or 'absent'.
        places: where it stands literally, at most MAX_PLACES.
        nearest: what comes nearest when it stands nowhere; None when nothing does.
    """

    status: Status
    places: tuple[Place, ...] = ()
    nearest: Nearest | None = None


def canonical(text: str) -> str:
    """One line with plain spaces, straight quotation marks, no ligatures and no words split over lines."""
    joined = join_lines([repair(line) for line in text.splitlines()])
    return " ".join(joined.translate(_MARKS).split())


def readings(quote: str) -> list[str]:
    """The ways to read a quote whose line ends may have split a word: as ingest would, hyphen dropped, hyphen kept."""
    dropped, kept = _LINE_END.sub("", quote), _LINE_END.sub("-", quote)
    pasted = _TORN.sub("", canonical(quote))
    return list(dict.fromkeys(reading for reading in map(canonical, (quote, dropped, kept, pasted)) if reading))


def split_omissions(quote: str) -> list[str]:
    """The parts of a quote between '(…)' or '[…]', in order; a quote without omissions is one part."""
    return [part for part in _OMISSION.split(quote) if part.strip()]


def stands_in(quote: str, text: str) -> bool:
    """Whether a quote stands literally in a text, its omissions aside."""
    return bool(quote.strip()) and _holds(canonical(text), _parts(quote))


def source_words(quote: str, text: str) -> list[str]:
    """The parts of a quote as the text itself spells them, in order; none when it does not stand there."""
    plain = canonical(text)
    steps = Levenshtein.opcodes(plain, text)
    return [_slice(text, steps, start, end) for start, end in _spans(plain, _parts(quote))]


class QuoteIndex:
    """The words of every page, ready to be searched for quotes. Made once for each generation."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = {document.file: document for document in documents}
        self._pages = [(document, page) for document in documents for page in document.pages]
        self.texts = [canonical(page.text) for _, page in self._pages]
        lengths = [len(text) + 1 for text in self.texts]
        self._starts = list(np.cumsum([0, *lengths])[:-1])
        # One string: a quote is looked for in all pages at the speed of `str.find`.
        self._all = _BETWEEN.join(self.texts)
        self._words, self._weights = _count_words(self.texts)

    def verify(self, quote: str, files: Collection[str] = (), page: int = 0) -> Verdict:
        """Look for a quote.

        Args:
            quote: at most MAX_QUOTE characters; '(…)' marks an omission.
            files: the documents that it may stand in; any when empty.
            page: the 1-based page that it should stand on; any when 0.
        """
        rows = self._find(_parts(quote))
        if not rows:
            return Verdict("absent", nearest=self._nearest(quote))
        named = [row for row in rows if self._is_named(row, files, page)]
        places = tuple(
            self._place(row, quote) for row in [*named, *(row for row in rows if row not in named)][:MAX_PLACES]
        )
        return Verdict("exact" if named else "elsewhere", places)

    def _is_named(self, row: int, files: Collection[str], page: int) -> bool:
        document, held = self._pages[row]
        return (not files or document.file in files) and (not page or held.number == page)

    def _find(self, parts: list[list[str]]) -> list[int]:
        """The pages that hold all parts in order."""
        if not parts:
            return []
        longest = max(parts, key=lambda part: len(part[0]))
        rows = sorted({row for reading in longest for row in self._occurrences(reading)})
        return rows if len(parts) == 1 else [row for row in rows if _holds(self.texts[row], parts)]

    def _occurrences(self, needle: str) -> Iterator[int]:
        """The pages on which a text stands between word boundaries."""
        at = _find_whole(self._all, needle, 0)
        while at >= 0:
            row = bisect_right(self._starts, at) - 1
            yield row
            following = row + 1
            at = _find_whole(self._all, needle, self._starts[following]) if following < len(self._starts) else -1

    def _nearest(self, quote: str) -> Nearest | None:
        """The stretch of a page that is most like a quote."""
        needle = canonical(" ".join(split_omissions(quote)))
        said = needle.split()
        windows = [(row, self._window(row, said)) for row in self._candidates(needle)]
        scored = [(fuzz.ratio(needle, " ".join(words)), row, words) for row, words in windows]
        if not scored:
            return None
        _, row, words = max(scored, key=lambda found: found[0])
        difference = _trimmed(list(compare(needle, " ".join(words))))
        text = " ".join(piece for kind, piece in difference if kind != "quoted")
        similarity = round(fuzz.ratio(needle, text) / 100, 3)
        return Nearest(self._place(row, text), text, similarity, tuple(difference))

    def _window(self, row: int, said: Sequence[str]) -> list[str]:
        """The stretch of a page, as long as a quote and a little more, that holds most of its rarest words.

        Letters are compared only after this: letter by letter along a whole page takes minutes for a long quote.
        """
        words = self.texts[row].split()
        wanted = {_plain(word) for word in said}
        worth = [self._weights.get(name, 0.0) if (name := _plain(word)) in wanted else 0.0 for word in words]
        sums = np.concatenate([[0.0], np.cumsum(worth)])
        size = min(len(said), len(words))
        start = int(np.argmax(sums[size:] - sums[: len(sums) - size]))
        return words[max(start - MARGIN, 0) : start + size + MARGIN]

    def _candidates(self, needle: str) -> list[int]:
        """The pages that share the rarest words with a text."""
        scores = np.zeros(len(self.texts))
        for word in set(_WORD.findall(needle.casefold())):
            rows = self._words.get(word)
            if rows is not None:
                scores[rows] += self._weights[word]
        order = np.argsort(-scores, kind="stable")[:CANDIDATES]
        return [int(row) for row in order if scores[row] > 0]

    def _place(self, row: int, quote: str) -> Place:
        document, page = self._pages[row]
        first = _parts(quote)[0]
        starts = [at for reading in first if (at := _find_whole(self.texts[row], reading, 0)) >= 0]
        passage_id = self._passage_at(document, page.number, self.texts[row], min(starts, default=0))
        return Place(document.file, page.number, page.label, passage_id)

    def _passage_at(self, document: Document, page: int, text: str, at: int) -> str:
        """The passage of a page that holds a position in its canonical text."""
        for passage in document.passages:
            if passage.page == page:
                words = canonical(passage.text)
                start = text.find(words)
                if 0 <= start <= at < start + len(words):
                    return passage.id
        return ""


_INDEXES: WeakKeyDictionary[object, QuoteIndex] = WeakKeyDictionary()
_LOCK = threading.Lock()


def quote_index(searcher: Held) -> QuoteIndex:
    """The index of quotes of an open generation, made at the first question and kept as long as the generation."""
    with _LOCK:
        if searcher not in _INDEXES:
            _INDEXES[searcher] = QuoteIndex(searcher.documents)
        return _INDEXES[searcher]


def compare(quote: str, text: str) -> Iterator[Difference]:
    """Lay a quote beside a text, word by word."""
    said, found = quote.split(), text.split()
    runs = groupby(Indel.opcodes(said, found), key=lambda operation: operation.tag == "equal")
    for same, operations in runs:
        held = list(operations)
        ours = " ".join(word for op in held for word in said[op.src_start : op.src_end])
        theirs = " ".join(word for op in held for word in found[op.dest_start : op.dest_end])
        if same:
            yield "same", ours
            continue
        if ours:
            yield "quoted", ours
        if theirs:
            yield "document", theirs


def _trimmed(difference: list[Difference]) -> list[Difference]:
    """Without the words of the document that stand before and after all that a quote says.

    At either end as many of them are kept as the quote has words there: those are what it has other words for.
    """
    middle = [at for at, (kind, _) in enumerate(difference) if kind == "same"]
    if not middle:
        return difference
    first, last = middle[0], middle[-1]
    head, tail = difference[:first], difference[last + 1 :]
    return [*_shortened(head, at_end=True), *difference[first : last + 1], *_shortened(tail, at_end=False)]


def _shortened(edge: list[Difference], *, at_end: bool) -> list[Difference]:
    """An edge whose words of the document are no more than those of the quote."""
    count = sum(len(text.split()) for kind, text in edge if kind == "quoted")
    kept: list[Difference] = []
    for kind, text in edge:
        words = text.split()
        chosen = words if kind == "quoted" else words[max(len(words) - count, 0) :] if at_end else words[:count]
        if chosen:
            kept.append((kind, " ".join(chosen)))
    return kept


def _plain(word: str) -> str:
    """The first run of letters of a word, as words are counted."""
    found = _WORD.search(word.casefold())
    return found[0] if found else ""


def _parts(quote: str) -> list[list[str]]:
    """The readings of each part of a quote."""
    return [ways for ways in map(readings, split_omissions(quote)) if ways]


def _holds(text: str, parts: list[list[str]]) -> bool:
    """Whether parts follow each other in a text."""
    return bool(_spans(text, parts))


def _spans(text: str, parts: list[list[str]]) -> list[tuple[int, int]]:
    """Where parts follow each other in a text; the earliest end of each leaves most room for the next."""
    spans: list[tuple[int, int]] = []
    for part in parts:
        after = spans[-1][1] if spans else 0
        found = [(start + len(way), start) for way in part if (start := _find_whole(text, way, after)) >= 0]
        if not found:
            return []
        end, start = min(found)
        spans.append((start, end))
    return spans


def _slice(text: str, steps: Opcodes, start: int, end: int) -> str:
    """The stretch of a text that a span of its canonical form was made from; `steps` lead from that form to it."""
    held = [step for step in steps if step.src_start < end and step.src_end > start]
    first, last = held[0], held[-1]
    # Outside what is equal one letter may come of several, so such a step is taken whole.
    begin = first.dest_start + (max(start - first.src_start, 0) if first.tag == "equal" else 0)
    finish = last.dest_end - (max(last.src_end - end, 0) if last.tag == "equal" else 0)
    return text[begin:finish].strip()


def _find_whole(text: str, needle: str, start: int) -> int:
    """Find a text that starts and ends where a word or figure does; -1 when it does not stand there."""
    at = text.find(needle, start)
    while at >= 0 and _cuts(text, at, at + len(needle)):
        at = text.find(needle, at + 1)
    return at


def _cuts(text: str, start: int, end: int) -> bool:
    """Whether a span begins or ends within a word or a figure: '12' is not in '112', nor '5' in '2,5'."""
    return _within(text, start) or _within(text, end)


def _within(text: str, at: int) -> bool:
    before, after = text[max(at - 2, 0) : at], text[at : at + 2]
    if not before or not after:
        return False
    if before[-1].isalnum() and after[0].isalnum():
        return True
    decimal_before = len(before) > 1 and before[0].isdigit() and before[1] in ".," and after[0].isdigit()
    decimal_after = len(after) > 1 and before[-1].isdigit() and after[0] in ".," and after[1].isdigit()
    return decimal_before or decimal_after


def _count_words(texts: Sequence[str]) -> tuple[dict[str, NDArray[np.int64]], dict[str, float]]:
    """The pages that hold each word, and how much a word says: the fewer pages, the more."""
    rows: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        for word in set(_WORD.findall(text.casefold())):
            rows.setdefault(word, []).append(row)
    weights = {word: float(np.log(1 + len(texts) / len(held))) for word, held in rows.items()}
    return {word: np.array(held) for word, held in rows.items()}, weights
