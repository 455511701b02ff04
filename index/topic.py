"""What a comparison is about: the words that tell a topic from others, in each way to read an "of"."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from index.analysis import analyse, tokens
from index.query import SURE_MENTION, normalise
from ingest.regions import find_mentions

# "A of B" doubles the readings; beyond so many the rest is read as one.
MOST_CHOICES = 3

# What the words of a question say about the kind of region that is asked for.
KINDS = (
    (re.compile(r"(?i)\bzorgkantoor-?regio"), frozenset({"zorgkantoorregio", "subregio"})),
    (re.compile(r"(?i)\broaz(?:-?(?:sub)?regio|'?s\b)"), frozenset({"ROAZ-regio", "ROAZ-subregio"})),
)

_PIECE = re.compile(r"\w[\w'\u2019/\-]*|[(),;:?]")
_BREAKS = frozenset("(),;:?")
_RELATIVES = frozenset({"die", "dat"})


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as the comparison reads it.

    Attributes:
        text: the topic with its spaces and characters in one form.
        readings: the terms of each way to read it; "A of B" is about either. Empty when it holds no word.
        kinds: the kinds of region that it asks for; empty for all.
        regions: names of the regions that it names.
    """

    text: str
    readings: tuple[tuple[str, ...], ...]
    kinds: frozenset[str]
    regions: tuple[str, ...]


class _Piece(NamedTuple):
    """A word or sign of a question with its terms; a word of asking has none."""

    form: str
    terms: tuple[str, ...]


def parse_topic(question: str) -> Topic:
    """Read a topic, or a question after one."""
    text = normalise(question)
    mentions = [mention for mention in find_mentions(text) if mention.confidence >= SURE_MENTION]
    names = tuple(dict.fromkeys(mention.region for mention in mentions))
    pieces = _pieces(text, [(mention.start, mention.end) for mention in mentions])
    found = readings(pieces) or _distinct([analyse(text)])
    return Topic(text, found, _kinds(text), names)


def passage_terms(text: str) -> tuple[str, ...]:
    """Return the terms of a passage that is itself the topic, without words of asking and names of regions."""
    names = [(mention.start, mention.end) for mention in find_mentions(text)]
    return tuple(dict.fromkeys(term for piece in _pieces(text, names) for term in piece.terms))


def readings(pieces: Sequence[_Piece]) -> tuple[tuple[str, ...], ...]:
    """Return the terms of each way to read a question: of every "A of B" and "A (B)" one side is left out."""
    choices = [choice for at in range(len(pieces)) if (choice := _choice(pieces, at))][:MOST_CHOICES]
    found = []
    for sides in product((0, 1), repeat=len(choices)):
        dropped = {at for side, choice in zip(sides, choices, strict=True) for at in choice[side]}
        found.append([term for at, piece in enumerate(pieces) if at not in dropped for term in piece.terms])
    return _distinct(found)


def _choice(pieces: Sequence[_Piece], at: int) -> tuple[set[int], set[int]] | None:
    """Return the places of the two sides of a choice at a word, or None where there is none."""
    if pieces[at].form not in {"of", "("}:
        return None
    left = _phrase(pieces, range(at - 1, -1, -1))
    right = _phrase(pieces, range(at + 1, len(pieces)))
    return (left, right) if left and right else None


def _phrase(pieces: Sequence[_Piece], places: range) -> set[int]:
    """Walk from a choice over the words that belong together; a relative clause belongs to what it follows."""
    phrase: set[int] = set()
    relative = False
    for at in places:
        form, terms = pieces[at]
        if form in _BREAKS or form in {"of", "en"}:
            break
        relative = relative or (form in _RELATIVES and bool(phrase) and places.step > 0)
        if terms:
            phrase.add(at)
        elif phrase and not relative:
            break
    return phrase


def _pieces(text: str, names: Sequence[tuple[int, int]]) -> list[_Piece]:
    """Cut a question into words and signs; words of asking and the names of regions keep no terms."""
    frame = frame_terms()
    kept = [
        token
        for token in tokens(text)
        if token.term not in frame and not any(start <= token.start < end for start, end in names)
    ]
    return [
        _Piece(match.group().lower(), tuple(t.term for t in kept if match.start() <= t.start < match.end()))
        for match in _PIECE.finditer(text)
    ]


def _kinds(text: str) -> frozenset[str]:
    """Return the kinds that a question asks for; one that asks for both kinds asks for all."""
    asked = [kinds for pattern, kinds in KINDS if pattern.search(text)]
    return asked[0] if len(asked) == 1 else frozenset()


def _distinct(found: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Drop repeated terms, repeated readings and empty ones."""
    return tuple(dict.fromkeys(reading for terms in found if (reading := tuple(dict.fromkeys(terms)))))


@cache
def frame_terms() -> frozenset[str]:
    """Return the terms of the words that only ask, from compare.toml."""
    return frozenset(analyse(known()["frame"]))


@cache
def known() -> dict[str, Any]:
    """Return what compare.toml holds."""
    return tomllib.loads(Path(__file__).with_name("compare.toml").read_text(encoding="utf-8"))
