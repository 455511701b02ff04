"""The themes that the documents are ordered by, recognised in headings and in the labels of table rows."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

LONGEST = 110  # characters of a heading; more is running text
EXTRA_WORDS = 3  # a heading may add that many words to a theme's label
_TOKEN = re.compile(r"[a-z0-9]+")
_FOLDED = str.maketrans("àáâãäåèéêëìíîïòóôõöùúûüýÿçñ&", "aaaaaaeeeeiiiiooooouuuuyycn ")
_NUMBER = re.compile(r"^\s*(?:[-•▪*]\s+)?(?:\d{1,2}(?:[.,]\d{1,2})*\.?[a-z]?|[A-Z]\.\d?)(?:\s*\+\s*\d[a-z])?[.):]?\s+")
_LEAD = re.compile(
    r"(?i)^\s*(?:ad\b\.?|thema(?:'s)?|opgave|fundament(?:-opgave)?|actielijn|bijlage \d+[.:]?|hoofdstuk \w+)"
    r"(?!\w)[\s:–-]*"
)
_ASIDE = re.compile(r"\((?!sub\)|zelf\))[^()]*\)|[¹²³⁴⁵⁶⁷⁸⁹⁰*]+")
_ENTRY = re.compile(r"\s*(?:\([^)]{0,60}\))?\s*(?=\S)")
_SENTENCE = re.compile(r"[.;]\s*$|[.!?]\s+[A-Z]")
_STOP = {"en", "de", "het", "een", "van", "te", "der"}
# A heading with one of these is a sentence about a theme, not the name of it.
_VERBS = {"is", "zijn", "was", "wordt", "worden", "werd", "gaat", "gaan", "kan", "kunnen", "moet", "moeten", "heeft"}
_VERBS |= {"hebben", "we", "wij", "die", "dat", "ook", "niet", "om", "zet", "zetten", "werkt", "werken"}
Strength = Literal[1, 2, 3]  # weak word, part, the theme's own label


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of an impactkaart or an opgave or fundament of a regioplan.

    Attributes:
        name: the name under which the whole project knows it.
        vocabulary: 'impactkaart' or 'regioplan'.
        variants: other ways in which its label is written, and the headings of its parts.
        maps_to: names of the themes in the other vocabulary that speak of much the same.
    """

    name: str
    vocabulary: Literal["impactkaart", "regioplan"]
    variants: tuple[str, ...]
    maps_to: tuple[str, ...]


def themes() -> tuple[Theme, ...]:
    """The themes in the contract's order, read from themes.toml once."""
    return tuple(theme for theme, _ in _entries())


def lookup(name: str) -> Theme | None:
    """Find the theme that `name` means, for filters; case, diacritics and '&' do not matter."""
    return recognise(name)


def recognise(text: str) -> Theme | None:
    """Recognise a heading or row label; None for running text and for headings that name no theme.

    Labels broken over lines, hyphenated, numbered ('2b …'), with a word or two more or a typing error are recognised.
    """
    found = strength_of(text)
    return found[0] if found else None


def strength_of(text: str) -> tuple[Theme, Strength] | None:
    """Like `recognise`, and how surely: 3 the theme's own label, 2 one of its parts, 1 a word that others use too."""
    return _recognise(text)


def theme_of_path(path: Sequence[str]) -> Theme | None:
    """The theme of what stands under the heading path `path` (root first).

    The deepest heading that names a theme beyond doubt decides; a heading like '1a Preventie', which several themes
    use, only where no heading above it does better.
    """
    found = [entry for heading in reversed(path) if (entry := strength_of(heading))]
    sure = [theme for theme, strength in found if strength > 1]
    return sure[0] if sure else (found[0][0] if found else None)


def split_label(text: str) -> tuple[Theme, int] | None:
    """Split a flattened table row: the theme whose label `text` starts with, and the offset where its own text starts.

    None when the line starts with no theme's label, holds nothing but the label, or is running text that happens to
    start with the same words (then no capital or '-' follows).
    """
    folded = _fold(text)
    for pattern, theme in _row_labels():
        if (
            (match := pattern.match(folded))
            and (entry := _ENTRY.match(text, match.end()))
            and entry.end() > match.end()
        ):
            rest = text[entry.end() :]
            if rest[0].isupper() or rest[0] in "-‘'\"“•" or rest[0].isdigit():
                return theme, entry.end()
    return None


def may_be_row(text: str) -> bool:
    """Whether `text` starts with the same letters as some theme's own label; a cheap test before the careful ones."""
    return _row_starts().match(text[:24].lower()) is not None


@lru_cache(maxsize=16384)
def _recognise(text: str) -> tuple[Theme, Strength] | None:
    """The theme that a heading names and how surely; None for running text."""
    text = re.sub(r"\s+", " ", text).strip()
    core = _core(text)
    if not core or len(core) > LONGEST or _SENTENCE.search(core):
        return None
    for form in (core, re.split(r"\s*[:|]\s*|\s+[–—-]\s+", core)[0], _ASIDE.sub(" ", core)):
        if found := _exactly(_words(_fold(form))):
            return found
    return _with_more(_words(_fold(_ASIDE.sub(" ", core))))


def _core(text: str) -> str:
    """Take away numbering and words like 'Thema' in front."""
    for _ in range(2):
        text = _LEAD.sub("", _NUMBER.sub("", text)) or text
    return text


def _exactly(words: list[str]) -> tuple[Theme, Strength] | None:
    """The label with these words, spaces and small words aside, with a typing error or two in a long one."""
    key, keys = _key(words), _keys()
    if key in keys:
        return keys[key]
    limit = 2 if len(key) >= 20 else 1
    best = extractOne(key, keys.keys(), scorer=OSA.distance, score_cutoff=limit) if len(key) >= 12 else None
    return keys[best[0]] if best else None


def _with_more(words: list[str]) -> tuple[Theme, Strength] | None:
    """The longest label that the words start with, when few words follow and none makes it a sentence."""
    for length in range(len(words) - 1, 0, -1):
        more = [word for word in words[length:] if word not in _STOP]
        if len(more) > EXTRA_WORDS or _VERBS & set(more):
            return None
        found = _keys().get(_key(words[:length]))
        if found and found[1] > 1 and words[length - 1] not in _STOP:
            return found
    return None


def _key(words: Sequence[str]) -> str:
    return "".join(word for word in words if word not in _STOP)


def _fold(text: str) -> str:
    """Lower-case without diacritics, character for character."""
    folded = text.lower()
    return (folded if len(folded) == len(text) else text).translate(_FOLDED)


def _words(folded: str) -> list[str]:
    return _TOKEN.findall(folded)


@cache
def _entries() -> tuple[tuple[Theme, dict[str, list[str]]], ...]:
    """Read themes.toml; the way back of `maps_to` is derived."""
    data = tomllib.loads(files("ingest").joinpath("themes.toml").read_text(encoding="utf-8"))["theme"]
    back: dict[str, list[str]] = {}
    for entry in data:
        for other in entry.get("maps_to", ()):
            back.setdefault(other, []).append(entry["name"])
    return tuple(
        (
            Theme(
                name=entry["name"],
                vocabulary=entry["vocabulary"],
                variants=tuple(entry.get("variants", ())) + tuple(entry.get("parts", ())),
                maps_to=tuple(entry.get("maps_to", back.get(entry["name"], ()))),
            ),
            entry,
        )
        for entry in data
    )


@cache
def _keys() -> dict[str, tuple[Theme, Strength]]:
    """Every label without spaces and small words, with its theme and how surely it names it."""
    found: dict[str, tuple[Theme, Strength]] = {}
    for theme, entry in _entries():
        labels: list[tuple[str, Strength]] = [(label, 3) for label in (theme.name, *entry.get("variants", ()))]
        labels += [(label, 2) for label in entry.get("parts", ())] + [(label, 1) for label in entry.get("weak", ())]
        for label, strength in labels:
            found.setdefault(_key(_words(_fold(label))), (theme, strength))
    return found


@cache
def _row_labels() -> tuple[tuple[re.Pattern[str], Theme], ...]:
    """Patterns of the themes' own labels at the start of a line, the longest first."""
    labels = [(label, theme) for theme, entry in _entries() for label in (theme.name, *entry.get("variants", ()))]
    labels.sort(key=lambda entry: -len(entry[0]))
    return tuple((re.compile(r"\W*" + r"\W+".join(_words(_fold(label))) + r"\b"), theme) for label, theme in labels)


@cache
def _row_starts() -> re.Pattern[str]:
    """A pattern of the first three letters of the themes' own labels, small words in front and spaces aside."""
    starts = sorted({key[:3] for key, (_, strength) in _keys().items() if strength == 3})
    letters = "|".join(r"\W*".join(start) for start in starts)
    return re.compile(rf"\W*(?:(?:{'|'.join(sorted(_STOP))})\b\W*)*(?:{letters})")
