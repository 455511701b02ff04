"""Which passages state something planned: who does what, for whom, by when. Pure; the words are in activities.toml.

A passage is judged line by line. The headings above say what sort of text to expect and so how much proof is needed;
the proof is in verbs of doing: 'we gaan ...', 'wordt ingericht', 'het opzetten van', 'Inrichten van' at a line's start.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from ingest.document import Activity, Passage
from ingest.extracts import extract

SILENT = frozenset({"contents", "boilerplate", "glossary", "footnote"})
"""Kinds of text that plan nothing."""
NEEDED = {"planned": 1, "": 2, "wished": 2, "background": 4}
"""Points that the lines under such a heading need before the passage counts as an activity."""
SURE, LIKELY = 2, 1
"""Points of a verb of doing in a form that plans, and of words that often go with one."""
SENTENCE_WORDS = 6
"""Under a heading that announces plans, a sentence or item of so many words is one."""
HEADING_WORDS = 6
"""A line of at most so many words may be a heading within the text."""
NEAR = 6
"""Words between 'we' and its verb."""

Context = Literal["planned", "wished", "background", ""]

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+")
_BULLET = re.compile(r"^(?:\W+|\d{1,2}[a-z]?[.)]\s+|\d?[a-z][.)]\s+)+")
_DATED = re.compile(
    r"(?:(?:in|begin|eind|medio|vanaf|per|uiterlijk|v[oó]{2}r|najaar|voorjaar|Q[1-4]|1e|2e|kwartaal)\W[^.:]{0,25})?20[2-3]\d",
    re.IGNORECASE,
)
_NOMINALISED = re.compile(r"het (?:[\w-]+ ){0,2}?[\w-]+en (?:van|en|,) ", re.IGNORECASE)
_SUBJECT = frozenset({"we", "wij"})


@dataclass(frozen=True, slots=True)
class _Words:
    """The verbs of activities.toml by their forms.

    Attributes:
        infinitives: whole infinitives: 'opzetten'.
        starts: those that count only at the start of a line: 'maken'.
        participles: 'opgezet'.
        finite: plural forms with the particles that must follow, '' for none: 'zetten' -> {'op', 'in'}.
        openers: imperatives and nouns that open a line.
        auxiliary: 'wordt', 'zullen'.
        phrases: what announces plans anywhere, with a space in front.
        nothing: what a cell says that plans nothing, with a space in front.
    """

    infinitives: frozenset[str]
    starts: frozenset[str]
    participles: frozenset[str]
    finite: dict[str, frozenset[str]]
    openers: frozenset[str]
    auxiliary: frozenset[str]
    phrases: tuple[str, ...]
    nothing: tuple[str, ...]


def mark_activities(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Give every passage that states something planned its `activity`."""
    for passage in passages:
        found = find_activity(passage)
        yield replace(passage, activity=found) if found else passage


def find_activity(passage: Passage) -> Activity | None:
    """Return what can be read of the activity that a passage states, None when it states none."""
    if passage.kind in SILENT or not is_planned(passage.text, passage.section):
        return None
    return extract(passage.text)


def is_planned(text: str, section: Sequence[str]) -> bool:
    """Tell whether a text under these headings, root first, states something planned."""
    if _holds(text, _words().nothing):
        return False
    context = _context_of(section)
    points: dict[Context, int] = {}
    for line in text.split("\n"):
        context = _heading(line) or context
        points[context] = points.get(context, 0) + _points(line, context)
        if points[context] >= NEEDED[context]:
            return True
    return False


def _context_of(section: Sequence[str]) -> Context:
    """What the deepest heading that says anything makes us expect."""
    return next((found for title in reversed(section) if (found := _context(title))), "")


def _heading(line: str) -> Context:
    """What a short line, or what stands before its colon, makes us expect of the lines that follow."""
    title = line.split(":", 1)[0]
    if not title[:1].isalpha():
        return ""
    return _context(title) if len(title) < 60 and len(title.split()) <= HEADING_WORDS else ""


def _points(line: str, context: Context) -> int:
    core = _BULLET.sub("", line)
    points = 0
    for sentence in _SENTENCE.split(core):
        words = _WORD.findall(sentence.lower())
        if context == "planned" and len(words) >= SENTENCE_WORDS:
            return LIKELY
        proof = _opens(sentence, words) or _plans(words)
        # 'Kwetsbaarheden worden besproken' is how a wish is worded; 'wij bespreken' is a plan.
        points += min(proof, LIKELY) if context == "wished" and _SUBJECT.isdisjoint(words) else proof
        points += LIKELY * _holds(sentence, _words().phrases)
    return points + LIKELY * bool(points and _DATED.match(core))


def _holds(text: str, phrases: Iterable[str]) -> bool:
    """Whether a word of the text begins one of the phrases, which are written with a space in front."""
    folded = f" {text.lower()}"
    return any(phrase in folded for phrase in phrases)


def _opens(sentence: str, words: Sequence[str]) -> int:
    """Points for how a sentence starts: 'Inrichten van', 'Het opzetten van', 'Ontwikkel', 'Evaluatie van'."""
    known = _words()
    if len(words) < 3:  # a label
        return 0
    if words[0] in known.infinitives or words[0] in known.starts:
        return SURE
    if words[0] == "het" and any(word in known.infinitives or word in known.starts for word in words[1:4]):
        return SURE
    if words[0] in known.openers:
        return LIKELY
    return LIKELY * bool(_NOMINALISED.match(sentence))


def _plans(words: Sequence[str]) -> int:
    """Points for 'we' with a verb of doing, and for 'wordt' or 'zal' with one; what must be done is no plan yet."""
    known = _words()
    if "moeten" in words or "moet" in words:
        return 0
    for at, word in enumerate(words):
        if word in _SUBJECT and _acts(words, at):
            return SURE
        if word in known.auxiliary and not known.participles.isdisjoint(words[at + 1 :]):
            return SURE
        if word in {"zal", "zullen", "gaan", "gaat"} and not known.infinitives.isdisjoint(words[at + 1 :]):
            return SURE
    return 0


def _acts(words: Sequence[str], at: int) -> bool:
    finite = _words().finite
    for near in range(max(0, at - 2), min(len(words), at + NEAR)):
        particles = finite.get(words[near])
        if particles and ("" in particles or not particles.isdisjoint(words[near + 1 :])):
            return True
    return False


@lru_cache(maxsize=4096)
def _context(title: str) -> Context:
    folded = title.lower()
    found: list[tuple[int, int, Context]] = []
    for context, pattern in _headings():
        found += [(match.end(), match.end() - match.start(), context) for match in pattern.finditer(folded)]
    return max(found)[2] if found else ""


@cache
def _headings() -> tuple[tuple[Context, re.Pattern[str]], ...]:
    data = _data()["headings"]
    names: tuple[Context, ...] = ("planned", "wished", "background")
    return tuple((name, re.compile(r"(?<!\w)(?:" + "|".join(map(_title_pattern, data[name])) + ")")) for name in names)


def _title_pattern(words: str) -> str:
    return f"^(?:[\\d\\W]*){re.escape(words[1:])}" if words.startswith("^") else re.escape(words)


@cache
def _words() -> _Words:
    data = _data()
    pairs = [entry.split() for entry in data["verbs"]["action"]]
    everyday = frozenset(data["verbs"]["everyday"])
    verbs = [(infinitive, participle) for infinitive, participle in pairs if _whole(infinitive) not in everyday]
    finite: dict[str, set[str]] = {}
    for infinitive, _ in verbs:
        particle, _, base = infinitive.rpartition("/")
        finite.setdefault(base, set()).add(particle)
    return _Words(
        infinitives=frozenset(_whole(infinitive) for infinitive, _ in verbs),
        starts=everyday,
        participles=frozenset(_whole(participle) for _, participle in verbs),
        finite={base: frozenset(particles) for base, particles in finite.items()},
        openers=frozenset([*data["verbs"]["imperative"], *data["verbs"]["nouns"]]),
        auxiliary=frozenset(data["verbs"]["auxiliary"]),
        phrases=tuple(f" {phrase}" for phrase in data["phrases"]["planned"]),
        nothing=tuple(f" {phrase}" for phrase in data["phrases"]["nothing"]),
    )


def _whole(verb: str) -> str:
    return verb.replace("/", "")


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("ingest").joinpath("activities.toml").read_text(encoding="utf-8"))
