"""Measures and the floors under them."""

import json
from pathlib import Path

import pytest

from service.evaluating import BadFloor, below_floors, read_floors, run_questions, summed_up
from tests.service.fakes import FILE, fake_library

QUESTIONS = [
    {"id": "a", "question": "valpreventie", "kind": "activiteit", "gold": [{"doc": FILE, "page": 1}]},
    {"id": "b", "question": "wijkverpleging", "kind": "activiteit", "gold": [{"doc": FILE, "page": 1}]},
    {"id": "c", "question": "maanlanding", "kind": "onbeantwoordbaar", "gold": []},
    {"id": "d", "question": "wie vergelijkt", "kind": "vergelijk", "gold": [], "regions": ["Flevoland"]},
]


def test_measures_have_the_terms_of_the_scorer(tmp_path: Path) -> None:
    """One of two pages found is half; the unanswerable question counts for abstention only."""
    path = tmp_path / "vragen.jsonl"
    path.write_text("\n".join(json.dumps(question) for question in QUESTIONS))
    report = summed_up(run_questions(fake_library(), path))
    assert (report["questions"], report["nDCG@10"], report["hit@1"]) == (2, 0.5, 0.5)
    assert report["missed_at_5"] == ["b"]
    assert report["abstention"]["refused_unanswerable"] == 1.0
    assert set(report["search_ms"]) == {"median", "p95"}


def test_floors_are_read_with_point_or_comma() -> None:
    """'nDCG@10=0,62' and 'nDCG@10=0.62' are the same."""
    assert read_floors(["nDCG@10=0,62", "MRR@10=0.5"]) == {"nDCG@10": 0.62, "MRR@10": 0.5}


@pytest.mark.parametrize("floor", ["nDCG@10", "nDCG@10=hoog", "F1=0.5"])
def test_bad_floor_is_named(floor: str) -> None:
    """A floor without a number or with an unknown measure is refused."""
    with pytest.raises(BadFloor, match=floor):
        read_floors([floor])


def test_measures_below_their_floor_are_told() -> None:
    """Equal is enough, lower or absent is not."""
    report = {"nDCG@10": 0.62, "MRR@10": 0.4, "hit@5": None}
    assert below_floors(report, {"nDCG@10": 0.62}) == []
    assert len(below_floors(report, {"nDCG@10": 0.62, "MRR@10": 0.5, "hit@5": 0.1})) == 2
