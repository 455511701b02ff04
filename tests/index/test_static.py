"""The static encoder: the same vectors as sentence-transformers, without torch."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from index.checkpoint import ModelMissing
from index.static import StaticEncoder, is_static
from tests.index.models import SENTENCES, write_static

ROOT = Path(__file__).resolve().parents[2]
WEIGHTS = Path("0_StaticEmbedding") / "model.safetensors"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small static model."""
    return write_static(tmp_path)


def test_vectors_are_normalised_means(folder: Path) -> None:
    """A text's vector is the mean of its subwords' vectors at length 1, in single precision."""
    encoder = StaticEncoder.open(folder, "klein")
    vectors = encoder.encode_queries(SENTENCES)
    table = load_file(folder / WEIGHTS)["embedding.weight"].astype(np.float64)
    ids = encoder._tokenizer.encode(SENTENCES[0]).ids
    mean = table[ids].mean(axis=0)
    assert vectors.dtype == np.float32
    assert vectors.shape == (4, 8)
    assert np.allclose(vectors[0], mean / np.linalg.norm(mean), atol=1e-6)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)


def test_many_texts_give_the_vectors_of_one(folder: Path) -> None:
    """The way that many texts are encoded gives the vectors of encoding them one by one."""
    encoder = StaticEncoder.open(folder, "klein")
    texts = SENTENCES * 30
    one_by_one = np.vstack([encoder.encode_queries([text]) for text in texts])
    assert np.allclose(encoder.encode_passages(texts), one_by_one, atol=1e-6)


def test_nothing_known_gives_zeros(folder: Path) -> None:
    """A text without subwords has no direction: its vector is zero, not NaN; no texts give no rows."""
    encoder = StaticEncoder.open(folder, "klein")
    assert not encoder.encode_queries(["", " "]).any()
    assert encoder.encode_passages([]).shape == (0, 8)


def test_accents_and_case_do_not_matter(folder: Path) -> None:
    """Capitals and accents give the same vector, as people leave both out of questions."""
    vectors = StaticEncoder.open(folder, "klein").encode_queries(["ÜBERSTAD", "uberstad"])
    assert np.array_equal(vectors[0], vectors[1])


def test_sentence_transformers_gives_the_same_vectors(folder: Path) -> None:
    """`SentenceTransformer(folder).float()` gives our vectors to 1e-5; its half-precision default to 5e-3."""
    from sentence_transformers import SentenceTransformer

    ours = StaticEncoder.open(folder, "klein").encode_passages(SENTENCES)
    theirs = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    assert np.allclose(ours, theirs.encode(SENTENCES), atol=5e-3)
    assert np.allclose(ours, theirs.float().encode(SENTENCES), atol=1e-5)


def test_the_question_path_loads_no_torch() -> None:
    """Loading the shipped model and encoding a question imports neither torch nor sentence-transformers."""
    code = (
        "import sys; from index.embed import load_encoder; load_encoder().encode_queries(['Wat is preventie?']);"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["tokenizer.json", "model.safetensors"])
@pytest.mark.parametrize("content", [None, b"onzin"])
def test_a_damaged_model_is_refused(folder: Path, name: str, content: bytes | None) -> None:
    """A missing or senseless file is reported with the folder and the cure."""
    path = folder / "0_StaticEmbedding" / name
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelMissing, match=r"niet te lezen.*REGIOWIJZER_MODEL"):
        StaticEncoder.open(folder, "klein")


def test_a_vocabulary_larger_than_the_table_is_refused(folder: Path) -> None:
    """Vectors of another model than the vocabulary's are refused rather than read out of bounds."""
    save_file({"embedding.weight": np.zeros((3, 8), dtype=np.float16)}, folder / WEIGHTS)
    with pytest.raises(ModelMissing, match="passen"):
        StaticEncoder.open(folder, "klein")


def test_static_folders_are_recognised(folder: Path) -> None:
    """StaticEmbedding is read here, with or without Normalize behind it; anything else is not."""
    assert is_static(folder)
    (folder / "modules.json").write_text(
        '[{"path": "", "type": "sentence_transformers.models.Transformer"}]', encoding="utf-8"
    )
    assert not is_static(folder)
