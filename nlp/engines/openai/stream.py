"""The answer of a chat completion, streamed as server-sent events or whole.

https://platform.openai.com/docs/api-reference/chat-streaming, as llama-server, vLLM and Ollama speak it.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

LONGEST = 8_000_000
"""Bytes of an answer; a server that sends more is broken or means harm."""


class BrokenAnswerError(Exception):
    """The answer ended in the middle, or is no chat completion."""


@dataclass
class Answer:
    """What has come so far. ``finish`` is None until the server says why the text ends."""

    text: str = ""
    thinking: str = ""
    finish: str | None = None
    usage: dict[str, int] = field(default_factory=dict)
    pieces: int = 0
    logprobs: list[float] = field(default_factory=list)

    @property
    def confidence(self) -> float | None:
        """The mean of the logarithms of the tokens' probabilities; None where the server does not tell them."""
        return sum(self.logprobs) / len(self.logprobs) if self.logprobs else None

    def add(self, event: Any) -> None:
        """Take one event, or a whole answer. Raises :class:`BrokenAnswerError`."""
        if not isinstance(event, dict) or "error" in event:
            raise BrokenAnswerError(f"it broke off: {json.dumps(event, ensure_ascii=False)[:200]}")
        if isinstance(event.get("usage"), dict):
            self.usage = {name: n for name, n in event["usage"].items() if isinstance(n, int)}
        for choice in event.get("choices") or []:
            said = choice.get("delta") or choice.get("message") or {}
            piece = said.get("content") or ""
            self.text += piece
            self.thinking += said.get("reasoning_content") or said.get("reasoning") or ""
            self.pieces += bool(piece)
            self.logprobs += [float(t["logprob"]) for t in (choice.get("logprobs") or {}).get("content") or []]
            self.finish = choice.get("finish_reason") or self.finish


async def read_answer(chunks: AsyncIterator[bytes], streamed: bool) -> Answer:
    """The answer that ``chunks`` of bytes make up. Raises :class:`BrokenAnswerError`."""
    answer = Answer()
    try:
        async for event in _events(chunks) if streamed else _whole(chunks):
            answer.add(json.loads(event))
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as e:
        raise BrokenAnswerError(f"it sends what is no chat completion ({type(e).__name__})") from e
    if answer.finish is None:
        raise BrokenAnswerError("its answer ended in the middle")
    return answer


async def _whole(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield b"".join([chunk async for chunk in _limited(chunks)])


async def _events(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The data of each event. Lines end in a line feed only: JSON may hold U+2028, at which ``splitlines`` would cut."""
    rest = b""
    async for chunk in _limited(chunks):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            data = line.strip().removeprefix(b"data:").strip() if line.startswith(b"data:") else b""
            if data == b"[DONE]":
                return
            if data:
                yield data


async def _limited(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    come = 0
    async for chunk in chunks:
        come += len(chunk)
        if come > LONGEST:
            raise BrokenAnswerError(f"its answer is longer than {LONGEST:,} bytes")
        yield chunk
