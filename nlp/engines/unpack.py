"""A GGUF unpacked into safetensors, for transformers, an adapter added to the weights."""

from __future__ import annotations

import contextlib
import io
from functools import partial
from pathlib import Path
from typing import Any

from nlp.engines.derived import derived
from nlp.engines.lora import low_rank
from nlp.engines.protocol import Progress

BY = "transformers"
TIMES = 4
"""How much larger bfloat16 weights may be than the quantised ones."""


def unpacked(gguf: Path, progress: Progress | None = None, adapter: Path | None = None) -> Path:
    """The folder with the weights of ``gguf`` in bfloat16, made on first use (half a minute, 3 GB for the 1.5B model).

    What ``adapter``, a LoRA in GGUF, changes about them is added.

    Raises :class:`nlp.errors.ModelError`.
    """
    folder = gguf.with_suffix(".adapted" if adapter else ".unpacked")
    return derived(gguf, adapter, folder, partial(_convert, gguf, adapter), BY, "unpacking", TIMES, progress)


def _convert(gguf: Path, adapter: Path | None, folder: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig
    from transformers.utils import logging

    logging.disable_progress_bar()
    logging.set_verbosity_error()
    place, name = str(gguf.parent), gguf.name
    AutoTokenizer.from_pretrained(place, gguf_file=name).save_pretrained(folder)
    with contextlib.redirect_stderr(io.StringIO()):  # a bar of tqdm's that no option turns off
        weights = AutoModelForCausalLM.from_pretrained(
            place, gguf_file=name, dtype=torch.bfloat16, quantization_config=GgufConfig(gguf_file=name, dequantize=True)
        )
    if adapter is not None:
        _add(adapter, weights)
    # Unpacked they are plain weights; transformers would refuse to save what it takes for a quantised model.
    weights.hf_quantizer = None
    if hasattr(weights.config, "quantization_config"):
        del weights.config.quantization_config
    weights.save_pretrained(folder)


_NAMES = {
    "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj",
}  # fmt: skip
"""What transformers calls the projections that llama.cpp calls so (Qwen2)."""


def _add(adapter: Path, weights: Any) -> None:
    """Add the products of an adapter's matrices to the weights, as llama.cpp does."""
    import torch

    for name, (start, to) in low_rank(adapter).items():
        _, layer, projection = name.removesuffix(".weight").split(".")
        weight = weights.get_submodule(f"model.layers.{layer}.{_NAMES[projection]}").weight
        weight.data += (torch.from_numpy(to) @ torch.from_numpy(start)).to(weight.dtype)
