"""How long is waited, with a clock that no test waits for."""

import asyncio
import datetime
from email.utils import format_datetime

import httpx
import pytest

from nlp.engines.openai import calls
from nlp.engines.openai.address import Address
from nlp.engines.openai.calls import Calls
from nlp.engines.openai.gate import Gate
from nlp.errors import EngineError, ModelError
from tests.engines.openai.test_gate import Clock

URL = "http://server.test/v1"


def asked(answers):
    """What three requests at once get from a server that gives ``answers`` in turn, and the clock they waited by."""
    clock, left = Clock(), list(answers)

    def answer(request):
        found = left.pop(0) if left else httpx.Response(200, json={"ok": True})
        if isinstance(found, Exception):
            raise found
        return found

    async def run():
        line = Calls(Address(URL), Gate(3, clock, clock.sleep), 5, httpx.MockTransport(answer))
        return await line.get(f"{URL}/models")

    return asyncio.run(run()), clock


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_in_seconds_is_waited_for_exactly(status):
    found, clock = asked([httpx.Response(status, headers={"Retry-After": "17"})])
    assert (found, clock.slept) == ({"ok": True}, [17.0])


def test_retry_after_as_a_date():
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=60)
    _, clock = asked([httpx.Response(503, headers={"Retry-After": format_datetime(later, usegmt=True)})])
    assert 50 < clock.slept[0] <= 60


@pytest.mark.parametrize("wrong", ["", "soon", "-5", "²", "1e9999", "Thu, 99 Foo 2020"])
def test_a_retry_after_that_says_nothing_is_a_wait_like_others(wrong):
    _, clock = asked([httpx.Response(429, headers={"Retry-After": wrong.encode()})])
    assert len(clock.slept) == 1
    assert clock.slept[0] <= calls.FIRST_WAIT


def test_a_quota_that_is_used_up_is_not_waited_for():
    with pytest.raises(ModelError, match="429"):
        asked([httpx.Response(429, headers={"Retry-After": "86400"}, json={"error": {"message": "quota"}})])


def test_waits_double_up_to_a_bound_and_end():
    clock = Clock()
    with pytest.raises(EngineError, match="502"):
        asyncio.run(
            Calls(Address(URL), Gate(1, clock, clock.sleep), 5, httpx.MockTransport(lambda _: httpx.Response(502))).get(
                URL
            )
        )
    assert len(clock.slept) == calls.TRIES - 1
    for n, wait in enumerate(clock.slept):
        whole = min(calls.LONGEST_WAIT, calls.FIRST_WAIT * 2**n)
        assert whole / 2 <= wait <= whole


@pytest.mark.parametrize(
    "error", [httpx.ConnectError("refused"), httpx.ReadTimeout(""), httpx.RemoteProtocolError("x")]
)
def test_every_fault_of_the_line_is_tried_again(error):
    assert asked([error, error])[0] == {"ok": True}


def test_one_who_is_told_to_wait_holds_back_the_others():
    clock, times = Clock(), []
    left = [httpx.Response(429, headers={"Retry-After": "40"})]

    def answer(request):
        times.append(clock.now)
        return left.pop() if left else httpx.Response(200, json={})

    async def run():
        line = Calls(Address(URL), Gate(1, clock, clock.sleep), 5, httpx.MockTransport(answer))
        await asyncio.gather(*(line.get(f"{URL}/models") for _ in range(3)))

    asyncio.run(run())
    assert times == [100, 140, 140, 140]


@pytest.mark.parametrize(
    ("response", "says"),
    [
        (httpx.Response(200, text="<html>"), "is no OpenAI-compatible server"),
        (httpx.Response(404, text="nothing"), "check the address and --model"),
        (httpx.Response(302, headers={"Location": "http://evil.test"}), "check the address"),
    ],
)
def test_what_is_no_such_server(response, says):
    with pytest.raises((EngineError, ModelError), match=says):
        asked([response])
