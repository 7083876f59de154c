"""A GGUF unpacked into a folder of safetensors, once, beside the file it came from, an adapter added to the weights."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from pathlib import Path
from typing import Any

from nlp.engines.catalogue import sha256_of
from nlp.engines.progress import Bar
from nlp.engines.protocol import Progress
from nlp.engines.weights import alone
from nlp.errors import ModelError

DONE = "unpacked.json"
"""Written last: which file the folder was unpacked from. A folder without it, or of another file, is not used."""
BYTES_PER_BYTE = 4
"""How much larger bfloat16 weights may be than the quantised ones."""


def unpacked(gguf: Path, progress: Progress | None = None, adapter: Path | None = None) -> Path:
    """The folder with the weights of ``gguf`` in bfloat16, made on first use (half a minute, 3 GB for the 1.5B model).

    What ``adapter``, a LoRA in GGUF, changes about them is added.

    Raises :class:`nlp.errors.ModelError`.
    """
    if not gguf.is_file():
        raise ModelError(f"{gguf}: no such file; give a GGUF file or a name of `zhbrief models list`")
    folder = gguf.with_suffix(".adapted" if adapter else ".unpacked")
    made_of = _about(gguf, adapter)
    if _is_of(folder, made_of):
        return folder
    with alone(folder):
        if not _is_of(folder, made_of):
            (progress or Bar())(f"unpacking {gguf.name}", 0, None)
            _unpack(gguf, adapter, folder, made_of)
    return folder


def _about(gguf: Path, adapter: Path | None) -> dict[str, int | str]:
    stat = gguf.stat()
    about: dict[str, int | str] = {"file": gguf.name, "size": stat.st_size, "mtime_ns": stat.st_mtime_ns}
    return about | ({"adapter": sha256_of(adapter)} if adapter else {})


def _is_of(folder: Path, made_of: dict[str, int | str]) -> bool:
    try:
        return bool(json.loads((folder / DONE).read_text(encoding="utf-8")) == made_of)
    except (OSError, ValueError):
        return False


def _unpack(gguf: Path, adapter: Path | None, folder: Path, made_of: dict[str, int | str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    need, free = BYTES_PER_BYTE * gguf.stat().st_size, shutil.disk_usage(gguf.parent).free
    if free < need:
        raise ModelError(f"{gguf.parent}: {free:,} bytes are free where unpacking needs {need:,}; make room")
    try:
        _convert(gguf, adapter, partial)
        (partial / DONE).write_text(json.dumps(made_of), encoding="utf-8")
        partial.replace(folder)
    except (OSError, ValueError, ImportError, RuntimeError) as e:
        raise ModelError(f"{gguf}: transformers cannot unpack it: {' '.join(str(e).split())[:200]}") from e
    finally:
        shutil.rmtree(partial, ignore_errors=True)


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
    """Add the products of an adapter's matrices to the weights, as llama.cpp does: scaled by alpha over rank."""
    import torch
    from gguf import GGUFReader

    reader = GGUFReader(adapter)
    alpha = float(reader.fields["adapter.lora.alpha"].contents())
    matrices = {t.name: torch.from_numpy(t.data.copy()).float() for t in reader.tensors}
    for name in [n.removesuffix(".lora_a") for n in matrices if n.endswith(".lora_a")]:
        _, layer, projection, _ = name.split(".")
        to, start = matrices[f"{name}.lora_b"], matrices[f"{name}.lora_a"]
        weight = weights.get_submodule(f"model.layers.{layer}.{_NAMES[projection]}").weight
        weight.data += (to @ start * (alpha / start.shape[0])).to(weight.dtype)
