"""The adapter: made new, and written as llama.cpp reads it."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import torch
from gguf import GGUFReader, GGUFWriter, dequantize

from training.adapter.qwen import Adapter, Qwen

RANK, SCALE = 8, 2.0
"""llama.cpp adds alpha / rank times what B of A gives."""
PARTS = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
NAME, VERSION = "zhbrief adapter for Qwen2.5-Coder-1.5B-Instruct", "3"
LICENCE = "CC-BY-SA-4.0"
"""That of the sentences it learnt from."""


def new(model: Qwen, seed: int) -> Adapter:
    """An adapter that changes nothing yet: A is drawn, B is zero."""
    dice = torch.Generator().manual_seed(seed)
    adapter = {}
    for layer in range(model.shape.layers):
        for part in PARTS:
            name = f"blk.{layer}.{part}"
            out, given = model.weights[f"{name}.weight"].shape
            a = (torch.randn(RANK, given, generator=dice) / math.sqrt(given)).to(model.device)
            adapter[name] = a, torch.zeros(out, RANK, device=model.device)
    return adapter


def save(adapter: Adapter, out: Path) -> None:
    """Write a GGUF with the adapter in 16 bits."""
    writer = GGUFWriter(out, "qwen2")
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", RANK * SCALE)
    writer.add_name(NAME)
    writer.add_version(VERSION)
    writer.add_license(LICENCE)
    for name, (a, b) in adapter.items():
        writer.add_tensor(f"{name}.weight.lora_a", a.cpu().numpy().astype(np.float16))
        writer.add_tensor(f"{name}.weight.lora_b", b.cpu().numpy().astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def read(path: Path) -> Adapter:
    """An adapter out of its file."""
    found = {t.name: dequantize(t.data, t.tensor_type).astype(np.float32) for t in GGUFReader(path).tensors}
    names = [name.removesuffix(".weight.lora_a") for name in found if name.endswith(".lora_a")]
    return {
        n: (torch.from_numpy(found[f"{n}.weight.lora_a"]), torch.from_numpy(found[f"{n}.weight.lora_b"])) for n in names
    }
