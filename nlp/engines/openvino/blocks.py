"""A quantised matrix of a GGUF in the forms that OpenVINO multiplies fast: whole numbers in groups of 32, each with a scale.

Llama.cpp's Q4_K is 0 to 15 times a scale, less an offset. OpenVINO knows an offset as a whole number of steps only, and what it reads from
a GGUF is rounded to that, which doubles the error of the quantisation. So the numbers are moved to −8 to 7, which need no offset, and what
that leaves over stands beside them, one number a group, to be multiplied by the sum of the group's inputs: exact but for half precision.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

GROUP = 32
"""Columns that share a scale."""
_SUPER, _BYTES = 256, 144
"""Columns and bytes of a block of Q4_K: two scales in half precision, eight scales and offsets of six bits, the numbers."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """``numbers`` (rows × groups × 32; int8) times ``scales`` (rows × groups × 1), plus ``left_over`` (rows × groups) in each column of a group.

    ``four_bits``: whether the numbers are −8 to 7.
    """

    numbers: NDArray[np.int8]
    scales: NDArray[np.float16]
    left_over: NDArray[np.float32] | None
    four_bits: bool

    @property
    def packed(self) -> NDArray[np.uint8]:
        """The numbers as pairs of four bits in two's complement, the first of each pair in the lower half."""
        nibbles = self.numbers.reshape(-1).view(np.uint8) & 15
        packed: NDArray[np.uint8] = (nibbles[0::2] | nibbles[1::2] << 4).astype(np.uint8)
        return packed


def blocks(tensor: Any) -> Blocks:
    """What a tensor of gguf's reader holds (a matrix whose rows are a whole number of groups)."""
    from gguf import GGMLQuantizationType, dequantize

    columns, rows = (int(n) for n in tensor.shape)
    if tensor.tensor_type == GGMLQuantizationType.Q4_K:
        return _q4_k(tensor.data.reshape(-1, _BYTES), rows, columns)
    values = dequantize(tensor.data, tensor.tensor_type).reshape(rows, columns // GROUP, GROUP)
    scales = (np.abs(values).max(-1, keepdims=True) / 127).astype(np.float16)
    numbers = np.rint(values / np.where(scales == 0, 1, scales.astype(np.float32))).clip(-127, 127).astype(np.int8)
    return Blocks(numbers, scales, None, four_bits=False)


def _q4_k(data: NDArray[np.uint8], rows: int, columns: int) -> Blocks:
    """The layout is that of ``block_q4_K`` in llama.cpp's ``ggml-common.h``."""
    scale, offset = (data[:, at : at + 2].copy().view(np.float16).astype(np.float32) for at in (0, 2))
    low, middle, high = data[:, 4:8], data[:, 8:12], data[:, 12:16]
    scales = scale * np.concatenate([low & 63, high & 15 | low >> 6 << 4], axis=1)
    offsets = offset * np.concatenate([middle & 63, high >> 4 | middle >> 6 << 4], axis=1)
    pairs = data[:, 16:].reshape(-1, _SUPER // 64, 1, GROUP)
    numbers = np.concatenate([pairs & 15, pairs >> 4], axis=2).astype(np.int8) - np.int8(8)
    shape = rows, columns // GROUP
    half = scales.reshape(*shape, 1).astype(np.float16)
    left_over = 8 * half[..., 0].astype(np.float32) - offsets.reshape(shape)
    return Blocks(numbers.reshape(*shape, GROUP), half, left_over, four_bits=True)
