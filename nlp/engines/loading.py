"""A model and its tokenizer in memory, by hub name, by folder or unpacked from a GGUF: what both transformers engines run.

Weights load from safetensors only, and never with code of the model's own.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nlp.engines.constraint import Constraint, Grammars
from nlp.engines.protocol import NO_CHINESE, Completion, Request, defused
from nlp.engines.threads import threads
from nlp.errors import EngineError, ModelError


@dataclass
class Loaded:
    """``weights`` on ``device`` with their ``tokenizer``; ``ends`` are the tokens that end a text."""

    tokenizer: Any
    weights: Any
    device: str
    ends: set[int]

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text``, without those that a model wants around it."""
        return len(self.tokenizer.encode(defused(text), add_special_tokens=False))

    def constraints(self, batch: Sequence[Request], start: int) -> list[Any]:
        """The logits processors for a batch; ``start`` tokens stand in each row before what is written."""
        held = [r.grammar or (NO_CHINESE if r.forbid_chinese else None) for r in batch]
        return [Constraint(self._grammars, held, start)] if any(held) else []

    def completion(self, request: Request, read: int, new: list[int], sure: Sequence[float] = ()) -> Completion:
        """What the tokens ``new`` say, up to the end of the text or the first of the request's stops.

        ``sure`` are the logarithms of their probabilities, if they were kept. The token that ends the text does not count, nor what
        stands behind it to fill the batch up.
        """
        end = next((i for i, token in enumerate(new) if token in self.ends), None)
        text = self.tokenizer.decode(new[:end], skip_special_tokens=True)
        stopped = end is not None
        for stop in request.stop:
            text, found, _ = text.partition(stop)
            stopped = stopped or bool(found)
        written = len(new) if end is None else end + 1
        counted = sure[:end]
        confidence = sum(counted) / len(counted) if counted else None
        return Completion(text, "stop" if stopped else "length", read, written, confidence)

    @cached_property
    def _grammars(self) -> Grammars:
        """What reads grammars for this tokenizer; it takes a second to make."""
        scored = int(
            self.weights.get_output_embeddings().weight.shape[0]
        )  # more than there are tokens, where they are padded
        return Grammars(self.tokenizer, scored, self.ends)


def is_sequence_to_sequence(model: str) -> bool:
    """Whether ``model`` has an encoder and a decoder. Raises :class:`nlp.errors.ModelError`."""
    from transformers import AutoConfig

    try:
        return bool(AutoConfig.from_pretrained(model, **_options()).is_encoder_decoder)
    except (OSError, ValueError, ImportError, RuntimeError) as e:
        raise _cannot(model, e) from e


def loaded(model: str, kind: Any, **tokenizer: Any) -> Loaded:
    """Load ``model`` as ``kind`` (a class of transformers). Raises :class:`nlp.errors.ModelError`.

    It runs on a GPU where there is one, and in bfloat16 where the hardware computes it, else in float32: emulated bfloat16
    reads five times slower.
    """
    import torch
    from transformers import AutoTokenizer
    from transformers.utils import logging

    logging.disable_progress_bar()
    logging.set_verbosity_error()
    torch.set_num_threads(threads())
    device = "cuda" if torch.cuda.is_available() else "cpu"
    native = device == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
    dtype = torch.bfloat16 if native else torch.float32
    try:
        words = AutoTokenizer.from_pretrained(model, **tokenizer, **_options())
        weights = kind.from_pretrained(model, dtype=dtype, use_safetensors=True, **_options())
    except (OSError, ValueError, ImportError, RuntimeError) as e:
        raise _cannot(model, e) from e
    if words.pad_token_id is None:
        words.pad_token = words.eos_token
    ends = weights.generation_config.eos_token_id
    return Loaded(
        words,
        weights.to(device).eval(),
        device,
        {*(ends if isinstance(ends, list) else [ends]), words.eos_token_id} - {None},
    )


def failed(error: Exception) -> EngineError:
    """An error of transformers or torch while it generates, as one of ours."""
    return EngineError(f"transformers failed: {' '.join(str(error).split())[:200]}")


def _cannot(model: str, error: Exception) -> ModelError:
    return ModelError(f"{model}: transformers cannot load it: {' '.join(str(error).split())[:200]}")


def _options() -> dict[str, Any]:
    return {"trust_remote_code": False, "local_files_only": bool(os.environ.get("ZHBRIEF_OFFLINE"))}
