"""Any server that speaks OpenAI's chat completions: llama-server, vLLM, Ollama and others.

Address and key come from the environment (:mod:`nlp.engines.openai.address`). This is the one engine that uses the network.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from nlp.engines.openai.address import OWN, Address, address_given, number_given
from nlp.engines.openai.calls import Calls
from nlp.engines.openai.gate import Gate
from nlp.engines.openai.loop import Loop
from nlp.engines.openai.servers import recognise
from nlp.engines.openai.stream import Answer
from nlp.engines.protocol import NO_CHINESE, Completion, Finish, Progress, Request, defused
from nlp.errors import EngineError
from nlp.types import EngineInfo

PARALLEL = 4
"""Requests at once, unless ``ZHBRIEF_OPENAI_PARALLEL`` says otherwise."""
TIMEOUT = 300
"""Seconds a server may send nothing (``ZHBRIEF_OPENAI_TIMEOUT``): on two cores the fourth of four long prompts waits long."""


def load(model: str | None = None, seed: int = 0, progress: Progress | None = None) -> OpenAiEngine:
    """The engine for a model of the server's, or for the only one it has. ``seed`` is taken from requests.

    Raises :class:`nlp.errors.UsageError` where the environment names no server, :class:`nlp.errors.ModelError` where
    it does not answer or refuses the key.
    """
    del seed, progress
    return OpenAiEngine(address_given(), model)


class OpenAiEngine:
    """One model of one server."""

    def __init__(self, address: Address, model: str | None = None) -> None:
        parallel, timeout = number_given(f"{OWN}_PARALLEL", PARALLEL), number_given(f"{OWN}_TIMEOUT", TIMEOUT)
        self.together = parallel
        self._loop: Loop | None = Loop()
        self._calls = Calls(address, Gate(parallel), timeout)
        try:
            self._server = self._loop.run(recognise(self._calls, model))
        except BaseException:
            self.close()
            raise
        self.context_tokens = self._server.context
        self.info = EngineInfo("openai", self._server.shown, f"{self._server.kind} {self._server.version}".strip())

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text`` as the server counts them; where it has no tokenizer to ask, never too few."""
        return self._running().run(self._server.count(self._calls, defused(text)))

    def generate(self, requests: Sequence[Request]) -> list[Completion]:
        """Complete ``requests``, several at once. Raises :class:`nlp.errors.EngineError` or ``ModelError``."""
        return self._running().run(self._all(requests))

    def close(self) -> None:
        """Close the connections."""
        if self._loop is not None:
            self._loop.run(self._calls.close())
            self._loop.close()
            self._loop = None

    def _running(self) -> Loop:
        if self._loop is None:
            raise EngineError("the engine is closed")
        return self._loop

    async def _all(self, requests: Sequence[Request]) -> list[Completion]:
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._calls.complete(self._body(r))) for r in requests]
        except BaseExceptionGroup as failed:
            raise failed.exceptions[0] from None  # one that fails ends the others
        return [_completion(task.result()) for task in tasks]

    def _body(self, request: Request) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self._server.model,
            "messages": [{"role": m.role, "content": defused(m.content)} for m in request.messages],
            "max_tokens": request.max_tokens,
            "temperature": request.temperature,
            "seed": request.seed,
            "stream": True,
            "stream_options": {"include_usage": True},
            **self._server.besides(),
        }
        if request.stop:
            body["stop"] = list(request.stop)
        grammar = request.grammar or (NO_CHINESE if request.forbid_chinese else None)
        return body | (self._server.constrained(grammar) if grammar else {})


def _completion(answer: Answer) -> Completion:
    read, written = answer.usage.get("prompt_tokens", 0), answer.usage.get("completion_tokens", answer.pieces)
    finish: Finish = "length" if answer.finish == "length" else "stop"
    return Completion(answer.text, finish, read, written, answer.confidence, answer.thinking)
