"""A GGUF as an OpenVINO model beside it, with its weights as exact as llama.cpp has them, and an adapter in it.

``openvino-genai`` reads GGUF by itself, and the graph and the tokenizer are its own. Each product with a quantised matrix in that graph is exchanged here for
one that has the GGUF's own numbers (:mod:`nlp.engines.openvino.blocks`). Beside each input that such products share stands a small one with what they need
besides: the sums of its groups, and what an adapter multiplies it by. Reading takes twenty seconds and exchanging as long again, so the result is kept.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.engines.derived import derived
from nlp.engines.lora import low_rank
from nlp.engines.openvino.blocks import GROUP, Blocks, blocks
from nlp.engines.protocol import Progress
from nlp.errors import ModelError

FORM = 1
"""To be counted up where a change here makes another model of the same file."""
TIMES = 3
"""How much larger the model is than its GGUF while it is made: what was read, and what is kept of it."""
ALIKE = 0.1
"""How far a row that OpenVINO read may be from the GGUF's (mean square, in parts of the row's own), rounded as it is."""
MODEL = "openvino_model.xml"
_MATRIX = {"MatMul": 1, "Gather": 0}
"""Nodes that use a matrix, and which of their inputs it is."""
Matrix = NDArray[np.float32]
Adapter = Mapping[str, tuple[Matrix, Matrix]]


@dataclass(frozen=True, slots=True)
class _Use:
    """A node of the graph that multiplies by the matrix ``tensor`` of the GGUF (MatMul), or looks rows of it up (Gather)."""

    node: Any
    tensor: Any


def converted(gguf: Path, progress: Progress | None = None, adapter: Path | None = None) -> Path:
    """The folder with ``gguf`` as OpenVINO runs it, made on first use (a minute, 1.5 GB for the 1.5B model).

    Raises :class:`nlp.errors.ModelError`.
    """
    folder = gguf.with_suffix(".openvino-adapted" if adapter else ".openvino")
    by = f"openvino-genai {version('openvino-genai')}, form {FORM}"
    return derived(gguf, adapter, folder, partial(_convert, gguf, adapter), by, "converting", TIMES, progress)


def _convert(gguf: Path, adapter: Path | None, folder: Path) -> None:
    from gguf import GGUFReader
    from openvino import Core, save_model
    from openvino_genai import LLMPipeline

    read = folder / "read"
    read.mkdir(parents=True)
    link = read / gguf.name
    link.symlink_to(gguf.resolve())
    LLMPipeline(link, "CPU", enable_save_ov_model=True)
    model = Core().read_model(read / MODEL)
    exchange(model, {t.name: t for t in GGUFReader(gguf).tensors}, low_rank(adapter) if adapter else {})
    save_model(model, folder / MODEL, compress_to_fp16=False)
    del model
    for file in read.glob("openvino_*tokenizer.*"):
        file.replace(folder / file.name)
    shutil.rmtree(read)


def exchange(model: Any, tensors: Mapping[str, Any], adapter: Adapter) -> None:
    """Exchange all products of ``model`` with quantised matrices for products with what the ``tensors`` hold and ``adapter`` adds.

    Raises :class:`nlp.errors.ModelError` where a matrix of the graph is none of the tensors, or the adapter changes anything else.
    """
    sharing: dict[tuple[str, int], list[_Use]] = defaultdict(list)
    for use in _uses(model, tensors):
        if use.node.get_type_name() == "Gather":
            _put(use.node, _looked_up(use))
        else:
            by = use.node.input_value(0)
            sharing[by.get_node().get_name(), by.get_index()].append(use)
    changed = {product.tensor.name for products in sharing.values() for product in products}
    if not changed >= set(adapter):
        raise ModelError(f"the adapter changes {min(set(adapter) - changed)}, which is no product of the model")
    for products in sharing.values():
        _exchange(products, adapter)
    model.validate_nodes_and_infer_types()


def _uses(model: Any, tensors: Mapping[str, Any]) -> Iterator[_Use]:
    from gguf import dequantize

    known: dict[tuple[int, ...], list[tuple[Matrix, Any]]] = defaultdict(list)
    for tensor in tensors.values():
        if len(tensor.shape) == 2:
            first = dequantize(tensor.data[:1], tensor.tensor_type).reshape(-1)
            known[int(tensor.shape[1]), len(first)].append((first, tensor))
    for node in model.get_ordered_ops():
        if node.get_type_name() not in _MATRIX:
            continue
        matrix = node.input_value(_MATRIX[node.get_type_name()])
        row = _first_row(matrix.get_node())
        if row is None:
            continue
        shape = tuple(matrix.get_shape())
        found = [(_distance(row, first), n) for n, (first, _) in enumerate(known[shape])]
        if not found or not min(found)[0] <= ALIKE:
            raise ModelError(f"a matrix of {shape} that OpenVINO read is none of the file's")
        yield _Use(node, known[shape][min(found)[1]][1])


def _first_row(scaled: Any) -> Matrix | None:
    """The first row of a quantised matrix, as OpenVINO read it; None of what is no such matrix."""
    while scaled.get_type_name() in ("Convert", "Reshape"):
        scaled = scaled.input_value(0).get_node()
    if scaled.get_type_name() != "Multiply" or scaled.input_value(0).get_node().get_type_name() != "Subtract":
        return None
    moved = scaled.input_value(0).get_node()
    numbers, zero = (_constant(moved.input_value(n).get_node()) for n in (0, 1))
    scales = _constant(scaled.input_value(1).get_node())
    if any(c.get_type_name() != "Constant" for c in (numbers, zero, scales)):
        return None
    groups, columns = numbers.shape[1:]
    steps = _start(numbers, groups * columns).reshape(groups, columns) - _start(zero, groups).reshape(groups, 1)
    row: Matrix = (steps * _start(scales, groups).reshape(groups, 1)).reshape(-1)
    return row


def _constant(node: Any) -> Any:
    while node.get_type_name() == "Convert":
        node = node.input_value(0).get_node()
    return node


def _start(constant: Any, count: int) -> Matrix:
    """The first ``count`` numbers of a constant."""
    data = np.asarray(constant.data).reshape(-1)
    if constant.get_element_type().get_type_name() == "u4":
        pairs = data[: (count + 1) // 2].view(np.uint8)
        data = np.stack([pairs & 15, pairs >> 4], axis=1).reshape(-1)
    return data[:count].astype(np.float32)


def _distance(row: Matrix, of: Matrix) -> float:
    return float(np.square(row - of).mean() / max(np.square(of).mean(), np.finfo(np.float32).tiny))


def _put(node: Any, instead: Any) -> None:
    for reader in list(node.output(0).get_target_inputs()):
        reader.replace_source_output(instead.output(0))


def _looked_up(use: _Use) -> Any:
    """Rows of a matrix, by their numbers: looked up as they are kept, then computed."""
    from openvino import opset13 as ops

    block, (rows, axis) = blocks(use.tensor), (use.node.input_value(n) for n in (1, 2))
    numbers = ops.convert(ops.gather(ops.constant(block.numbers), rows, axis), np.float32)
    values = ops.multiply(numbers, ops.convert(ops.gather(ops.constant(block.scales), rows, axis), np.float32))
    if block.left_over is not None:
        values = ops.add(values, ops.gather(ops.constant(block.left_over[..., None]), rows, axis))
    _, groups, columns = block.numbers.shape
    return ops.reshape(values, np.array([0, 0, groups * columns]), True)


def _exchange(products: Sequence[_Use], adapter: Adapter) -> None:
    """Exchange the products that share an input: each has its numbers, and a part in what stands beside them all."""
    from openvino import opset13 as ops

    shared = products[0].node.input_value(0)
    held = [(p, blocks(p.tensor)) for p in products]
    groups = int(products[0].tensor.shape[0]) // GROUP
    beside = [np.repeat(np.eye(groups, dtype=np.float32), GROUP, axis=1)] if any(b.four_bits for _, b in held) else []
    width = groups if beside else 0
    parts: list[Matrix] = []
    for product, block in held:
        start, to = adapter.get(product.tensor.name, (None, None))
        part = np.zeros((len(block.numbers), width), np.float32)
        if block.left_over is not None:
            part[:, :groups] = block.left_over
        if start is not None and to is not None:
            beside.append(start)
            part, width = np.concatenate([part, to], axis=1), width + len(start)
        parts.append(part)
    summed = ops.matmul(shared, _half(np.concatenate(beside)), False, True) if beside else None
    for (product, block), part in zip(held, parts, strict=True):
        out = ops.matmul(shared, _matrix(block), False, True)
        if summed is not None and part.any():
            wide = np.pad(part, ((0, 0), (0, width - part.shape[1])))
            out = ops.add(out, ops.matmul(summed, _half(wide), False, True))
        _put(product.node, out)


def _matrix(block: Blocks) -> Any:
    from openvino import Shape, Tensor, Type, op
    from openvino import opset13 as ops

    rows, groups, columns = block.numbers.shape
    if block.four_bits:
        # A constant made of a tensor that lies over an array does not own it: the tensor's own memory is filled instead.
        tensor = Tensor(Type.i4, Shape(block.numbers.shape))
        tensor.data[:] = block.packed.view(tensor.data.dtype).reshape(tensor.data.shape)
        numbers = op.Constant(tensor)
    else:
        numbers = ops.constant(block.numbers)
    scaled = ops.multiply(ops.convert(numbers, np.float16), ops.constant(block.scales))
    return ops.convert(ops.reshape(scaled, np.array([rows, groups * columns]), False), np.float32)


def _half(matrix: Matrix) -> Any:
    """A small matrix, kept in half precision."""
    from openvino import opset13 as ops

    return ops.convert(ops.constant(matrix.astype(np.float16)), np.float32)
