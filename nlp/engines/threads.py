"""How many cores there are, and how many threads an engine should compute with."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path

from nlp.errors import UsageError

CPUS = Path("/sys/devices/system/cpu")
QUOTA = Path("/sys/fs/cgroup/cpu.max")
_spared: ContextVar[int] = ContextVar("spared", default=0)


def threads(cpus: Path = CPUS, quota: Path = QUOTA) -> int:
    """``ZHBRIEF_THREADS``, else the :func:`cores` that are not spared for others.

    Raises :class:`nlp.errors.UsageError` where the variable is no positive number.
    """
    given = os.environ.get("ZHBRIEF_THREADS", "").strip()
    if given:
        if not given.isascii() or not given.isdigit() or int(given) < 1:
            raise UsageError(f"ZHBRIEF_THREADS={given}: must be a whole number from 1 up")
        return int(given)
    return max(1, cores(cpus, quota) - _spared.get())


def cores(cpus: Path = CPUS, quota: Path = QUOTA) -> int:
    """The physical cores that this process may use.

    Two hardware threads of one core count once: matrix products gain nothing from the second. A container's CPU quota
    counts too, since llama.cpp with more threads than it is given time for becomes many times slower.
    """
    usable = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set(range(os.cpu_count() or 1))
    found = {_core(cpus / f"cpu{n}", n) for n in usable}
    return max(1, min(len(found), _allowed(quota) or len(found)))


@contextlib.contextmanager
def sparing(count: int) -> Iterator[None]:
    """An engine that is loaded in this context leaves ``count`` cores to other processes of ours."""
    before = _spared.set(count)
    try:
        yield
    finally:
        _spared.reset(before)


def _core(cpu: Path, number: int) -> tuple[str, str]:
    try:
        topology = cpu / "topology"
        return (topology / "physical_package_id").read_text().strip(), (topology / "core_id").read_text().strip()
    except OSError:
        return "", str(number)


def _allowed(quota: Path) -> int | None:
    try:
        limit, period = quota.read_text().split()
        return max(1, int(limit) // int(period))
    except (OSError, ValueError, ZeroDivisionError):
        return None
