"""Where the results of a batch go: lines of JSON on a pipe or in a file that grows, and Parquet made of such a file."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from nlp.errors import UsageError
from nlp.render.as_arrow import row, schema

ROWS = 1000
"""Rows of a Parquet row group at most."""
WEIGHT = 16_000_000
"""Bytes of JSON whose rows are held at most before they are written."""


class Pipe:
    """Standard output."""

    def write(self, line: bytes) -> None:
        """Write a result: a line of JSON without its line feed."""
        sys.stdout.buffer.write(line + b"\n")

    def flush(self) -> None:
        """Let the reader have what was written."""
        sys.stdout.buffer.flush()


class Part:
    """A file of results that grows. ``size`` is its length in bytes; all but the first ``keep`` bytes of it are cut off."""

    def __init__(self, path: Path, keep: int) -> None:
        self._file: IO[bytes] = path.open("r+b" if keep else "wb")
        self._file.truncate(keep)
        self._file.seek(keep)
        self.size = keep

    def write(self, line: bytes) -> None:
        """Write a result: a line of JSON without its line feed."""
        self._file.write(line + b"\n")
        self.size += len(line) + 1

    def flush(self) -> None:
        """Let others see what was written."""
        self._file.flush()

    def sync(self) -> None:
        """Wait until what was written is on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def kind_of(path: Path) -> str:
    """``jsonl`` or ``parquet``, by the name of an output. Raises :class:`nlp.errors.UsageError` for any other."""
    kind = {".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}.get(path.suffix.lower())
    if kind is None:
        raise UsageError(f"-o {path}: name it .jsonl or .parquet, or - for standard output")
    return kind


def to_parquet(part: Path, target: Path) -> None:
    """Write ``target`` with a row for each line of ``part``, under the schema of :mod:`nlp.render.as_arrow`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetWriter(target, schema(), compression="zstd") as writer:
        for rows in _row_groups(part):
            writer.write_batch(pa.RecordBatch.from_pylist(rows, schema()), row_group_size=len(rows))


def _row_groups(part: Path) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    weight = 0
    with part.open("rb") as lines:
        for line in lines:
            rows.append(row(json.loads(line)))
            weight += len(line)
            if len(rows) == ROWS or weight >= WEIGHT:
                yield rows
                rows, weight = [], 0
    if rows:
        yield rows
