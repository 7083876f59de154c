"""Where a record comes from, and how a failure to read it is told."""

from __future__ import annotations

import struct
import tarfile
import zipfile
import zlib
from dataclasses import dataclass

from nlp.batch.compression import Stream
from nlp.pipeline import Record
from nlp.read import MAX_BYTES

BROKEN = (OSError, EOFError, ValueError, RuntimeError, zlib.error, struct.error, zipfile.BadZipFile, tarfile.TarError)
"""What libraries raise where a file cannot be read on: Arrow's errors are ``OSError``, ``ValueError`` and ``RuntimeError``."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields of a structured record hold the text and the name of the record."""

    text: str = "text"
    id: str = "id"


@dataclass(frozen=True, slots=True)
class Place:
    """A file, or an entry of an archive; both names can be printed (:func:`printable`)."""

    path: str
    entry: str | None = None

    def __str__(self) -> str:
        return self.path if self.entry is None else f"{self.path}: {self.entry}"

    def inside(self, entry: str) -> Place:
        """An entry of this place."""
        return Place(self.path, printable(entry))

    def record(self, data: bytes | str, name: str | None = None, error: str | None = None) -> Record:
        """A record of this place; ``name`` tells it from others here."""
        name = printable(name) if name is not None else None
        inside = name if self.entry is None else self.entry if name is None else f"{self.entry}:{name}"
        return Record(data, self.path, inside, printable(error) if error else None)

    def bad(self, error: str, name: str | None = None, data: bytes | str = b"") -> Record:
        """The record of what could not be read."""
        return self.record(data, name, error)


def printable(name: str) -> str:
    """``name`` with what no encoding takes (half a surrogate pair, bytes of a file name that are no UTF-8) spelled out."""
    return name if name.isascii() else name.encode("utf-8", "backslashreplace").decode("utf-8")


def why(error: BaseException) -> str:
    """What a library's error says, on one line."""
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(told.split()) or type(error).__name__


def article(stream: Stream, place: Place) -> Record:
    """The record of a file or entry that is one article."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return place.bad(f"{place}: more than the {MAX_BYTES / 1e6:.0f} MB that are read; split it")
    return place.record(data)
