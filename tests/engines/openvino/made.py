"""Tensors as gguf's reader gives them, made of random bytes."""

from dataclasses import dataclass

import numpy as np
from gguf import GGMLQuantizationType


@dataclass
class Tensor:
    name: str
    data: np.ndarray
    tensor_type: GGMLQuantizationType
    shape: tuple[int, int]
    """Columns and rows: GGUF names the innermost dimension first."""


def q4_k(name, rows, columns, seed=1):
    random = np.random.default_rng(seed)
    data = random.integers(0, 256, (rows * columns // 256, 144), dtype=np.uint8)
    for at, least, most in ((0, 0.001, 0.002), (2, 0.005, 0.01)):
        data[:, at : at + 2] = random.uniform(least, most, (len(data), 1)).astype(np.float16).view(np.uint8)
    return Tensor(name, data.reshape(rows, -1), GGMLQuantizationType.Q4_K, (columns, rows))
