"""The cores of a node as seats, so that engines on CPUs do not compute at the same time with more threads than there are cores.

llama.cpp becomes five to ten times slower where another process keeps one of its cores busy. Ray cannot hold the cores for an engine:
one that lost its node would wait for the cores of another that has none to give, and its records with it. So engines take no CPUs
from Ray, start again wherever there is room, and those that meet on a node take turns.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from nlp.batch.layout import ENOUGH
from nlp.engines.threads import cores, threads


@contextlib.contextmanager
def seat(folder: Path, node: str, seats: int) -> Iterator[None]:
    """Have one of the ``seats`` of a node; waits for it. It is free again when the process ends, however it ends. Raises ``OSError``."""
    with contextlib.ExitStack() as until:
        for number in range(seats):
            file = until.enter_context((folder / f"{node}.{number}.seat").open("a"))
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
        else:
            file = until.enter_context((folder / f"{node}.{os.getpid() % seats}.seat").open("a"))
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def set_threads(seats: int) -> None:
    """Have an engine of this process compute with the threads of one seat. One core is left to annotators where there are enough."""
    spared = 0 if annotators_take_seats() else 1
    os.environ["ZHBRIEF_THREADS"] = str(max(1, (threads() - spared) // seats))


def annotators_take_seats() -> bool:
    """Whether annotators of this node take turns with its engines, since it has not the cores for both at once."""
    return cores() < ENOUGH
