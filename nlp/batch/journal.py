"""The journal of a batch: every finished record, kept so that no record is run twice and none is lost.

Beside an output ``OUT`` lies the folder ``OUT.journal`` with three files:

- ``finished.sqlite`` holds a row for each finished record: its key (:mod:`nlp.batch.keys`), what the glossaries had for it, and the
  result as it goes into the output. One more row, ``written``, says how far ``output.part`` has come. Signatures of articles lie there
  too (:mod:`nlp.batch.duplicates`), so that none need be made again.
- ``output.part`` is the output as it grows: lines of JSON, also where Parquet is made of them in the end.
- ``lock`` is locked (``flock``) while a run is at work on ``OUT``.

A run past one machine has a folder ``parts`` there besides (:mod:`nlp.batch.parts`).

Why it is safe:

1. *A record is counted when it is durable.* Rows are committed in groups, under SQLite's write-ahead log with ``synchronous=FULL``:
   a commit returns when the log is on the disk, and a group is there as a whole or not at all. Only then do its results go into
   ``output.part`` and the counts. A process killed, power lost or a disk filled at whatever moment thus leaves the rows of all
   commits that returned, and perhaps of one more; a log that ends within a commit is read up to the commit before.
2. *The output is a function of the input and the rows.* A run goes through the input in order and writes for each record the row
   of its key or, where there is none, what it makes of the record now. Rows hold the very line that goes into the output, and a
   record's result does not depend on its neighbours; so it makes no difference to the output, timings apart, which rows were
   there at the start. A row of the same text under another name is given the name that the record has now. The result of a near duplicate
   does depend on a record before it; which one that is follows from the input alone, and is part of its key.
3. *What is written is not written again.* ``written`` holds a count of records, a digest of their keys, names and errors in order, and
   the length of what was written for them; it is committed after ``output.part`` has been synchronised to that length. A run whose
   input begins with records of that digest, under the same glossaries, would write the same bytes by 2; it cuts the part to that length
   and goes on behind it, without touching a row. Any other run makes the part anew.
4. *The output appears as a whole.* ``output.part``, or the Parquet made of it, is synchronised and renamed to ``OUT``, which replaces
   a file of that name in one step; before that ``OUT`` is what it was. From then on ``written`` speaks of ``OUT``, and only as long as
   its inode, length and time of change are what they were.
5. *No two runs at once.* The lock is taken before anything is read or written, and the kernel releases it when the process ends,
   however it ends.
6. *A row is used only while it is true.* The key covers the text and all options, models and prompts that the result depends on. A
   row whose glossaries were others than today's (their hash is in it) is used only if they have the same to say of its article now.

The journal stays when the run is done: that is how a changed glossary makes only those articles run again that it touches. It may
be deleted at any time, at the price of running everything again.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import sqlite3
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp.batch.outputs import Part, kind_of, to_parquet
from nlp.errors import UsageError, ZhbriefError

PATIENCE = 1.0
"""Seconds after which finished records are committed, full group or not."""
GROUP = 256
"""Records that are committed at once at most."""
_FORM = 1
_TABLES = """CREATE TABLE IF NOT EXISTS finished (
    key BLOB NOT NULL, place TEXT NOT NULL, names BLOB NOT NULL, matched BLOB NOT NULL,
    failed INTEGER NOT NULL, warnings TEXT NOT NULL, line BLOB NOT NULL, UNIQUE (key, place));
CREATE TABLE IF NOT EXISTS signatures (key BLOB PRIMARY KEY, signature BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS written (
    one INTEGER PRIMARY KEY, file TEXT NOT NULL, records INTEGER NOT NULL, bytes INTEGER NOT NULL, digest BLOB NOT NULL,
    names BLOB NOT NULL, tally TEXT NOT NULL)"""


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished record.

    ``place`` tells failures of equal texts apart, since their messages name them; it is empty where nothing failed. ``names`` is the
    hash of the glossaries it was run with, ``matched`` what they had for it. ``warnings`` are codes. ``line`` is the result as JSON.
    """

    key: bytes
    place: str
    names: bytes
    matched: bytes
    failed: bool
    warnings: tuple[str, ...]
    line: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """How far the output has come: ``size`` bytes of lines for so many ``records``, whose keys and names have this ``digest``.

    ``names`` is the hash of the glossaries, ``tally`` what is to be known of the results (:meth:`nlp.batch.tally.Tally.kept`).
    ``published`` is whether it has become the output.
    """

    records: int
    size: int
    digest: bytes
    names: bytes
    tally: str
    published: bool = False


class Journal:
    """The journal of one output; locked until it is closed. With ``anew`` what was finished before is forgotten.

    Raises :class:`nlp.errors.ZhbriefError` where another run is at work on the output, the journal cannot be used or the disk is full.
    """

    def __init__(self, output: Path, anew: bool = False) -> None:
        self._given = output
        self.output = output.resolve()
        self.folder = self.output.with_name(f"{self.output.name}.journal")
        self._part = self.folder / "output.part"
        self.parts = self.folder / "parts"
        self._kind = kind_of(output)
        self._waiting: list[Finished] = []
        self._signed: dict[bytes, bytes] = {}
        self._committed = time.monotonic()
        try:
            self.folder.mkdir(exist_ok=True)
            self._lock = self._locked()
        except OSError as e:
            raise UsageError(f"{output}: {e.strerror or e}") from e
        try:
            if anew:
                for name in ("finished.sqlite-wal", "finished.sqlite"):  # the log first: no other database may find it
                    (self.folder / name).unlink(missing_ok=True)
                if self.parts.is_dir():
                    shutil.rmtree(self.parts)
            with self._telling():
                self._rows = self._opened()
            synchronise(self.folder)
            synchronise(self.folder.parent)
        except BaseException:
            os.close(self._lock)
            raise

    def find(self, keys: Sequence[bytes]) -> dict[tuple[bytes, str], Finished]:
        """The rows of ``keys`` by key and place, those among them that wait to be committed."""
        holes = ",".join("?" * len(keys))
        with self._telling():
            rows = self._rows.execute(
                f"SELECT key, place, names, matched, failed, warnings, line FROM finished WHERE key IN ({holes})",
                keys,
            ).fetchall()
            found = {
                (key, place): Finished(
                    key, place, names, matched, bool(failed), tuple(warnings.split()), zlib.decompress(line)
                )
                for key, place, names, matched, failed, warnings, line in rows
            }
        wanted = set(keys)
        return found | {(f.key, f.place): f for f in self._waiting if f.key in wanted}

    def settled(self, names: bytes) -> Iterator[tuple[bytes, str, bool]]:
        """Key, place and failure of each row that needs no look at the glossaries whose hash is ``names``."""
        with self._telling():
            yield from self._rows.execute("SELECT key, place, failed FROM finished WHERE failed OR names = ?", (names,))

    def unsettled(self, names: bytes) -> Iterator[bytes]:
        """The keys of the other rows."""
        with self._telling():
            rows = self._rows.execute("SELECT DISTINCT key FROM finished WHERE NOT failed AND names != ?", (names,))
            yield from (key for (key,) in rows)

    def add(self, finished: Finished) -> None:
        """Take a finished record; it is durable after the next :meth:`commit`."""
        self._waiting.append(finished)

    def signature(self, key: bytes) -> bytes | None:
        """The signature of a record's article, if it was made before."""
        with self._telling():
            row = self._rows.execute("SELECT signature FROM signatures WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def sign(self, key: bytes, signature: bytes) -> None:
        """Take a signature; it is durable after the next :meth:`commit`."""
        self._signed[key] = signature

    @property
    def waits(self) -> bool:
        """Whether anything was added since the last commit."""
        return bool(self._waiting)

    @property
    def due(self) -> bool:
        """Whether it is time to commit."""
        return len(self._waiting) >= GROUP or time.monotonic() - self._committed >= PATIENCE

    def commit(self, written: Written | None = None) -> None:
        """Make durable what was added, and how far the part has come, which must be on the disk by now."""
        self._committed = time.monotonic()
        rows = [
            (f.key, f.place, f.names, f.matched, f.failed, " ".join(f.warnings), zlib.compress(f.line, 1))
            for f in self._waiting
        ]
        with self._telling(), self._rows:
            self._rows.execute("BEGIN IMMEDIATE")
            self._rows.executemany("INSERT OR REPLACE INTO finished VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            self._rows.executemany("INSERT OR REPLACE INTO signatures VALUES (?, ?)", self._signed.items())
            if written is not None:
                row = (written.records, written.size, written.digest, written.names, written.tally)
                self._rows.execute("INSERT OR REPLACE INTO written VALUES (1, '', ?, ?, ?, ?, ?)", row)
        self._waiting.clear()
        self._signed.clear()

    def written(self) -> Written | None:
        """How far an earlier run has come, if what it wrote lies there as it was left."""
        with self._telling():
            row = self._rows.execute("SELECT file, records, bytes, digest, names, tally FROM written").fetchone()
        if row is None:
            return None
        file, records, size, digest, names, tally = row
        written = Written(records, size, digest, names, tally, bool(file))
        try:
            there = file == _identity(self.output) if file else self._part.stat().st_size >= written.size
        except FileNotFoundError:
            return None
        return written if there else None

    def part(self, written: Written | None) -> Part | None:
        """The part, to go on behind what was written; None where that became Parquet, to which nothing can be added.

        Raises ``OSError``.
        """
        if written is None:
            return Part(self._part, 0)
        if written.published:
            if self._kind == "parquet":
                return None
            shutil.copyfile(self.output, self._part)
        return Part(self._part, written.size)

    def publish(self, part: Part) -> None:
        """Put what was written, all of it committed, in the place of the output. Raises ``OSError``."""
        part.sync()
        part.close()
        whole = self._part
        if self._kind == "parquet":
            whole = self.folder / "output.parquet"
            to_parquet(self._part, whole)
            synchronise(whole)
        whole.replace(self.output)
        synchronise(self.output.parent)
        with self._telling():
            self._rows.execute("UPDATE written SET file = ?", (_identity(self.output),))
        self._part.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the output; what was added since the last commit is not kept."""
        with contextlib.suppress(sqlite3.Error):
            self._rows.close()
        os.close(self._lock)

    def _locked(self) -> int:
        lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise ZhbriefError(
                f"{self._given}: another zhbrief batch is writing it; wait until that is done, or name another output with -o"
            ) from None
        return lock

    def _opened(self) -> sqlite3.Connection:
        rows = sqlite3.connect(self.folder / "finished.sqlite", timeout=0, isolation_level=None)
        try:
            rows.execute("PRAGMA page_size = 16384")
            rows.execute("PRAGMA locking_mode = EXCLUSIVE")  # no shared memory, which network file systems do not have
            rows.execute("PRAGMA journal_mode = WAL")
            rows.execute("PRAGMA synchronous = FULL")
            (form,) = rows.execute("PRAGMA user_version").fetchone()
            if form not in (0, _FORM):
                raise UsageError(f"{self.folder}: made by another version of zhbrief; start anew with --no-resume")
            rows.executescript(_TABLES)
            rows.execute(f"PRAGMA user_version = {_FORM}")
        except BaseException:
            rows.close()
            raise
        return rows

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        """Turn SQLite's errors into one line that says what to do."""
        try:
            yield
        except (sqlite3.Error, zlib.error) as e:
            code = getattr(e, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
            what, remedy = _REMEDIES.get(code, (str(e), "what is finished is kept; start again when that is mended"))
            raise ZhbriefError(f"{self.folder}: {what}; {remedy}") from e


_DAMAGED = ("damaged, or not a journal of zhbrief", "start anew with --no-resume")
_KEPT = "what is finished is kept; make room and start again"
_REMEDIES = {
    sqlite3.SQLITE_FULL: ("no space left on the disk", _KEPT),
    sqlite3.SQLITE_IOERR: ("cannot be written (is the disk full?)", _KEPT),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}


def synchronise(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _identity(path: Path) -> str:
    """What changes when anybody writes to a file or puts another in its place."""
    about = path.stat()
    return f"{about.st_ino} {about.st_size} {about.st_mtime_ns}"
