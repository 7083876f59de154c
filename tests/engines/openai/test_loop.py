import asyncio
import threading

import pytest

from nlp.engines.openai.loop import Loop


def test_it_works_inside_a_loop_that_runs_already():
    async def outer():
        loop = Loop()
        try:
            return loop.run(asyncio.sleep(0, "done"))
        finally:
            loop.close()

    assert asyncio.run(outer()) == "done"


def test_an_error_comes_through():
    async def fail():
        raise ValueError("x")

    loop = Loop()
    with pytest.raises(ValueError, match="x"):
        loop.run(fail())
    loop.close()


def test_interrupted_it_cancels_what_runs(monkeypatch):
    ended = threading.Event()

    async def long():
        try:
            await asyncio.sleep(600)
        finally:
            ended.set()

    class Interrupted:
        """A future whose waiter is interrupted once the work has begun."""

        def __init__(self, future):
            self.future = future

        def result(self):
            raise KeyboardInterrupt

        def cancel(self):
            self.future.cancel()

    real = asyncio.run_coroutine_threadsafe

    def started(work, loop):
        future = real(work, loop)
        real(asyncio.sleep(0.01), loop).result()
        return Interrupted(future)

    monkeypatch.setattr(asyncio, "run_coroutine_threadsafe", started)
    loop = Loop()
    with pytest.raises(KeyboardInterrupt):
        loop.run(long())
    assert ended.wait(30)
    loop.close()
