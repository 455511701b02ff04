"""Model folders: whole, safe, and recognised by their content."""

import json
from pathlib import Path

import pytest

from index import checkpoint
from index.checkpoint import ModelMissing, ModelUnsafe


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that has the looks of a model."""
    entries = [{"path": "0_Part", "type": "sentence_transformers.models.StaticEmbedding"}]
    (tmp_path / "modules.json").write_text(json.dumps(entries), encoding="utf-8")
    (tmp_path / "0_Part").mkdir()
    (tmp_path / "0_Part" / "model.safetensors").write_bytes(b"weights")
    return tmp_path


def test_a_whole_folder_passes(folder: Path) -> None:
    """A folder with modules and safetensors weights is accepted, and its modules are named."""
    checkpoint.check(folder)
    assert checkpoint.modules(folder) == [("StaticEmbedding", folder / "0_Part")]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """A folder that does not exist is reported with its name and the setting to look at."""
    with pytest.raises(ModelMissing, match=r"weg.*REGIOWIJZER_MODEL"):
        checkpoint.check(tmp_path / "weg")


def test_an_empty_folder_is_no_model(tmp_path: Path) -> None:
    """A folder without configuration is not a model."""
    with pytest.raises(ModelMissing, match=r"modules\.json"):
        checkpoint.check(tmp_path)


def test_missing_weights_are_named(folder: Path) -> None:
    """A model without weights is not complete."""
    (folder / "0_Part" / "model.safetensors").unlink()
    with pytest.raises(ModelMissing, match=r"model\.safetensors"):
        checkpoint.check(folder)


def test_a_missing_shard_is_named(folder: Path) -> None:
    """Of weights spread over files, the file that is not there is named."""
    weight_map = {"weight_map": {"a": "model-1.safetensors", "b": "model-2.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(weight_map), encoding="utf-8")
    (folder / "model-1.safetensors").write_bytes(b"weights")
    with pytest.raises(ModelMissing, match=r"model-2\.safetensors"):
        checkpoint.check(folder)


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "weights.pkl"])
def test_pickled_weights_are_unsafe(folder: Path, name: str) -> None:
    """A part whose weights exist as a pickle only is refused, also beside a part that is safe."""
    (folder / "1_Dense").mkdir()
    (folder / "1_Dense" / name).write_bytes(b"pickle")
    with pytest.raises(ModelUnsafe, match="onveilig"):
        checkpoint.check(folder)


def test_a_pickle_beside_safetensors_is_no_objection(folder: Path) -> None:
    """Hub models often hold both formats; the safe one is what is read."""
    (folder / "0_Part" / "pytorch_model.bin").write_bytes(b"pickle")
    checkpoint.check(folder)


def test_foreign_code_is_refused(folder: Path) -> None:
    """A module class from outside sentence-transformers is never imported."""
    (folder / "modules.json").write_text(json.dumps([{"path": "", "type": "os.system"}]), encoding="utf-8")
    with pytest.raises(ModelUnsafe, match=r"os\.system"):
        checkpoint.check(folder)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '[{"type": "x"}]'])
def test_broken_modules_are_reported(folder: Path, content: str) -> None:
    """A modules.json that cannot be read is reported as such."""
    (folder / "modules.json").write_text(content, encoding="utf-8")
    if content == "{}":
        assert checkpoint.modules(folder) == []
    else:
        with pytest.raises(ModelMissing, match="niet te lezen"):
            checkpoint.check(folder)


def test_the_fingerprint_follows_content(folder: Path) -> None:
    """Other weights and other file names give another fingerprint; documentation and hidden files do not."""
    first = checkpoint.fingerprint(folder)
    (folder / "README.md").write_text("card", encoding="utf-8")
    (folder / ".cache").mkdir()
    (folder / ".cache" / "x.json").write_text("{}", encoding="utf-8")
    assert checkpoint.fingerprint(folder) == first
    (folder / "0_Part" / "model.safetensors").write_bytes(b"weightz")
    second = checkpoint.fingerprint(folder)
    (folder / "0_Part").rename(folder / "1_Part")
    assert len({first, second, checkpoint.fingerprint(folder)}) == 3
