"""Figures in a text: shares and numbers of something, as they stand there. Pure."""

import re
from collections.abc import Iterator

from ingest.terms import MONTHS

_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"
_SHARE = re.compile(rf"(?<![\w.,/-]){_NUMBER}\s?(?:%|procent\b)(?: (?:minder|meer|van de [a-zé-]+|daling|stijging)\b)?")
_COUNT = re.compile(rf"(?<![\w.,/€-])(?P<n>{_NUMBER})\s(?P<words>(?:[a-zé-]+ )?[a-zé-]{{4,}})")
_YEAR = re.compile(r"(?:19|20)\d\d")
# What a number before these tells is when, how long or where, and that is told elsewhere or says nothing.
_NOT_COUNTED = frozenset({*MONTHS, "jaar", "jaren", "maanden", "weken", "dagen", "uren", "kwartaal", "plus", "eeuw"})
_NO_NOUN = frozenset({"wordt", "worden", "zijn", "heeft", "hebben", "over", "voor", "door", "naar", "vanuit", "zullen"})


def find_figures(text: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open spans of figures, in order; years, terms and the numbers of a list are none."""
    found = [match.span() for match in _SHARE.finditer(text)]
    for match in _COUNT.finditer(text):
        words = match["words"].split()
        if _YEAR.fullmatch(match["n"]) or not _NOT_COUNTED.isdisjoint(words) or not _NO_NOUN.isdisjoint(words):
            continue
        if not any(start < match.end() and match.start() < end for start, end in found):
            found.append(match.span())
    yield from sorted(found)
