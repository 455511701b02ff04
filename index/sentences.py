"""The sentences of the passages that may count as evidence, and which terms each of them meets."""

import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.analysis import analyse, tokens
from index.topic import known
from ingest.document import Passage

Values = NDArray[np.float32]
Places = NDArray[np.intp]

# What these hold is said of no region: a list of terms, of headings, of names.
NO_EVIDENCE = frozenset({"glossary", "contents", "boilerplate"})

# A word that holds another ("preventieketenaanpakken" holds "ketenaanpakken") meets it in part; below so many letters
# it does so by chance.
COMPOUND = 0.7
SHORTEST_PART = 5

# The least letters of each part of a word that the corpus knows only in parts.
SHORTEST_WORD = 4

# What a word in the rest of the passage or in its headings counts, against one in the sentence itself.
CONTEXT = 0.5

# Rarity counts by its square: the word that distinguishes a topic decides, not the number of its common words.
# A word that no passage holds counts as a fairly rare one: it may be the topic, or only how it is asked.
UNKNOWN = 5.0

# How many terms are kept with how well each sentence meets them: some tens of kilobytes a term.
KEPT_TERMS = 512

_END = re.compile(r"(?<=[.;:!?])\s+|\n(?=[•▪\-–] )|[•▪]")


class _Sentence(NamedTuple):
    """A sentence: row of its passage, and its half-open span there."""

    row: int
    start: int
    end: int


class Met(NamedTuple):
    """How well each sentence and each passage meets a term, and what the term weighs.

    Attributes:
        sentences: 0..1, shape (s,).
        passages: 0..1, headings included, shape (n,).
        weight: by rarity.
    """

    sentences: Values
    passages: Values
    weight: float


class Sentences:
    """Looks up in which sentences a term stands.

    Args:
        passages: the passages of an index, in order; those that speak of no region are left out.

    Attributes:
        rows: row of each sentence's passage, shape (s,).
        denial: whether a sentence says that there is nothing, shape (s,).
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = tuple(passages)
        kept = [row for row, p in enumerate(passages) if p.regions and p.kind not in NO_EVIDENCE]
        found = [sentence for row in kept for sentence in _split(row, passages[row].text)]
        denial = re.compile(known()["denial"].replace("\n", ""))
        self.rows: Places = np.array([sentence.row for sentence in found], dtype=np.intp)
        self.denial = np.array([bool(denial.search(passages[row].text[a:b])) for row, a, b in found], dtype=bool)
        self._spans = [(sentence.start, sentence.end) for sentence in found]
        self._count = len(kept)
        self._in_sentences, self._in_passages = _posting_lists(self.passages, kept, found)
        self._vocabulary = sorted(self._in_passages)
        self._backwards = sorted(word[::-1] for word in self._vocabulary)
        self._regions = _by_region(self.passages, self.rows)
        # the words of questions recur; a scan of the vocabulary for each would be the slowest step
        self.variants = lru_cache(maxsize=4096)(self._variants)
        self.meet = lru_cache(maxsize=KEPT_TERMS)(self._meet)
        self.weight = lru_cache(maxsize=16384)(self._weigh_term)

    def of_regions(self, names: Iterable[str]) -> Places:
        """Return the sentences of passages that speak of one of these regions."""
        found = [self._regions[name] for name in names if name in self._regions]
        return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.intp)

    def regions(self) -> frozenset[str]:
        """Return the regions that some sentence speaks of."""
        return frozenset(self._regions)

    def of_row(self, row: int) -> Places:
        """Return the sentences of a passage, in order."""
        return np.flatnonzero(self.rows == row)

    def span(self, sentence: int) -> tuple[int, int]:
        """Return where a sentence stands in its passage."""
        return self._spans[sentence]

    def text(self, sentence: int) -> str:
        """Return the words of a sentence."""
        start, end = self._spans[sentence]
        return self.passages[int(self.rows[sentence])].text[start:end]

    def _meet(self, term: str) -> Met:
        """Look a term up, whole and as a part of other words; `meet` keeps what was looked up last."""
        in_sentences = np.zeros(len(self.rows), dtype=np.float32)
        in_passages = np.zeros(len(self.passages), dtype=np.float32)
        for variant, share in self.variants(term):
            _raise(in_sentences, self._in_sentences.get(variant), share)
            _raise(in_passages, self._in_passages.get(variant), share)
        if term not in self._in_passages:
            self._meet_in_parts(term, in_sentences, in_passages)
        held = int((in_passages >= COMPOUND).sum())
        return Met(in_sentences, in_passages, self._weight(held))

    def _meet_in_parts(self, term: str, in_sentences: Values, in_passages: Values) -> None:
        """Let what holds both parts of a compound meet it: "shopgedrag" is met by "gedrag om te shoppen"."""
        parts = self.parts(term)
        for values, lists in ((in_sentences, self._in_sentences), (in_passages, self._in_passages)):
            if parts and all(part in lists for part in parts):
                _raise(values, np.intersect1d(lists[parts[0]], lists[parts[1]]), COMPOUND)

    def parts(self, term: str) -> tuple[str, ...]:
        """Return the two known words that an unknown one is made of, the longest last part first; () for none."""
        for cut in range(SHORTEST_WORD, len(term) - SHORTEST_WORD + 1):
            heads, tail = (term[:cut], term[:cut].removesuffix("s")), term[cut:]
            head = next((word for word in heads if word in self._in_passages), "")
            if len(head) >= SHORTEST_WORD and tail in self._in_passages:
                return head, tail
        return ()

    def score(self, terms: Iterable[str]) -> tuple[Values, float]:
        """Return what each sentence meets of the terms by weight, shape (s,), and what all of them weigh."""
        met = [self.meet(term) for term in terms]
        own = np.zeros(len(self.rows), dtype=np.float32)
        around = np.zeros(len(self.passages), dtype=np.float32)
        for sentences, passages, weight in met:
            own += np.float32(weight) * sentences
            around += np.float32(weight) * np.maximum(passages, 0)
        return (1 - CONTEXT) * own + CONTEXT * around[self.rows], sum(term.weight for term in met)

    def _weigh_term(self, term: str) -> float:
        """Return what a term weighs; `weight` keeps it."""
        return self.meet(term).weight

    def _weight(self, held: int) -> float:
        rarity = math.log(1 + (self._count - held + 0.5) / (held + 0.5)) if held else UNKNOWN
        return rarity**2

    def _variants(self, term: str) -> tuple[tuple[str, float], ...]:
        """Return the words of the vocabulary that meet a term, each with how well."""
        return tuple((word, share) for word in self._akin(term) if (share := _kinship(term, word)))

    def _akin(self, term: str) -> list[str]:
        """Return the words of the vocabulary that begin or end as a term does, or that a term begins or ends with."""
        cuts = range(SHORTEST_PART, len(term))
        shorter = {part for cut in cuts for part in (term[:cut], term[-cut:]) if part in self._in_passages}
        longer: set[str] = set()
        if len(term) >= SHORTEST_PART:
            longer = {*_starting(self._vocabulary, term)}
            longer |= {word[::-1] for word in _starting(self._backwards, term[::-1])}
        return sorted(shorter | longer | {term} & self._in_passages.keys())


def _starting(words: Sequence[str], beginning: str) -> Sequence[str]:
    """Return the words, which are in order, that start so."""
    return words[bisect_left(words, beginning) : bisect_right(words, beginning + chr(0x10FFFF))]


def _kinship(term: str, word: str) -> float:
    """Return how well a word meets a term: 1.0 the same, `COMPOUND` when it holds it, less when it is a part of it."""
    if word == term:
        return 1.0
    shorter, longer = sorted((term, word), key=len)
    if len(shorter) < SHORTEST_PART or not (longer.startswith(shorter) or longer.endswith(shorter)):
        return 0.0
    if longer is word:
        return COMPOUND
    share = len(word) / len(term)
    return COMPOUND * share if share >= 0.5 else 0.0


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of the sentences of a text; the points of a list are sentences too."""
    return [(start, end) for _, start, end in _split(0, text)]


def _split(row: int, text: str) -> Iterator[_Sentence]:
    """Cut a passage into sentences of two words or more."""
    start = 0
    for match in _END.finditer(text):
        if len(text[start : match.start()].split()) > 1:
            yield _Sentence(row, start, match.start())
        start = match.end()
    if len(text[start:].split()) > 1 or start == 0:
        yield _Sentence(row, start, len(text))


def _posting_lists(
    passages: Sequence[Passage], kept: Sequence[int], found: Sequence[_Sentence]
) -> tuple[dict[str, Places], dict[str, Places]]:
    """Return for each term the sentences that hold it, and the passages that hold it or stand under it."""
    in_sentences: dict[str, list[int]] = defaultdict(list)
    in_passages: dict[str, list[int]] = defaultdict(list)
    numbers, starts = _places(found)
    for row in kept:
        passage = passages[row]
        above = {term for heading in (*passage.section, passage.theme) for term in _heading_terms(heading)}
        for token in tokens(passage.text):
            above.add(token.term)
            at = bisect_right(starts[row], token.start) - 1
            if at >= 0:
                in_sentences[token.term].append(numbers[row][at])
        for term in above:
            in_passages[term].append(row)
    return _arrays(in_sentences), _arrays(in_passages)


def _places(found: Sequence[_Sentence]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Return the numbers and the starts of the sentences of each passage."""
    numbers: dict[int, list[int]] = defaultdict(list)
    starts: dict[int, list[int]] = defaultdict(list)
    for number, sentence in enumerate(found):
        numbers[sentence.row].append(number)
        starts[sentence.row].append(sentence.start)
    return numbers, starts


@lru_cache(maxsize=4096)
def _heading_terms(heading: str) -> tuple[str, ...]:
    return tuple(analyse(heading))


def _by_region(passages: Sequence[Passage], rows: Places) -> dict[str, Places]:
    """Return the sentences of each region."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows.tolist()):
        for name in passages[row].regions:
            found[name].append(number)
    return _arrays(found)


def _arrays(lists: dict[str, list[int]]) -> dict[str, Places]:
    return {name: np.array(places, dtype=np.intp) for name, places in lists.items()}


def _raise(values: Values, places: Places | None, least: float) -> None:
    """Let the values at some places be no less than `least`."""
    if places is not None:
        values[places] = np.maximum(values[places], np.float32(least))
