"""Activities of real plans against passages that were drawn by seed and judged by hand.

`activity_truth.json` holds file, page, the first three words of the passage, and whether it states something planned.
"""

import json
from functools import cache
from pathlib import Path

from ingest.corpus import ingest
from ingest.document import Passage
from ingest.pdf import Limits
from tests.shared import SHARED, needs_shared

TRUTH = {
    (file, page, words): planned
    for file, page, words, planned in json.loads(
        (Path(__file__).parent / "activity_truth.json").read_text(encoding="utf-8")
    )
}
KNOWN = 0.75  # passages that are still cut where they were when they were judged


@cache
def passages() -> tuple[Passage, ...]:
    """All passages of the plans."""
    corpus = ingest([SHARED / "corpus"], {}, Limits(), workers=1)
    return tuple(passage for document in corpus.documents for passage in document.passages)


@cache
def judged() -> tuple[tuple[bool, bool], ...]:
    """What we say and what is true, for every judged passage that still starts with the same words."""
    found = [(passage, TRUTH.get((passage.document, passage.page, _start(passage)))) for passage in passages()]
    return tuple((passage.activity is not None, planned) for passage, planned in found if planned is not None)


def _start(passage: Passage) -> str:
    return " ".join(passage.text.split()[:3])


@needs_shared
def test_enough_passages_are_still_there() -> None:
    """Most of what was judged can be looked up."""
    assert len(judged()) >= KNOWN * len(TRUTH)


@needs_shared
def test_what_is_marked_is_planned_and_what_is_planned_is_marked() -> None:
    """Precision and recall of activities are at least 0.85."""
    both = sum(said and planned for said, planned in judged())
    assert both / sum(said for said, _ in judged()) >= 0.85
    assert both / sum(planned for _, planned in judged()) >= 0.85


@needs_shared
def test_every_extract_stands_in_its_passage() -> None:
    """The words of each field are the passage's own, at the place that the field names."""
    for passage in passages():
        if activity := passage.activity:
            fields = (activity.groups, activity.sectors, activity.partners, activity.terms, activity.money)
            assert all(passage.text[one.start : one.end] == one.text for field in fields for one in field)
