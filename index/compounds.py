"""Compounds: which words of the corpus are made of two others, in terms of the analyser.

Dutch writes 'huisartsenspoedpost' and 'spoedpost voor huisartsen', 'val' and 'valpreventie'. A term is split where both
sides are terms of the corpus; the linking -s-, -en-, -n- and -e- is dropped. Nothing is stored: the vocabulary of the
index tells it all, and a word of a question that no passage holds is split in the same way.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from index.analysis import stem

# The least letters of a part, but for the short words of compounds.toml.
SHORTEST = 4

# A part that a single passage holds is as likely a misspelling or a piece of a word.
LEAST_ROWS = 2

_LINKS = ("", "s", "en", "n", "e")


class _Lexicon(NamedTuple):
    """The contents of compounds.toml."""

    short: frozenset[str]
    no_first: frozenset[str]
    no_last: frozenset[str]
    whole: frozenset[str]


class Compounds:
    """Splits terms into the two words that they are made of, and finds the compounds that hold a word.

    Args:
        frequencies: how many rows hold each term of the corpus.
    """

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._known = {term for term, rows in frequencies.items() if rows >= LEAST_ROWS and term.isalpha()}
        self._known -= {term for term in self._known if len(term) < SHORTEST} - _lexicon().short
        self._holding: dict[str, list[str]] = defaultdict(list)
        for term in frequencies:
            for part in self.parts(term):
                self._holding[part].append(term)

    def parts(self, term: str) -> tuple[str, ...]:
        """Return the two terms that a term is made of; () for none. Of more ways the most even one counts."""
        if len(term) < 2 * SHORTEST - 1 or not term.isalpha() or term in _lexicon().whole:
            return ()
        return max(self._splits(term), key=lambda parts: min(map(len, parts)), default=())

    def holding(self, term: str) -> tuple[str, ...]:
        """Return the terms of the corpus that are made of this one and another."""
        return tuple(self._holding.get(term, ()))

    def _splits(self, term: str) -> Iterator[tuple[str, str]]:
        lexicon = _lexicon()
        for cut in range(3, len(term) - 2):
            last = term[cut:]
            if last not in self._known or last in lexicon.no_last:
                continue
            for link in _LINKS:
                first = stem(term[:cut].removesuffix(link)) if term[:cut].endswith(link) else ""
                if first in self._known and first not in lexicon.no_first:
                    yield first, last


@cache
def _lexicon() -> _Lexicon:
    data: dict[str, str] = tomllib.loads(Path(__file__).with_name("compounds.toml").read_text(encoding="utf-8"))
    lists = [data[name].split() for name in _Lexicon._fields]
    return _Lexicon(*(frozenset(words) | frozenset(map(stem, words)) for words in lists))
