"""Annotators in processes of their own. A process that dies takes nothing with it but, where it dies twice, the record it was on.

Each process is spawned, so that it has no thread's half-held locks, builds its own pipeline and is sent one record at a time; a thread here
waits for it. Tries and tables of large glossaries are mapped from files (:mod:`nlp.names.lexicon`), which the processes share.
"""

from __future__ import annotations

import contextlib
import errno
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from typing import Any

from nlp.errors import ZhbriefError
from nlp.pipeline import Options, Pipeline, Record, failed, where
from nlp.types import Result

Annotated = tuple[Result, bytes]
"""What :meth:`nlp.pipeline.Pipeline.annotated` gives: a result, and the fingerprint of what the glossaries have for it."""
Annotate = Callable[[Record], Annotated]
ATTEMPTS = 2
"""Processes that a record may cost. One may have been killed for what others did: the second shows whether it was the record."""
GRACE = 1.0
"""Seconds in which a process whose pipe is broken has ended."""
ONE_THREAD = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1"),
    "TOKENIZERS_PARALLELISM": "false",
}
"""What keeps numpy and tokenizers to one thread; onnxruntime is told so where its sessions are made."""


def annotator(options: Options) -> Annotate:
    """A pipeline's annotating half, everything that it needs loaded. Raises :class:`nlp.errors.ZhbriefError`."""
    pipeline = Pipeline(options)
    if options.task != "clean":
        _ = pipeline.language
    return pipeline.annotated


class Workers:
    """Up to ``count`` processes, started as records come for them; ``make`` is called in each and gives what annotates."""

    def __init__(self, make: Callable[[], Annotate], count: int) -> None:
        self._make = make
        self._threads = ThreadPoolExecutor(count, "zhbrief-worker", _deaf)
        self._starting = threading.Lock()
        self._all: list[_Worker] = []
        self._idle: list[_Worker] = []
        self._closed = False

    def begin(self, record: Record) -> Callable[[], Annotated]:
        """Have a record annotated; what is returned waits for it.

        That raises what a process raised, which concerns all records, and :class:`nlp.errors.ZhbriefError` where none can be started.
        """
        return self._threads.submit(self._annotated, record).result

    def close(self) -> None:
        """End the processes, whatever they are at."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._starting:
            self._closed = True
        for worker in self._all:
            worker.end()
        self._threads.shutdown()

    def _annotated(self, record: Record) -> Annotated:
        how = ""
        for attempt in range(ATTEMPTS):
            worker = self._worker(new=attempt > 0)
            try:
                annotated = worker(record)
            except EOFError:
                how = worker.died()
            else:
                self._idle.append(worker)
                return annotated
        name = where(record.path, record.record)
        return failed(
            record, f"{name}: the process that worked on it {how}, twice; try fewer --workers, or divide it"
        ), b""

    def _worker(self, new: bool) -> _Worker:
        with self._starting:
            if self._idle and not new:
                return self._idle.pop()
            if self._closed:
                raise ZhbriefError("the workers have ended")
            try:
                worker = _Worker()
            except OSError as e:
                raise ZhbriefError(f"no worker can be started: {e.strerror or e}; try fewer --workers") from e
            self._all.append(worker)
        worker.prepare(self._make)
        return worker


class _Worker:
    """One process. Not thread-safe."""

    def __init__(self) -> None:
        spawning = multiprocessing.get_context("spawn")
        self._pipe, there = spawning.Pipe()
        self._process = spawning.Process(target=_serve, args=(there,), name="zhbrief-worker", daemon=True)
        self._process.start()
        there.close()  # the process has the only other end, which closes when it dies

    def prepare(self, make: Callable[[], Annotate]) -> None:
        """Have it make what annotates. Raises what ``make`` raised, and :class:`nlp.errors.ZhbriefError` where it dies of it."""
        try:
            self._asked(make)
        except EOFError:
            raise ZhbriefError(f"a worker {self.died()} before it could work; try --workers 1") from None

    def __call__(self, record: Record) -> Annotated:
        """The record, annotated. Raises ``EOFError`` where the process dies."""
        return self._asked(record)  # type: ignore[no-any-return]

    def died(self) -> str:
        """How the process ended that no longer answers."""
        self._process.join(GRACE)
        self.end()
        self._pipe.close()
        code = self._process.exitcode or 0
        return f"was killed ({signal.Signals(-code).name})" if code < 0 else f"ended with status {code}"

    def end(self) -> None:
        """End the process, whatever it is at."""
        self._process.terminate()
        self._process.join()

    def _asked(self, question: Any) -> Any:
        try:
            self._pipe.send(question)
            answer = self._pipe.recv()
        except OSError as e:
            raise EOFError from e
        if isinstance(answer, Exception):
            raise answer
        return answer


def _deaf() -> None:
    """Let Ctrl-C reach the main thread alone, and no process that is started from this one: the run ends them itself."""
    resource_tracker.ensure_running()  # now, since its start lets the signal through again
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _serve(pipe: Connection) -> None:
    """The life of a process: make what annotates, then annotate until the run has no more or has ended."""
    os.environ.update(ONE_THREAD)  # before what is received brings numpy in
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        make = pipe.recv()
        work = _tried(make)
        pipe.send(work if isinstance(work, Exception) else None)
        while not isinstance(work, Exception):
            record = pipe.recv()
            pipe.send(_tried(lambda: work(record)))  # noqa: B023 - called here


def _tried(work: Callable[[], Any]) -> Any:
    """What ``work`` gives, or what it raises. A process without memory ends: another may have more."""
    try:
        return work()
    except MemoryError:
        raise SystemExit(errno.ENOMEM) from None
    except Exception as e:
        return e
