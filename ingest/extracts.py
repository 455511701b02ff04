"""What a passage says of its activity: for whom, in which sectors, with whom. Only what stands there. Pure.

Terms and money are in ingest/terms.py; the words are in activities.toml.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ingest.document import Activity, Extract
from ingest.gazetteer import lookup
from ingest.terms import find_money, find_terms

PARTNER_REACH = 160
"""Characters after 'in samenwerking met' in which partners stand."""
PREFIX = 3
"""Letters by which words that may go on are looked up."""
SOURCE_REACH = 40
"""Characters before a name in which a word may say that it is a source."""
PARTNER_WORDS = 5
"""Words of the longest name of a partner that no other sign than a capital tells."""

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_NAME = r"[A-Z][\w’'&+-]*(?: (?:(?:van|de|voor) )?[A-Z][\w’'&+-]*)*"
_LISTED = r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*"
_NAMED = re.compile(rf"[\w+]+(?: (?:regio|van|de|voor))? {_NAME}")
_MUNICIPALITIES = re.compile(rf"[Gg]emeenten {_LISTED}(?:(?:, | en ){_LISTED})*")
_MEMBER = re.compile(rf"\s*(?:de |het |o\.a\. )?({_NAME})")
_BETWEEN = re.compile(r",| en |/|;| met | of |\s[–-]\s")
_STOP = re.compile(r"[.:;\n]\s|\n|[()]")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase to look for.

    Attributes:
        words: its words in lower case; the last one is a beginning when `open`.
        open: whether the last word may go on.
        name: what the phrase means.
    """

    words: tuple[str, ...]
    open: bool
    name: str

    def fits(self, words: Sequence[str], at: int) -> bool:
        """Whether the phrase stands in `words` from `at` on."""
        end = at + len(self.words)
        if end > len(words) or (end - at > 1 and tuple(words[at : end - 1]) != self.words[:-1]):
            return False
        last = words[end - 1]
        return last.startswith(self.words[-1]) if self.open else last == self.words[-1]


class _Lexicon:
    """Phrases by their first word."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._phrases: dict[str, list[_Phrase]] = {}
        for name, written in names.items():
            for phrase in written:
                words = _WORD.findall(phrase.lower()) + ([""] if phrase.endswith(" *") else [])
                made = _Phrase(tuple(words), phrase.endswith("*"), name)
                # A single word that may go on is found by its first letters.
                key = words[0][:PREFIX] + "*" if made.open and len(words) == 1 else words[0]
                self._phrases.setdefault(key, []).append(made)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase.words))

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """Yield (first, last + 1, name) of phrases that do not overlap, the longest first at each word."""
        after = 0
        for at, word in enumerate(words):
            if at < after:
                continue
            phrases = (*self._phrases.get(word, ()), *self._phrases.get(word[:PREFIX] + "*", ()))
            found = next((phrase for phrase in phrases if phrase.fits(words, at)), None) if phrases else None
            if found:
                after = at + len(found.words)
                yield at, after, found.name


def extract(text: str) -> Activity:
    """Read what a passage that states something planned says of it."""
    spans = [match.span() for match in _WORD.finditer(text)]
    words = [text[start:end].lower() for start, end in spans]
    found: dict[str, list[Extract]] = {"groups": [], "sectors": [], "names": [], "ways": []}
    for first, last, meaning in _lexicon().find(words):
        kind, _, name = meaning.partition(":")
        start, end = spans[first][0], spans[last - 1][1]
        if _fits(kind, name, words, first, text[start]):
            found[kind].append(Extract(text[start:end], start, end, name))
    return Activity(
        groups=_first(found["groups"]),
        sectors=_first(found["sectors"]),
        partners=_first(_partners(text, spans, [(one.start, one.end) for one in found["names"]])),
        terms=find_terms(text),
        money=find_money(text),
    )


def _fits(kind: str, name: str, words: Sequence[str], at: int, initial: str) -> bool:
    """Those who do the work are a target only where the words before say so; names have a capital; 'te scholen' is no
    school."""
    if kind == "names":
        return initial.isupper()
    if kind == "sectors":
        return not (words[at] == "scholen" and at > 0 and words[at - 1] in {"te", "het", "en"})
    needs = _data()["group_needs"]
    before = words[max(0, at - needs["within"]) : at]
    return name not in needs["names"] or any(word in needs["after"] for word in before)


def _partners(text: str, spans: Sequence[tuple[int, int]], known: Iterable[tuple[int, int]]) -> list[Extract]:
    found = {*known, *_named(text, spans)}
    found |= {span for start, end in _after_cues(text) for span in _capitals(text, start, end)}
    kept: list[tuple[int, int]] = []
    for start, longest in sorted(found, key=lambda span: (span[0], -span[1])):
        end = _without_common(text, start, longest)
        if end > start and (not kept or start >= kept[-1][1]) and not _is_source(text, start):
            kept.append((start, end))
    return [Extract(text[start:end], start, end, text[start:end]) for start, end in kept]


def _named(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Names that a word like 'Stichting' or 'Ziekenhuis' in them gives away."""
    data = _data()["organisations"]
    before, after, endings = _set("before"), _set("after"), tuple(data["endings"])
    for at, (start, end) in enumerate(spans):
        word = text[start:end]
        pattern = _MUNICIPALITIES if word in {"gemeenten", "Gemeenten"} else _NAMED if word in before else None
        if pattern and (match := pattern.match(text, start)):
            yield match.span()
        if word in after and (first := _capitals_before(text, spans, at)) < at:
            yield spans[first][0], end
        if word.endswith(endings) and word[0].isupper() and len(word) > max(map(len, endings)):
            yield start, end


def _capitals_before(text: str, spans: Sequence[tuple[int, int]], at: int) -> int:
    """First of the words with a capital right before word `at`; one word that opens a sentence does not count."""
    first = at
    while first and text[spans[first - 1][0]].isupper() and text[spans[first - 1][1] : spans[first][0]] in {" ", ". "}:
        first -= 1
    opens = first == at - 1 and text[: spans[first][0]].rstrip(" -•")[-1:] in {"", ".", "\n", ":", "•", "-"}
    return at if opens and text[spans[at][0]].islower() else first


def _without_common(text: str, start: int, end: int) -> int:
    """Cut a name off before a word that no name has: 'RSO Trijn Alle partijen'; `start` when nothing is left."""
    for match in _WORD.finditer(text, start, end):
        if match[0] in _set("never") or match[0].lower() in _openers():
            end = max(start, match.start() - 1)
            break
    return start if text[start:end] in _set("before") or text[start:end] == "gemeenten" else end


def _is_source(text: str, start: int) -> bool:
    """'de benchmark van ...' names where something was read."""
    before = _WORD.findall(text[max(0, start - SOURCE_REACH) : start].lower())[-3:]
    return not _set("sources").isdisjoint(before)


def _after_cues(text: str) -> Iterator[tuple[int, int]]:
    folded = text.lower()
    for cue in _data()["organisations"]["cues"]:
        at = folded.find(cue)
        while at >= 0:
            start = at + len(cue)
            stop = _STOP.search(text, start, start + PARTNER_REACH)
            yield start, stop.start() if stop else min(len(text), start + PARTNER_REACH)
            at = folded.find(cue, start)


def _capitals(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Names between commas that begin with a capital, and are neither a region nor a sector."""
    at = start
    for piece in _BETWEEN.split(text[start:end]):
        begin = text.index(piece, at, end)
        at = begin + len(piece)
        match = _MEMBER.match(piece)
        if match and len(match[1].split()) <= PARTNER_WORDS and not _is_common(match[1]):
            yield begin + match.start(1), begin + match.end(1)


def _is_common(name: str) -> bool:
    words = [word.lower() for word in _WORD.findall(name)]
    known = any(not meaning.startswith("names") for _, _, meaning in _lexicon().find(words))
    return known or lookup(name) is not None


def _first(found: Iterable[Extract]) -> tuple[Extract, ...]:
    """Keep the first words for each thing."""
    kept: dict[str, Extract] = {}
    for one in found:
        kept.setdefault(one.value, one)
    return tuple(kept.values())


@cache
def _lexicon() -> _Lexicon:
    """Phrases of all three sorts; what each means is written 'groups:ouderen'."""
    data = _data()
    kinds = ("groups", "sectors", "ways")
    meant = {f"{kind}:{name}": phrases for kind in kinds for name, phrases in data[kind].items()}
    return _Lexicon(meant | {f"names:{name}": [name] for name in data["organisations"]["names"]})


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(_data()["organisations"][name])


@cache
def _openers() -> frozenset[str]:
    """Nouns that open an item: 'gemeenten Implementatie' in a table is the end of one and the start of the next."""
    return frozenset(_data()["verbs"]["nouns"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("ingest").joinpath("activities.toml").read_text(encoding="utf-8"))
