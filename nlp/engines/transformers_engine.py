"""Any causal language model through transformers and torch: by hub name, by folder, or unpacked from a GGUF."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any

from nlp.engines.catalogue import catalogue, find
from nlp.engines.loading import failed, is_sequence_to_sequence, loaded
from nlp.engines.protocol import Completion, Engine, Progress, Request, defused
from nlp.errors import EngineError, ModelError
from nlp.types import EngineInfo

CONTEXT = 8192
"""Tokens of context where the model itself has no smaller one."""
TOGETHER = 16
"""Requests generated at once on a GPU. On a processor there is nothing to gain: one text keeps it busy."""
KEPT = 4
"""Shared beginnings of prompts that stay in memory; one of 500 tokens takes 14 MB with the 1.5B model."""


def load(model: str | None = None, seed: int = 0, progress: Progress | None = None) -> Engine:
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
    if is_sequence_to_sequence(model):
        from nlp.engines.sequence_to_sequence import SequenceToSequence

        return SequenceToSequence(model, Path(model).name)
    return TransformersEngine(model, Path(model).name)


class TransformersEngine:
    """One model in memory, on the processor or on a GPU where there is one."""

    def __init__(self, model: str, name: str) -> None:
        from transformers import AutoModelForCausalLM

        self._loaded: Any = loaded(model, AutoModelForCausalLM, padding_side="left")
        self.info = EngineInfo("transformers", name, version("transformers"))
        self.context_tokens = min(CONTEXT, getattr(self._loaded.weights.config, "max_position_embeddings", CONTEXT))
        self._prefixes: dict[tuple[int, ...], Any] = {}

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text`` as the model counts them."""
        return int(self._running().count_tokens(text))

    def generate(self, requests: Sequence[Request]) -> list[Completion]:
        """Complete ``requests``, in order. Raises :class:`nlp.errors.EngineError`."""
        together = 1 if self._running().device == "cpu" else TOGETHER
        done: list[Completion] = []
        for _, alike in groupby(requests, lambda r: (r.max_tokens, r.temperature, r.seed)):
            group = list(alike)
            for at in range(0, len(group), together):
                try:
                    done += self._complete(group[at : at + together])
                except (RuntimeError, ValueError) as e:
                    raise failed(e) from e
        return done

    def close(self) -> None:
        """Free the weights."""
        self._loaded = None
        self._prefixes.clear()

    def _running(self) -> Any:
        if self._loaded is None:
            raise EngineError("the engine is closed")
        return self._loaded

    def _complete(self, batch: Sequence[Request]) -> list[Completion]:
        """Complete requests that are alike in length, temperature and seed, padded on the left."""
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
        inputs = self._loaded.tokenizer.pad({"input_ids": prompts}, return_tensors="pt").to(self._loaded.device)
        with torch.inference_mode():
            out = self._loaded.weights.generate(
                **inputs,
                max_new_tokens=first.max_tokens,
                logits_processor=self._loaded.constraints(batch, longest),
                pad_token_id=self._loaded.tokenizer.pad_token_id,
                repetition_penalty=1.0,
                **options,
            )
        return [
            self._loaded.completion(r, len(prompt), row[longest:].tolist())
            for r, prompt, row in zip(batch, prompts, out, strict=True)
        ]

    def _tokens(self, request: Request, messages: int, prompt: bool) -> list[int]:
        turns = [{"role": m.role, "content": defused(m.content)} for m in request.messages[:messages]]
        given = self._loaded.tokenizer.apply_chat_template(turns, add_generation_prompt=prompt, return_dict=True)
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
                read = self._loaded.weights(
                    torch.tensor([tokens], device=self._loaded.device),
                    past_key_values=DynamicCache(config=self._loaded.weights.config),
                    use_cache=True,
                    logits_to_keep=1,
                )
            while len(self._prefixes) >= KEPT:
                self._prefixes.pop(next(iter(self._prefixes)))
            self._prefixes[key] = read.past_key_values
        return copy.deepcopy(self._prefixes[key])
