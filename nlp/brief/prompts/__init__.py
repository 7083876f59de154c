"""The prompts, as versioned text files beside this one: ``sentence.v1.txt`` and the rest; a desk may bring its own for sentences.

A file holds turns of a chat, each under a line ``== role ==``; ``{source}``, ``{wrong}`` and ``{missing}`` are filled in last. What is
filled in is text from outside: it stands in one user turn, and nothing in it is ever read as a prompt file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from nlp.engines import Message
from nlp.errors import UsageError

VERSIONS = {"sentence": "v2", "literal": "v1", "retry": "v1", "missing": "v1"}
"""The version of each prompt that is in use."""


Turns = tuple[tuple[str, str], ...]
"""Roles and texts of a chat."""
_desk: ContextVar[Turns | None] = ContextVar("desk", default=None)


@contextmanager
def desk_prompt(path: Path | None) -> Iterator[None]:
    """Ask for sentences with the prompt file ``path`` instead of ours. Raises :class:`nlp.errors.UsageError` for one with a fault."""
    token = _desk.set(None if path is None else checked_prompt(path))
    try:
        yield
    finally:
        _desk.reset(token)


def checked_prompt(path: Path) -> Turns:
    """The turns of a desk's prompt file. Raises :class:`nlp.errors.UsageError` for what cannot be used as one."""
    try:
        turns = _parsed(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as e:
        raise UsageError(f"--prompt {path}: {getattr(e, 'strerror', None) or 'it is no UTF-8 text'}") from e
    if not turns or turns[-1][0] != "user":
        raise UsageError(
            f"--prompt {path}: it must be turns under lines `== system ==`, `== user ==`, `== assistant ==`, the last a user's"
        )
    fields = [(n, field) for n, (_, text) in enumerate(turns) for field in re.findall(r"\{(\w+)\}", text)]
    if fields != [(len(turns) - 1, "source")]:
        has = ", ".join(f"{{{field}}} in turn {n + 1}" for n, field in fields) or "no field"
        raise UsageError(
            f"--prompt {path}: {{source}} must stand in its last turn, once, and no other field; it has {has}"
        )
    return turns


@cache
def _turns(name: str) -> Turns:
    return _parsed(Path(__file__).with_name(f"{name}.{VERSIONS[name]}.txt").read_text(encoding="utf-8"))


def _parsed(text: str) -> Turns:
    """The turns of a prompt file; none where something stands before the first."""
    before, *parts = re.split(r"^== (system|user|assistant) ==\n", text, flags=re.M)
    return (
        ()
        if before.strip()
        else tuple((role, body.strip()) for role, body in zip(parts[::2], parts[1::2], strict=True))
    )


def messages(name: str, taught: bool = False, **values: str) -> list[Message]:
    """The chat of one prompt with ``values`` filled in; a model that was ``taught`` our prompts is given no examples of ours."""
    desk = _desk.get() if name == "sentence" else None
    turns = desk or (_without_examples(_turns(name)) if taught else _turns(name))
    holes = re.compile("|".join(re.escape("{" + key + "}") for key in values))
    return [Message(role, holes.sub(lambda hole: values[hole.group()[1:-1]], body)) for role, body in turns]


def _without_examples(turns: Turns) -> Turns:
    """The system's turn, if there is one, and the last of the user."""
    return (*(turn for turn in turns[:1] if turn[0] == "system"), turns[-1])


def examples(chat: Sequence[Message]) -> int:
    """How many leading messages of a chat are the same for every text: all before the last turn of the user."""
    turns = [i for i, m in enumerate(chat) if m.role == "user"]
    return (
        turns[-1]
        if len(chat) - 1 == turns[-1] and all(m.role != "assistant" or i < turns[-1] for i, m in enumerate(chat))
        else 0
    )
