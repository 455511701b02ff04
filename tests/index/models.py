"""Small models that tests make themselves."""

import functools
import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer, trainers

from index.training import vocabulary

SENTENCES = [
    "De huisarts verwijst naar de wijkverpleging.",
    "Mantelzorgers van ouderen met dementie krijgen begeleiding.",
    "Gemeenten en zorgverzekeraars maken afspraken over preventie.",
    "In Überstad groeit het aantal inwoners met 27% tot 2040.",
]


@functools.cache
def small_tokenizer() -> Tokenizer:
    """Return a vocabulary that knows the sentences above, the same one at every call."""
    tokenizer = vocabulary.empty()
    trainer = trainers.WordPieceTrainer(vocab_size=150, special_tokens=list(vocabulary.SPECIAL), show_progress=False)
    tokenizer.train_from_iterator(SENTENCES, trainer)
    return tokenizer


def write_static(folder: Path, dimension: int = 8, seed: int = 3) -> Path:
    """Write a static model over that vocabulary, with random vectors."""
    tokenizer = small_tokenizer()
    vectors = np.random.default_rng(seed).normal(size=(tokenizer.get_vocab_size(), dimension)).astype(np.float32)
    module = folder / "0_StaticEmbedding"
    module.mkdir(parents=True)
    tokenizer.save(str(module / "tokenizer.json"))
    save_file({"embedding.weight": vectors.astype(np.float16)}, module / "model.safetensors")
    kinds = {"0_StaticEmbedding": "StaticEmbedding", "1_Normalize": "Normalize"}
    modules = [
        {"idx": number, "name": str(number), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for number, (path, kind) in enumerate(kinds.items())
    ]
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    (folder / "config_sentence_transformers.json").write_text('{"prompts": {}}', encoding="utf-8")
    return folder


def write_transformer(folder: Path, seed: int = 3) -> Path:
    """Write a tiny transformer over that vocabulary, with random weights, as `index.training` exports it."""
    import torch
    from transformers import BertConfig

    from index.training import export, network

    tokenizer = small_tokenizer()
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=512,
        initializer_range=0.3,
        pad_token_id=0,
    )
    export.write(folder, tokenizer, network.empty(config))
    return folder


def write_teacher(folder: Path, seed: int = 5) -> Path:
    """Write a tiny English BERT with random weights, in the form that the package with the teacher has."""
    import torch
    from tokenizers import normalizers, pre_tokenizers
    from tokenizers.models import WordPiece
    from transformers import BertConfig, BertModel

    words = list(dict.fromkeys("the doctor helps older people young get help at school aid family support a".split()))  # noqa: SIM905  # reads better
    names = [*vocabulary.SPECIAL, *words, "."]
    tokenizer = Tokenizer(WordPiece({name: row for row, name in enumerate(names)}, unk_token=vocabulary.UNKNOWN))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    folder.mkdir(parents=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    torch.manual_seed(seed)
    shape = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=len(names), **shape), add_pooling_layer=False).save_pretrained(str(folder))
    return folder
