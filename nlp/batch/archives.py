"""Archives of articles: ZIP and TAR, an entry at a time, and nothing is ever unpacked to disk.

What an archive says of itself is not believed: an entry that is a link or a device, has a name that leads out of the archive, or is
longer than an article may be is a record with an error. Entries that are rows (.jsonl, .csv) are read as such; an archive within an
archive is not.
"""

from __future__ import annotations

import io
import re
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from nlp.batch.compression import Stream, bare_name, unpacked
from nlp.batch.place import BROKEN, Fields, Place, article, why
from nlp.batch.rows import ROWS
from nlp.errors import InputError
from nlp.pipeline import Record
from nlp.read import MAX_BYTES, decode
from nlp.read.formats import PARSERS

ARCHIVES = frozenset((".zip", ".tar", ".tgz", ".tzst", ".parquet"))
LONGEST_HEADER = 1_000_000
"""A TAR header that says more than this about an entry (bytes) is held to be broken: it would be read into memory."""
_OUTSIDE = re.compile(r"/|[A-Za-z]:|(?:.*/)?\.\.(?:/|$)")


def zip_records(stream: Stream, place: Place, fields: Fields) -> Iterator[Record]:
    """The articles of a ZIP in the order of its table of contents."""
    number = 0
    try:
        with zipfile.ZipFile(stream) as archive:
            for entry in archive.infolist():
                number += 1
                if not entry.is_dir():
                    yield from _zip_entry(archive, entry, place, fields)
    except BROKEN as e:
        yield _cut_short(place, number, e)


def _cut_short(place: Place, number: int, error: BaseException) -> Record:
    return place.bad(f"{place}: cannot be read on after entry {number}: {why(error)}", f"after {number}")


def _zip_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Place, fields: Fields) -> Iterator[Record]:
    name = _zip_name(entry)
    inside = place.inside(name)
    mode = entry.external_attr >> 16
    fault = "a link" if stat.S_ISLNK(mode) else "encrypted" if entry.flag_bits & 1 else None
    if (error := _refused(name, entry.file_size, fault)) is not None:
        yield inside.bad(f"{inside}: {error}")
    elif _counts(name):
        try:
            with archive.open(entry) as data:
                yield from _entry(io.BufferedReader(_Forward(data)), name, inside, fields)
        except BROKEN as e:
            yield inside.bad(f"{inside}: {why(e)}")


def _zip_name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry. Old Chinese tools write it in Big5, which ZIP takes for the code page of the first PC."""
    if entry.flag_bits & 0x800 or entry.filename.isascii():
        return entry.filename
    try:
        return decode(entry.filename.encode("cp437"))[0]
    except (InputError, UnicodeEncodeError):
        return entry.filename


def tar_records(stream: Stream, place: Place, fields: Fields) -> Iterator[Record]:
    """The articles of a TAR in its order."""
    number = 0
    try:
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Entry, errors="surrogateescape") as archive:
            while (entry := archive.next()) is not None:
                number += 1
                archive.members.clear()  # type: ignore[attr-defined]  # all entries seen are kept there
                if not entry.isdir():
                    yield from _tar_entry(archive, entry, place, fields)
    except BROKEN as e:
        yield _cut_short(place, number, e)


class _Entry(tarfile.TarInfo):
    """An entry whose header is sound: :mod:`tarfile` takes a broken one in the middle for the end of the archive."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> _Entry:
        try:
            return super().fromtarfile(archive)
        except (tarfile.InvalidHeaderError, tarfile.TruncatedHeaderError) as e:  # type: ignore[attr-defined]
            raise tarfile.ReadError(why(e)) from e

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Entry:
        entry = super().frombuf(buf, encoding, errors)
        if entry.type in _ABOUT and entry.size > LONGEST_HEADER:
            raise tarfile.ReadError(f"a header of {entry.size:,} bytes")
        return entry


class _Forward(io.RawIOBase):
    """An entry that is read forward: one of a TAR does not even know that it cannot be read otherwise."""

    def __init__(self, data: IO[bytes]) -> None:
        self._data = data

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._data.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


_ABOUT = (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE)


def _tar_entry(archive: tarfile.TarFile, entry: tarfile.TarInfo, place: Place, fields: Fields) -> Iterator[Record]:
    inside = place.inside(entry.name)
    fault = "a link" if entry.issym() or entry.islnk() else None if entry.isreg() else "no file"
    if (error := _refused(entry.name, entry.size, fault)) is not None:
        yield inside.bad(f"{inside}: {error}")
    elif _counts(entry.name):
        try:
            data = archive.extractfile(entry)
            assert data is not None
            yield from _entry(io.BufferedReader(_Forward(data)), entry.name, inside, fields)
        except BROKEN as e:
            yield inside.bad(f"{inside}: {why(e)}")


def _refused(name: str, size: int, fault: str | None) -> str | None:
    """Why an entry is not read, or None. ``size`` is what it says of itself."""
    if fault is not None:
        return f"{fault}, which is not read out of an archive"
    if _OUTSIDE.match(name.replace("\\", "/")):
        return "its name leads out of the archive"
    if size > MAX_BYTES and _suffix(name) in PARSERS:
        return f"{size / 1e6:.0f} MB, more than the {MAX_BYTES / 1e6:.0f} MB that are read; split it"
    return None


def _suffix(name: str) -> str:
    return PurePosixPath(bare_name(name)).suffix.lower()


def _counts(name: str) -> bool:
    """Whether an entry is an article, rows, or an archive, which has to be told; what macOS puts beside files is none."""
    return not name.startswith("__MACOSX/") and (
        _suffix(name) in PARSERS or _suffix(name) in ROWS or _suffix(name) in ARCHIVES
    )


def _entry(stream: Stream, name: str, inside: Place, fields: Fields) -> Iterator[Record]:
    """The record of an entry, or those of its rows."""
    if _suffix(name) in ARCHIVES:
        yield inside.bad(f"{inside}: an archive in an archive; unpack it first")
        return
    if bare_name(name) != name:
        stream, inside = unpacked(stream, name), inside.inside(bare_name(name))
    rows = ROWS.get(_suffix(name))
    if rows is not None:
        yield from rows(stream, inside, fields)
    else:
        yield article(stream, inside)
