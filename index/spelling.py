"""Spelling: a word of a question that nobody knows, and the word of the documents that was meant.

Repaired is only what is certainly a slip: a word that stands in no passage, in no thesaurus, in no list of Dutch words,
in no region's name, and is not made of two known words; and only when one of the documents' words is very near it.
Numbers are never touched, nor is what stands between quotation marks.
"""

import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from index.analysis import fold, tokens
from ingest.document import Passage
from ingest.regions import find_mentions

WORDS_FILE = Path(__file__).with_name("words") / "nl.txt.xz"

# A shorter word has too many neighbours to know which was meant; from LONG letters on, two slips are still one word.
SHORTEST = 5
LONG = 8

# The least letters of the first and the last part of a word that is made of two.
HEAD, TAIL = 3, 4

# How often a word stands in the documents that is meant even by what might be a compound.
COMMON = 10

ENDINGS = frozenset({"s", "se", "en", "er", "ers"})

_QUOTED = re.compile(r"[\"\u201c\u201d\u201e][^\"\u201c\u201d\u201e]*[\"\u201c\u201d]")
_WORD = re.compile(r"[^\W\d_]+")


class Correction(NamedTuple):
    """A word that was repaired.

    Attributes:
        asked: as it stands in the question.
        used: what was searched for in its place.
    """

    asked: str
    used: str


class Speller:
    """Repairs questions by the words of an index.

    Args:
        passages: what the index holds.
        known: whether a term stands in some passage or in the thesaurus.
    """

    def __init__(self, passages: Sequence[Passage], known: Callable[[str], bool]) -> None:
        self._known = known
        forms = _count(passages)
        self._counts: Counter[str] = Counter()
        self._spelled: dict[str, str] = {}
        for form, count in forms.most_common():
            self._counts[fold(form)] += count
            # With its accents, as the documents have it most often.
            self._spelled.setdefault(fold(form), form)
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for word, count in self._counts.items():
            # A word that stands once and that no list knows may be a slip itself.
            if len(word) >= SHORTEST - 1 and (count > 1 or is_dutch(word) or _made_of_two(word)):
                self._by_letter[word[0]].append(word)

    def repair(self, text: str) -> tuple[str, tuple[Correction, ...]]:
        """Return a question with its slips repaired, and what was repaired in it."""
        kept = [(mention.start, mention.end) for mention in find_mentions(text)]
        kept += [match.span() for match in _QUOTED.finditer(text)]
        out, at, made = "", 0, []
        for match in _WORD.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in kept) or not _alone(text, match):
                continue
            meant = self._meant(match.group())
            if meant:
                out += text[at : match.start()] + meant
                at = match.end()
                made.append(Correction(match.group(), meant))
        return out + text[at:], tuple(made)

    def _meant(self, word: str) -> str:
        """Return the word that was meant, or '' when this one is known or nothing is near enough."""
        folded = fold(word)
        whole = tokens(word)[:1]  # after it come the parts of a compound
        if len(folded) < SHORTEST or word.isupper() or all(self._known(token.term) for token in whole):
            return ""
        if is_dutch(folded):
            return ""
        most = 1 if len(folded) < LONG else 2
        near = extract(folded, self._by_letter[folded[0]], scorer=OSA.distance, score_cutoff=most, limit=None)
        best = min(((slips, -self._counts[word], word) for word, slips, _ in near), default=(0, 0, ""))
        # 'zeikenhuis' is made of two words, but so near to a common one that this was meant.
        common = best[0] == 1 and -best[1] >= COMMON
        sure = (common or not _made_of_two(folded)) and not _inflects(folded, best[2])
        return self._spelled.get(best[2], "") if sure else ""


def is_dutch(word: str) -> bool:
    """Whether the list of Dutch words has a word, folded; it has no long compounds."""
    return word in _words()


@cache
def _words() -> frozenset[str]:
    return frozenset(lzma.decompress(WORDS_FILE.read_bytes()).decode("ascii").split())


def _made_of_two(word: str) -> bool:
    """Whether a word is two Dutch words, joined as they are or by an s."""
    return any(
        is_dutch(word[cut:]) and (is_dutch(word[:cut]) or is_dutch(word[:cut].removesuffix("s")))
        for cut in range(HEAD, len(word) - TAIL + 1)
    )


def _inflects(one: str, other: str) -> bool:
    """Whether one of two words is the other with an ending: "Eemlandse" is no slip of "Eemland"."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and long[len(short) :] in ENDINGS


def _alone(text: str, match: re.Match[str]) -> bool:
    """Whether a run of letters has no digit beside it, as in '65-plussers', 'Q1' or 'MP3-speler'."""
    return not any(sign.isdigit() for sign in text[max(match.start() - 2, 0) : match.end() + 2])


def _count(passages: Iterable[Passage]) -> Counter[str]:
    """Count the words of passages and of the headings that they stand under, in small letters."""
    counts: Counter[str] = Counter()
    headings: set[str] = set()
    for passage in passages:
        counts.update(_WORD.findall(passage.text.lower()))
        headings.update(passage.section)
    for heading in headings:
        counts.update(_WORD.findall(heading.lower()))
    return counts
