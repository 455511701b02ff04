"""Which passage answers a written question."""

import re
from collections.abc import Sequence

from index.training.texts import Question, Text

_NOT_WORD = re.compile(r"\W+")
_WORD = re.compile(r"\w+")
# Share of an answer's words that a passage must hold when it does not hold the answer letter for letter.
_ENOUGH = 0.5


def rows(questions: Sequence[Question], texts: Sequence[Text]) -> list[tuple[Question, int]]:
    """Return each question with the row of the text that holds its answer; questions without one are left out."""
    pages: dict[tuple[str, int], list[int]] = {}
    for number, text in enumerate(texts):
        pages.setdefault((text.document, text.page), []).append(number)
    letters = [_letters(text.passage) for text in texts]
    found = []
    for question in questions:
        candidates = pages.get((question.document, question.page), [])
        answer = _letters(question.answer)
        exact = [row for row in candidates if answer in letters[row]]
        row = exact[0] if exact else _nearest(question.answer, candidates, texts)
        if row is not None:
            found.append((question, row))
    return found


def _nearest(answer: str, candidates: Sequence[int], texts: Sequence[Text]) -> int | None:
    """Return the candidate that holds most words of an answer, None when even that holds too few."""
    words = set(_WORD.findall(answer.lower()))
    shared = {row: len(words & set(_WORD.findall(texts[row].passage.lower()))) for row in candidates}
    best = max(candidates, key=shared.__getitem__, default=None)
    return best if best is not None and shared[best] >= _ENOUGH * len(words) else None


def _letters(text: str) -> str:
    """Return a text without anything that the repair of PDF text may change."""
    return _NOT_WORD.sub("", text.lower())
