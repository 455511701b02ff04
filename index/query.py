"""What a question asks: its words, and the regions it names."""

import re
import unicodedata
from dataclasses import dataclass

from ingest.regions import find_mentions

from index.analysis import analyse

# A question, not a document: what is longer is cut, so that a pasted report costs no more than a question.
LONGEST = 2000

# Below this a mention is a municipality or a near spelling that may well mean something else.
SURE_MENTION = 0.5

_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the index reads it.

    Attributes:
        text: the question with its spaces and characters in one form.
        terms: the terms of its content words, each with its weight.
        regions: names of the regions that it names, in order.
    """

    text: str
    terms: dict[str, float]
    regions: tuple[str, ...]


def parse(question: str) -> Query:
    """Read a question. Words that only ask ('welke', 'hoeveel') carry no weight."""
    text = normalise(question)
    terms: dict[str, float] = {}
    for term in analyse(text):
        terms[term] = terms.get(term, 0.0) + 1.0
    mentions = [mention.region for mention in find_mentions(text) if mention.confidence >= SURE_MENTION]
    return Query(text, terms, tuple(dict.fromkeys(mentions)))


def normalise(question: str) -> str:
    """Return the question composed (NFC), with single spaces and at most `LONGEST` characters."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", question[:LONGEST])).strip()
