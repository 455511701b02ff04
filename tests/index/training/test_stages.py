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
from tests.index.training.conftest import OTHER, PLAN

WEIGHTS = Path("0_StaticEmbedding") / "model.safetensors"


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
    weights = [load_file(made.model / WEIGHTS)["embedding.weight"] for made in (first, second)]
    assert weights[0].dtype == np.float16
    assert np.array_equal(*weights)


def test_every_contrastive_stage_moves_the_vectors(config: Config, tmp_path: Path) -> None:
    """Start, neighbours and questions each leave other vectors behind than the stage before."""
    made = run(replace(config, work=tmp_path / "w", model=tmp_path / "m"))
    vectors = [stages.load(made, stage) for stage in (stages.START, stages.NEIGHBOURS, stages.QUESTIONS)]
    assert {v.shape[1] for v in vectors} == {config.dimension}
    assert not np.allclose(vectors[0], vectors[1])
    assert not np.allclose(vectors[1], vectors[2])


def test_an_unknown_stage_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A stage that does not exist is named before anything runs."""
    with pytest.raises(SystemExit, match="'bakken'"):
        command.main(["passages", "bakken"])
