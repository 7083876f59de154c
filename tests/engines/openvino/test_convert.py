"""A small graph such as openvino-genai reads out of a GGUF, its offsets rounded to whole steps as it rounds them."""

import numpy as np
import pytest
from gguf import dequantize
from openvino import Core, Model, Tensor, Type, op
from openvino import opset13 as ops

from nlp.engines.openvino.blocks import blocks
from nlp.engines.openvino.convert import exchange
from nlp.errors import ModelError
from tests.engines.openvino.made import q4_k

COLUMNS = 256
WORDS, QUERIES, KEYS = (
    q4_k(name, rows, COLUMNS, seed)
    for name, rows, seed in (("token_embd.weight", 16, 1), ("q.weight", 48, 2), ("k.weight", 48, 3))
)
TENSORS = {t.name: t for t in (WORDS, QUERIES, KEYS)}


def rounded(tensor):
    """A matrix as openvino-genai reads it: four bits, less a whole number, times a scale."""
    block = blocks(tensor)
    scales = np.where(block.scales == 0, 1, block.scales)
    zero = np.rint(8 - block.left_over[..., None] / scales).clip(0, 15).astype(np.uint8)
    numbers = (block.numbers + 8).astype(np.uint8)
    steps = ops.subtract(four_bits(numbers), four_bits(zero))
    scaled = ops.multiply(steps, ops.constant(block.scales))
    return ops.convert(ops.reshape(scaled, np.array([len(numbers), COLUMNS]), False), np.float32)


def four_bits(numbers):
    flat = numbers.reshape(-1)
    tensor = Tensor(Type.u4, numbers.shape)
    tensor.data.reshape(-1)[:] = flat[0::2] | flat[1::2] << 4
    return ops.convert(op.Constant(tensor), np.float16)


def read():
    ids = ops.parameter([1, -1], np.int64, name="ids")
    found = ops.gather(rounded(WORDS), ids, np.array(0))
    outs = [ops.matmul(found, rounded(t), False, True) for t in (QUERIES, KEYS)]
    return Model([ops.result(o) for o in outs], [ids], "read")


def run(model):
    compiled = Core().compile_model(
        model, "CPU", {"INFERENCE_PRECISION_HINT": "f32", "DYNAMIC_QUANTIZATION_GROUP_SIZE": 0}
    )
    outs = compiled({"ids": np.array([[3, 0, 15]])})
    return [outs[n][0] for n in range(2)]


def wanted(adapter=None):
    words, queries, keys = (dequantize(t.data, t.tensor_type) for t in TENSORS.values())
    if adapter:
        start, to = adapter["k.weight"]
        keys = keys + to @ start
    return [words[[3, 0, 15]] @ matrix.T for matrix in (queries, keys)]


def far(outs, of):
    return max(float(np.square(a - b).mean() / np.square(b).mean()) for a, b in zip(outs, of, strict=True))


def test_products_are_as_exact_as_the_file():
    model = read()
    assert far(run(model), wanted()) > 1e-4
    exchange(model, TENSORS, {})
    assert far(run(model), wanted()) < 1e-6


def test_an_adapter_is_in_the_products_that_it_changes():
    random = np.random.default_rng(5)
    adapter = {
        "k.weight": (
            random.normal(size=(8, COLUMNS)).astype(np.float32),
            random.normal(size=(48, 8)).astype(np.float32),
        )
    }
    model = read()
    exchange(model, TENSORS, adapter)
    assert far(run(model), wanted(adapter)) < 1e-6
    assert far(run(model), wanted()) > 0.01


def test_an_adapter_for_another_model_is_an_error():
    stranger = {"v.weight": (np.ones((8, COLUMNS), np.float32), np.ones((48, 8), np.float32))}
    with pytest.raises(ModelError, match=r"the adapter changes v\.weight, which is no product of the model"):
        exchange(read(), TENSORS, stranger)


def test_a_matrix_that_is_none_of_the_files_is_an_error():
    others = {name: t for name, t in TENSORS.items() if name != "k.weight"}
    with pytest.raises(ModelError, match=r"a matrix of \(48, 256\) that OpenVINO read is none of the file's"):
        exchange(read(), others, {})
