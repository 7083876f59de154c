"""Containers of rows: JSONL, CSV and Parquet, read a row at a time."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from nlp.batch.compression import Stream
from nlp.batch.place import BROKEN, Fields, Place, printable, why
from nlp.errors import InputError
from nlp.pipeline import Record
from nlp.read import MAX_BYTES, decode

LONGEST = 4 * MAX_BYTES
"""Longest line (bytes, in a CSV characters): an article of the greatest length with every character escaped."""
HOPELESS = 16
"""A line that goes on for so many times :data:`LONGEST` is no line, and what follows it is not read."""
AT_ONCE = 64
"""Rows of a Parquet file that are decoded at a time."""


def jsonl_records(stream: Stream, place: Place, fields: Fields) -> Iterator[Record]:
    """A record of each line that is not blank."""
    number = 0
    try:
        while line := stream.readline(LONGEST):
            number += 1
            if len(line) == LONGEST and not line.endswith(b"\n"):
                _skip_line(lambda: stream.readline(LONGEST))
                yield place.bad(f"{place}:{number}: a line of more than {LONGEST / 1e6:.0f} MB; split it", str(number))
            elif line.strip():
                yield _json_record(place, number, line.removeprefix(codecs.BOM_UTF8) if number == 1 else line, fields)
    except BROKEN as e:
        yield _cut_short(place, number, e)


def _cut_short(place: Place, number: int, error: BaseException) -> Record:
    return place.bad(f"{place}: cannot be read on after row {number}: {why(error)}", f"after {number}")


def _skip_line(more: Callable[[], bytes | str]) -> None:
    """Read to the end of a line. Raises ``ValueError`` where there is none."""
    for _ in range(HOPELESS):
        piece = more()
        if not piece or piece[-1:] in (b"\n", "\n"):
            return
    raise ValueError(f"a line goes on for more than {HOPELESS * LONGEST / 1e9:.1f} GB")


def _json_record(place: Place, number: int, line: bytes, fields: Fields) -> Record:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as e:
        return place.bad(f"{place}:{number}: not JSON: {why(e)}", str(number), line)
    if not isinstance(value, dict):
        return place.bad(f"{place}:{number}: not an object", str(number), line)
    name = value.get(fields.id)
    name, text = str(number if name is None else name), value.get(fields.text)
    return _record(place, name, text) or place.bad(_no_text(f"{place}:{number}", fields), name, line)


def _record(place: Place, name: str, text: Any) -> Record | None:
    """The record of a text, or of a list of texts; None where it is neither."""
    if isinstance(text, list) and all(isinstance(t, str) for t in text):
        text = "\n".join(text)
    return place.record(text, name) if isinstance(text, str | bytes) else None


def _no_text(where: str, fields: Fields) -> str:
    return f"{where}: no text in field {fields.text!r}; name it with --text-field"


class _Lines:
    """The lines of a text file for :mod:`csv`; one that is too long raises ``ValueError``, and the next can be read."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(LONGEST)
        if not line:
            raise StopIteration
        if len(line) == LONGEST and not line.endswith("\n"):
            _skip_line(lambda: self._stream.readline(LONGEST))
            raise csv.Error(f"a line of more than {LONGEST / 1e6:.0f} million characters")
        return line


def csv_records(stream: Stream, place: Place, fields: Fields) -> Iterator[Record]:
    """A record of each row below the header; cells are set off by commas, semicolons or tabs, as the header says.

    UTF-8 with a mark or without, and UTF-16 with one. Bytes that are no UTF-8 are handed on as they stand, and each text is
    decoded for itself: that is how a CSV in Big5 comes through, since none of its second bytes is a comma or a quotation mark.
    """
    csv.field_size_limit(MAX_BYTES)
    wide = stream.peek(2).startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    lines = _Lines(io.TextIOWrapper(stream, "utf-16" if wide else "utf-8-sig", "surrogateescape", newline=""))
    number = 1
    try:
        first = next(lines, "")
        rows = csv.reader(itertools.chain([first], lines), delimiter=max(",;\t", key=first.count), strict=True)
        columns = [str(_readable(cell)).strip() for cell in next(rows, [])]
        if fields.text not in columns:
            yield place.bad(_no_column(place, fields, columns))
            return
        while True:
            number += 1
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as e:
                yield place.bad(f"{place}: row {number}: {why(e)}", str(number))
                continue
            if any(row):
                yield _csv_record(place, number, row, columns, fields)
    except (*BROKEN, csv.Error) as e:
        yield _cut_short(place, number, e)


def _no_column(place: Place, fields: Fields, columns: Sequence[str]) -> str:
    there = ", ".join(columns[:20]) or "none"
    return f"{place}: no column {fields.text!r}; name one with --text-field: {there}"


def _csv_record(place: Place, number: int, row: Sequence[str], columns: Sequence[str], fields: Fields) -> Record:
    at = columns.index(fields.text)
    if len(row) <= at or any(row[len(columns) :]):
        return place.bad(f"{place}: row {number}: {len(row)} cells where the header has {len(columns)}", str(number))
    cells = dict(zip(columns, row, strict=False))
    return place.record(_as_it_stands(row[at]), str(_readable(cells.get(fields.id, "")) or number))


def _as_it_stands(cell: str) -> bytes | str:
    """A cell, or its bytes where they are no UTF-8."""
    return cell if cell.isascii() or not _ESCAPED.search(cell) else cell.encode("utf-8", "surrogateescape")


def _readable(cell: str) -> str:
    data = _as_it_stands(cell)
    try:
        return decode(data)[0] if isinstance(data, bytes) else data
    except InputError:
        return printable(cell)


_ESCAPED = re.compile("[\udc80-\udcff]")


def parquet_records(stream: Stream, place: Place, fields: Fields) -> Iterator[Record]:
    """A record of each row; the text is a column of strings, of lists of strings, or of bytes."""
    import pyarrow.parquet as pq

    number = 0
    try:
        file = pq.ParquetFile(stream, buffer_size=1 << 16)
        columns = file.schema_arrow.names
        if fields.text not in columns:
            yield place.bad(_no_column(place, fields, columns))
            return
        wanted = [c for c in (fields.text, fields.id) if c in columns]
        for batch in file.iter_batches(AT_ONCE, columns=wanted, use_threads=False):
            for i in range(batch.num_rows):
                number += 1
                yield _parquet_record(place, number, {c: batch.column(c)[i] for c in wanted}, fields)
    except BROKEN as e:
        yield _cut_short(place, number, e)


def _parquet_record(place: Place, number: int, row: dict[str, Any], fields: Fields) -> Record:
    where = f"{place}: row {number}"
    try:
        name = row[fields.id].as_py() if fields.id in row else None
        text = row[fields.text].as_py()
    except ValueError as e:
        return place.bad(f"{where}: {why(e)}", str(number))
    name = str(number if name is None else name)
    return _record(place, name, text) or place.bad(_no_text(where, fields), name)


ROWS: dict[str, Callable[[Stream, Place, Fields], Iterator[Record]]] = {
    ".jsonl": jsonl_records,
    ".ndjson": jsonl_records,
    ".csv": csv_records,
    ".tsv": csv_records,
}
