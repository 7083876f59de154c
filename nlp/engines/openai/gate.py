"""The one gate that all requests to a server pass: so many at once, and none while the server wants none."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

Sleep = Callable[[float], Awaitable[object]]


class Gate:
    """Lets ``places`` requests through at a time. ``clock`` and ``sleep`` count seconds."""

    def __init__(self, places: int, clock: Callable[[], float] = time.monotonic, sleep: Sleep = asyncio.sleep) -> None:
        self._places = asyncio.Semaphore(places)
        self._clock, self.sleep = clock, sleep
        self._opens = 0.0

    @asynccontextmanager
    async def passed(self) -> AsyncIterator[None]:
        """Wait for a place and for the gate to be open, and hold the place until the end."""
        async with self._places:
            while (wait := self._opens - self._clock()) > 0:
                await self.sleep(wait)
            yield

    def shut(self, seconds: float) -> None:
        """Let nobody through for ``seconds`` from now."""
        self._opens = max(self._opens, self._clock() + seconds)
