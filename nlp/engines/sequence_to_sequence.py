"""Translation and summarisation models with an encoder and a decoder: NLLB-, mBART-, Marian- and mT5-shaped, through transformers.

They know no chat: they read the grounded sentence alone, whatever the prompt around it says. Names and figures stand in it
in English already, the grammar allows no others, and the checks then demand them as of any engine. Another try is not told what
was wrong, since such a model cannot be told; it gives the best of several beams instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from nlp.engines.loading import Loaded, failed, loaded
from nlp.engines.protocol import Completion, Request, defused
from nlp.errors import EngineError
from nlp.types import EngineInfo

CONTEXT = 512
"""Tokens that are read where the model does not tell: what mT5 was trained with."""
BEAMS = 4
"""Texts that are followed at once on another try."""
LANGUAGES = (("zho_Hant", "eng_Latn"), ("zh_CN", "en_XX"), ("__zh__", "__en__"))
"""Tokens for Traditional Chinese, or any, and English: of NLLB, mBART-50 and M2M100."""


class SequenceToSequence:
    """One such model in memory. ``context_tokens`` is what it reads; what it writes may be as long."""

    knows_chat = False
    together = 1

    def __init__(self, model: str, name: str) -> None:
        from transformers import AutoModelForSeq2SeqLM

        self._loaded: Loaded | None = loaded(model, AutoModelForSeq2SeqLM)
        self.info = EngineInfo("transformers", name, version("transformers"))
        config = self._loaded.weights.config
        self.context_tokens = int(getattr(config, "max_position_embeddings", None) or CONTEXT)
        self._opening = _opening(self._loaded)

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text`` as the model counts them."""
        return self._running().count_tokens(text)

    def generate(self, requests: Sequence[Request]) -> list[Completion]:
        """Render the source of each request, in order. Raises :class:`nlp.errors.EngineError`."""
        model = self._running()
        try:
            return [self._complete(model, r) for r in requests]
        except (RuntimeError, ValueError) as e:
            raise failed(e) from e

    def close(self) -> None:
        """Free the weights."""
        self._loaded = None

    def _running(self) -> Loaded:
        if self._loaded is None:
            raise EngineError("the engine is closed")
        return self._loaded

    def _complete(self, model: Loaded, request: Request) -> Completion:
        import torch

        if request.source is None:
            raise EngineError(
                f"{self.info.model} translates sentences and cannot do what it is asked here: use a chat model"
            )
        inputs = model.tokenizer(defused(request.source), return_tensors="pt").to(model.device)
        read = inputs["input_ids"].shape[1]
        if max(read, len(self._opening) + request.max_tokens) > self.context_tokens:
            raise EngineError(f"a sentence of {read} tokens is more than the model's {self.context_tokens}")
        another = request.messages[-1].content != request.source
        opening = torch.tensor([self._opening], device=model.device)
        with torch.inference_mode():
            out = model.weights.generate(
                input_ids=inputs["input_ids"],
                attention_mask=inputs["attention_mask"],
                decoder_input_ids=opening,
                decoder_start_token_id=self._opening[0],
                forced_bos_token_id=None,
                max_new_tokens=request.max_tokens,
                num_beams=BEAMS if another else 1,
                do_sample=False,
                logits_processor=model.constraints([request], len(self._opening)),
            )
        return model.completion(request, read, out[0, len(self._opening) :].tolist())


def _opening(model: Loaded) -> list[int]:
    """The tokens that the decoder begins with: its start, and the token of English where a model wants one.

    The tokenizer is told that what it reads is Chinese. mT5 models of CrossSum keep their languages in the configuration.
    """
    config, words = model.weights.config, model.tokenizer
    known = words.get_vocab()
    languages = (getattr(config, "task_specific_params", None) or {}).get("langid_map")
    if languages:
        return [known[languages["english"][1]]]
    start = model.weights.generation_config.decoder_start_token_id
    for chinese, english in LANGUAGES:
        if chinese in known and english in known:
            words.src_lang = chinese.strip("_")
            return [start, known[english]]
    forced = model.weights.generation_config.forced_bos_token_id
    return [start] if forced is None else [start, forced]
