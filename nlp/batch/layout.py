"""How a run's work is laid out on this machine: who annotates, and whether that goes on while a model writes."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.engines.threads import cores
from nlp.pipeline import Task

ENOUGH = 4
"""With so many cores some are left to annotators while a model writes. With fewer they take turns: llama.cpp waits in every step for its
slowest thread, and one busy core makes it five times slower."""
AHEAD = 4
"""Records for each process that are under way or wait for those before them."""


@dataclass(frozen=True, slots=True)
class Layout:
    """``processes`` annotate beside this one; none: it does so itself, a record at a time.

    With ``turns`` they rest while the model writes; else it is they for whom it ``spares`` cores.
    """

    processes: int = 0
    turns: bool = False

    @property
    def ahead(self) -> int:
        """How many records may be under way besides the one that is waited for."""
        return AHEAD * self.processes

    @property
    def spares(self) -> int:
        """Cores that a model leaves to the processes."""
        return 0 if self.turns else self.processes


def layout(task: Task, workers: int | None, available: int | None = None) -> Layout:
    """The layout for ``workers`` annotators on ``available`` cores (default: those that this process may use); 0: this process itself.

    None is one that keeps ahead of a model, and where there is no model one a core.
    """
    available = available or cores()
    written = task in ("brief", "translate")
    if workers is None:
        workers = 1 if written else available
    beside = workers > 1 or (workers == 1 and written and available >= ENOUGH)
    return Layout(workers, available < ENOUGH and written) if beside else Layout()
