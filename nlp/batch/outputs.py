"""Where the results of a batch go: JSONL or Parquet, a result at a time, in the order in which they come."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO, Any, Protocol

from nlp.errors import UsageError
from nlp.render.as_arrow import row, schema

ROWS = 1000
"""Rows of a Parquet row group at most."""
WEIGHT = 16_000_000
"""Characters of JSON whose rows are held at most before they are written."""


class Output(Protocol):
    """Takes results as lines of JSON (without the line feed) and writes them in its own form."""

    def write(self, line: str) -> None:
        """Take one result."""
        ...

    def flush(self) -> None:
        """Hand on what can be handed on."""
        ...

    def close(self) -> None:
        """Write what is left."""
        ...


class Jsonl:
    """One line a result, in UTF-8."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def write(self, line: str) -> None:  # noqa: D102 - Output says it
        self._stream.write(f"{line}\n".encode())

    def flush(self) -> None:  # noqa: D102
        self._stream.flush()

    def close(self) -> None:  # noqa: D102
        self._stream.flush()


class Parquet:
    """One row a result, under the schema of :mod:`nlp.render.as_arrow`; row groups do not depend on when results came."""

    def __init__(self, stream: IO[bytes]) -> None:
        import pyarrow.parquet as pq

        self._writer = pq.ParquetWriter(stream, schema(), compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self._weight = 0

    def write(self, line: str) -> None:  # noqa: D102
        self._rows.append(row(json.loads(line)))
        self._weight += len(line)
        if len(self._rows) >= ROWS or self._weight >= WEIGHT:
            self._write_rows()

    def flush(self) -> None:
        """Nothing: a row group is written when it is full."""

    def close(self) -> None:  # noqa: D102
        if self._rows:
            self._write_rows()
        self._writer.close()

    def _write_rows(self) -> None:
        import pyarrow as pa

        self._writer.write_batch(pa.RecordBatch.from_pylist(self._rows, schema()))
        self._rows, self._weight = [], 0


def kind_of(path: Path) -> str:
    """``jsonl`` or ``parquet``, by the name of an output. Raises :class:`nlp.errors.UsageError` for any other."""
    kind = {".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}.get(path.suffix.lower())
    if kind is None:
        raise UsageError(f"-o {path}: name it .jsonl or .parquet, or - for standard output")
    return kind
