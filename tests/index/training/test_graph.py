"""The ONNX graph over the weights file."""

from pathlib import Path

import onnx

from index.training import graph
from tests.index.models import write_transformer


def test_the_graph_holds_no_vectors_of_its_own(tmp_path: Path) -> None:
    """What is not in eight bits stands in `model.safetensors` alone; the graph says where."""
    folder = write_transformer(tmp_path)
    model = onnx.load(str(folder / "regiowijzer.onnx"), load_external_data=False)
    outside = [t for t in model.graph.initializer if t.data_location == onnx.TensorProto.EXTERNAL]
    assert "embeddings.word_embeddings.weight" in {tensor.name for tensor in outside}
    for tensor in outside:
        where = {entry.key: entry.value for entry in tensor.external_data}
        assert where["location"] == graph.WEIGHTS
        assert int(where["offset"]) + int(where["length"]) <= (folder / graph.WEIGHTS).stat().st_size


def test_the_same_weights_give_the_same_graph(tmp_path: Path) -> None:
    """Writing a graph twice gives the same bytes, so that the model's fingerprint says what the model is."""
    folder = write_transformer(tmp_path)
    first = (folder / "regiowijzer.onnx").read_bytes()
    graph.write(folder)
    assert (folder / "regiowijzer.onnx").read_bytes() == first
