"""What a question asks: its words, and the regions it names."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from index.analysis import Token, tokens
from ingest.regions import find_mentions

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
        topic: the terms that are not part of a region's name; all terms when it only names a region.
        regions: names of the regions that it names, in order.
        words: for each term of the topic, the word as it stands in the question.
    """

    text: str
    terms: dict[str, float]
    topic: dict[str, float]
    regions: tuple[str, ...]
    words: dict[str, str]


def parse(question: str) -> Query:
    """Read a question. Words that only ask ('welke', 'hoeveel') carry no weight."""
    text = normalise(question)
    found = tokens(text)
    mentions = [mention for mention in find_mentions(text) if mention.confidence >= SURE_MENTION]
    topic = [token for token in found if not any(m.start <= token.start < m.end for m in mentions)]
    regions = tuple(dict.fromkeys(mention.region for mention in mentions))
    words = {token.term: text[token.start : token.end] for token in topic}
    return Query(text, _weigh(found), _weigh(topic or found), regions, words)


def normalise(question: str) -> str:
    """Return the question composed (NFC), with single spaces and at most `LONGEST` characters."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", question[:LONGEST])).strip()


def _weigh(found: list[Token]) -> dict[str, float]:
    """Count how often each term is asked for."""
    return {term: float(count) for term, count in Counter(token.term for token in found).items()}
