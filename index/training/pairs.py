"""Pairs of texts that mean something close: what the contrastive stages learn from."""

import itertools
import random
import re
from collections.abc import Iterator, Sequence

from index.training.texts import LegalSection, Question, Text

Pair = tuple[str, str]

_SENTENCE = re.compile(r"(?<=[.;:\n])\s")
_NUMBERING = re.compile(r"^(?:artikel|paragraaf|hoofdstuk|afdeling|titel|bijlage|§)\s*[\w.:]+\.?\s*", re.IGNORECASE)
_STATUS = re.compile(r"(?:treedt|materieel|vervallen|dit artikel|wijzigt)\b.*", re.IGNORECASE)
_NOT_WORD = re.compile(r"\W+")
_WORD = re.compile(r"\w+")
# Shorter than this, a text says too little to be told apart from others.
_MINIMUM = 60
_MINIMUM_SENTENCE = 30
# Share of an answer's words that a passage must hold when it does not hold the answer letter for letter.
_ENOUGH = 0.5


def legal_pairs(sections: Sequence[LegalSection], count: int, seed: int) -> list[Pair]:
    """Return pairs from the legal text: neighbouring paragraphs, heading and paragraph, sentence and its paragraph."""
    draw = random.Random(seed)  # noqa: S311  # nothing secret: a seed that gives the same pairs again
    found = [pair for section in sections for pair in _section_pairs(section, draw)]
    draw.shuffle(found)
    return found[:count]


def plan_pairs(texts: Sequence[Text]) -> list[Pair]:
    """Return pairs from running text: neighbouring passages, heading and passage, every sentence and its passage."""
    running = [text for text in texts if text.running]
    pairs = [(text.heading, text.passage) for text in running if text.heading]
    for text, following in itertools.pairwise(running):
        if text.document == following.document and following.page - text.page <= 1:
            pairs.append((text.passage, following.passage))
    for text in running:
        sentences = _SENTENCE.split(text.passage)
        if len(sentences) > 2:
            pairs += [_crop(sentences, row) for row, s in enumerate(sentences) if len(s) > _MINIMUM_SENTENCE]
    return pairs


def synonym_pairs(sets: Sequence[Sequence[str]], seed: int) -> list[Pair]:
    """Return the first word of each set with one of the others."""
    draw = random.Random(seed)  # noqa: S311  # nothing secret: a seed that gives the same pairs again
    return [(words[0], draw.choice(words[1:])) for words in sets]


def answers(questions: Sequence[Question], texts: Sequence[Text]) -> list[tuple[Question, int]]:
    """Return each question with the row of the text that holds its answer; questions without one are left out."""
    rows: dict[tuple[str, int], list[int]] = {}
    for number, text in enumerate(texts):
        rows.setdefault((text.document, text.page), []).append(number)
    letters = [_letters(text.passage) for text in texts]
    found = []
    for question in questions:
        candidates = rows.get((question.document, question.page), [])
        answer = _letters(question.answer)
        exact = [row for row in candidates if answer in letters[row]]
        row = exact[0] if exact else _nearest(question.answer, candidates, texts)
        if row is not None:
            found.append((question, row))
    return found


def _section_pairs(section: LegalSection, draw: random.Random) -> Iterator[Pair]:
    """Yield the pairs of one section; of each long paragraph one sentence, drawn at random."""
    paragraphs = [text for text in section.paragraphs if len(text) > _MINIMUM]
    yield from itertools.pairwise(paragraphs)
    heading = _STATUS.sub("", _NUMBERING.sub("", section.heading)).strip()
    if len(heading.split()) > 1 and paragraphs:
        yield heading, paragraphs[0]
    for paragraph in paragraphs:
        sentences = _SENTENCE.split(paragraph)
        if len(sentences) > 2:
            yield _crop(sentences, draw.randrange(len(sentences)))


def _crop(sentences: Sequence[str], row: int) -> Pair:
    """Return a sentence and the text without it, so that the same words do not stand on both sides."""
    return sentences[row], " ".join([*sentences[:row], *sentences[row + 1 :]])


def _nearest(answer: str, candidates: Sequence[int], texts: Sequence[Text]) -> int | None:
    """Return the candidate that holds most words of an answer, None when even that holds too few."""
    words = set(_WORD.findall(answer.lower()))
    shared = {row: len(words & set(_WORD.findall(texts[row].passage.lower()))) for row in candidates}
    best = max(candidates, key=shared.__getitem__, default=None)
    return best if best is not None and shared[best] >= _ENOUGH * len(words) else None


def _letters(text: str) -> str:
    """Return a text without anything that the repair of PDF text may change."""
    return _NOT_WORD.sub("", text.lower())
