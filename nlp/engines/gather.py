"""Several pieces of work that ask one engine, side by side: what they ask at the same time is asked in one call.

A GPU writes 64 sentences in hardly more time than one, but an article has five to ask for, and knows what to ask next when those are there. So
many articles are written at once, each in a thread that stands still while it waits. One thread runs at a time, so that what they share
needs no locks; when all of them wait, :meth:`Gathering.step` asks the engine for everything. That is done in the thread
that owns the gathering, where Ctrl-C arrives.
"""

from __future__ import annotations

import contextvars
import threading
import time
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, Generic, TypeVar

from nlp.engines.protocol import Completion, Request
from nlp.engines.wrapped import Wrapped
from nlp.errors import EngineError, ZhbriefError

T = TypeVar("T")
Generate = Callable[[Sequence[Request]], list[Completion]]
Answer = list[Completion] | Exception


class _EndedError(BaseException):
    """Raised in work that nobody waits for any more. Nothing catches it."""


class Work(Generic[T]):
    """A piece of work, begun by :meth:`Gathering.start`. ``idle`` is the seconds that it has stood still for the sake of others."""

    def __init__(self, work: Callable[[], T]) -> None:
        self.done = False
        self.idle = 0.0
        self.asked: tuple[Generate, Sequence[Request]] | None = None
        self._answer: Answer | _EndedError = []
        self._spent = 0.0
        self._value: list[T] = []
        self._error: BaseException | None = None
        self._goes_on, self._stands = threading.Semaphore(0), threading.Semaphore(0)
        context = contextvars.copy_context()
        self._thread = threading.Thread(target=context.run, args=(self._run, work), name="zhbrief-article", daemon=True)

    def start(self) -> None:
        """Have it run until it asks for something, or is done."""
        self._thread.start()
        self._stands.acquire()

    def ask(self, generate: Generate, requests: Sequence[Request]) -> list[Completion]:
        """Called by the work itself: wait for the answers to ``requests``. Raises what the engine raises."""
        asked = time.perf_counter()
        self.asked = generate, requests
        self._stands.release()
        self._goes_on.acquire()
        self.idle += time.perf_counter() - asked - self._spent
        if isinstance(self._answer, BaseException):
            raise self._answer
        return self._answer

    def answer(self, answer: Answer, spent: float) -> None:
        """Have it go on with an answer, which took the engine ``spent`` seconds, until it asks again, or is done."""
        self.asked, self._answer, self._spent = None, answer, spent
        self._goes_on.release()
        self._stands.acquire()

    def result(self) -> T:
        """What it gave, when it is done; raises what it raised."""
        if self._error is not None:
            raise self._error
        return self._value[0]

    def end(self) -> None:
        """End it where it stands, or where it will stand next."""
        self._answer, self._spent = _EndedError(), 0.0
        self._goes_on.release()
        self._thread.join()

    def _run(self, work: Callable[[], T]) -> None:
        _current.set(self)
        try:
            self._value.append(work())
        except BaseException as e:
            self._error = e
        self.done = True
        self._stands.release()


_current: contextvars.ContextVar[Work[Any] | None] = contextvars.ContextVar("work", default=None)


class Gathering:
    """The work that is under way."""

    def __init__(self) -> None:
        self._under_way: list[Work[Any]] = []

    @property
    def asked(self) -> int:
        """How many requests the work that is under way waits for the answers to."""
        return sum(len(work.asked[1]) for work in self._under_way if work.asked is not None)

    def start(self, work: Callable[[], T]) -> Work[T]:
        """Begin a piece of work, which asks a :class:`Gathered` engine, the same as all others."""
        begun: Work[T] = Work(work)
        self._under_way.append(begun)
        begun.start()
        self._let_go()
        return begun

    def step(self) -> None:
        """Ask for all that is asked for in one call, and have each piece of work go on until it asks again, or is done."""
        asking = [(work, work.asked) for work in self._under_way if work.asked is not None]
        if not asking:
            return
        generate = asking[0][1][0]
        answers = _answers(generate, [requests for _, (_, requests) in asking])
        for (work, _), (answer, spent) in zip(asking, answers, strict=True):
            work.answer(answer, spent)
        self._let_go()

    def close(self) -> None:
        """End what is under way."""
        for work in self._under_way:
            work.end()
        self._under_way.clear()

    def _let_go(self) -> None:
        self._under_way = [work for work in self._under_way if not work.done]


class Gathered(Wrapped):
    """An engine that answers the work of a :class:`Gathering` together, and everybody else at once."""

    def generate(self, requests: Sequence[Request]) -> list[Completion]:
        """Complete ``requests``. Raises :class:`nlp.errors.EngineError`."""
        work = _current.get()
        return self._engine.generate(requests) if work is None else work.ask(self._engine.generate, requests)


def clock() -> float:
    """Seconds as ``time.perf_counter`` counts them; in a :class:`Gathering` without those that went into the work of others.

    Of a call for several, each has the part that its requests are of all, so that the sum is what the engine took.
    """
    work = _current.get()
    return time.perf_counter() - (work.idle if work is not None else 0.0)


def _answers(generate: Generate, asked: Sequence[Sequence[Request]]) -> list[tuple[Answer, float]]:
    """The answers to each, or the error, and its seconds. Where a call for several fails, each is asked by itself, lest one fail them all."""
    started = time.perf_counter()
    try:
        completions = iter(generate([request for requests in asked for request in requests]))
        answers: list[Answer] = [list(islice(completions, len(requests))) for requests in asked]
    except Exception as e:
        concerns_all = isinstance(e, ZhbriefError) and not isinstance(e, EngineError)
        if len(asked) > 1 and not concerns_all:
            return [answer for requests in asked for answer in _answers(generate, [requests])]
        answers = [e for _ in asked]
    spent = (time.perf_counter() - started) / max(1, sum(map(len, asked)))
    return [(answer, spent * len(requests)) for answer, requests in zip(answers, asked, strict=True)]
