"""Any causal language model through transformers and torch: by hub name, by folder, or unpacked from a GGUF.

Weights load from safetensors only, and never with code of the model's own. A GGUF is unpacked once into bfloat16
safetensors beside it, since unpacking takes a minute; what is half unpacked is never used.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from nlp.engines.catalogue import catalogue, find
from nlp.engines.protocol import Completion, Progress, Request, defused
from nlp.engines.threads import threads
from nlp.errors import EngineError, ModelError
from nlp.types import EngineInfo

CONTEXT = 8192
"""Tokens of context where the model itself has no smaller one."""


def load(model: str | None = None, seed: int = 0, progress: Progress | None = None) -> TransformersEngine:
    """The engine for a model of the catalogue, a GGUF file, a folder or a hub name.

    Raises :class:`nlp.errors.ModelError` where torch is missing or the model cannot be loaded.
    """
    del seed
    try:
        import torch  # noqa: F401
        from transformers.utils import logging

        logging.disable_progress_bar()
        logging.set_verbosity_error()
    except ImportError as e:
        raise ModelError("--engine transformers needs torch: pip install 'zhbrief[torch]'") from e
    if model is None or model in catalogue():
        from nlp.engines.weights import ensure

        found = find(model)
        return TransformersEngine(str(_unpacked(ensure(found, progress), progress)), found.name)
    if model.endswith(".gguf"):
        return TransformersEngine(str(_unpacked(Path(model), progress)), Path(model).stem)
    return TransformersEngine(model, Path(model).name)


def _unpacked(gguf: Path, progress: Progress | None) -> Path:
    """The folder with the weights of a GGUF as safetensors, made on first use."""
    folder = gguf.with_suffix(".unpacked")
    if (folder / "config.json").exists():
        return folder
    if not gguf.is_file():
        raise ModelError(f"{gguf}: no such file")
    if progress:
        progress("unpacking", 0, None)
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        place, name = str(gguf.parent), gguf.name
        AutoTokenizer.from_pretrained(place, gguf_file=name).save_pretrained(partial)
        weights = AutoModelForCausalLM.from_pretrained(
            place, gguf_file=name, dtype=torch.bfloat16, quantization_config=GgufConfig(gguf_file=name, dequantize=True)
        )
        # Unpacked they are plain weights; transformers would refuse to save what it takes for a quantised model.
        weights.hf_quantizer = None
        if hasattr(weights.config, "quantization_config"):
            del weights.config.quantization_config
        weights.save_pretrained(partial)
        partial.replace(folder)
    except (OSError, ValueError, ImportError, RuntimeError) as e:
        shutil.rmtree(partial, ignore_errors=True)
        raise ModelError(f"{gguf}: transformers cannot unpack it: {e}") from e
    return folder


class TransformersEngine:
    """One model in memory, on the processor or on a GPU where there is one.

    It computes in bfloat16 where the hardware does, else in float32: emulated bfloat16 reads five times slower.
    """

    def __init__(self, model: str, name: str) -> None:
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer

        torch.set_num_threads(threads())
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        native = self._device == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
        dtype = torch.bfloat16 if native else torch.float32
        options: dict[str, Any] = {
            "trust_remote_code": False,
            "local_files_only": bool(os.environ.get("ZHBRIEF_OFFLINE")),
        }
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(model, **options)
            weights = AutoModelForCausalLM.from_pretrained(model, dtype=dtype, use_safetensors=True, **options)
        except (OSError, ValueError, ImportError) as e:
            raise ModelError(f"{model}: transformers cannot load it: {' '.join(str(e).split())[:200]}") from e
        self._model: Any = weights.to(self._device).eval()
        self.info = EngineInfo("transformers", name, version("transformers"))
        self.context_tokens = min(CONTEXT, getattr(weights.config, "max_position_embeddings", CONTEXT))
        self._chinese: Any = None

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text`` as the model counts them."""
        return len(self._tokenizer.encode(defused(text), add_special_tokens=False))

    def generate(self, requests: Sequence[Request]) -> list[Completion]:
        """Complete ``requests`` one after the other. Raises :class:`nlp.errors.EngineError`."""
        return [self._complete(r) for r in requests]

    def close(self) -> None:
        """Free the weights."""
        self._model = None

    def _complete(self, request: Request) -> Completion:
        if self._model is None:
            raise EngineError("the engine is closed")
        import torch

        turns = [{"role": m.role, "content": defused(m.content)} for m in request.messages]
        prompt = self._tokenizer.apply_chat_template(
            turns, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        read = int(prompt["input_ids"].shape[1])
        if read + request.max_tokens > self.context_tokens:
            raise EngineError(
                f"{read} tokens and {request.max_tokens} to write are more than the model's {self.context_tokens}"
            )
        sampling: dict[str, Any] = {"do_sample": False, "temperature": None, "top_p": None, "top_k": None}
        if request.temperature > 0:
            torch.manual_seed(request.seed)
            sampling = {"do_sample": True, "temperature": request.temperature}
        with torch.inference_mode():
            out = self._model.generate(
                **prompt.to(self._device),
                max_new_tokens=request.max_tokens,
                logits_processor=[self._no_chinese] if request.forbid_chinese else [],
                pad_token_id=self._tokenizer.eos_token_id,
                repetition_penalty=1.0,
                **sampling,
            )
        new = out[0, read:].tolist()
        text = self._tokenizer.decode(new, skip_special_tokens=True)
        for stop in request.stop:
            text = text.partition(stop)[0]
        return Completion(text, "length" if len(new) >= request.max_tokens else "stop", read, len(new))

    def _no_chinese(self, _: Any, scores: Any) -> Any:
        """Forbid every token that holds a CJK character or a piece of one, as a logits processor."""
        if self._chinese is None:
            self._chinese = self._forbidden(scores)
        return scores.masked_fill(self._chinese, float("-inf"))

    def _forbidden(self, scores: Any) -> Any:
        """Which tokens those are, told by the lead bytes E2 BA… to ED and F0 that CJK has in UTF-8."""
        import torch

        mask = torch.zeros(scores.shape[-1], dtype=torch.bool, device=scores.device)
        letters = _byte_letters()
        for token, number in self._tokenizer.get_vocab().items():
            raw = bytes(letters[c] for c in token if c in letters)
            lead = any(0xE3 <= b <= 0xED or b == 0xEF or b == 0xF0 for b in raw)
            if lead or any("\u2e80" <= c <= "\uffef" for c in token):
                mask[number] = True
        special = set(self._tokenizer.all_special_ids)
        mask[[i for i in special if i < len(mask)]] = False
        return mask[None, :]


def _byte_letters() -> dict[str, int]:
    """The letters that byte-level BPE writes bytes as (the table of GPT-2), back to the bytes."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table = {chr(b): b for b in plain}
    others = [b for b in range(256) if b not in set(plain)]
    return table | {chr(256 + i): b for i, b in enumerate(others)}
