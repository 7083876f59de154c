"""Any causal language model through transformers and torch: by hub name, by folder, or unpacked from a GGUF."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from nlp.engines.catalogue import catalogue, find
from nlp.engines.confidence import Confidence
from nlp.engines.loading import failed, is_sequence_to_sequence, loaded
from nlp.engines.protocol import Completion, Engine, Message, Progress, Request, defused
from nlp.errors import EngineError, ModelError
from nlp.types import EngineInfo

CONTEXT = 8192
"""Tokens of context where the model itself has no smaller one."""
TOGETHER = 64
"""Requests generated at once on a GPU. On a processor there is nothing to gain: one text keeps it busy."""
KEPT = 4
"""Shared beginnings of prompts that stay in memory; one of 500 tokens takes 14 MB with the 1.5B model."""


@dataclass(frozen=True, slots=True)
class _Prompt:
    """A request as the model reads it. The first ``kept`` of its ``tokens`` are those of a shared beginning that is read once."""

    request: Request
    tokens: list[int]
    kept: int

    @property
    def beginning(self) -> tuple[Message, ...]:
        """The messages that are read once."""
        return self.request.messages[: self.request.shared] if self.kept else ()

    def padded(self, length: int, pad: int) -> list[int]:
        """The tokens, filled up with ``pad`` behind those that are kept."""
        return self.tokens[: self.kept] + [pad] * (length - len(self.tokens)) + self.tokens[self.kept :]

    def mask(self, length: int) -> list[int]:
        """1 for each token, 0 for what fills it up."""
        return [1] * self.kept + [0] * (length - len(self.tokens)) + [1] * (len(self.tokens) - self.kept)


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
        folder = unpacked(ensure(found, progress), progress, found.adapter_path)
        return TransformersEngine(str(folder), found.name, taught=found.adapter is not None)
    if model.endswith(".gguf"):
        return TransformersEngine(str(unpacked(Path(model), progress)), Path(model).stem)
    if is_sequence_to_sequence(model):
        from nlp.engines.sequence_to_sequence import SequenceToSequence

        return SequenceToSequence(model, Path(model).name)
    return TransformersEngine(model, Path(model).name)


class TransformersEngine:
    """One model in memory, on the processor or on a GPU where there is one.

    On a GPU a text may depend, in rare ties, on what is generated together with it: sums of other sizes are rounded otherwise.
    """

    def __init__(self, model: str, name: str, taught: bool = False) -> None:
        from transformers import AutoModelForCausalLM

        self._loaded: Any = loaded(model, AutoModelForCausalLM)
        self.info = EngineInfo("transformers", name, version("transformers"))
        self.context_tokens = min(CONTEXT, getattr(self._loaded.weights.config, "max_position_embeddings", CONTEXT))
        self.taught = taught
        self.together = 1 if self._loaded.device == "cpu" else TOGETHER
        self._beginnings: dict[tuple[Message, ...], tuple[list[int], Any]] = {}

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text`` as the model counts them."""
        return int(self._running().count_tokens(text))

    def generate(self, requests: Sequence[Request]) -> list[Completion]:
        """Complete ``requests``, in order. Raises :class:`nlp.errors.EngineError`."""
        self._running()
        done: dict[int, Completion] = {}
        try:
            prompts = [self._read(r) for r in requests]
            for batch in self._batches(prompts):
                done |= zip(batch, self._complete([prompts[n] for n in batch]), strict=True)
        except (RuntimeError, ValueError) as e:
            raise failed(e) from e
        return [done[n] for n in range(len(requests))]

    def close(self) -> None:
        """Free the weights."""
        self._loaded = None
        self._beginnings.clear()

    def _running(self) -> Any:
        if self._loaded is None:
            raise EngineError("the engine is closed")
        return self._loaded

    def _batches(self, prompts: Sequence[_Prompt]) -> Iterator[list[int]]:
        """The numbers of prompts that are completed together: alike in all that a batch has one of, and near in length.

        What is drawn at random is drawn alone, so that it depends on its seed and nothing else.
        """
        alike: dict[Any, list[int]] = defaultdict(list)
        for n, p in enumerate(prompts):
            alone = n if p.request.temperature > 0 else None
            alike[p.request.max_tokens, p.beginning, alone].append(n)
        for numbers in alike.values():
            numbers.sort(key=lambda n: len(prompts[n].tokens), reverse=True)
            for at in range(0, len(numbers), self.together):
                yield numbers[at : at + self.together]

    def _complete(self, batch: Sequence[_Prompt]) -> list[Completion]:
        """Complete prompts that are alike; one half after the other where the GPU has no room for all."""
        import torch

        try:
            return self._completed(batch)
        except torch.OutOfMemoryError:
            if len(batch) == 1:
                raise
            torch.cuda.empty_cache()
        half = len(batch) // 2
        return self._complete(batch[:half]) + self._complete(batch[half:])

    def _completed(self, batch: Sequence[_Prompt]) -> list[Completion]:
        import torch

        first, longest, device = batch[0].request, max(len(p.tokens) for p in batch), self._loaded.device
        options: dict[str, Any] = {"do_sample": False, "temperature": None, "top_p": None, "top_k": None}
        if first.temperature > 0:
            torch.manual_seed(first.seed)
            options = {"do_sample": True, "temperature": first.temperature}
        pad = self._loaded.tokenizer.pad_token_id
        confidence = Confidence()
        with torch.inference_mode():
            out = self._loaded.weights.generate(
                input_ids=torch.tensor([p.padded(longest, pad) for p in batch], device=device),
                attention_mask=torch.tensor([p.mask(longest) for p in batch], device=device),
                past_key_values=self._beginnings_of(batch),
                max_new_tokens=first.max_tokens,
                logits_processor=[confidence, *self._loaded.constraints([p.request for p in batch], longest)],
                pad_token_id=pad,
                repetition_penalty=1.0,
                **options,
            )
        written = zip(batch, out[:, longest:].tolist(), confidence.of(out), strict=True)
        return [self._loaded.completion(p.request, len(p.tokens), new, sure) for p, new, sure in written]

    def _read(self, request: Request) -> _Prompt:
        """A request's tokens. Raises :class:`nlp.errors.EngineError` where they are more than the model can read."""
        tokens = self._tokens(request.messages, prompt=True)
        if len(tokens) + request.max_tokens > self.context_tokens:
            raise EngineError(
                f"{len(tokens)} tokens and {request.max_tokens} to write are more than the model's {self.context_tokens}"
            )
        kept = 0
        if request.shared:
            beginning, state = self._beginning(request.messages[: request.shared])
            # Layers without attention (Mamba's, gated delta nets) have a state that cannot be repeated for a batch.
            usable = self.together == 1 or all(hasattr(s, "batch_repeat_interleave") for s in state.layers)
            if usable and tokens[: len(beginning)] == beginning and len(tokens) > len(beginning):
                kept = len(beginning)
        return _Prompt(request, tokens, kept)

    def _tokens(self, messages: Sequence[Message], prompt: bool) -> list[int]:
        turns = [{"role": m.role, "content": defused(m.content)} for m in messages]
        given = self._loaded.tokenizer.apply_chat_template(turns, add_generation_prompt=prompt, return_dict=True)
        tokens: list[int] = given["input_ids"]
        return tokens

    def _beginning(self, messages: tuple[Message, ...]) -> tuple[list[int], Any]:
        """The tokens of messages that several prompts begin with, and the model's keys and values for them, read once."""
        import torch
        from transformers import DynamicCache

        if messages not in self._beginnings:
            tokens = self._tokens(messages, prompt=False)
            with torch.inference_mode():
                read = self._loaded.weights(
                    torch.tensor([tokens], device=self._loaded.device),
                    past_key_values=DynamicCache(config=self._loaded.weights.config),
                    use_cache=True,
                    logits_to_keep=1,
                )
            while len(self._beginnings) >= KEPT:
                self._beginnings.pop(next(iter(self._beginnings)))
            self._beginnings[messages] = tokens, read.past_key_values
        return self._beginnings[messages]

    def _beginnings_of(self, batch: Sequence[_Prompt]) -> Any:
        """The keys and values that each prompt of a batch begins with, for generating to go on from; None for none."""
        if not batch[0].kept:
            return None
        state = copy.deepcopy(self._beginning(batch[0].beginning)[1])
        if len(batch) > 1:
            state.batch_repeat_interleave(len(batch))
        return state
