"""What every engine is: text in, text out, with the length of a text known before it is sent.

An engine is whatever has the members of :class:`Engine`. Engines of other distributions come by the entry point
group ``zhbrief.engines`` (see :mod:`nlp.engines.registry`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from nlp.engines.thinking import without_thinking
from nlp.types import EngineInfo

Role = Literal["system", "user", "assistant"]
Finish = Literal["stop", "length"]
Progress = Callable[[str, int, int | None], None]
"""Told of long work: what is being done, how much of it is done, and how much there is (bytes; None if unknown)."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a chat."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """One text to generate.

    ``max_tokens`` counts the engine's own tokens. ``grammar`` is GBNF with a ``root`` rule; engines without grammars
    ignore it and should honour ``forbid_chinese``, which allows no CJK character in the output. Temperature 0 is greedy
    and always gives the same text. Generation ends before the first of ``stop``. ``shared`` is how many leading messages
    other requests begin with too (a system prompt with its examples): an engine may read those once and keep them, in
    which case the text does not depend on what was generated before. ``source`` is what the last turns ask to render, alone, for
    models that know no chat.
    """

    messages: tuple[Message, ...]
    max_tokens: int
    grammar: str | None = None
    forbid_chinese: bool = False
    temperature: float = 0.0
    seed: int = 0
    stop: tuple[str, ...] = ()
    shared: int = 0
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """What came back. ``finish`` is ``length`` where ``max_tokens`` cut it off; ``prompt_tokens`` counts kept ones too.

    ``confidence`` is the mean of the natural logarithms of the probabilities that the model gave the tokens it wrote, 0 at the
    most; None where the engine cannot tell.

    Whichever engine makes one, ``text`` never holds what a model thought aloud: that is in ``thinking``, and nothing reads it.
    """

    text: str
    finish: Finish
    prompt_tokens: int
    completion_tokens: int
    confidence: float | None = None
    thinking: str = ""

    def __post_init__(self) -> None:
        text, thinking = without_thinking(self.text)
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "thinking", self.thinking or thinking)


class Engine(Protocol):
    """A loaded model. Not thread-safe; ``context_tokens`` is what prompt and answer may have together.

    ``together`` is how many requests are best asked at once: 1 where one keeps it busy. More or fewer are taken too. One that reads the
    ``source`` of a request alone may say so by an attribute ``knows_chat`` that is False; then ``context_tokens`` is the length of that.
    One whose model was trained on our prompts, and needs no examples in them, says so by an attribute ``taught`` that is True.
    """

    @property
    def info(self) -> EngineInfo:
        """Which engine and model wrote the text."""
        ...

    @property
    def context_tokens(self) -> int:
        """Length of the context in tokens, prompt and answer together."""
        ...

    @property
    def together(self) -> int:
        """How many requests are best asked at once."""
        ...

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text`` as the model counts them, without the chat template's own."""
        ...

    def generate(self, requests: Sequence[Request]) -> list[Completion]:
        """Complete every request, in order. Raises :class:`nlp.errors.EngineError`."""
        ...

    def close(self) -> None:
        """Free the model. Calling it again does nothing; generating afterwards raises ``EngineError``."""
        ...


NO_CHINESE = (
    r"root ::= [\u0001-\u2E7F\u3130-\u318F\uD7B0-\uD7FF\uE000-\uF8FF\uFB00-\uFE2F\uFE50-\uFEFE\uFFF0-\uFFFD"
    r"\U00010000-\U0001FFFF\U00040000-\U0010FFFF]*"
)
"""GBNF of anything but CJK characters, kana, hangul, their punctuation and full-width forms. It tells what may stand, since xgrammar
reads a class of what may not as one of ASCII."""

_UNSEEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""Characters that no screen shows (Unicode's Default_Ignorable_Code_Point): words can be hidden in them."""


def defused(text: str) -> str:
    """``text`` with nothing in it that a tokenizer would read as a control token, and nothing that a reader cannot see.

    Chat templates mark turns by strings like ``<|im_start|>`` or ``[INST]``; in a page they are text and must stay text.
    """
    text = _UNSEEN.sub("", text)
    return re.sub(r"\[(?=/?[A-Z_]+\])", "[ ", re.sub(r"<(?=\S)", "< ", text))
