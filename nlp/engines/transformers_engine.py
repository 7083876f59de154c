"""Any causal language model through transformers and torch: by hub name, by folder, or unpacked from a GGUF.

Weights load from safetensors only, and never with code of the model's own.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Sequence
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any

from nlp.engines.catalogue import catalogue, find
from nlp.engines.chinese import chinese_tokens
from nlp.engines.protocol import Completion, Progress, Request, defused
from nlp.engines.threads import threads
from nlp.errors import EngineError, ModelError
from nlp.types import EngineInfo

CONTEXT = 8192
"""Tokens of context where the model itself has no smaller one."""
TOGETHER = 16
"""Requests generated at once on a GPU. On a processor there is nothing to gain: one text keeps it busy."""
KEPT = 4
"""Shared beginnings of prompts that stay in memory; one of 500 tokens takes 14 MB with the 1.5B model."""


def load(model: str | None = None, seed: int = 0, progress: Progress | None = None) -> TransformersEngine:
    """The engine for a model of the catalogue, a GGUF file, a folder or a hub name. ``seed`` is taken from requests.

    Raises :class:`nlp.errors.ModelError` where torch is missing or the model cannot be had or loaded.
    """
    del seed
    try:
        import torch  # noqa: F401
    except ImportError as e:
        raise ModelError("--engine transformers needs torch: pip install 'zhbrief[torch]'") from e
    from nlp.engines.unpack import unpacked

    if model is None or model in catalogue():
        from nlp.engines.weights import ensure

        found = find(model)
        return TransformersEngine(str(unpacked(ensure(found, progress), progress)), found.name)
    if model.endswith(".gguf"):
        return TransformersEngine(str(unpacked(Path(model), progress)), Path(model).stem)
    return TransformersEngine(model, Path(model).name)


class TransformersEngine:
    """One model in memory, on the processor or on a GPU where there is one.

    It computes in bfloat16 where the hardware does, else in float32: emulated bfloat16 reads five times slower.
    """

    def __init__(self, model: str, name: str) -> None:
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer
        from transformers.utils import logging

        logging.disable_progress_bar()
        logging.set_verbosity_error()
        torch.set_num_threads(threads())
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        native = self._device == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
        dtype = torch.bfloat16 if native else torch.float32
        options: dict[str, Any] = {
            "trust_remote_code": False,
            "local_files_only": bool(os.environ.get("ZHBRIEF_OFFLINE")),
        }
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(model, padding_side="left", **options)
            weights = AutoModelForCausalLM.from_pretrained(model, dtype=dtype, use_safetensors=True, **options)
        except (OSError, ValueError, ImportError, RuntimeError) as e:
            raise ModelError(f"{model}: transformers cannot load it: {' '.join(str(e).split())[:200]}") from e
        if self._tokenizer.pad_token_id is None:
            self._tokenizer.pad_token = self._tokenizer.eos_token
        self._model: Any = weights.to(self._device).eval()
        ends = self._model.generation_config.eos_token_id
        self._ends = {*(ends if isinstance(ends, list) else [ends]), self._tokenizer.eos_token_id}
        self.info = EngineInfo("transformers", name, version("transformers"))
        self.context_tokens = min(CONTEXT, getattr(weights.config, "max_position_embeddings", CONTEXT))
        self._prefixes: dict[tuple[int, ...], Any] = {}
        self._chinese: Any = None

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text`` as the model counts them."""
        return len(self._tokenizer.encode(defused(text), add_special_tokens=False))

    def generate(self, requests: Sequence[Request]) -> list[Completion]:
        """Complete ``requests``, in order. Raises :class:`nlp.errors.EngineError`."""
        if self._model is None:
            raise EngineError("the engine is closed")
        together = 1 if self._device == "cpu" else TOGETHER
        done: list[Completion] = []
        for _, alike in groupby(requests, lambda r: (r.max_tokens, r.forbid_chinese, r.temperature, r.seed)):
            group = list(alike)
            for at in range(0, len(group), together):
                try:
                    done += self._complete(group[at : at + together])
                except (RuntimeError, ValueError) as e:
                    raise EngineError(f"transformers failed: {' '.join(str(e).split())[:200]}") from e
        return done

    def close(self) -> None:
        """Free the weights."""
        self._model = self._chinese = None
        self._prefixes.clear()

    def _complete(self, batch: Sequence[Request]) -> list[Completion]:
        """Complete requests that are alike in all but their messages and stops, padded on the left."""
        import torch

        first = batch[0]
        prompts = [self._tokens(r, len(r.messages), prompt=True) for r in batch]
        longest = max(map(len, prompts))
        if longest + first.max_tokens > self.context_tokens:
            raise EngineError(
                f"{longest} tokens and {first.max_tokens} to write are more than the model's {self.context_tokens}"
            )
        options: dict[str, Any] = {"do_sample": False, "temperature": None, "top_p": None, "top_k": None}
        if first.temperature > 0:
            torch.manual_seed(first.seed)
            options = {"do_sample": True, "temperature": first.temperature}
        if len(batch) == 1:
            options["past_key_values"] = self._prefix(first, prompts[0])
        inputs = self._tokenizer.pad({"input_ids": prompts}, return_tensors="pt").to(self._device)
        with torch.inference_mode():
            out = self._model.generate(
                **inputs,
                max_new_tokens=first.max_tokens,
                logits_processor=[self._no_chinese] if first.forbid_chinese else [],
                pad_token_id=self._tokenizer.pad_token_id,
                repetition_penalty=1.0,
                **options,
            )
        return [
            self._completion(r, len(prompt), row[longest:].tolist())
            for r, prompt, row in zip(batch, prompts, out, strict=True)
        ]

    def _completion(self, request: Request, read: int, new: list[int]) -> Completion:
        end = next((i for i, token in enumerate(new) if token in self._ends), None)
        text = self._tokenizer.decode(new[:end], skip_special_tokens=True)
        stopped = end is not None
        for stop in request.stop:
            text, found, _ = text.partition(stop)
            stopped = stopped or bool(found)
        written = len(new) if end is None else end + 1
        return Completion(text, "stop" if stopped else "length", read, written)

    def _tokens(self, request: Request, messages: int, prompt: bool) -> list[int]:
        turns = [{"role": m.role, "content": defused(m.content)} for m in request.messages[:messages]]
        given = self._tokenizer.apply_chat_template(turns, add_generation_prompt=prompt, return_dict=True)
        tokens: list[int] = given["input_ids"]
        return tokens

    def _prefix(self, request: Request, prompt: list[int]) -> Any:
        """A copy of the keys and values of the messages that the request shares with others, read once; None for none."""
        import torch
        from transformers import DynamicCache

        if not request.shared:
            return None
        tokens = self._tokens(request, request.shared, prompt=False)
        if prompt[: len(tokens)] != tokens or len(tokens) == len(prompt):
            return None
        key = tuple(tokens)
        if key not in self._prefixes:
            with torch.inference_mode():
                read = self._model(
                    torch.tensor([tokens], device=self._device),
                    past_key_values=DynamicCache(config=self._model.config),
                    use_cache=True,
                    logits_to_keep=1,
                )
            while len(self._prefixes) >= KEPT:
                self._prefixes.pop(next(iter(self._prefixes)))
            self._prefixes[key] = read.past_key_values
        return copy.deepcopy(self._prefixes[key])

    def _no_chinese(self, _: Any, scores: Any) -> Any:
        """Forbid every token that would write Chinese, as a logits processor."""
        import torch

        if self._chinese is None:
            self._chinese = torch.zeros(scores.shape[-1], dtype=torch.bool, device=scores.device)
            special = set(self._tokenizer.all_special_ids)
            numbers = [n for n in chinese_tokens(self._tokenizer.get_vocab()) if n not in special]
            self._chinese[[n for n in numbers if n < scores.shape[-1]]] = True
        return scores.masked_fill(self._chinese, float("-inf"))
