"""What documents themselves say of their words: "spoedeisende hulp (SEH)", and the entries of their glossaries.

An abbreviation between brackets is taken when its letters stand in that order in the words before it, the first one at
the start of a word (Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions", 2003). In a
glossary what stands between brackets behind the term, before its definition, is another name for it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from index.thesaurus.concepts import Concept, Thesaurus, label_terms
from ingest.document import Passage

# Words before an abbreviation beyond its letters: "wet op de geneeskundige behandelingsovereenkomst (WGBO)".
MORE_WORDS = 3
SHORTEST_LONG = 6

# Two letters stand for too many things.
_ABBREVIATION = re.compile(r"\(([A-Z][A-Za-z&/-]{2,7})\)")
_SENTENCE = re.compile(r"[.;:!?()•\n]")
_ENTRY = re.compile(r"([^\W\d_][\w' -]{2,40}?) \(([\w' -]{3,40})\):? (?=[A-Z])")


class Pair(NamedTuple):
    """Two names of one thing: the one in full and the other one."""

    full: str
    other: str


def find_pairs(passages: Iterable[Passage]) -> dict[Pair, str]:
    """Return the names that passages give for one another, each with the file that does so first.

    Of an abbreviation that stands for more than one thing the one said most often counts; none of two said as often.
    """
    files: dict[Pair, str] = {}
    counts: Counter[Pair] = Counter()
    for passage in passages:
        for pair in (*abbreviations(passage.text), *(_entries(passage.text) if passage.kind == "glossary" else ())):
            files.setdefault(pair, passage.document)
            counts[pair] += 1
    return {pair: files[pair] for pair in _settled(counts)}


def abbreviations(text: str) -> Iterator[Pair]:
    """Yield the abbreviations that a text explains."""
    for match in _ABBREVIATION.finditer(text):
        short = match[1]
        before = _SENTENCE.split(text[: match.start()])[-1].split()
        words = before[-(len(short) + MORE_WORDS) :]
        full = _full_form(short, " ".join(words))
        if sum(map(str.isupper, short)) >= 2 and len(full) >= max(SHORTEST_LONG, len(short) + 3):
            yield Pair(full.casefold(), short)


def extend(thesaurus: Thesaurus, pairs: Mapping[Pair, str]) -> Thesaurus:
    """Add names to a thesaurus: to the concept that has one of the two, or as a concept of their own.

    A name that means something else already is left out: what we wrote goes before what is found.
    """
    concepts = dict(thesaurus.concepts)
    for (full, other), file in pairs.items():
        one, two = (_owner(thesaurus, label) for label in (full, other))
        if one is None and two is None:
            concepts.setdefault(full, Concept(full, (other,), source=file))
        elif one is None or two is None:
            _add(concepts, one or two, full if one is None else other)
    return Thesaurus(concepts.values())


def _add(concepts: dict[str, Concept], owner: Concept | None, label: str) -> None:
    if owner is not None:
        known = concepts[owner.label]
        concepts[owner.label] = replace(known, alternatives=(*known.alternatives, label))


def _owner(thesaurus: Thesaurus, label: str) -> Concept | None:
    return next((concept for terms in label_terms(label) if (concept := thesaurus.find(terms))), None)


def _full_form(short: str, words: str) -> str:
    """Return the last words of a text that hold the letters of an abbreviation in order; '' when none do."""
    letters = [letter for letter in short.casefold() if letter.isalpha()]
    folded, at = words.casefold(), len(words)
    for number, letter in reversed(list(enumerate(letters))):
        at -= 1
        while at >= 0 and (folded[at] != letter or (number == 0 and at > 0 and folded[at - 1].isalpha())):
            at -= 1
        if at < 0:
            return ""
    return words[at:]


def _entries(text: str) -> Iterator[Pair]:
    """Yield the other name of the term that a glossary's entry opens with."""
    for line in text.splitlines():
        if match := _ENTRY.match(line):
            yield Pair(match[1].casefold(), match[2])


def _settled(counts: Counter[Pair]) -> Sequence[Pair]:
    """Keep for each other name the full one that is said most often, when one is."""
    best: dict[str, list[tuple[int, Pair]]] = {}
    for pair, count in counts.items():
        best.setdefault(pair.other, []).append((count, pair))
    kept = []
    for found in best.values():
        found.sort(key=lambda one: -one[0])
        if len(found) == 1 or found[0][0] > found[1][0]:
            kept.append(found[0][1])
    return kept
