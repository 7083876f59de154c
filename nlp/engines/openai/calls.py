"""Calls to one server: tried again where that may help, and told in one line where not.

What passes (no connection, a timeout, a broken stream, 408, 429, 5xx) is tried again after a wait that doubles; ``Retry-After`` is
honoured, and holds back every other request too. The key stands in the request's header and nowhere else.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

import httpx

from nlp.engines.openai.address import OWN, Address
from nlp.engines.openai.gate import Gate
from nlp.engines.openai.stream import Answer, BrokenAnswerError, read_answer
from nlp.errors import EngineError, ModelError, ZhbriefError

TRIES = 6
"""How often a request is made at most."""
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
"""Seconds before the second try, and before any."""
PATIENCE = 120.0
"""Longest ``Retry-After`` in seconds that is waited for; one that is longer means a quota is used up."""
CONNECT = 10.0
"""Seconds to wait for a connection."""
WHOLE = 10
"""How many times the wait for a byte a whole answer may take: a server that sends a byte a minute never ends."""
PASSING = frozenset((408, 409, 425, 429, 500, 502, 503, 504, 529))
"""Statuses after which another try may help."""
BUSY = frozenset((429, 503, 529))
"""Of those, the ones that concern every request."""

T = TypeVar("T")


class _PassingError(Exception):
    """A fault that another try may mend. ``wait`` is what the server asks for, in seconds; ``final`` is raised after the last."""

    def __init__(self, final: ZhbriefError, wait: float | None = None, everyone: bool = False) -> None:
        super().__init__(str(final))
        self.final, self.wait, self.everyone = final, wait, everyone


class Calls:
    """Talks to the server at ``address`` through ``gate``; ``timeout`` is how many seconds it may send nothing."""

    def __init__(self, address: Address, gate: Gate, timeout: float, transport: httpx.AsyncBaseTransport | None = None):
        self.address, self._gate, self._timeout = address, gate, timeout
        headers = {"Authorization": f"Bearer {address.key}"} if address.key else {}
        self._client = httpx.AsyncClient(
            headers=headers,
            timeout=httpx.Timeout(timeout, connect=CONNECT),
            trust_env=not address.loopback,  # a proxy has no business between this machine and itself
            limits=httpx.Limits(max_connections=None),
            transport=transport,
        )

    async def get(self, url: str, tries: int = TRIES) -> Any:
        """The JSON at ``url``. Raises :class:`nlp.errors.ModelError` or ``EngineError``."""
        return await self._patiently(lambda: self._json("GET", url, None), tries)

    async def post(self, url: str, body: dict[str, Any]) -> Any:
        """The JSON that ``url`` answers ``body`` with. Raises as :meth:`get` does."""
        return await self._patiently(lambda: self._json("POST", url, body))

    async def complete(self, body: dict[str, Any]) -> Answer:
        """The answer to a chat. Raises as :meth:`get` does."""
        return await self._patiently(lambda: self._streamed(body))

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _patiently(self, attempt: Callable[[], Awaitable[T]], tries: int = TRIES) -> T:
        tried = 0
        while True:
            tried += 1
            try:
                async with self._gate.passed(), asyncio.timeout(WHOLE * self._timeout):
                    return await self._once(attempt)
            except TimeoutError:
                passing = _PassingError(self._failed("takes too long to answer"))
            except _PassingError as e:
                passing = e
            if tried >= tries or (passing.wait or 0) > PATIENCE:
                raise passing.final from passing
            wait = _back_off(tried) if passing.wait is None else passing.wait
            if passing.everyone:
                self._gate.shut(wait)
            else:
                await self._gate.sleep(wait)

    async def _once(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """One try, with the client's errors mapped onto ours."""
        try:
            return await attempt()
        except (httpx.ConnectError, httpx.ConnectTimeout) as e:
            nobody = ModelError(f"nobody answers at {self.address.url} ({_short(e)}): is the server running?")
            raise _PassingError(nobody) from e
        except httpx.TimeoutException as e:
            raise _PassingError(self._failed(f"sent nothing for {self._timeout:g} s")) from e
        except (httpx.TransportError, httpx.DecodingError) as e:
            raise _PassingError(self._failed(f"broke off ({_short(e)})")) from e
        except BrokenAnswerError as e:
            raise _PassingError(self._failed(f"did not answer as it should: {self._clean(str(e))}")) from e

    async def _json(self, method: str, url: str, body: dict[str, Any] | None) -> Any:
        response = await self._client.request(method, url, json=body)
        self._judge(response)
        try:
            return response.json()
        except (ValueError, RecursionError) as e:
            raise self._failed(f"is no OpenAI-compatible server: {response.url.path} is no JSON") from e

    async def _streamed(self, body: dict[str, Any]) -> Answer:
        async with self._client.stream("POST", f"{self.address.url}/chat/completions", json=body) as response:
            if response.status_code != httpx.codes.OK:
                await response.aread()
                self._judge(response)
            streamed = not response.headers.get("Content-Type", "").startswith("application/json")
            return await read_answer(response.aiter_bytes(), streamed)

    def _judge(self, response: httpx.Response) -> None:
        """Raise for a status that is no success: whom it concerns decides whether an archive's run goes on after it."""
        status = response.status_code
        if response.is_success:
            return
        if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):  # what it says might quote the key
            raise ModelError(f"{self.address.url} refuses the key ({status}): set the right one in {OWN}_API_KEY")
        said = f"{status} {response.reason_phrase}: {self._clean(_said(response))}"
        if status in PASSING:
            error = ModelError if status in BUSY else EngineError
            raise _PassingError(error(f"{self.address.url} answers {said}"), _retry_after(response), status in BUSY)
        if status == httpx.codes.NOT_FOUND or response.is_redirect:
            raise ModelError(f"{self.address.url} answers {said}; check the address and --model")
        raise EngineError(f"{self.address.url} answers {said}")

    def _failed(self, how: str) -> EngineError:
        return EngineError(f"{self.address.url} {how}")

    def _clean(self, text: str) -> str:
        """``text`` of the server's on one line, cut, without the key if it should quote it."""
        line = " ".join(text.split())
        return (line.replace(self.address.key, "…") if self.address.key else line)[:200]


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__


def _back_off(tried: int) -> float:
    """Seconds before the next try; at random up to a half less, so that many who were refused do not come back together."""
    return min(LONGEST_WAIT, FIRST_WAIT * float(2 ** (tried - 1))) * random.uniform(0.5, 1.0)


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds that the server asks to wait (RFC 9110, 10.2.3: seconds, or a date); None where it does not say."""
    given = response.headers.get("Retry-After", "").strip()
    if given.isascii() and given.isdigit():
        return float(given)
    try:
        return max(0.0, parsedate_to_datetime(given).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def _said(response: httpx.Response) -> str:
    """The message in an error; servers put it in different places."""
    try:
        answer = json.loads(response.content)
    except (ValueError, RecursionError):
        return response.text
    for name in ("error", "message", "detail"):
        if isinstance(answer, dict) and name in answer:
            answer = answer[name]
    return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
