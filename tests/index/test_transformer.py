"""Transformers in ONNX form: the vectors of sentence-transformers, without torch."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index import embed, transformer
from index.checkpoint import ModelMissing
from index.embed import load_encoder
from index.transformer import GRAPH, WINDOW, OnnxEncoder, is_onnx
from tests.index.models import SENTENCES, write_static, write_transformer


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny transformer."""
    return write_transformer(tmp_path_factory.mktemp("model"))


@pytest.mark.parametrize("shipped", [False, True])
def test_sentence_transformers_gives_the_same_vectors(folder: Path, shipped: bool) -> None:
    """The graph computes what sentence-transformers computes from the same weights, but for its eight bits."""
    from sentence_transformers import SentenceTransformer

    where = embed.SHIPPED if shipped else folder
    ours = OnnxEncoder(where, "klein").encode_passages(SENTENCES)
    theirs = SentenceTransformer(str(where), device="cpu", local_files_only=True).float().encode(SENTENCES)
    assert ours.dtype == np.float32
    assert (ours * theirs).sum(axis=1).min() > 0.98


def test_company_does_not_change_a_vector(folder: Path) -> None:
    """A text has the same vector alone as among longer and shorter ones, in whatever order."""
    encoder = OnnxEncoder(folder, "klein")
    texts = [*SENTENCES, "huisarts", *reversed(SENTENCES), " ".join(SENTENCES)] * 5
    one_by_one = np.vstack([encoder.encode_queries([text]) for text in texts])
    assert np.array_equal(encoder.encode_passages(texts), one_by_one)
    assert np.allclose(np.linalg.norm(one_by_one, axis=1), 1, atol=1e-5)


def test_nothing_known_gives_zeros(folder: Path) -> None:
    """A text without subwords has no direction; no texts give no rows."""
    encoder = OnnxEncoder(folder, "klein")
    assert not encoder.encode_queries(["", " "]).any()
    assert encoder.encode_passages([]).shape == (0, 16)


def test_long_texts_are_read_to_the_end(folder: Path) -> None:
    """A text of many windows is the mean of its windows, so that its last words count as its first do."""
    encoder = OnnxEncoder(folder, "klein")
    start = "huisarts " * (WINDOW // 4)
    vectors = encoder.encode_passages([start * 8 + "inwoners " * WINDOW, start * 8, "inwoners " * WINDOW])
    assert vectors[0] @ vectors[2] > vectors[1] @ vectors[2]


def test_windows_are_about_equally_long(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """No window is longer than the network may see, and none is a scrap."""
    lengths: list[int] = []
    encoder = OnnxEncoder(folder, "klein")
    run = encoder._run
    monkeypatch.setattr(encoder, "_run", lambda rows: lengths.extend(map(len, rows)) or run(rows))
    encoder.encode_passages(["huisarts " * WINDOW])
    assert max(lengths) <= transformer.WINDOW
    assert max(lengths) - min(lengths) <= 1


def test_the_folder_says_which_encoder_reads_it(folder: Path, tmp_path: Path) -> None:
    """A folder with a graph is run by ONNX Runtime; one without is not."""
    assert isinstance(load_encoder(str(folder)), OnnxEncoder)
    assert not is_onnx(write_static(tmp_path / "statisch"))


@pytest.mark.parametrize("name", [GRAPH, "tokenizer.json"])
def test_a_damaged_file_is_named(tmp_path: Path, name: str) -> None:
    """A graph or vocabulary that is no such thing is refused with the folder's name and what to do."""
    broken = write_transformer(tmp_path / "kapot")
    (broken / name).write_bytes(b"geen model")
    with pytest.raises(ModelMissing, match=r"kapot.*REGIOWIJZER_MODEL"):
        OnnxEncoder(broken, "kapot")


def test_a_question_loads_no_torch(folder: Path) -> None:
    """Loading a graph and encoding a question imports neither torch nor sentence-transformers."""
    code = (
        "import sys; from index.embed import load_encoder; load_encoder(sys.argv[1]).encode_queries(['Wat?']);"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", code, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "[]"
