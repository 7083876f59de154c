"""llama.cpp in this process, through xllamacpp: any GGUF, GBNF grammars, greedy by default."""

from __future__ import annotations

import atexit
import threading
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nlp.engines.catalogue import sha256_of
from nlp.engines.prefixes import Prefixes
from nlp.engines.protocol import NO_CHINESE, Completion, Finish, Progress, Request, defused
from nlp.engines.threads import threads
from nlp.engines.wire import Wire, said
from nlp.errors import EngineError, ModelError
from nlp.types import EngineInfo

CONTEXT = 8192
"""Tokens of context; the keys and values of the 1.5B model take 28 kB each."""
BATCH = 256
"""Tokens read at a time."""


def load(model: str | None = None, seed: int = 0, progress: Progress | None = None) -> LlamaCpp:
    """The engine for a GGUF file or a model of the catalogue (fetched if need be). ``seed`` is taken from requests.

    Raises :class:`nlp.errors.ModelError`.
    """
    del seed
    if model is not None and Path(model).suffix == ".gguf":
        return LlamaCpp(Path(model), Path(model).stem)
    from nlp.engines.catalogue import find
    from nlp.engines.weights import ensure

    found = find(model)
    return LlamaCpp(ensure(found, progress), found.name, found.adapter_path)


class LlamaCpp:
    """One GGUF loaded into llama.cpp, with an ``adapter`` for it where there is one.

    ``prefixes`` is where shared beginnings of prompts are kept between runs.
    """

    together = 1

    def __init__(
        self,
        path: Path,
        name: str,
        adapter: Path | None = None,
        context: int = CONTEXT,
        prefixes: Path | None = None,
    ) -> None:
        if not path.is_file():
            raise ModelError(f"{path}: no such file; give a GGUF file or a name of `zhbrief models list`")
        try:
            import xllamacpp
        except ImportError as e:
            raise ModelError(f"xllamacpp cannot be loaded ({e}); reinstall zhbrief") from e
        self.context_tokens = context
        self.taught = adapter is not None
        self.info = EngineInfo("llamacpp", name, str(xllamacpp.__version__))
        self.wire = Wire()
        about = (self.info.version, str(context), str(BATCH), sha256_of(adapter) if adapter else "")
        self.prefixes = Prefixes(self.wire, path, about, prefixes)
        params = xllamacpp.CommonParams()
        params.model.path = str(path)
        params.n_ctx = context
        if adapter is not None:
            params.lora_adapters = [xllamacpp.CommonAdapterLoraInfo(str(adapter), 1.0)]
        params.n_ubatch = BATCH
        params.n_parallel = 1  # two texts at once gain nothing: two cores are busy with one
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads()
        params.cache_ram_mib = 0  # Prefixes keeps what is worth keeping
        params.slot_save_path = f"{self.prefixes.folder}/"
        params.prefill_assistant = False
        params.verbosity = -1
        params.hostnames = [self.wire.hostname]
        params.port = 0
        params.api_keys = [self.wire.key]
        params.cors_origins, params.cors_origins_explicit = "http://localhost.invalid", True
        params.cors_credentials = False
        params.ui = False
        params.n_threads_http = 2
        try:
            self._server: Any = xllamacpp.Server(params)
        except (RuntimeError, ValueError) as e:
            self.wire.close()
            raise ModelError(f"{path}: llama.cpp cannot load it; `zhbrief models verify` tells if it is damaged") from e
        self.wire.address = self._server.listening_address
        # Told to end before its loop has begun, llama.cpp's server begins it all the same and never ends: wait for an answer.
        self.wire.post("/slots/0?action=erase", {})
        # A server that is still running when the interpreter ends would be torn down under its own threads.
        self._at_exit = weakref.WeakMethod(self.close)
        atexit.register(_close, self._at_exit)

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text`` as the model counts them."""
        self._running()
        answer = self.wire.post("/tokenize", {"content": defused(text), "add_special": False, "parse_special": False})
        return len(answer["tokens"])

    def generate(self, requests: Sequence[Request]) -> list[Completion]:
        """Complete ``requests`` one after the other. Raises :class:`nlp.errors.EngineError`."""
        return [self._complete(r) for r in requests]

    def close(self) -> None:
        """Free the weights and remove the socket."""
        self._server = None
        self.wire.close()
        self.prefixes.close()
        atexit.unregister(self._at_exit)

    def _running(self) -> Any:
        if self._server is None:
            raise EngineError("the engine is closed")
        return self._server

    def _complete(self, request: Request) -> Completion:
        server = self._running()
        turns = [{"role": m.role, "content": defused(m.content)} for m in request.messages]
        self.prefixes.restore(turns[: request.shared], server)
        body: dict[str, Any] = {
            "messages": turns,
            "max_tokens": request.max_tokens,
            "temperature": request.temperature,
            "seed": request.seed,
            "stop": list(request.stop),
            "cache_prompt": True,
            "stream": True,
            "stream_options": {"include_usage": True},
            "logprobs": True,
            "top_logprobs": 1,
        }
        if request.temperature == 0:
            body |= {"samplers": ["top_k"], "top_k": 1}
        grammar = request.grammar or (NO_CHINESE if request.forbid_chinese else None)
        if grammar:
            body["grammar"] = grammar
        chunks = _ask(server, body)
        for chunk in chunks:
            if "error" in chunk:
                raise EngineError(f"llama.cpp failed: {said(chunk)}")
        choices = [c["choices"][0] for c in chunks if c["choices"]]
        text = "".join(c["delta"].get("content") or "" for c in choices)
        usage = chunks[-1]["usage"]
        finish: Finish = "length" if choices[-1]["finish_reason"] == "length" else "stop"
        return Completion(text, finish, usage["prompt_tokens"], usage["completion_tokens"], _confidence(choices))


def _confidence(choices: Sequence[dict[str, Any]]) -> float | None:
    tokens = [
        token["logprob"] for choice in choices if choice.get("logprobs") for token in choice["logprobs"]["content"]
    ]
    return sum(tokens) / len(tokens) if tokens else None


def _ask(server: Any, body: dict[str, Any]) -> list[dict[str, Any]]:
    """The chunks of one answer. Ctrl-C ends it at the next token: the call itself hears no signals, a thread may wait."""
    chunks: list[dict[str, Any]] = []
    failed: list[Exception] = []
    cancelled = threading.Event()

    def take(chunk: dict[str, Any]) -> bool:
        chunks.append(chunk)
        return cancelled.is_set()

    def run() -> None:
        try:
            server.handle_chat_completions(body, take)
        except Exception as e:
            failed.append(e)

    worker = threading.Thread(target=run, name="zhbrief-llamacpp", daemon=True)
    worker.start()
    try:
        worker.join()
    except BaseException:
        cancelled.set()
        worker.join()
        raise
    if failed or not chunks:
        raise EngineError(f"llama.cpp failed: {failed[0] if failed else 'it gave no answer'}") from next(
            iter(failed), None
        )
    return chunks


def _close(engine: weakref.WeakMethod[Any]) -> None:
    close = engine()
    if close is not None:
        close()
