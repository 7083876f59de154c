"""The records of a batch: out of files, folders, patterns and containers, one at a time and in a fixed order.

However large the input, a record is all that is held of it, save for the names in one folder and a ZIP's table of contents. What
cannot be read is a record with ``error``, and the rest goes on. A container is one more reader in :data:`CONTAINERS`.
"""

from __future__ import annotations

import glob
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from nlp.batch.archives import tar_records, zip_records
from nlp.batch.compression import Stream, bare_name, unpacked
from nlp.batch.place import BROKEN, Fields, Place, article, printable, why
from nlp.batch.rows import ROWS, parquet_records
from nlp.errors import InputError
from nlp.pipeline import Record
from nlp.read.formats import PARSERS

Container = Callable[[Stream, Place, Fields], Iterator[Record]]

CONTAINERS: dict[str, Container] = {**ROWS, ".parquet": parquet_records, ".zip": zip_records, ".tar": tar_records}
"""What holds many records, by the suffix of its name; any of them but Parquet and ZIP may be compressed besides."""
KNOWN = (frozenset(PARSERS) | CONTAINERS.keys()) - {".tsv"}
"""What counts in a folder, compressed or not; a file named outright is read whatever it is called. A .tsv there is a glossary."""


@dataclass
class Meter:
    """How far the input has been read: bytes on disk, of ``total``."""

    total: int = 0
    read: int = 0


def records(
    names: Sequence[str], fields: Fields, meter: Meter | None = None, but: Path | None = None
) -> Iterator[Record]:
    """Every record of ``names`` in order; ``-`` is JSONL on standard input. The file ``but`` in a folder is passed over.

    Raises :class:`nlp.errors.InputError`, before anything is read, for an input that is not there.
    """
    for name in names:
        if not _is_there(name):
            raise InputError(f"{name}: no such file, folder or pattern")
    meter = meter or Meter()
    meter.read = 0
    return _records(names, fields, meter, but)


def total_bytes(names: Iterable[str]) -> int:
    """How much there is to read, as it lies on disk; what vanishes meanwhile and standard input count nothing."""
    total = 0
    for path in paths(names):
        try:
            total += path.stat().st_size if path is not STDIN else 0
        except OSError:
            continue
    return total


STDIN = Path("-")


def _records(names: Sequence[str], fields: Fields, meter: Meter, but: Path | None) -> Iterator[Record]:
    for path in paths(names):
        if path is STDIN:
            yield from ROWS[".jsonl"](cast("Stream", sys.stdin.buffer), Place("-"), fields)
        elif but is None or path.resolve() != but:
            before = meter.read
            yield from of_file(path, fields, meter)
            meter.read = before + _size(path)


def _is_there(name: str) -> bool:
    return name == "-" or Path(name).exists() or next(glob.iglob(name, recursive=True), None) is not None  # noqa: PTH207


def paths(names: Iterable[str]) -> Iterator[Path]:
    """The files of ``names`` in the order in which they are read; :data:`STDIN` stands for standard input."""
    for name in names:
        path = Path(name)
        if name == "-":
            yield STDIN
        elif path.is_dir():
            yield from _walk(path)
        elif path.exists():
            yield path
        else:
            for found in map(Path, sorted(glob.glob(name, recursive=True))):  # noqa: PTH207 - absolute patterns too
                if not found.is_dir():
                    yield found
                elif "**" not in name:
                    yield from _walk(found)


def _walk(folder: Path) -> Iterator[Path]:
    """The files of a folder and those below it that count, in the order of their paths; links to folders are not followed."""
    try:
        with os.scandir(folder) as entries:
            found = sorted((e.name, e.is_dir(follow_symlinks=False)) for e in entries)
    except OSError:
        yield folder
        return
    for name, is_folder in found:
        if is_folder:
            yield from _walk(folder / name)
        elif Path(bare_name(name)).suffix.lower() in KNOWN and (folder / name).is_file():
            yield folder / name


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


class _Counted(io.FileIO):
    """A file that tells the meter what has been read of it."""

    def __init__(self, path: Path, meter: Meter) -> None:
        super().__init__(path)
        self._meter = meter

    def readinto(self, buffer: bytearray | memoryview) -> int | None:  # type: ignore[override]
        n = super().readinto(buffer)
        self._meter.read += n or 0
        return n


def of_file(path: Path, fields: Fields, meter: Meter) -> Iterator[Record]:
    """The records of one file, whatever it is."""
    place = Place(printable(str(path)))
    try:
        with io.BufferedReader(_Counted(path, meter), 1 << 16) as stream:
            yield from _of_stream(stream, path.name, place, fields)
    except BROKEN as e:
        yield place.bad(f"{place}: {why(e)}")


def _of_stream(stream: Stream, name: str, place: Place, fields: Fields) -> Iterator[Record]:
    inner = bare_name(name)
    container = CONTAINERS.get(Path(inner).suffix.lower())
    if inner != name:
        stream = unpacked(stream, name)
    if container is None:
        yield article(stream, place if inner == name else place.inside(inner))
    elif inner != name and container in (parquet_records, zip_records):
        yield place.bad(
            f"{place}: a {Path(inner).suffix} file is compressed in itself; unpack {Path(name).suffix} first"
        )
    else:
        yield from container(stream, place, fields)
