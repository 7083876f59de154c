"""The matrices of a low-rank adapter (LoRA) in GGUF."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray


def low_rank(adapter: Path) -> dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """For each tensor that ``adapter`` changes, by its name in the model's GGUF, two matrices whose product is added to it.

    The first (rank × columns) meets what the tensor is applied to, the second (rows × rank) is scaled by alpha over rank, as llama.cpp does.
    """
    from gguf import GGUFReader

    reader = GGUFReader(adapter)
    alpha = float(reader.fields["adapter.lora.alpha"].contents())
    matrices = {t.name: t.data.astype(np.float32) for t in reader.tensors}
    changed = [name.removesuffix(".lora_a") for name in matrices if name.endswith(".lora_a")]
    return {
        name: (start := matrices[f"{name}.lora_a"], matrices[f"{name}.lora_b"] * np.float32(alpha / len(start)))
        for name in changed
    }
