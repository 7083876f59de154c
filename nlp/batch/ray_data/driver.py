"""The driver: what is finished already, the job for the rest, and the output when nothing is left."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import numpy as np

from nlp import batch
from nlp.batch import parts
from nlp.batch.inputs import Meter, records
from nlp.batch.journal import Journal
from nlp.batch.kept import Kept
from nlp.batch.keys import Keys, names_version
from nlp.batch.place import Fields
from nlp.batch.ray_data.cluster import LOCAL, check, joined
from nlp.batch.ray_data.job import results
from nlp.batch.ray_data.reading import mark, units
from nlp.batch.ray_data.stages import Done, Job
from nlp.batch.run import CHUNK, Told
from nlp.batch.tally import Tally
from nlp.errors import UsageError, ZhbriefError
from nlp.pipeline import Pipeline

if TYPE_CHECKING:
    from nlp.batch.ray_data.reading import Marks

SIZE = {"brief": 8, "translate": 8}
"""Records of a group, by the task: what is lost with a worker, some seconds' or minutes' work."""
USUAL_SIZE = 64


def run(
    pipeline: Pipeline,
    inputs: Sequence[str],
    output: Path | None,
    fields: Fields | None = None,
    *,
    address: str = LOCAL,
    workers: int | None = None,
    tally: Tally | None = None,
    meter: Meter | None = None,
    told: Told = lambda *_: None,
    resume: bool = True,
    retry_failed: bool = False,
    fail_fast: bool = False,
    dedupe: bool = False,
) -> Tally:
    """As :func:`nlp.batch.run`, to the same output, with the work done by Ray at ``address``: ``local``, ``auto`` or ``HOST:PORT``.

    ``workers`` is how many engines there are or, without a model, how many groups are annotated at once at most. Inputs and output lie
    where every node sees them under the same paths. Raises :class:`nlp.errors.ZhbriefError` besides where Ray cannot be had or gives up.
    """
    if output is None:
        raise UsageError("--ray: name the output with -o, results wait beside it until all are there")
    if dedupe:
        raise UsageError("--ray: --dedupe is for one machine, which sees every article before the next")
    if "-" in inputs:
        raise UsageError("--ray: standard input is on this machine alone; put it in a file that every node sees")
    tally, meter, fields = tally or Tally(), meter or Meter(), fields or Fields()
    check(address)
    records(inputs, fields)
    with contextlib.closing(Journal(output, anew=not resume)) as journal:
        try:
            parts.take_all(journal)
            parts.prepare(journal)
            job = _job(pipeline, fields, journal)
            marks = _marks(journal, pipeline, job.names, retry_failed)
            with contextlib.closing(_work(job, journal, inputs, marks, address, workers)) as work:
                for done in work:
                    _count(tally, done)
                    told(None, None)
                    if fail_fast and done.failure is not None:
                        raise ZhbriefError(f"{done.failure} (stopped at the first failure)")
        except OSError as e:
            raise ZhbriefError(f"{output}: {e.strerror or e}; what is finished is kept, start again to go on") from e
    whole = batch.run(pipeline, inputs, output, fields, meter=meter, told=told, fail_fast=fail_fast)
    ran = min(tally.done, whole.skipped)
    tally.done, tally.skipped, tally.failed = whole.done + ran, whole.skipped - ran, whole.failed
    tally.characters, tally.tokens = tally.characters + whole.characters, tally.tokens + whole.tokens
    tally.warnings, tally.failure, tally.position = whole.warnings, whole.failure, whole.position
    return tally


def _job(pipeline: Pipeline, fields: Fields, journal: Journal) -> Job:
    options = pipeline.options
    size = SIZE.get(options.task, USUAL_SIZE)
    about, names = Keys(options).about, names_version(options)
    return Job(uuid4().hex, replace(pipeline), fields, str(Path.cwd()), journal.parts, about, names, size)


def _work(
    job: Job, journal: Journal, inputs: Sequence[str], marks: Marks, address: str, workers: int | None
) -> Generator[Done]:
    """Have Ray work on what is not finished; what is done is durable when it is told."""
    todo = units(inputs, journal.output)
    if todo:
        with joined(address) as nodes:
            for done in results(job, todo, marks, nodes, workers):
                if done.part is not None:
                    parts.take(journal, done.part)
                yield done


def _marks(journal: Journal, pipeline: Pipeline, names: bytes, retry_failed: bool) -> Marks:
    """The marks of all that the journal has finished, as the plain run would take it."""
    found = {mark(key, place) for key, place, failed in journal.settled(names) if not (failed and retry_failed)}
    look = Kept(journal, pipeline.options, names, retry_failed)
    others = iter(list(journal.unsettled(names)))
    while keys := list(itertools.islice(others, CHUNK)):
        found |= {
            mark(row.key, row.place) for row in journal.find(keys).values() if not row.failed and look.is_true(row)
        }
        journal.commit()
    return np.array(sorted(found), np.uint64)


def _count(tally: Tally, done: Done) -> None:
    tally.position += done.read
    tally.done += done.done
    tally.skipped += done.skipped
    tally.failed += done.failed
    tally.failure = tally.failure or done.failure
    tally.characters += done.characters
    tally.tokens += done.tokens
    tally.warnings.update(done.warnings)
