"""Dutch analysis: text to the terms that documents and questions are compared by.

One analyser for both sides. Its version stands in the index manifest, because terms of two versions do not meet.
The words it knows besides the stemmer are in `analysis.toml`.
"""

import re
import tomllib
import unicodedata
from collections.abc import Container, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import Stemmer

ANALYSER_VERSION = "3"

# Snowball 3's "dutch" is Kraaij-Pohlmann. Measured above "dutch_porter" (it knows huis/huizen and jaar/jaren); where it
# cuts too deep, gezondheid to zon and gemeente to meen, analysis.toml overrules it.
STEMMER = "dutch"

_HYPHENS = "-\u2010\u2011"
_APOSTROPHES = "'\u2019"
_TOKEN = re.compile(rf"[^\W_]+(?:(?:(?<=\d)[.,:](?=\d)|[{_HYPHENS}{_APOSTROPHES}/&])[^\W_]+)*[%+]?")
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*[%+]?")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_AGE_GROUP = re.compile(rf"(\d+)[{_HYPHENS}]?plus(?:ser)?s?")
_SUFFIX = re.compile(rf"[{_APOSTROPHES}](?:s|er|ers|n)$")
_PART = re.compile(rf"[^{_HYPHENS}{_APOSTROPHES}/&]+")

# What the stemmer leaves on: the endings of verbs that no noun has. Where a noun may end so ('kost', 'consult',
# 'buurt', 'patient', 'jeugd'), the word is left as it is.
_THIRD_PERSON = re.compile(
    r"(.+(?:[gkmwd]|(?:[aeiou]{2}|ij|[lmr])p|(?:[aeiou]{2}|ij|r)f|(?:[aeiou]{2}|[^aeiou]e)l"
    r"|(?:aa|ee|oo|ui|eu|ij|ei)n|[eo]er|[aeo]..*[^c]er|[ao][aeo]i))t"
)
_PARTICIPLE = re.compile(r"(.+(?<!eu)g|(?:ver|be|ont|her|over|onder).{2,}[^e]e[lr])d")
_PLURAL = re.compile(r"(.+[ie]e)en")
_INFLECTED = re.compile(r"(.*[^aeiou])e")
_SHORT_SYLLABLE = re.compile(r"([^aeiou]*)([aeou])([^aeiouwxj])")
_VOICED = re.compile(r"(.*[aeiouy][lnr]?)([vz])")
_VOICELESS = {"v": "f", "z": "s"}
_SHORT_LAST = re.compile(r"(.*[aeiouy].*(?:[^aeiouy]|i(?=a)))(a(?=[lmf])|e(?=[lmr])|o(?=r)|u(?=t))(.)")

# The least letters of the last part of a compound.
_SHORTEST_REST = 4

# Texts whose forms are kept: the passages of many questions, in some ten megabytes.
_TEXTS = 1000


class Token(NamedTuple):
    """One term and where it stands.

    Attributes:
        form: the words as they stand in the text.
        start, end: `text[start:end]` is the form.
        term: what it is compared by.
    """

    form: str
    start: int
    end: int
    term: str


class _Lexicon(NamedTuple):
    """The contents of analysis.toml."""

    stop_words: frozenset[str]
    words: Mapping[str, str]
    endings: Mapping[str, str]
    longest_ending: int
    starts: tuple[str, ...]


def analyse(text: str) -> list[str]:
    """Return the terms of a text in order, stop words left out."""
    return [token.term for token in tokens(text)]


def tokens(text: str) -> list[Token]:
    """Return the terms of a text with their places; the parts of a hyphenated word follow the whole."""
    found = []
    for match in _TOKEN.finditer(text):
        form, offset = match.group(), match.start()
        found += [Token(form[a:b], offset + a, offset + b, term) for a, b, term in _pieces(form)]
    return found


def find(text: str, terms: Container[str]) -> list[tuple[int, int]]:
    """Return the half-open spans of the forms in a text whose term is among these: `tokens` without the records."""
    return [(start, end) for start, end, _ in locate(text, terms)]


def locate(text: str, terms: Container[str]) -> list[tuple[int, int, str]]:
    """Return (start, end, term) of the forms in a text whose term is among these."""
    return [place for place in _located(text) if place[2] in terms]


def fold(text: str) -> str:
    """Lower-case a text and take its accents off."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of one folded word: an override of the whole word, of its ending, or the stemmer's, settled."""
    lexicon = _lexicon()
    if word in lexicon.words:
        return lexicon.words[word]
    for length in range(min(len(word), lexicon.longest_ending), 0, -1):
        if (head := lexicon.endings.get(word[-length:])) is not None:
            return word[:-length] + head
    # The stemmer takes the prefix of a participle off, and with it the start of words that are none.
    start = next((kept for kept in lexicon.starts if word.startswith(kept)), "")
    kept = start if len(word) >= len(start) + _SHORTEST_REST else start[:2]
    return kept + _settle(str(_stemmer().stemWord(word.removeprefix(kept))))


def _settle(stemmed: str) -> str:
    """Take off what the stemmer leaves on: the -t of 'krijgt', the -d of 'verhoogd', the -e of 'sterke'.

    The last vowel of a longer word is doubled as the stemmer doubles it elsewhere: 'sociaal' for 'social' of 'sociale'.
    """
    bare = stemmed
    if match := _THIRD_PERSON.fullmatch(bare) or _PLURAL.fullmatch(bare):
        bare = match[1]
    elif match := _INFLECTED.fullmatch(bare):
        bare = _SHORT_SYLLABLE.sub(r"\1\2\2\3", match[1]) if _SHORT_SYLLABLE.fullmatch(match[1]) else match[1]
    if match := _PARTICIPLE.fullmatch(bare):
        bare = match[1]
    if match := _VOICED.fullmatch(bare):
        bare = match[1] + _VOICELESS[match[2]]
    return _SHORT_LAST.sub(r"\1\2\2\3", bare) if _SHORT_LAST.fullmatch(bare) else bare


@lru_cache(maxsize=_TEXTS)
def _located(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return (start, end, term) of every form in a text; a passage that is found is asked after more than once."""
    return tuple(
        (match.start() + start, match.start() + end, term)
        for match in _TOKEN.finditer(text)
        for start, end, term in _pieces(match.group())
    )


@lru_cache(maxsize=65536)
def _pieces(form: str) -> tuple[tuple[int, int, str], ...]:
    """Return (start, end, term) of a piece of text without spaces: the whole, then the parts of a compound."""
    folded = fold(form)
    whole = tuple((0, len(form), term) for term in _whole_terms(folded))
    if _NUMBER.fullmatch(folded) or _AGE_GROUP.fullmatch(folded):
        return whole
    parts = list(_PART.finditer(_SUFFIX.sub("", form)))
    if len(parts) == 1:
        return whole
    return whole + tuple((part.start(), part.end(), term) for part in parts for term in _word_terms(fold(part.group())))


def _whole_terms(folded: str) -> list[str]:
    """Return the terms of a piece as one word: a number in its forms, a hyphenated word written together."""
    if age := _AGE_GROUP.fullmatch(folded):
        return [f"{age[1]}+", age[1]]
    if _NUMBER.fullmatch(folded):
        return _number_terms(folded)
    word = _SUFFIX.sub("", folded)
    parts = _PART.findall(word)
    if len(parts) == 1:
        return _word_terms(parts[0])
    together = "".join(parts)
    return [] if "/" in word or "&" in word or together.isdigit() else _word_terms(together)


def _number_terms(number: str) -> list[str]:
    """Return a number as it stands, without its sign, and the years of '2024/2025'."""
    bare = number.rstrip("%+")
    plain = bare.replace(".", "") if _THOUSANDS.fullmatch(bare) else bare.replace(".", ",")
    signed = [plain + number[len(bare) :]] if bare != number else []
    years = [part for part in plain.split("/") if len(part) == 4] if "/" in plain else []
    return [*signed, plain, *years]


def _word_terms(word: str) -> list[str]:
    """Return the stem of a folded word, or nothing for a stop word."""
    bare = word.rstrip("%+")
    return [] if bare in _lexicon().stop_words or not bare else [stem(bare)]


@cache
def _lexicon() -> _Lexicon:
    data = tomllib.loads(Path(__file__).with_name("analysis.toml").read_text(encoding="utf-8"))
    endings: dict[str, str] = data["endings"]
    stop_words = frozenset(str(data["stop_words"]).split())
    starts = tuple(str(data["starts"]).split())
    families = {word: line.split()[0] for line in data["families"].splitlines() for word in line.split()}
    words = {term: term for term in data["words"].values()} | families | data["words"]
    return _Lexicon(stop_words, words, endings, max(map(len, endings)), starts)


@cache
def _stemmer() -> "Stemmer.Stemmer":
    return Stemmer.Stemmer(STEMMER)
