"""From a passage: how many of the regions that people say do the same are found, and how many regions are shown.

python -m tests.bench.counterparts DATA [GOLD.jsonl]     an index of the development plans; one line for each activity
"""

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.compare import Comparer, Strictness, level_of
from index.search import open_searcher
from ingest.document import Passage

GOLD = Path(__file__).parents[1] / "eval" / "counterparts.jsonl"
STRICTNESS: tuple[Strictness, ...] = ("streng", "ruim")


@dataclass(frozen=True, slots=True)
class Counterparts:
    """An activity and the regions that do the same.

    Attributes:
        id: its name.
        document, page, region, words: where it stands; the words point to one passage of that page and region.
        pages: for each region that does the same the pages on which that stands.
    """

    id: str
    document: str
    page: int
    region: str
    words: tuple[str, ...]
    pages: dict[str, frozenset[int]]


class Outcome(NamedTuple):
    """What a comparison from one activity comes to.

    Attributes:
        recall: share of the regions that do the same that are found.
        right: share of those found that show a page where it stands.
        shown: regions found.
        asked: regions that could have been.
        missed: names of those not found.
    """

    recall: float
    right: float
    shown: int
    asked: int
    missed: tuple[str, ...]


def read_counterparts(path: Path = GOLD) -> list[Counterparts]:
    """Read the activities, one JSON object a line."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Counterparts(
            line["id"],
            line["document"],
            line["page"],
            line["region"],
            tuple(line["words"]),
            {other["region"]: frozenset(other["pages"]) for other in line["counterparts"]},
        )
        for line in lines
    ]


def locate(gold: Counterparts, passages: Sequence[Passage]) -> Passage:
    """Return the one passage that an activity points to.

    Raises:
        ValueError: there is none, or more than one.
    """
    found = [
        passage
        for passage in passages
        if (passage.document, passage.page) == (gold.document, gold.page)
        and gold.region in passage.regions
        and all(word in passage.text for word in gold.words)
    ]
    if len(found) != 1:
        raise ValueError(f"{gold.id}: {len(found)} passages")
    return found[0]


def part_of(comparer: Comparer, gold: Counterparts, passage: Passage) -> int:
    """Return the 1-based number of the part of a passage that holds most of an activity's words."""
    parts = comparer.scorer.comparand.parts(passage)
    held = [sum(word in passage.text[start:end] for word in gold.words) for start, end in parts]
    return 1 + held.index(max(held))


def measure(comparer: Comparer, gold: Counterparts, strictness: Strictness, *, one: bool = False) -> Outcome:
    """Compare from the passage of an activity, or from the one part of it that states it."""
    passage = locate(gold, comparer.sentences.passages)
    part = part_of(comparer, gold, passage) if one else 0
    rows = comparer.compare_passage(passage, level_of(passage), strictness, part=part).rows
    found = {row.region.name: {hit.passage.page for hit in row.hits} for row in rows if row.found}
    same = [name for name in gold.pages if name in found]
    right = [name for name in same if found[name] & gold.pages[name]]
    missed = tuple(name for name in gold.pages if name not in found)
    asked = sum(row.asked for row in rows)
    return Outcome(len(same) / len(gold.pages), len(right) / max(len(same), 1), len(found), asked, missed)


def main(data: str, gold: str = str(GOLD)) -> None:
    """Print every activity and the means."""
    comparer = Comparer(open_searcher(Path(data)))
    golds = read_counterparts(Path(gold))
    comparer.compare_passage(locate(golds[0], comparer.sentences.passages))
    for one, strictness in product((False, True), STRICTNESS):
        start = time.perf_counter()
        outcomes = [measure(comparer, each, strictness, one=one) for each in golds]
        spent = 1000 * (time.perf_counter() - start) / len(golds)
        for each, outcome in zip(golds, outcomes, strict=True):
            missed = f"  missed: {', '.join(outcome.missed)}" if outcome.missed else ""
            print(f"{each.id:20} recall {outcome.recall:.2f}  shown {outcome.shown:2} of {outcome.asked}{missed}")
        recall, right, shown, asked = np.mean([outcome[:4] for outcome in outcomes], axis=0)
        means = f"recall {recall:.3f}, right page {right:.3f}, {shown:.1f} of {asked:.1f} regions shown, {spent:.0f} ms"
        print(f"# {'one part' if one else 'whole passage'}, {strictness}: {means}")


if __name__ == "__main__":
    main(*sys.argv[1:])
