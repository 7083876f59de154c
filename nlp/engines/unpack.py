"""A GGUF unpacked into a folder of safetensors, once, beside the file it came from."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from pathlib import Path

from nlp.engines.progress import Bar
from nlp.engines.protocol import Progress
from nlp.engines.weights import alone
from nlp.errors import ModelError

DONE = "unpacked.json"
"""Written last: which file the folder was unpacked from. A folder without it, or of another file, is not used."""
BYTES_PER_BYTE = 4
"""How much larger bfloat16 weights may be than the quantised ones."""


def unpacked(gguf: Path, progress: Progress | None = None) -> Path:
    """The folder with the weights of ``gguf`` in bfloat16, made on first use (half a minute, 3 GB for the 1.5B model).

    Raises :class:`nlp.errors.ModelError`.
    """
    if not gguf.is_file():
        raise ModelError(f"{gguf}: no such file; give a GGUF file or a name of `zhbrief models list`")
    folder = gguf.with_suffix(".unpacked")
    if _is_of(folder, gguf):
        return folder
    with alone(folder):
        if not _is_of(folder, gguf):
            (progress or Bar())(f"unpacking {gguf.name}", 0, None)
            _unpack(gguf, folder)
    return folder


def _about(gguf: Path) -> dict[str, int | str]:
    stat = gguf.stat()
    return {"file": gguf.name, "size": stat.st_size, "mtime_ns": stat.st_mtime_ns}


def _is_of(folder: Path, gguf: Path) -> bool:
    try:
        return bool(json.loads((folder / DONE).read_text(encoding="utf-8")) == _about(gguf))
    except (OSError, ValueError):
        return False


def _unpack(gguf: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    need, free = BYTES_PER_BYTE * gguf.stat().st_size, shutil.disk_usage(gguf.parent).free
    if free < need:
        raise ModelError(f"{gguf.parent}: {free:,} bytes are free where unpacking needs {need:,}; make room")
    try:
        _convert(gguf, partial)
        (partial / DONE).write_text(json.dumps(_about(gguf)), encoding="utf-8")
        partial.replace(folder)
    except (OSError, ValueError, ImportError, RuntimeError) as e:
        raise ModelError(f"{gguf}: transformers cannot unpack it: {' '.join(str(e).split())[:200]}") from e
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _convert(gguf: Path, folder: Path) -> None:
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
    # Unpacked they are plain weights; transformers would refuse to save what it takes for a quantised model.
    weights.hf_quantizer = None
    if hasattr(weights.config, "quantization_config"):
        del weights.config.quantization_config
    weights.save_pretrained(folder)
