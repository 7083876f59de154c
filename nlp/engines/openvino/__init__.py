"""OpenVINO in this process, through openvino-genai: many texts at once on a processor, grammars by xgrammar, greedy by default."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from nlp.engines.protocol import NO_CHINESE, Completion, Finish, Progress, Request, defused
from nlp.engines.threads import threads
from nlp.errors import EngineError, ModelError
from nlp.types import EngineInfo

CONTEXT = 8192
"""Tokens of context."""
TOGETHER = 32
"""Texts written at once. Each has two fifths of the time it takes alone; more at once gain little, and wait for the longest."""
CACHE = 1
"""Gigabytes for keys and values; those of a whole context take 0.2."""
BATCH = 512
"""Tokens read at a time."""


def load(model: str | None = None, seed: int = 0, progress: Progress | None = None) -> OpenVino:
    """The engine for a GGUF file or a model of the catalogue (fetched if need be). ``seed`` is taken from requests.

    Raises :class:`nlp.errors.ModelError` where openvino-genai is missing or the model cannot be had or loaded.
    """
    del seed
    try:
        import gguf  # noqa: F401
        import openvino_genai  # noqa: F401
    except ImportError as e:
        raise ModelError("--engine openvino needs openvino-genai: pip install 'zhbrief[openvino]'") from e
    from nlp.engines.openvino.convert import converted

    if model is not None and Path(model).suffix == ".gguf":
        return OpenVino(converted(Path(model), progress), Path(model).stem)
    from nlp.engines.catalogue import find
    from nlp.engines.weights import ensure

    found = find(model)
    folder = converted(ensure(found, progress), progress, found.adapter_path)
    return OpenVino(folder, found.name, taught=found.adapter is not None)


class OpenVino:
    """One model in memory. What is asked for in one call is written side by side.

    A text may depend, in rare ties, on what is written together with it: sums of other sizes are rounded otherwise. What is drawn above
    temperature 0 depends on what was drawn before as well.
    """

    together = TOGETHER
    context_tokens = CONTEXT

    def __init__(self, folder: Path, name: str, taught: bool = False) -> None:
        self._folder = folder
        self._asked = 0
        self._pipeline: Any = None
        self._tokenizer: Any = None
        self._load()
        self.taught = taught
        self.info = EngineInfo("openvino", name, version("openvino-genai"))

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text`` as the model counts them."""
        self._running()
        return int(self._tokens(defused(text)).shape[1])

    def generate(self, requests: Sequence[Request]) -> list[Completion]:
        """Complete ``requests`` side by side, in order. Raises :class:`nlp.errors.EngineError`."""
        pipeline = self._running()
        asked: list[tuple[Any, int]] = []
        try:
            asked.extend(self._ask(r) for r in requests)
            while pipeline.has_non_finished_requests():
                pipeline.step()
            return [self._completion(handle, read) for handle, read in asked]
        except RuntimeError as e:
            said = _said(e)
        # It would fail again with what it was asked for, whatever it is asked for next. Two do not fit into memory.
        del pipeline, asked
        self.close()
        self._load()
        raise EngineError(f"OpenVINO failed: {said}")

    def close(self) -> None:
        """Free the weights."""
        self._pipeline = self._tokenizer = None

    def _load(self) -> None:
        self._pipeline = _pipeline(self._folder)
        self._tokenizer = self._pipeline.get_tokenizer()

    def _running(self) -> Any:
        if self._pipeline is None:
            raise EngineError("the engine is closed")
        return self._pipeline

    def _tokens(self, text: str) -> Any:
        return self._tokenizer.encode(text, add_special_tokens=False).input_ids

    def _ask(self, request: Request) -> tuple[Any, int]:
        """What will have the answer, which is written no further once nobody holds it; and the tokens that are read for it."""
        turns = [{"role": m.role, "content": defused(m.content)} for m in request.messages]
        tokens = self._tokens(self._tokenizer.apply_chat_template(turns, add_generation_prompt=True))
        read = int(tokens.shape[1])
        if read + request.max_tokens > CONTEXT:
            raise EngineError(f"{read} tokens and {request.max_tokens} to write are more than the context's {CONTEXT}")
        self._asked += 1
        return self._pipeline.add_request(self._asked, tokens, self._options(request)), read

    def _options(self, request: Request) -> Any:
        import openvino_genai as genai

        options = genai.GenerationConfig()
        options.max_new_tokens = request.max_tokens
        options.do_sample = request.temperature > 0
        if options.do_sample:
            options.temperature, options.rng_seed = request.temperature, request.seed
        options.stop_strings = set(request.stop)
        options.stop_token_ids = {self._tokenizer.get_eos_token_id()}
        options.logprobs = 1
        grammar = request.grammar or (NO_CHINESE if request.forbid_chinese else None)
        if grammar:
            options.structured_output_config = genai.StructuredOutputConfig(grammar=grammar)
        return options

    def _completion(self, handle: Any, read: int) -> Completion:
        import openvino_genai as genai

        if handle.get_status() != genai.GenerationStatus.FINISHED:
            raise EngineError("OpenVINO gave up a text, for want of memory for its keys and values")
        written = handle.read_all()[0]
        ends = self._tokenizer.get_eos_token_id()
        tokens = [token for token in written.generated_ids if token != ends]
        sure = written.generated_log_probs[: len(tokens)]
        finish: Finish = "length" if written.finish_reason == genai.GenerationFinishReason.LENGTH else "stop"
        text = self._tokenizer.decode(tokens)
        return Completion(text, finish, read, len(written.generated_ids), sum(sure) / len(sure) if sure else None)


def _pipeline(folder: Path) -> Any:
    import openvino_genai as genai

    scheduler = genai.SchedulerConfig()
    scheduler.cache_size = CACHE
    scheduler.max_num_seqs = TOGETHER
    scheduler.max_num_batched_tokens = BATCH
    scheduler.enable_prefix_caching = True
    options = {"INFERENCE_NUM_THREADS": threads()}
    try:
        return genai.ContinuousBatchingPipeline(str(folder), scheduler, "CPU", options, {}, {})
    except RuntimeError as e:
        raise ModelError(f"{folder}: OpenVINO cannot load it: {_said(e)}; remove it and run again") from e


def _said(error: Exception) -> str:
    """What one of OpenVINO's errors says, without the places in its source before it."""
    return re.sub(r".*\.(cc|cpp|hpp):\d+:?", "", " ".join(str(error).split())).strip()[:200]
