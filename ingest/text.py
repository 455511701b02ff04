"""Repair of Dutch text as PDFs draw it: ligatures, odd spaces, bullets, hyphenation. Pure functions.

Letters of one word that are drawn apart ("D e Kracht") are a matter of layout, not of text; `ingest.layout` drops them.
"""

import re
import unicodedata
from collections.abc import Sequence

BULLET = "\u2022"

_LIGATURES: dict[str, str | None] = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
    # Calibri and kin map their ligatures to letters that Dutch does not have.
    "\u019f": "ti", "\u01a9": "tt", "\u01ab": "tti",
}  # fmt: skip
_SPACES = dict.fromkeys([0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029,
                         0x202F, 0x205F, 0x3000], " ")  # fmt: skip
_NOTHING = dict.fromkeys([*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0),
                          *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF,
                          *range(0xD800, 0xE000), *range(0xE000, 0xF900), *range(0xFDD0, 0xFDF0),
                          *range(0xFFF9, 0xFFFD), *range(0xE0000, 0xE0080),
                          *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
                          ])  # fmt: skip
_HYPHENS = {0x2010: "-", 0x2011: "-", 0xAD: "-"}
_BULLETS = dict.fromkeys(map(ord, "\u25cf\u25cb\u25aa\u25ab\u25a0\u25a1\u25e6\u2023\u2043\u2219\u27a2\u2756\uf0b7\uf0a7"
                             "\uf0d8\uf0fc\uf076\uf06e\uf0e0\uf0fe\uf02d"), BULLET)  # fmt: skip
_TABLE: dict[int, str | None] = {**_NOTHING, **_SPACES, **_HYPHENS, **_BULLETS, **str.maketrans(_LIGATURES)}

_SOFT_HYPHEN = re.compile("\u00ad(?!\\s*$)")
_RUNS = re.compile(" {2,}")
# Symbol fonts whose codes are read as letters; '§ 2' stays, it is a reference.
_FALSE_BULLET = re.compile("(?:[o\u00a7\u00d8\u00fc\u00b7] )(?=[^\\W\\d_])")

_NEXT_WORD = re.compile(r"[^\s.,;:!?)]+")
_LAST_WORD = re.compile(r"[^\s(\u2018\u2019'\"\u201c\u201d]+-\Z")
# After these a hyphen stays as it is: "zorg- en welzijn".
SUSPENDED = frozenset(
    {"en", "of", "en/of", "tot", "t/m", "noch", "\u00e9n", "\u00f3f", "als", "maar", "dan", "versus", "vs"}
)
_REAL_PREFIXES = frozenset({"niet", "non", "e", "i", "co"})
_VOWEL_CLASH = frozenset(
    {"aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "ii", "oe", "oi", "oo", "ou", "ui", "uu", "ij"}
)


def repair(text: str) -> str:
    """Return one line as a person would type it: composed letters, plain spaces, one kind of bullet.

    Repairing twice changes nothing more. A soft hyphen at the end becomes a hyphen, so that `join_lines` sees it.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", _SOFT_HYPHEN.sub("", text).translate(_TABLE))
    elif not text.isprintable():
        text = text.translate(_TABLE)
    text = _RUNS.sub(" ", text).strip(" ")
    match = _FALSE_BULLET.match(text)
    return BULLET + text[1:] if match else text


def join_lines(lines: Sequence[str]) -> str:
    """Join repaired lines into running text, mending words that were split over two lines.

    Nothing but spaces and hyphens is lost.
    """
    joined: list[str] = []
    for line in lines:
        after = line.strip()
        if not after:
            continue
        if joined:
            before = joined[-1]
            glue = _glue(before, after)
            if glue is None:
                joined[-1] = before[:-1]
            elif glue:
                joined.append(glue)
        joined.append(after)
    return "".join(joined)


def _glue(before: str, after: str) -> str | None:
    """Return what stands between two lines: a space, nothing, or None when the hyphen goes too."""
    last, first = before[-1], after[0]
    if last == "/" and before[-2:-1].isalpha():
        return "" if first.isalpha() else " "
    if last == "\u2013" and before[-2:-1].isdigit() and first.isdigit():
        return ""
    found = _LAST_WORD.search(before) if last == "-" else None
    if found is None or not first.isalnum():
        return " "
    return _mend(found[0][:-1], after)


def _mend(stem: str, after: str) -> str | None:
    """Decide on the hyphen between `stem` and the start of the next line."""
    following = _NEXT_WORD.match(after)
    word = following[0] if following else ""
    if not stem[-1:].isalnum() or word.lower() in SUSPENDED:
        return " "
    return "" if _is_real(stem, word) else None


def _is_real(stem: str, word: str) -> bool:
    """Whether the hyphen belongs to the word, not to the line break."""
    tail = stem.rsplit("-", 1)[-1]
    return (
        not word[0].islower()
        or not stem[-1].isalpha()
        or (tail.isupper() and tail.isalpha())
        or tail.lower() in _REAL_PREFIXES
        or stem[-1].lower() + word[0] in _VOWEL_CLASH
        or any(mark in stem for mark in ("@", "://", "www."))
    )
