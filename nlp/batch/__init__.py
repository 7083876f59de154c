"""Batch: one pipeline over many records, one line of JSON a result, in the order of the input."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from nlp.batch.inputs import Meter, records
from nlp.batch.place import Fields
from nlp.pipeline import Pipeline, Record
from nlp.render import as_line

__all__ = ["Fields", "Meter", "records", "run"]


def run(pipeline: Pipeline, inputs: Iterable[Record], out: TextIO) -> tuple[int, int]:
    """Write a result a line to ``out``, each as soon as it is there. Returns (done, failed) counts."""
    done = bad = 0
    for result in pipeline.stream(inputs):
        out.write(as_line(result) + "\n")
        out.flush()
        done, bad = done + (result.error is None), bad + (result.error is not None)
    return done, bad
