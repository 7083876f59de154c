"""An engine around another one: all that it does not do itself is that of the engine behind it."""

from __future__ import annotations

from nlp.engines.protocol import Engine
from nlp.types import EngineInfo


class Wrapped:
    """The members of :class:`nlp.engines.Engine` but for ``generate``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def info(self) -> EngineInfo:
        """Which engine and model wrote the text."""
        return self._engine.info

    @property
    def context_tokens(self) -> int:
        """Length of the context in tokens."""
        return self._engine.context_tokens

    @property
    def together(self) -> int:
        """How many requests are best asked at once."""
        return self._engine.together

    @property
    def knows_chat(self) -> bool:
        """Whether it reads more of a request than its ``source``."""
        return getattr(self._engine, "knows_chat", True)

    @property
    def taught(self) -> bool:
        """Whether its model was trained on our prompts."""
        return getattr(self._engine, "taught", False)

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text``."""
        return self._engine.count_tokens(text)

    def close(self) -> None:
        """Close the engine."""
        self._engine.close()
