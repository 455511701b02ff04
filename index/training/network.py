"""The network under training: a small BERT whose mean over the subwords, at length 1, is the vector of a text."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch.nn.functional import normalize
from transformers import BertConfig, BertModel

from index.training.config import Updates

log = logging.getLogger(__name__)

Vectors = NDArray[np.float32]
Ids = Sequence[int]

# Rows are padded to a multiple of this: matrices of such sizes are quicker on most machines.
_MULTIPLE = 8
_CLIP = 1.0
_BETAS = (0.9, 0.98)
_LOWEST = 0.02
_CHECKPOINT = 100
_WORDS = "word_embeddings"


class Network(torch.nn.Module):
    """Encodes rows of subwords; the arithmetic is in bfloat16 where that is exact enough, the weights are not."""

    def __init__(self, body: BertModel) -> None:
        super().__init__()
        self.body = body

    def forward(self, rows: Sequence[Ids]) -> torch.Tensor:
        """Return vectors of shape (n, d), L2-normalised, for rows of subword ids."""
        ids, mask = _padded(rows)
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            states = self.body(input_ids=ids.to(self.device), attention_mask=mask.to(self.device)).last_hidden_state
        weight = mask.to(self.device)[..., None].float()
        return normalize((states.float() * weight).sum(dim=1) / weight.sum(dim=1).clamp(min=1), dim=-1)

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return self.body.embeddings.word_embeddings.weight.device

    @torch.inference_mode()
    def encode(self, rows: Sequence[Ids], batch: int = 64) -> Vectors:
        """Return vectors (n, d) of rows of any length, without training on them."""
        self.eval()
        vectors = np.zeros((len(rows), self.body.config.hidden_size), dtype=np.float32)
        order = sorted(range(len(rows)), key=lambda row: len(rows[row]))
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            vectors[chosen] = self([rows[row] for row in chosen]).cpu().numpy()
        self.train()
        return vectors


def new(folder: Path, words: Vectors | None = None) -> Network:
    """Return the network of a folder (config.json, model.safetensors), with other vectors of subwords if given.

    Args:
        folder: where the weights stand.
        words: vectors of another vocabulary, shape (vocabulary, d).
    """
    body = BertModel.from_pretrained(str(folder), add_pooling_layer=False, attn_implementation="sdpa")
    if words is not None:
        body.config.vocab_size = len(words)
        table = torch.nn.Embedding(len(words), words.shape[1], padding_idx=0)
        table.weight.data.copy_(torch.from_numpy(words))
        body.embeddings.word_embeddings = table
    return _placed(Network(body))


def empty(config: BertConfig) -> Network:
    """Return a network of a shape, with random weights."""
    return _placed(Network(BertModel(config, add_pooling_layer=False)))


def save(network: Network, path: Path) -> None:
    """Keep the weights and the shape of a network: `path` and a .json beside it."""
    state = {name: tensor.cpu().contiguous() for name, tensor in network.body.state_dict().items()}
    save_file(state, path)
    network.body.config.to_json_file(path.with_suffix(".json"))


def load(path: Path) -> Network:
    """Return a network that `save` kept."""
    network = empty(BertConfig.from_json_file(str(path.with_suffix(".json"))))
    network.body.load_state_dict(load_file(path))
    return network


def subwords(tokenizer: Tokenizer, texts: Sequence[str], longest: int) -> list[list[int]]:
    """Return the subword ids of each text, cut to a length."""
    encodings = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    return [encoding.ids[:longest] for encoding in encodings]


def fit(network: Network, settings: Updates, steps: int, loss: Callable[[int], torch.Tensor], kept: Path) -> None:
    """Minimise a loss by AdamW, keeping the state now and then: a run that broke off goes on where it was.

    Args:
        network: is trained in place.
        settings: learning rates and their course.
        steps: number of updates.
        loss: draws the batch of an update by its number, so that it is the same batch in a run that goes on.
        kept: file for the state of a run that broke off; removed at the end.
    """
    optimiser = _optimiser(network, settings)
    done = _resume(network, optimiser, kept)
    network.train()
    for step in range(done, steps):
        for group in optimiser.param_groups:
            group["lr"] = group["highest"] * _course(step, steps, settings.warm_up)
        torch.manual_seed(step)  # the network's own dropout
        value = loss(step)
        optimiser.zero_grad()
        value.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        torch.nn.utils.clip_grad_norm_(network.parameters(), _CLIP)
        optimiser.step()
        if step % max(1, steps // 10) == 0 or step == steps - 1:
            log.info("step %d of %d: loss %.3f", step + 1, steps, value.item())
        if (step + 1) % _CHECKPOINT == 0 and step + 1 < steps:
            _keep(network, optimiser, step + 1, kept)
    kept.unlink(missing_ok=True)


def _padded(rows: Sequence[Ids]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return ids and mask, shape (n, longest row rounded up)."""
    longest = -(-max(map(len, rows)) // _MULTIPLE) * _MULTIPLE
    ids, mask = np.zeros((2, len(rows), max(longest, _MULTIPLE)), dtype=np.int64)
    for row, subword_ids in enumerate(rows):
        ids[row, : len(subword_ids)] = subword_ids
        mask[row, : len(subword_ids)] = 1
    return torch.from_numpy(ids), torch.from_numpy(mask)


def _placed(network: Network) -> Network:
    """Put a network on the GPU where there is one."""
    return network.to("cuda" if torch.cuda.is_available() else "cpu")


def _optimiser(network: Network, settings: Updates) -> torch.optim.AdamW:
    """Return an optimiser with one rate for the subwords and one for the rest."""
    named = list(network.named_parameters())
    groups = [
        {"params": [p for name, p in named if _WORDS in name], "highest": settings.word_rate, "weight_decay": 0.0},
        {
            "params": [p for name, p in named if _WORDS not in name],
            "highest": settings.body_rate,
            "weight_decay": settings.decay,
        },
    ]
    return torch.optim.AdamW(groups, lr=settings.body_rate, betas=_BETAS, fused=True)


def _course(step: int, steps: int, warm_up: float) -> float:
    """Return the share of the full learning rate at a step: up in a straight line, then down."""
    return min((step + 1) / max(1.0, warm_up * steps), max(_LOWEST, (steps - step) / (steps * (1 - warm_up))))


def _keep(network: Network, optimiser: torch.optim.AdamW, done: int, kept: Path) -> None:
    """Write weights and moments, complete or not at all."""
    state = {f"weight/{name}": tensor.detach() for name, tensor in network.named_parameters()}
    for number, moments in optimiser.state_dict()["state"].items():
        state |= {f"moment/{number}/{name}": tensor for name, tensor in moments.items()}
    aside = kept.with_suffix(".new")
    save_file({name: tensor.cpu().contiguous() for name, tensor in state.items()}, aside, metadata={"done": str(done)})
    aside.replace(kept)


def _resume(network: Network, optimiser: torch.optim.AdamW, kept: Path) -> int:
    """Take up weights and moments that `_keep` wrote, and return how many updates they have had; 0 without any."""
    if not kept.exists():
        return 0
    from safetensors import safe_open  # noqa: PLC0415  # only a run that broke off needs the file's metadata

    with safe_open(kept, framework="pt") as file:
        done = int(file.metadata()["done"])
    state = load_file(kept)
    named = dict(network.named_parameters())
    moments: dict[int, dict[str, torch.Tensor]] = {}
    for name, tensor in state.items():
        kind, _, rest = name.partition("/")
        if kind == "weight":
            named[rest].data.copy_(tensor)
        else:
            number, _, moment = rest.partition("/")
            moments.setdefault(int(number), {})[moment] = tensor
    optimiser.load_state_dict({"state": moments, "param_groups": optimiser.state_dict()["param_groups"]})
    log.info("going on after update %d", done)
    return done
