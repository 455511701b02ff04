"""The network as an ONNX graph: its matrices in eight bits, everything else read from `model.safetensors` beside it.

The graph follows BERT (Devlin et al. 2019) as Hugging Face's `BertModel` computes it, then takes the mean over the
subwords and normalises. Matrices are multiplied in integers, with a scale for each column and for each input as it
comes (ONNX Runtime's dynamic quantisation): twice as fast on a CPU as single precision.
"""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

from index.transformer import GRAPH

WEIGHTS = "model.safetensors"
OPSET = 20  # the first with Gelu
_IR_VERSION = 10
_PRODUCER = "regiowijzer"
# Weights take 7 of their 8 bits: processors without integer dot products add pairs of products in 16 bits, and overflow
# at 8.
_LARGEST = 63


@dataclass
class _Graph:
    """A graph under construction.

    Attributes:
        header: what the weights file says of each tensor: `shape` and `data_offsets`.
        base: byte at which its data begin.
        matrices: the weights themselves.
        nodes, tensors: what there is so far.
    """

    header: Mapping[str, Mapping[str, Any]]
    base: int
    matrices: Mapping[str, NDArray[np.float32]]
    nodes: list[NodeProto] = field(default_factory=list)
    tensors: dict[str, TensorProto] = field(default_factory=dict)

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:  # noqa: ANN401  # what ONNX takes
        """Add a node and return the name of its output."""
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def constant(self, value: object, kind: type) -> str:
        """Add a small constant."""
        array: NDArray[Any] = np.asarray(value, dtype=kind)
        name = f"constant_{len(self.tensors)}"
        self.tensors[name] = numpy_helper.from_array(array, name)
        return name

    def half(self, name: str) -> str:
        """Add a weight as it stands in the weights file, in half precision."""
        if name not in self.tensors:
            entry = self.header[name]
            begin, end = entry["data_offsets"]
            tensor = TensorProto(name=name, data_type=TensorProto.FLOAT16, dims=entry["shape"])
            tensor.data_location = TensorProto.EXTERNAL
            for key, text in (("location", WEIGHTS), ("offset", self.base + begin), ("length", end - begin)):
                tensor.external_data.add(key=key, value=str(text))
            self.tensors[name] = tensor
        return name

    def weight(self, name: str) -> str:
        """Add a weight in single precision; the runtime converts it once, when it opens the graph."""
        return self.node("Cast", self.half(name), to=TensorProto.FLOAT)

    def quantised(self, value: str) -> tuple[str, str, str]:
        """Bring an input to eight bits, once for all matrices it goes through: integers, scale, zero point."""
        names = tuple(f"{value}_{part}" for part in ("integers", "scale", "zero"))
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [value], list(names)))
        return names[0], names[1], names[2]

    def linear(self, value: tuple[str, str, str], name: str) -> str:
        """Multiply with a layer's matrix and add its bias."""
        matrix = self.matrices[f"{name}.weight"].T
        scale = np.maximum(np.abs(matrix).max(axis=0), 1e-9) / _LARGEST
        integers, input_scale, zero = value
        weights = self.constant(np.rint(matrix / scale), np.int8)
        product = self.node("MatMulInteger", integers, weights, zero)
        scaled = self.node("Mul", input_scale, self.constant(scale, np.float32))
        made = self.node("Mul", self.node("Cast", product, to=TensorProto.FLOAT), scaled)
        return self.node("Add", made, self.weight(f"{name}.bias"))

    def norm(self, value: str, name: str, epsilon: float) -> str:
        """Normalise a layer."""
        weights = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.node("LayerNormalization", value, *weights, axis=-1, epsilon=epsilon)


def write(folder: Path) -> None:
    """Write `regiowijzer.onnx` for the BERT in a folder with `config.json` and `model.safetensors` (half precision).

    The vectors differ from those of single precision by about a hundredth in cosine, at most.

    Input: `ids`, int64, shape (1, t): one text at a time, as the scale of its eight bits would otherwise depend on its
    company. Output: `vector`, float32, shape (1, d), L2-normalised.
    """
    config = json.loads((folder / "config.json").read_bytes())
    graph = _open(folder / WEIGHTS)
    value = _embeddings(graph, config)
    for layer in range(config["num_hidden_layers"]):
        value = _layer(graph, value, f"encoder.layer.{layer}", config)
    _mean(graph, value)
    made = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "t"])],
        [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, config["hidden_size"]])],
        list(graph.tensors.values()),
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], producer_name=_PRODUCER)
    model.ir_version = _IR_VERSION
    (folder / GRAPH).write_bytes(model.SerializeToString(deterministic=True))
    onnx.checker.check_model(str(folder / GRAPH))


def _open(path: Path) -> _Graph:
    """Read where each weight stands in a safetensors file."""
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
    header.pop("__metadata__", None)
    matrices = {name: array.astype(np.float32) for name, array in load_file(path).items()}
    return _Graph(header, 8 + length, matrices)


def _embeddings(graph: _Graph, config: Mapping[str, Any]) -> str:
    """Add up the vectors of subwords, positions and the one segment there is."""
    words = graph.node("Gather", graph.half("embeddings.word_embeddings.weight"), "ids")
    length = graph.node("Shape", "ids", start=1, end=2)
    zero, one = graph.constant([0], np.int64), graph.constant([1], np.int64)
    positions = graph.node("Slice", graph.weight("embeddings.position_embeddings.weight"), zero, length, zero)
    segment = graph.node("Slice", graph.weight("embeddings.token_type_embeddings.weight"), zero, one, zero)
    total = graph.node("Add", graph.node("Cast", words, to=TensorProto.FLOAT), graph.node("Add", positions, segment))
    return graph.norm(total, "embeddings.LayerNorm", config["layer_norm_eps"])


def _layer(graph: _Graph, value: str, name: str, config: Mapping[str, Any]) -> str:
    """Add one layer: self-attention and feed-forward, each with a residual and a norm."""
    heads, epsilon = config["num_attention_heads"], config["layer_norm_eps"]
    size = config["hidden_size"] // heads
    split, joined = graph.constant([0, 0, heads, size], np.int64), graph.constant([0, 0, heads * size], np.int64)

    shared = graph.quantised(value)

    def head(part: str, perm: list[int]) -> str:
        made = graph.linear(shared, f"{name}.attention.self.{part}")
        return graph.node("Transpose", graph.node("Reshape", made, split), perm=perm)

    scores = graph.node("MatMul", head("query", [0, 2, 1, 3]), head("key", [0, 2, 3, 1]))
    scaled = graph.node("Mul", scores, graph.constant(size**-0.5, np.float32))
    shares = graph.node("Softmax", scaled, axis=-1)
    seen = graph.node("Transpose", graph.node("MatMul", shares, head("value", [0, 2, 1, 3])), perm=[0, 2, 1, 3])
    attended = graph.linear(graph.quantised(graph.node("Reshape", seen, joined)), f"{name}.attention.output.dense")
    value = graph.norm(graph.node("Add", attended, value), f"{name}.attention.output.LayerNorm", epsilon)
    inner = graph.node("Gelu", graph.linear(graph.quantised(value), f"{name}.intermediate.dense"))
    outer = graph.linear(graph.quantised(inner), f"{name}.output.dense")
    return graph.norm(graph.node("Add", outer, value), f"{name}.output.LayerNorm", epsilon)


def _mean(graph: _Graph, value: str) -> None:
    """Take the mean over the subwords that are there, and normalise it to length 1."""
    # the mean's divisor goes away in the normalisation
    total = graph.node("ReduceSum", value, graph.constant([1], np.int64), keepdims=0)
    norm = graph.node("ReduceL2", total, graph.constant([1], np.int64), keepdims=1)
    safe = graph.node("Max", norm, graph.constant(1e-9, np.float32))
    graph.nodes.append(helper.make_node("Div", [total, safe], ["vector"]))
