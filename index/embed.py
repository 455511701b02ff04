"""Encoders: text to vectors. The shipped model needs no torch; any sentence-transformers model can replace it."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index import checkpoint
from index.checkpoint import ModelMissing, ModelUnreachable
from index.static import StaticEncoder, is_static
from index.transformer import OnnxEncoder, is_onnx

log = logging.getLogger(__name__)

Vectors = NDArray[np.float32]

SHIPPED = Path(__file__).with_name("model")
SHIPPED_NAME = "regiowijzer-nl"

# What is fetched of a model on the hub: configuration, vocabulary and weights that cannot run code.
_WANTED = ["*.json", "*.txt", "*.model", "*.safetensors"]
_UNWANTED = ["onnx/*", "openvino/*", "*/onnx/*"]
# Passages of about 120 words; larger batches only cost memory on a CPU.
_BATCH = 32


class Encoder(Protocol):
    """What turns text into vectors.

    Attributes:
        name: what people know the model by: a hub name or a folder.
        fingerprint: SHA-256 over the model's files; another fingerprint means other vectors.
        dimension: length of the vectors.
    """

    name: str
    fingerprint: str
    dimension: int

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return vectors (n, d), L2-normalised, for texts that are searched in."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return vectors (n, d), L2-normalised, for questions."""
        ...


def load_encoder(model: str = "", *, fetch: bool = False) -> Encoder:
    """Load an encoder.

    Args:
        model: '' for the model that ships with the project, a folder, or a name on the hub.
        fetch: whether a model that is not on this machine may be fetched from the hub.

    Raises:
        ModelMissing: the folder does not exist or is not whole.
        ModelUnsafe: the model's weights or modules could run code.
        ModelUnreachable: the model is not on this machine, and may not or cannot be fetched.
    """
    if not model:
        checkpoint.check(SHIPPED)
        return _open(SHIPPED, SHIPPED_NAME)
    folder = Path(model).expanduser()
    if not (folder.is_dir() or _is_hub_name(model)):
        checkpoint.check(folder)
    if not folder.is_dir():
        folder = _hub_folder(model, fetch=fetch)
    checkpoint.check(folder)
    return _open(folder, model)


def _open(folder: Path, name: str) -> Encoder:
    """Open a folder by the lightest reader that can."""
    if is_static(folder):
        return StaticEncoder.open(folder, name)
    return OnnxEncoder(folder, name) if is_onnx(folder) else _Torch(folder, name)


class _Torch:
    """Any sentence-transformers model, with the prompts of its own configuration."""

    def __init__(self, folder: Path, name: str) -> None:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415  # seconds; not on the question path

        try:
            self._model = SentenceTransformer(
                str(folder),
                device="cpu",
                backend="torch",
                trust_remote_code=False,
                local_files_only=True,
                model_kwargs={"use_safetensors": True},
            )
        except (OSError, ValueError, KeyError, RuntimeError) as fault:
            raise ModelMissing(
                f"Het taalmodel {name!r} is niet te laden: {fault}. Haal het opnieuw op, of kies een ander met "
                "REGIOWIJZER_MODEL."
            ) from fault
        self.name = name
        self.fingerprint = checkpoint.fingerprint(folder)
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return vectors (n, d); the model's 'passage' or 'document' prompt goes before each text."""
        return self._encode(texts, ("passage", "document"))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return vectors (n, d); the model's 'query' prompt goes before each text."""
        return self._encode(texts, ("query",))

    def _encode(self, texts: Sequence[str], prompts: Sequence[str]) -> Vectors:
        """Encode with the first of the prompts that the model has."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        prompt = next((self._model.prompts[name] for name in prompts if self._model.prompts.get(name)), "")
        vectors = self._model.encode(
            list(texts), prompt=prompt, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)


def _is_hub_name(model: str) -> bool:
    """Say whether a setting reads as `owner/name` rather than as a folder."""
    parts = model.split("/")
    return len(parts) == 2 and all(parts) and not model.startswith((".", "~"))


def _hub_folder(name: str, *, fetch: bool) -> Path:
    """Return the folder of a hub model: the copy on this machine when it is whole, else fetched where that may be."""
    from huggingface_hub import snapshot_download  # noqa: PLC0415  # only for models that do not ship
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError  # noqa: PLC0415

    try:
        folder = Path(snapshot_download(name, allow_patterns=_WANTED, ignore_patterns=_UNWANTED, local_files_only=True))
        checkpoint.check(folder)
    except (LocalEntryNotFoundError, ModelMissing) as fault:
        if not fetch:
            raise ModelUnreachable(
                f"Het taalmodel {name!r} staat niet op deze computer. Haal het op met: regiowijzer ingest. Of laat "
                "REGIOWIJZER_MODEL leeg voor het meegeleverde taalmodel."
            ) from fault
        log.info("fetching model", extra={"model": name})
    else:
        return folder
    try:
        return Path(snapshot_download(name, allow_patterns=_WANTED, ignore_patterns=_UNWANTED))
    except (HfHubHTTPError, OSError) as fault:
        raise ModelUnreachable(
            f"Het taalmodel {name!r} staat niet op deze computer en is niet op te halen van huggingface.co. Controleer "
            "de naam en de verbinding, of laat REGIOWIJZER_MODEL leeg voor het meegeleverde taalmodel."
        ) from fault
