"""Batch: one pipeline over an archive, one result a record, in the order of the input; a journal lets it be interrupted.

>>> run(nlp.load(task="entities"), ["articles/"], Path("results.jsonl")).failed
0
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from nlp.batch.inputs import Meter, records, total_bytes
from nlp.batch.journal import Journal
from nlp.batch.outputs import Jsonl, Output, Parquet, kind_of
from nlp.batch.place import Fields
from nlp.batch.run import Run
from nlp.batch.tally import Tally
from nlp.errors import ZhbriefError
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
    told: Callable[[Record | None, str | None], None] = lambda *_: None,
    resume: bool = True,
    retry_failed: bool = False,
    fail_fast: bool = False,
) -> Tally:
    """Write the result of every record of ``inputs`` to ``output`` (None: JSONL on standard output). Returns the counts.

    ``output`` ends in .jsonl or .parquet and appears when all is done; what is finished lies in the journal beside it, and a later run
    goes on from there unless ``resume`` is False. ``tally`` and ``meter`` are kept up to date for whoever watches, and ``told`` is
    called after each group of records, and with each that failed and its error. Raises :class:`nlp.errors.ZhbriefError` for what stops
    the run: options or inputs that cannot be used, an output that another run is writing, a full disk; with ``fail_fast`` also the
    first record that fails.
    """
    tally, meter = tally or Tally(), meter or Meter()
    found = records(inputs, fields or Fields(), meter, output.resolve() if output else None)
    with _opened(output, resume) as (out, journal):
        Run(pipeline, out, journal, tally, meter, told, fail_fast, retry_failed)(found)
    return tally


@contextlib.contextmanager
def _opened(path: Path | None, resume: bool) -> Iterator[tuple[Output, Journal | None]]:
    """The output and its journal; the output is put in its place at the end, where nothing was raised."""
    if path is None:
        yield Jsonl(sys.stdout.buffer), None
        return
    kind = kind_of(path)
    with contextlib.closing(Journal(path, anew=not resume)) as journal:
        try:
            with journal.part.open("wb") as stream:
                out: Output = Jsonl(stream) if kind == "jsonl" else Parquet(stream)
                yield out, journal
                out.close()
            journal.publish()
        except OSError as e:
            raise ZhbriefError(f"{path}: {e.strerror or e}; what is finished is kept, start again to go on") from e
        finally:
            with contextlib.suppress(OSError):
                journal.part.unlink(missing_ok=True)
