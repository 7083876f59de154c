import contextvars
import threading
import time

import pytest

from nlp.engines import Message, Request
from nlp.engines.gather import Gathered, Gathering, clock
from nlp.errors import EngineError, ModelError
from tests.fakes import FakeEngine


@pytest.fixture
def gathering():
    gathering = Gathering()
    yield gathering
    gathering.close()
    assert threads() == []


def threads():
    return [t for t in threading.enumerate() if t.name == "zhbrief-article"]


def requests(*texts):
    return [Request((Message("user", t),), 5) for t in texts]


def echo(request):
    return request.messages[0].content


def asking(engine, *calls):
    """Work that makes ``calls``, one after the other, and gives the answers."""
    return lambda: [c.text for texts in calls for c in engine.generate(requests(*texts))]


def finished(gathering, *work):
    begun = [gathering.start(w) for w in work]
    while gathering.asked:
        gathering.step()
    return [b.result() for b in begun]


def test_what_is_asked_at_the_same_time_is_one_call_and_everybody_has_his_own(gathering):
    fake = FakeEngine(echo, 8)
    engine = Gathered(fake)
    work = [asking(engine, "ab", "c"), asking(engine, "d"), asking(engine), asking(engine, "e", "fgh", "i")]
    assert finished(gathering, *work) == [["a", "b", "c"], ["d"], [], ["e", "f", "g", "h", "i"]]
    assert fake.calls == [4, 4, 1]


def test_whoever_is_not_gathered_is_answered_at_once():
    fake = FakeEngine(echo, 8)
    engine = Gathered(fake)
    assert [c.text for c in engine.generate(requests("a"))] == ["a"]
    assert (engine.info, engine.context_tokens, engine.together, engine.knows_chat) == (fake.info, 8192, 8, True)
    assert engine.count_tokens("abc") == 3
    engine.close()
    assert fake.closed


def test_one_runs_at_a_time_and_has_the_context_that_it_was_begun_in(gathering):
    name = contextvars.ContextVar("name")
    engine, running, seen = Gathered(FakeEngine(echo, 8)), [], []

    def work():
        for _ in range(3):
            running.append(1)
            time.sleep(0.001)
            seen.append((len(running), name.get()))
            running.pop()
            engine.generate(requests("a"))

    for n in range(3):
        name.set(n)
        gathering.start(work)
    while gathering.asked:
        gathering.step()
    assert seen == [(1, n) for _ in range(3) for n in range(3)]


def test_a_call_for_several_that_fails_is_made_for_each_alone(gathering):
    def answer(request):
        if echo(request) == "b":
            raise EngineError("too long")
        return echo(request)

    fake = FakeEngine(answer, 8)
    engine = Gathered(fake)
    good, bad, other = (gathering.start(asking(engine, *calls)) for calls in ("ax", "b", "c"))
    while gathering.asked:
        gathering.step()
    assert (good.result(), other.result()) == (["a", "x"], ["c"])
    with pytest.raises(EngineError, match="too long"):
        bad.result()
    assert fake.calls == [3, 1, 1, 1, 1]


def test_what_concerns_all_is_not_asked_again(gathering):
    def refused(request):
        raise ModelError("the key is refused")

    fake = FakeEngine(refused, 8)
    begun = [gathering.start(asking(Gathered(fake), "a")) for _ in range(3)]
    gathering.step()
    for work in begun:
        with pytest.raises(ModelError):
            work.result()
    assert fake.calls == [3]


def test_what_nobody_waits_for_any_more_ends_where_it_stands(gathering):
    ended = []

    def work():
        try:
            Gathered(FakeEngine(echo, 8)).generate(requests("a"))
        except Exception:
            ended.append("caught")
        finally:
            ended.append("ended")

    gathering.start(work)
    gathering.start(work)
    assert len(threads()) == 2
    gathering.close()
    assert ended == ["ended", "ended"]
    assert threads() == []


def test_the_clock_stands_while_others_are_worked_for(gathering):
    def slow(request):
        time.sleep(0.02)
        return echo(request)

    engine = Gathered(FakeEngine(slow, 8))

    def timed(*calls):
        def work():
            started = clock()
            asking(engine, *calls)()
            return clock() - started

        return work

    one, four = finished(gathering, timed("a"), timed("bcde"))
    assert 0.02 <= one < 0.06
    assert 0.08 <= four < 0.12
