"""The prompts, as versioned text files beside this one: ``sentence.v1.txt`` and the rest.

A file holds turns of a chat, each under a line ``== role ==``; ``{source}``, ``{wrong}`` and ``{missing}`` are filled in last. What is
filled in is text from outside: it stands in one user turn, and nothing in it is ever read as a prompt file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from nlp.engines import Message

VERSIONS = {"sentence": "v2", "literal": "v1", "retry": "v1", "missing": "v1"}
"""The version of each prompt that is in use."""


@cache
def _turns(name: str) -> tuple[tuple[str, str], ...]:
    text = Path(__file__).with_name(f"{name}.{VERSIONS[name]}.txt").read_text(encoding="utf-8")
    parts = re.split(r"^== (system|user|assistant) ==\n", text, flags=re.M)[1:]
    return tuple((role, body.strip()) for role, body in zip(parts[::2], parts[1::2], strict=True))


def messages(name: str, **values: str) -> list[Message]:
    """The chat of one prompt with ``values`` filled in."""
    holes = re.compile("|".join(re.escape("{" + key + "}") for key in values))
    return [Message(role, holes.sub(lambda hole: values[hole.group()[1:-1]], body)) for role, body in _turns(name)]


def examples(chat: Sequence[Message]) -> int:
    """How many leading messages of a chat are the same for every text: all before the last turn of the user."""
    turns = [i for i, m in enumerate(chat) if m.role == "user"]
    return (
        turns[-1]
        if len(chat) - 1 == turns[-1] and all(m.role != "assistant" or i < turns[-1] for i, m in enumerate(chat))
        else 0
    )
