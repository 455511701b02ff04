"""Last stage: write the model in sentence-transformers' format."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

_MODULES = [
    {"idx": 0, "name": "0", "path": "0_StaticEmbedding", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]
_CONFIG: dict[str, object] = {
    "model_type": "SentenceTransformer",
    "prompts": {},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}


def write(folder: Path, tokenizer: Tokenizer, vectors: NDArray[np.float32]) -> None:
    """Write vocabulary and vectors (vocabulary, dimension) as a StaticEmbedding model, weights in half precision."""
    module = folder / "0_StaticEmbedding"
    module.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(module / "tokenizer.json"), pretty=False)
    save_file({"embedding.weight": vectors.astype(np.float16)}, module / "model.safetensors")
    (module / "model.safetensors").chmod(0o644)  # safetensors writes a file that only its owner may read
    _write_json(folder / "modules.json", _MODULES)
    _write_json(folder / "config_sentence_transformers.json", _CONFIG)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
