"""Does a memo hold? Each quote against the page that its citation names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from service.library import Library, find_document
from service.memo_reading import Quoted, pages_named, passage_named, read_quotes
from service.quote_forms import citation as cite
from service.quote_forms import explain
from service.quotes import QuoteIndex, Verdict, canonical, quote_index

# How much of a title a citation must hold to mean that document; a few letters may be wrong.
MIN_LIKENESS = 85
NO_CITATION = "Er staat geen verwijzing bij."
UNKNOWN_SOURCE = "De genoemde bron is in deze index niet gevonden."


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one quote of a memo.

    Attributes:
        quoted: the quote with its citation.
        holds: whether it stands literally where the memo says; without a citation, whether it stands anywhere.
        explanation: Dutch sentence.
    """

    quoted: Quoted
    holds: bool
    explanation: str


def check_memo(library: Library, path: Path) -> list[Finding]:
    """Check every quote of a memo; raises BadMemoFile when it cannot be read."""
    index = quote_index(library.searcher)
    return [check_quote(library, index, quoted) for quoted in read_quotes(path)]


def check_quote(library: Library, index: QuoteIndex, quoted: Quoted) -> Finding:
    """Check one quote against what its citation names."""
    if not quoted.citation:
        verdict = index.verify(quoted.text)
        return Finding(quoted, verdict.status == "exact", f"{explain(library, verdict)} {NO_CITATION}")
    files = named_documents(library, quoted.citation)
    pages = pages_named(quoted.citation)
    verdict = _verify(library, index, quoted.text, files, pages)
    if verdict.status != "absent" and not files:
        return Finding(quoted, False, f"{UNKNOWN_SOURCE} Het citaat staat hier: {cite(library, verdict.places[0])}.")
    return Finding(quoted, verdict.status == "exact", explain(library, verdict))


def _verify(library: Library, index: QuoteIndex, text: str, files: Sequence[str], pages: Sequence[int]) -> Verdict:
    """The verdict for the first page that holds the quote; a page may be named by its printed number."""
    verdicts = [
        index.verify(text, files, number) for file in files or [""] for number in _numbers(library, file, pages)
    ]
    return next((verdict for verdict in verdicts if verdict.status == "exact"), verdicts[0])


def _numbers(library: Library, file: str, pages: Sequence[int]) -> list[int]:
    """The PDF pages that a citation may mean: those numbers, and pages that carry them in print."""
    document = find_document(library, file) if file else None
    labels = {str(number) for number in pages}
    printed = [page.number for page in document.pages if page.label in labels] if document else []
    return list(dict.fromkeys([*pages, *printed])) or [0]


def named_documents(library: Library, citation: str) -> list[str]:
    """The documents that a citation may mean: those that its words name, or else that of its permanent link.

    The words come first: they are what a reader of the memo sees.
    """
    passage = library.searcher.passage(passage_named(citation))
    linked = [passage.document] if passage else []
    named = _named_in_words(library, citation)
    return linked if linked and (not named or linked[0] in named) else named


def _named_in_words(library: Library, citation: str) -> list[str]:
    """By file name or by title; titles that fit equally well ('deel 1', 'deel 2') may all be meant."""
    words = canonical(citation).casefold()
    held = library.searcher.documents
    if named := [document.file for document in held if document.file.casefold() in words]:
        return named
    scores = {document.file: _likeness(document.title, words) for document in held}
    best = max(scores.values(), default=0.0)
    return [file for file, score in scores.items() if score == best] if best >= MIN_LIKENESS else []


def _likeness(title: str, words: str) -> float:
    """How much of a title stands in a citation, 0..100; figures in a title must be there as they are."""
    wanted = canonical(title).casefold()
    if not wanted:
        return 0.0
    if wanted in words:
        # The longest title that stands there whole is the one that is meant.
        return 100.0 + len(wanted)
    figures = set(re.findall(r"\d+", wanted))
    if not figures <= set(re.findall(r"\d+", words)):
        return 0.0
    return float(fuzz.partial_ratio(wanted, words))
