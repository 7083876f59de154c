"""A fake engine: answers come from a function of the request, so that no test needs weights."""

from collections.abc import Callable, Sequence

from nlp.engines import Completion, Request
from nlp.types import EngineInfo


class FakeEngine:
    """Has the members of :class:`nlp.engines.Engine`; ``asked`` keeps every request, ``calls`` how many came in each call.

    ``answer`` gives a text, or a text with how sure the engine is of it.
    """

    info = EngineInfo("fake", "none", "1")
    context_tokens = 8192

    def __init__(self, answer: Callable[[Request], str | tuple[str, float]], together: int = 1) -> None:
        self.answer, self.together = answer, together
        self.asked: list[Request] = []
        self.calls: list[int] = []
        self.closed = False

    def count_tokens(self, text: str) -> int:
        return len(text)

    def generate(self, requests: Sequence[Request]) -> list[Completion]:
        self.asked += requests
        self.calls.append(len(requests))
        answers = [self.answer(r) for r in requests]
        return [Completion(*((a, "stop", 1, 1) if isinstance(a, str) else (a[0], "stop", 1, 1, a[1]))) for a in answers]

    def close(self) -> None:
        self.closed = True
