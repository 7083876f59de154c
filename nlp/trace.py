"""What a run asks an engine, what it is answered and what the checks find, as lines of JSON (``--trace FILE``).

``{"event": "answer"}`` has a prompt, its grammar and the answer, or the error; ``{"event": "check"}`` a sentence as it was mended
and its faults. Each line names the input it belongs to. Neither keys nor addresses of servers are in it; the article's text is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.metadata import version
from pathlib import Path
from typing import Any

from nlp.engines import Completion, Engine, Request
from nlp.errors import UsageError, ZhbriefError
from nlp.types import EngineInfo, Source


class Trace:
    """Adds lines to a file, each on the disk before the next step. Raises :class:`nlp.errors.UsageError` where it cannot."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._about: dict[str, Any] = {}
        self.write("run", zhbrief=version("zhbrief"))

    def write(self, event: str, **fields: Any) -> None:
        """Add one line."""
        line = json.dumps({"event": event, **self._about, **fields}, ensure_ascii=False, default=str)
        try:
            with self._path.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(line + "\n")
        except OSError as e:
            raise UsageError(f"--trace {self._path}: {e.strerror or e}") from e

    @contextmanager
    def of(self, source: Source) -> Iterator[None]:
        """Lines of one input; what :func:`tell` is told inside goes here."""
        self._about = {"path": source.path, "record": source.record, "sha256": source.sha256}
        token = _current.set(self)
        try:
            yield
        finally:
            _current.reset(token)
            self._about = {}


_current: ContextVar[Trace | None] = ContextVar("trace", default=None)


def tell(event: str, **fields: Any) -> None:
    """Add a line to the trace of the run that this belongs to; nothing where it has none."""
    trace = _current.get()
    if trace is not None:
        trace.write(event, **fields)


class Traced:
    """An :class:`nlp.engines.Engine` that tells what it is asked and what it answers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def info(self) -> EngineInfo:
        """That of the engine behind it, like all that follows."""
        return self._engine.info

    @property
    def context_tokens(self) -> int:
        """Length of the context in tokens."""
        return self._engine.context_tokens

    @property
    def knows_chat(self) -> bool:
        """Whether it reads more of a request than its ``source``."""
        return getattr(self._engine, "knows_chat", True)

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text``."""
        return self._engine.count_tokens(text)

    def generate(self, requests: Sequence[Request]) -> list[Completion]:
        """Complete ``requests`` and tell of each."""
        try:
            completions = self._engine.generate(requests)
        except ZhbriefError as e:
            for request in requests:
                tell("answer", **_asked(request), error=str(e))
            raise
        for request, done in zip(requests, completions, strict=True):
            answer = {"answer": done.text, "thinking": done.thinking, "finish": done.finish}
            tell("answer", **_asked(request), **answer, tokens=[done.prompt_tokens, done.completion_tokens])
        return completions

    def close(self) -> None:
        """Close the engine."""
        self._engine.close()


def _asked(request: Request) -> dict[str, Any]:
    prompt = [{"role": m.role, "content": m.content} for m in request.messages]
    return {"prompt": prompt, "grammar": request.grammar, "max_tokens": request.max_tokens, "seed": request.seed}
