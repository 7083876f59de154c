"""Beginnings of prompts that many requests share, read once and kept on disk.

A prefix is what the chat template makes of the leading messages that a request marks as shared. llama.cpp's state after
reading it is saved, and put back before each request that begins so: milliseconds instead of seconds of reading. It also
makes the text independent of what was generated before, since the same tokens are always read in the same steps.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from nlp.engines.catalogue import home
from nlp.engines.wire import Wire
from nlp.errors import EngineError

KEPT = 12
"""How many prefixes stay on disk, the last used ones; one of 500 tokens takes 14 MB with the 1.5B model."""


class Prefixes:
    """Saved prefixes of one model in one engine."""

    def __init__(self, wire: Wire, model: Path, about: Iterable[str], folder: Path | None = None) -> None:
        """``about`` is whatever else the state depends on besides the file ``model``: the library's version and such."""
        self.wire = wire
        self.folder = _writable(folder or home() / "prefixes") or Path(wire.folder)
        stat = model.stat()
        self._identity = [str(model.resolve()), stat.st_size, stat.st_mtime_ns, *about]

    def restore(self, turns: Sequence[dict[str, str]], server: Any) -> None:
        """Put the state after ``turns`` into the server's one slot, reading them if they were not kept."""
        if not turns:
            return
        key = hashlib.sha256(json.dumps([self._identity, list(turns)]).encode()).hexdigest()[:32]
        saved = self.folder / f"{key}.prefix"
        if saved.is_file():
            with suppress(EngineError, OSError):
                self.wire.post("/slots/0?action=restore", {"filename": saved.name})
                os.utime(saved)
                return
        prompt = self.wire.post("/apply-template", {"messages": list(turns), "add_generation_prompt": False})["prompt"]
        self.wire.post("/slots/0?action=erase", {})
        answer = server.handle_completions({"prompt": prompt, "max_tokens": 0, "cache_prompt": True})
        if "error" in answer:
            return  # too long for the context, which the request itself will say
        with suppress(EngineError, OSError):
            self._save(saved)

    def close(self) -> None:
        """Let the older ones go."""
        with suppress(OSError):
            kept = sorted(self.folder.glob("*.prefix"), key=lambda p: p.stat().st_mtime, reverse=True)
            for old in kept[KEPT:]:
                old.unlink(missing_ok=True)

    def _save(self, saved: Path) -> None:
        partial = f"{saved.stem}.{os.getpid()}.part"  # two processes may save the same one
        try:
            self.wire.post("/slots/0?action=save", {"filename": partial})
            (self.folder / partial).replace(saved)
        finally:
            (self.folder / partial).unlink(missing_ok=True)


def _writable(folder: Path) -> Path | None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return None
