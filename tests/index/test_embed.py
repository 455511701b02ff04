"""Loading of encoders: the shipped one, folders, and names on the hub."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index import checkpoint, embed
from index.checkpoint import ModelMissing, ModelUnreachable, ModelUnsafe
from index.embed import load_encoder
from index.static import StaticEncoder
from tests.index.models import SENTENCES, write_static


def write_transformer(folder: Path, prompts: dict[str, str]) -> Path:
    """Write a tiny transformer in sentence-transformers' format, with random weights."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    words = sorted({word for sentence in SENTENCES for word in sentence.lower().strip(".").split()})
    body = folder / "body"
    body.mkdir(parents=True)
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "query", "passage", ":", *words]
    (body / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    BertTokenizerFast(vocab=str(body / "vocab.txt")).save_pretrained(str(body))
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(str(body))
    transformer = Transformer(str(body))
    model = SentenceTransformer(modules=[transformer, Pooling(16)], prompts=prompts, device="cpu")
    model.save(str(folder / "model"), create_model_card=False)
    return folder / "model"


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A hub that cannot be reached and holds nothing here; returns the names that were asked for."""
    import huggingface_hub
    from huggingface_hub.errors import LocalEntryNotFoundError

    asked: list[str] = []

    def refuse(name: str, **options: bool | list[str]) -> str:
        asked.append(f"{name} {'local' if options.get('local_files_only') else 'hub'}")
        raise LocalEntryNotFoundError(name)

    monkeypatch.setattr(huggingface_hub, "snapshot_download", refuse)
    return asked


def test_the_shipped_model_loads() -> None:
    """Without a setting, the model in the package is loaded, and it places related Dutch words together."""
    encoder = load_encoder()
    assert encoder.name == "regiowijzer-nl"
    assert encoder.fingerprint == checkpoint.fingerprint(embed.SHIPPED)
    question = encoder.encode_queries(["Wie zorgt er voor ouderen thuis?"])
    near, far = encoder.encode_passages(
        ["De wijkverpleging helpt oudere inwoners.", "De trein naar Assen reed te laat."]
    )
    assert question.shape == (1, encoder.dimension)
    assert question[0] @ near > question[0] @ far


def test_the_shipped_model_is_fast() -> None:
    """The shipped model loads in a fraction of a second and encodes a question in a few milliseconds at most."""
    start = time.perf_counter()
    encoder = load_encoder()
    loaded = time.perf_counter()
    for _ in range(50):
        encoder.encode_queries(["Hoeveel mantelzorgers zijn er in de regio?"])
    assert loaded - start < 1.0  # 0.05 s on a quiet machine
    assert (time.perf_counter() - loaded) / 50 < 0.01  # 0.04 ms on a quiet machine


def test_a_static_folder_is_read_without_torch(tmp_path: Path) -> None:
    """A StaticEmbedding folder goes to our own reader and is known by the setting's words."""
    encoder = load_encoder(str(write_static(tmp_path)))
    assert isinstance(encoder, StaticEncoder)
    assert encoder.name == str(tmp_path)


def test_any_sentence_transformers_model_works(tmp_path: Path) -> None:
    """Another model gives normalised vectors, with its own prompts before questions and passages."""
    model = write_transformer(tmp_path, {"query": "query: ", "passage": "passage: "})
    encoder = load_encoder(str(model))
    queries, passages = encoder.encode_queries(SENTENCES), encoder.encode_passages(SENTENCES)
    assert encoder.dimension == 16
    assert queries.shape == passages.shape == (4, 16)
    assert np.allclose(np.linalg.norm(queries, axis=1), 1, atol=1e-5)
    assert not np.allclose(queries, passages, atol=1e-4)
    assert encoder.encode_passages([]).shape == (0, 16)


def test_prompts_come_from_the_model(tmp_path: Path) -> None:
    """A model without prompts encodes questions and passages alike; 'document' counts as 'passage'."""
    plain = load_encoder(str(write_transformer(tmp_path / "a", {})))
    assert np.allclose(plain.encode_queries(SENTENCES), plain.encode_passages(SENTENCES), atol=1e-6)
    named = load_encoder(str(write_transformer(tmp_path / "b", {"document": "passage: "})))
    by_hand = named.encode_queries([f"passage: {text}" for text in SENTENCES])
    assert np.allclose(named.encode_passages(SENTENCES), by_hand, atol=1e-5)


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    """A path that does not exist is reported as a folder, not looked for on the hub."""
    with pytest.raises(ModelMissing, match="bestaat niet"):
        load_encoder(str(tmp_path / "weg"))
    with pytest.raises(ModelMissing, match="bestaat niet"):
        load_encoder("./weg/model")


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    """A folder with pickled weights only is refused before anything is loaded."""
    model = write_static(tmp_path)
    (model / "0_StaticEmbedding" / "model.safetensors").rename(model / "0_StaticEmbedding" / "pytorch_model.bin")
    with pytest.raises(ModelUnsafe, match="safetensors"):
        load_encoder(str(model))


def test_an_unreachable_hub_is_reported(offline: list[str]) -> None:
    """A hub name is first looked for on this machine, then fetched; when that fails, the message says what to do."""
    with pytest.raises(ModelUnreachable, match=r"iemand/model.*laat REGIOWIJZER_MODEL leeg"):
        load_encoder("iemand/model", fetch=True)
    assert offline == ["iemand/model local", "iemand/model hub"]


def test_the_hub_is_asked_only_where_that_may_be(offline: list[str]) -> None:
    """Who searches never fetches a model; the message names the command that does."""
    with pytest.raises(ModelUnreachable, match=r"iemand/model.*regiowijzer ingest"):
        load_encoder("iemand/model")
    assert offline == ["iemand/model local"]


def test_a_model_on_this_machine_needs_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hub model that was fetched before is opened without asking the hub."""
    import huggingface_hub

    folder = write_static(tmp_path)

    def local(name: str, *, local_files_only: bool = False, **_: list[str]) -> str:
        assert local_files_only, f"{name} was asked of the hub"
        return str(folder)

    monkeypatch.setattr(huggingface_hub, "snapshot_download", local)
    encoder = load_encoder("iemand/model")
    assert encoder.name == "iemand/model"
    assert encoder.fingerprint == checkpoint.fingerprint(folder)


def test_both_kinds_meet_the_protocol(tmp_path: Path) -> None:
    """Every encoder gives float32 (n, d) for questions and passages alike."""

    def shapes(encoder: embed.Encoder, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        return [encoder.encode_queries(texts), encoder.encode_passages(texts)]

    for model in (write_static(tmp_path / "s"), write_transformer(tmp_path / "t", {})):
        encoder = load_encoder(str(model))
        for vectors in shapes(encoder, SENTENCES[:2]):
            assert vectors.dtype == np.float32
            assert vectors.shape == (2, encoder.dimension)
