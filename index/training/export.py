"""Last stage: write the model in sentence-transformers' format, weights in half precision, and its ONNX graph."""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer

from index.training import graph
from index.training.network import Network
from index.training.vocabulary import SPECIAL
from index.transformer import TOKENIZER, WINDOW

_PACKAGE = "sentence_transformers.models"
_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": f"{_PACKAGE}.Transformer"},
    {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{_PACKAGE}.Pooling"},
    {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{_PACKAGE}.Normalize"},
]
_CONFIG: dict[str, object] = {
    "model_type": "SentenceTransformer",
    "prompts": {},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}


def write(folder: Path, tokenizer: Tokenizer, network: Network) -> None:
    """Write a network and its vocabulary as a sentence-transformers model with an ONNX graph over the same weights."""
    (folder / "1_Pooling").mkdir(parents=True, exist_ok=True)
    (folder / "2_Normalize").mkdir(exist_ok=True)
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    state = {name: tensor.to("cpu", torch.float16).contiguous() for name, tensor in network.body.state_dict().items()}
    save_file(state, folder / graph.WEIGHTS, metadata={"format": "pt"})
    (folder / graph.WEIGHTS).chmod(0o644)  # safetensors writes a file that only its owner may read
    network.body.config.save_pretrained(folder)
    _write_json(folder / "modules.json", _MODULES)
    _write_json(folder / "config_sentence_transformers.json", _CONFIG)
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": WINDOW, "do_lower_case": False})
    dimension = network.body.config.hidden_size
    _write_json(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": dimension, "pooling_mode_mean_tokens": True, "pooling_mode_cls_token": False},
    )
    names = dict(zip(("pad_token", "unk_token", "cls_token", "sep_token", "mask_token"), SPECIAL, strict=True))
    _write_json(
        folder / "tokenizer_config.json",
        {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": WINDOW, **names},
    )
    graph.write(folder)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
