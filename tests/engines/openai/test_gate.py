import asyncio

from nlp.engines.openai.gate import Gate


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self):
        self.now, self.slept = 100.0, []

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


def test_who_comes_while_it_is_shut_waits_until_it_opens():
    clock = Clock()

    async def run():
        gate = Gate(3, clock, clock.sleep)
        gate.shut(7)
        gate.shut(2)
        async with gate.passed():
            return clock.now

    assert asyncio.run(run()) == 107


def test_it_may_be_shut_again_while_one_waits():
    clock = Clock()

    async def run():
        gate = Gate(1, clock, clock.sleep)
        real = clock.sleep

        async def interrupted(seconds):
            await real(seconds)
            if len(clock.slept) == 1:
                gate.shut(5)

        gate.sleep = interrupted
        gate.shut(1)
        async with gate.passed():
            return clock.slept

    assert asyncio.run(run()) == [1, 5]


def test_no_more_places_than_there_are():
    inside, most = 0, 0

    async def one(gate):
        nonlocal inside, most
        async with gate.passed():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    async def run():
        gate = Gate(2)
        await asyncio.gather(*(one(gate) for _ in range(9)))

    asyncio.run(run())
    assert (inside, most) == (0, 2)
