"""Hits as the page shows them: the sentence that answers marked, long text cut around it, near-copies folded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.search import Answer, Hit
from service import forms, schemas
from service.library import Library, find_document

LONGEST = 420
"""Characters of a passage that are shown at once; the rest unfolds."""

FILLER = frozenset({"contents", "boilerplate"})
NEAR_BEST = 0.6
"""What a hit must score against the best one to be quoted without being asked for."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one look.

    Attributes:
        text: the words.
        asked: whether they are words of the question.
        answer: whether they stand in the sentence that answers.
    """

    text: str
    asked: bool
    answer: bool


@dataclass(frozen=True, slots=True)
class Copy:
    """A passage that says nearly the same as a hit.

    Attributes:
        passage_id, page: which, and its 1-based page.
        title: of its document.
        regions: what it speaks of; often the only difference.
    """

    passage_id: str
    page: int
    title: str
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit on the page.

    Attributes:
        number: its place on the page, from 1.
        hit: the form that the API gives too.
        pieces: what is shown at once.
        whole: the whole text; () when `pieces` is all of it.
        copies: where nearly the same stands.
    """

    number: int
    hit: schemas.Hit
    pieces: tuple[Piece, ...]
    whole: tuple[Piece, ...]
    copies: tuple[Copy, ...]


def shown_hits(library: Library, answer: Answer, limit: int) -> list[Shown]:
    """The first hits of an answer, near-copies of an earlier one folded into it."""
    kept = fold(library, answer.hits)[:limit]
    return [_shown(library, number, hit) for number, hit in enumerate(kept, 1)]


def fold(library: Library, hits: Sequence[Hit]) -> list[Hit]:
    """The hits of which no near-copy stands higher."""
    seen: set[str] = set()
    kept = []
    for hit in hits:
        if hit.passage.id not in seen:
            kept.append(hit)
            seen.update(library.searcher.duplicates(hit.passage.id))
    return kept


def telling(library: Library, answer: Answer, limit: int) -> list[Hit]:
    """The hits that are worth quoting: no near-copies, no lists of contents, and none far below the best."""
    best = max((hit.score for hit in answer.hits), default=0.0)
    kept = [hit for hit in fold(library, answer.hits) if hit.passage.kind not in FILLER]
    return [hit for hit in kept if hit.score >= NEAR_BEST * best][:limit]


def pieces(text: str, highlights: Sequence[Span], answer: Span | None, window: Span) -> Iterator[Piece]:
    """Cut the window of a text wherever its look changes; joined, the pieces are the window again."""
    edges = {*window, *(answer or ())} | {edge for span in highlights for edge in span}
    inside = sorted(edge for edge in edges if window[0] <= edge <= window[1])
    for start, end in pairwise(inside):
        asked = any(a <= start and end <= b for a, b in highlights)
        yield Piece(text[start:end], asked, answer is not None and answer[0] <= start and end <= answer[1])


def window_around(text: str, answer: Span | None, length: int = LONGEST) -> Span:
    """The part of a long text to show: the sentence that answers with what stands around it, cut at spaces."""
    if len(text) <= length * 1.25:
        return 0, len(text)
    centre = answer or (0, 0)
    room = max(length - (centre[1] - centre[0]), 0)
    start = max(0, min(centre[0] - room // 3, len(text) - length))
    end = min(len(text), max(start + length, min(centre[1], start + 2 * length)))
    start = text.rfind(" ", 0, start) + 1 if start else 0
    return start, text.find(" ", end) if text.find(" ", end) > 0 else len(text)


def _shown(library: Library, number: int, hit: Hit) -> Shown:
    form = forms.hit_form(library, hit)
    text, answer = form.text, hit.sentence if hit.sentence[1] else None
    window = window_around(text, answer)
    cut = window != (0, len(text))
    return Shown(
        number,
        form,
        pieces=tuple(pieces(text, form.highlights, answer, window)),
        whole=tuple(pieces(text, form.highlights, answer, (0, len(text)))) if cut else (),
        copies=tuple(_copies(library, hit.passage.id)),
    )


def _copies(library: Library, passage_id: str) -> Iterator[Copy]:
    for other in map(library.searcher.passage, library.searcher.duplicates(passage_id)):
        document = find_document(library, other.document) if other else None
        if other and document:
            yield Copy(other.id, other.page, document.title or document.file, other.regions)
