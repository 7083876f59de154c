"""A fake engine: answers come from a function of the last user turn, so that no test needs weights."""

from collections.abc import Callable, Sequence

from nlp.engines import Completion, Request
from nlp.types import EngineInfo


class FakeEngine:
    """Has the members of :class:`nlp.engines.Engine`; ``asked`` keeps every request."""

    info = EngineInfo("fake", "none", "1")
    context_tokens = 8192

    def __init__(self, answer: Callable[[Request], str]) -> None:
        self.answer = answer
        self.asked: list[Request] = []
        self.closed = False

    def count_tokens(self, text: str) -> int:
        return len(text)

    def generate(self, requests: Sequence[Request]) -> list[Completion]:
        self.asked += requests
        return [Completion(self.answer(r), "stop", 1, 1) for r in requests]

    def close(self) -> None:
        self.closed = True
