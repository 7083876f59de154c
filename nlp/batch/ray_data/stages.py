"""The stages of the job, as they run in Ray's workers: read, annotate, finish.

Each takes and gives rows of one column, a pickle of a :class:`Group`, :class:`Annotated`, :class:`Done` or an error that concerns all
records, which is handed on to the driver. A group is never divided, so that it makes the same part whoever works on it.
"""

from __future__ import annotations

import contextlib
import os
import pickle
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp.batch import parts
from nlp.batch.keys import Keys, names_version
from nlp.batch.place import Fields
from nlp.batch.ray_data.attempts import DEATHS, Attempt
from nlp.batch.ray_data.pulse import beating
from nlp.batch.ray_data.reading import Group, groups, is_marked
from nlp.batch.ray_data.seats import annotators_take_seats, seat, set_threads
from nlp.batch.run import finished_row
from nlp.errors import UsageError, ZhbriefError
from nlp.pipeline import Pipeline, Record, failed, where
from nlp.types import Result

if TYPE_CHECKING:
    import ray

Row = dict[str, bytes]


@dataclass(frozen=True)
class Job:
    """What every worker is told. ``about`` and ``names`` are the driver's hashes of options and glossaries (:mod:`nlp.batch.keys`).

    ``folder`` is the driver's working folder, which names of files start from; ``parts`` is where parts go. ``size`` is how many records
    a group has at most, ``seats`` how many engines compute at once on a node (:mod:`nlp.batch.ray_data.seats`), 0 as many as are there.
    """

    id: str
    pipeline: Pipeline = field(compare=False)
    fields: Fields = field(compare=False)
    folder: str = field(compare=False)
    parts: Path = field(compare=False)
    about: bytes = field(compare=False)
    names: bytes = field(compare=False)
    size: int = field(compare=False)
    seats: int = field(default=0, compare=False)


@dataclass
class Annotated:
    """A group whose records have all but the model's part, each with its fingerprint."""

    group: Group
    results: list[tuple[Result, bytes]]


@dataclass
class Done:
    """What became of a group: the name of its part, if it had any records, and counts as in :class:`nlp.batch.tally.Tally`."""

    part: str | None
    read: int
    skipped: int
    failed: int
    failure: str | None
    done: int = 0
    characters: int = 0
    tokens: int = 0
    warnings: Counter[str] = field(default_factory=Counter)


def read(row: Row, job: Job, finished: ray.ObjectRef[Any]) -> Iterator[Row]:
    """The groups of a unit."""
    import ray

    try:
        _, keys = _ready(job)
    except ZhbriefError as e:
        yield packed(e)
        return
    known = partial(is_marked, ray.get(finished))
    found = groups(unpacked(row), job.fields, keys, known, job.size)
    while True:
        with beating(job.parts):  # and not while Ray has it wait for others
            group = next(found, None)
        if group is None:
            return
        yield packed(group)


def annotate(row: Row, job: Job) -> Row:
    """A group annotated."""
    group = unpacked(row)
    if not isinstance(group, Group):
        return row
    if not group.records:
        return packed(Annotated(group, []))
    try:
        pipeline, _ = _ready(job)
        with beating(job.parts), _seat(job) if annotators_take_seats() else contextlib.nullcontext():
            return packed(_annotated(group, pipeline, job))
    except ZhbriefError as e:
        return packed(e)


def finish(row: Row, job: Job) -> Row:
    """A group that is annotated with the model's part, where the task has one; its results are on the disk then."""
    annotated = unpacked(row)
    if not isinstance(annotated, Annotated):
        return row
    if not annotated.results:
        return packed(_done(annotated.group))
    try:
        pipeline, _ = _ready(job)
        with beating(job.parts), _seat(job):
            return packed(_finished(annotated, pipeline, job))
    except ZhbriefError as e:
        return packed(e)


def annotate_and_finish(row: Row, job: Job) -> Row:
    """Both in one, where no model writes."""
    return finish(annotate(row, job), job)


class Engine:
    """:func:`finish` in an actor, whose engine stays loaded."""

    def __init__(self, job: Job) -> None:
        self._job = job
        if job.seats:
            set_threads(job.seats)

    def __call__(self, row: Row) -> Row:
        """A group finished."""
        return finish(row, self._job)


def _annotated(group: Group, pipeline: Pipeline, job: Job) -> Annotated:
    attempt = _attempt(job, group, "annotate")
    results = [
        pipeline.annotated(record) if attempt.begin(number) else (_deadly(record), b"")
        for number, (record, _) in enumerate(group.records)
    ]
    attempt.end()
    return Annotated(group, results)


def _done(group: Group) -> Done:
    return Done(None, group.read, group.skipped, group.failed, group.failure)


def _finished(annotated: Annotated, pipeline: Pipeline, job: Job) -> Done:
    group = annotated.group
    done = _done(group)
    before = pipeline.tokens
    rows = []
    attempt = _attempt(job, group, "finish")
    for number, ((record, key), (result, matched)) in enumerate(zip(group.records, annotated.results, strict=True)):
        result = pipeline.completed(record, result) if attempt.begin(number) else _deadly(record)
        rows.append(finished_row(record, key, job.names, result, matched))
        done.characters += len(result.article.text)
        done.warnings.update(rows[-1].warnings)
        if result.error is None:
            done.done += 1
        else:
            done.failed += 1
            done.failure = done.failure or result.error
    done.tokens = pipeline.tokens - before
    attempt.end()
    try:
        return replace(done, part=parts.write(job.parts, group.where, rows))
    except OSError as e:
        raise _unwritable(job, e) from e


@contextlib.contextmanager
def _seat(job: Job) -> Iterator[None]:
    import ray

    with contextlib.ExitStack() as until:
        if job.seats:
            try:
                until.enter_context(seat(job.parts, ray.get_runtime_context().get_node_id(), job.seats))
            except OSError as e:
                raise _unwritable(job, e) from e
        yield


def _attempt(job: Job, group: Group, stage: str) -> Attempt:
    try:
        return Attempt(job.parts / f"{group.where}.{stage}")
    except OSError as e:
        raise _unwritable(job, e) from e


def _deadly(record: Record) -> Result:
    told = f"the process that worked on it died, {DEATHS} times; divide it, or give each worker more memory"
    return failed(record, f"{where(record.path, record.record)}: {told}")


def _unwritable(job: Job, error: OSError) -> ZhbriefError:
    return ZhbriefError(
        f"{job.parts}: {error.strerror or error}{_here()}; what is finished is kept, start again to go on"
    )


@lru_cache(maxsize=1)
def _ready(job: Job) -> tuple[Pipeline, Keys]:
    """Make this process ready for a job: where the driver stands, with the same glossaries and models."""
    try:
        os.chdir(job.folder)
        job.parts.stat()
    except OSError as e:
        raise UsageError(
            f"{e.filename}: {e.strerror}{_here()}; every node has to see the input and -o under the same paths"
        ) from e
    keys = Keys(job.pipeline.options)
    if (keys.about, names_version(job.pipeline.options)) != (job.about, job.names):
        raise UsageError(f"zhbrief, its models or its glossaries are others{_here()} than where the job was started")
    return replace(job.pipeline), keys


def _here() -> str:
    import ray

    return f" on node {ray.util.get_node_ip_address()}"


def packed(value: Any) -> Row:
    """A row for Ray."""
    return {"it": pickle.dumps(value)}


def unpacked(row: Row) -> Any:
    """What :func:`packed` packed."""
    return pickle.loads(row["it"])
