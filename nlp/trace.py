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

from nlp.engines import Completion, Request
from nlp.engines.wrapped import Wrapped
from nlp.errors import UsageError, ZhbriefError
from nlp.types import Source


class Trace:
    """Adds lines to a file, each on the disk before the next step. Raises :class:`nlp.errors.UsageError` where it cannot."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.write("run", zhbrief=version("zhbrief"))

    def write(self, event: str, **fields: Any) -> None:
        """Add one line."""
        line = json.dumps({"event": event, **fields}, ensure_ascii=False, default=str)
        try:
            with self._path.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(line + "\n")
        except OSError as e:
            raise UsageError(f"--trace {self._path}: {e.strerror or e}") from e

    @contextmanager
    def of(self, source: Source) -> Iterator[None]:
        """What :func:`tell` is told inside goes here, as lines of one input."""
        about = {"path": source.path, "record": source.record, "sha256": source.sha256}
        token = _current.set((self, about))
        try:
            yield
        finally:
            _current.reset(token)


_current: ContextVar[tuple[Trace, dict[str, Any]] | None] = ContextVar("trace", default=None)


def tell(event: str, **fields: Any) -> None:
    """Add a line to the trace of the run that this belongs to; nothing where it has none."""
    current = _current.get()
    if current is not None:
        trace, about = current
        trace.write(event, **about, **fields)


class Traced(Wrapped):
    """An :class:`nlp.engines.Engine` that tells what it is asked and what it answers."""

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


def _asked(request: Request) -> dict[str, Any]:
    prompt = [{"role": m.role, "content": m.content} for m in request.messages]
    return {"prompt": prompt, "grammar": request.grammar, "max_tokens": request.max_tokens, "seed": request.seed}
