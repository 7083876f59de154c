"""Signs of life: whoever is at work touches a file now and then, and a job at which nobody has been for long is given up.

Ray waits without end: for CPUs that no node has to give, and for what it may have lost.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.errors import ZhbriefError

if TYPE_CHECKING:
    from ray.data._internal.execution.execution_callback import ExecutionCallback

PULSE = 20.0
"""Seconds between two signs of life."""
PATIENCE = 900.0
"""Seconds without one, after which a job is given up: a cluster may need some minutes to get a node."""


def beat(folder: Path) -> None:
    """Give a sign of life. One that cannot be given is left out: who writes there next will say why."""
    with contextlib.suppress(OSError):
        (folder / "pulse").touch()


@contextlib.contextmanager
def beating(folder: Path) -> Iterator[None]:
    """Give signs of life while the context lasts, however long one record takes."""
    over = threading.Event()

    def go_on() -> None:
        beat(folder)
        while not over.wait(PULSE):
            beat(folder)

    threading.Thread(target=go_on, daemon=True).start()
    try:
        yield
    finally:
        over.set()


def watch(folder: Path) -> type[ExecutionCallback]:
    """What Ray Data calls at each step of a job; it raises :class:`nlp.errors.ZhbriefError` there, for the job, after :data:`PATIENCE`."""
    from ray.data._internal.execution.execution_callback import ExecutionCallback

    class Watch(ExecutionCallback):  # type: ignore[misc]  # Ray has no types
        """Looks for signs of life; they are told apart by their times, which are those of other machines' clocks."""

        def __init__(self) -> None:
            self._last, self._since = 0, time.monotonic()

        def on_execution_step(self, _: object) -> None:
            """Look once."""
            with contextlib.suppress(FileNotFoundError):
                last = (folder / "pulse").stat().st_mtime_ns
                if last != self._last:
                    self._last, self._since = last, time.monotonic()
            if time.monotonic() - self._since > PATIENCE:
                raise ZhbriefError(
                    f"Ray has had nobody at work for {PATIENCE / 60:.0f} minutes: its nodes are lost or busy with other things; "
                    "what is finished is kept, start again to go on"
                )

    return Watch
