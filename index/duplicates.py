"""Passages that say nearly the same in nearly the same words, linked to each other. Pure.

Two texts are near-duplicates when they share most of their runs of five words. Runs are kept in an inverted index, so
that only texts that share a rare run are compared: the work grows with the text, not with its square.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

RUN = 5
"""Words of a run."""
LEAST = 8
"""A text of fewer runs is linked only to one that is the same word for word."""
ALIKE = 0.5
"""Share of the runs of both that both hold; one word replaced takes five runs away."""
WITHIN = 0.8
"""Share of the runs of the shorter text that the longer one holds too."""
COMMON = 40
"""A run in more texts than this is a figure of speech and links nothing."""
MOST = 25
"""Links of one text."""

_WORD = re.compile(r"[^\W_]+")

Runs = frozenset[int]


def find_duplicates(texts: Sequence[str]) -> dict[int, tuple[int, ...]]:
    """Return for each row that has near-duplicates their rows, most alike first, at most `MOST`.

    The relation is symmetric before that limit, and no row is its own duplicate.
    """
    words = [tuple(_WORD.findall(text.lower())) for text in texts]
    same: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, one in enumerate(words):
        # The same label on two pages is no repetition.
        if len(one) >= RUN:
            same[one].append(row)
    groups = list(same.values())
    links = _links(list(same))
    found: dict[int, tuple[int, ...]] = {}
    for at, rows in enumerate(groups):
        others = [row for other in links.get(at, ()) for row in groups[other]]
        for row in rows:
            alike = [*(twin for twin in rows[: MOST + 1] if twin != row), *others][:MOST]
            if alike:
                found[row] = tuple(alike)
    return found


def _links(texts: Sequence[tuple[str, ...]]) -> dict[int, list[int]]:
    """Link different texts, most alike first."""
    known: dict[tuple[str, ...], int] = {}
    runs = [_runs(words, known) for words in texts]
    scored: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (a, b), shared in _shared(runs).items():
        alike = shared / (len(runs[a]) + len(runs[b]) - shared)
        within = shared / min(len(runs[a]), len(runs[b]))
        if alike >= ALIKE or within >= WITHIN:
            scored[a].append((-alike, b))
            scored[b].append((-alike, a))
    return {row: [other for _, other in sorted(others)[:MOST]] for row, others in scored.items()}


def _runs(words: tuple[str, ...], known: dict[tuple[str, ...], int]) -> Runs:
    """Number the runs of a text; a text that is too short has none."""
    if len(words) < LEAST + RUN - 1:
        return frozenset()
    return frozenset(known.setdefault(words[at : at + RUN], len(known)) for at in range(len(words) - RUN + 1))


def _shared(runs: Sequence[Runs]) -> Counter[tuple[int, int]]:
    """Count the runs that two texts share, over those that are not common."""
    return Counter(pair for rows in _holders(runs) for pair in combinations(rows, 2))


def _holders(runs: Sequence[Runs]) -> Iterator[list[int]]:
    """Yield the rows that hold a run, for each run that more than one and not too many hold."""
    holders: dict[int, list[int]] = defaultdict(list)
    for row, held in enumerate(runs):
        for run in held:
            holders[run].append(row)
    return (rows for rows in holders.values() if 1 < len(rows) <= COMMON)
