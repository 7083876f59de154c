"""Batch: one pipeline over an archive, one result a record, in the order of the input; a journal lets it be interrupted.

>>> run(nlp.load(task="entities"), ["articles/"], Path("results.jsonl")).failed
0
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from nlp.batch.inputs import Meter, records, total_bytes
from nlp.batch.journal import Journal
from nlp.batch.layout import layout
from nlp.batch.parts import take_all
from nlp.batch.place import Fields
from nlp.batch.run import Begin, Run, Told
from nlp.batch.tally import Tally
from nlp.batch.workers import Workers, annotator
from nlp.engines.threads import sparing
from nlp.errors import UsageError, ZhbriefError
from nlp.pipeline import Pipeline, Record

__all__ = ["Fields", "Meter", "Record", "Tally", "records", "run", "total_bytes"]


def run(
    pipeline: Pipeline,
    inputs: Sequence[str],
    output: Path | None = None,
    fields: Fields | None = None,
    *,
    tally: Tally | None = None,
    meter: Meter | None = None,
    told: Told = lambda *_: None,
    resume: bool = True,
    retry_failed: bool = False,
    fail_fast: bool = False,
    dedupe: bool = False,
    workers: int | None = 0,
) -> Tally:
    """Write the result of every record of ``inputs`` to ``output`` (None: JSONL on standard output). Returns the counts.

    ``output`` ends in .jsonl or .parquet and appears when all is done; what is finished lies in the journal beside it, and a later run
    goes on from there unless ``resume`` is False. ``tally`` and ``meter`` are kept up to date for whoever watches, and ``told`` is
    called after each group of records, and with each that failed and its error.

    With ``dedupe`` a record whose article is nearly that of one before it says so (:mod:`nlp.batch.duplicates`), and has its brief where
    that holds word for word (:mod:`nlp.batch.carry`). ``workers`` is how many annotate at once (:func:`nlp.batch.layout.layout`); results do not depend on it. Those of their own process
    are spawned with ``pipeline.options``, so that a script has to begin under ``if __name__ == "__main__":``.

    Raises :class:`nlp.errors.ZhbriefError` for what stops the run: options or inputs that cannot be used, an output that another run is
    writing, a full disk, a process that cannot be started; with ``fail_fast`` also the first record that fails.
    """
    tally, meter = tally or Tally(), meter or Meter()
    source = partial(records, inputs, fields or Fields(), meter, output.resolve() if output else None)
    source()
    if dedupe and output is None:
        raise UsageError("--dedupe needs an output file (-o): the journal beside it knows what was seen")
    again = "-" not in inputs
    with contextlib.ExitStack() as until:
        journal = until.enter_context(contextlib.closing(Journal(output, anew=not resume))) if output else None
        if journal is not None:
            take_all(journal)
        laid_out = layout(pipeline.options.task, workers)
        begin: Begin = partial(partial, pipeline.annotated)
        if laid_out.processes:
            annotators = Workers(partial(annotator, pipeline.options), laid_out.processes)
            until.callback(annotators.close)
            begin = annotators.begin
        until.enter_context(sparing(laid_out.spares))
        work = Run(pipeline, journal, tally, meter, begin, laid_out, told, fail_fast, retry_failed, dedupe)
        until.callback(work.close)
        try:
            work(source, again)
        except BrokenPipeError:
            raise
        except OSError as e:
            kept = "; what is finished is kept, start again to go on" if journal else ""
            raise ZhbriefError(f"{output or 'standard output'}: {e.strerror or e}{kept}") from e
    return tally
