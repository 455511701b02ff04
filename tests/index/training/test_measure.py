"""The table that says what a model is worth."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.evaluate import Question
from index.training import __main__ as command
from index.training import measure
from index.training.config import Config
from index.training.stages import STAGES
from index.training.texts import Text

TEXTS = [
    Text("a.pdf", 1, "De huisarts verwijst.", "De huisarts verwijst.", "", True),
    Text("a.pdf", 2, "Mantelzorgers worden begeleid.", "Mantelzorgers worden begeleid.", "", True),
    Text("a.pdf", 3, "Het verkeer staat stil.", "Het verkeer staat stil.", "", True),
]
QUESTIONS = [
    Question("1", "Wie verwijst: de huisarts?", "cijfer", (("a.pdf", 1),)),
    Question("2", "Wie steunt naasten?", "parafrase", (("a.pdf", 2),)),
]


class Oracle:
    """An encoder that knows the second answer and nothing else."""

    name = fingerprint = "orakel"
    dimension = 2

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([[0.0, 1.0] if "naasten" in text else [1.0, 0.0] for text in texts], dtype=np.float32)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([[0.0, 1.0] if "Mantel" in text else [0.5, 0.0] for text in texts], dtype=np.float32)


def test_words_and_meaning_are_measured_apart_and_together() -> None:
    """BM25 finds what is said in the same words, the encoder what is not, and a mix finds both."""
    rows = dict(measure.table(Oracle(), TEXTS, QUESTIONS))
    assert rows["BM25"].by_kind["cijfer"]["MRR@10"] == 1.0
    assert rows["BM25"].by_kind["parafrase"]["MRR@10"] < 1.0
    assert rows["dense"].by_kind["parafrase"]["MRR@10"] == 1.0
    assert rows["BM25 x 0.5"].measures["nDCG@10"] == 1.0
    assert [name for name in rows if name.startswith("BM25 x")] == [f"BM25 x {weight}" for weight in measure.WEIGHTS]


def test_the_command_prints_the_table(config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`measure` prints a line for each mix, for all questions or those about some documents."""
    for stage in STAGES.values():
        stage(config)
    gold = {
        "id": "1",
        "question": "Hoe helpen ze scholieren?",
        "kind": "parafrase",
        "gold": [{"doc": "plan.pdf", "page": 2}],
    }
    other = gold | {"id": "2", "gold": [{"doc": "weg.pdf", "page": 2}]}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(gold) + "\n" + json.dumps(other) + "\n", encoding="utf-8")
    folders = ["--shared", str(config.shared), "--work", str(config.work), "--model", str(config.model)]
    command.main(["measure", str(path), *folders, "--only", "plan.pdf"])
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].endswith("1 vragen met een antwoord")
    assert [line.split()[0] for line in printed[2:4]] == ["BM25", "dense"]
    assert len(printed) == 2 + 2 + len(measure.WEIGHTS)
