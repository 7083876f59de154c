"""The journal of a batch: every finished record, kept so that no record is run twice and none is lost.

Beside an output ``OUT`` lies the folder ``OUT.journal`` with three files:

- ``finished.sqlite`` holds a row for each finished record: its key (:mod:`nlp.batch.keys`), what the glossaries had for it, and the
  result as it goes into the output.
- ``output.part`` is the output as far as it has come. It is made anew by each run and owes nothing to an earlier one.
- ``lock`` is locked (``flock``) while a run is at work on ``OUT``.

Why it is safe:

1. *A record is counted when it is durable.* Rows are committed in groups, under SQLite's write-ahead log with ``synchronous=FULL``:
   a commit returns when the log is on the disk, and a group is there as a whole or not at all. Only then do its results go into
   ``output.part`` and the counts. A process killed, power lost or a disk filled at whatever moment thus leaves the rows of all
   commits that returned, and perhaps of one more; a log that ends within a commit is read up to the commit before.
2. *The output is a function of the input and the rows.* A run goes through the input in order and writes for each record the row
   of its key or, where there is none, what it makes of the record now. Rows hold the very line that goes into the output, and a
   record's result does not depend on its neighbours; so it makes no difference to the output, timings apart, which rows were
   there at the start. A row of the same text under another name is given the name that the record has now.
3. *The output appears as a whole.* ``output.part`` is synchronised and renamed to ``OUT``, which replaces a file of that name in one
   step; before that ``OUT`` is what it was.
4. *No two runs at once.* The lock is taken before anything is read or written, and the kernel releases it when the process ends,
   however it ends.
5. *A row is used only while it is true.* The key covers the text and all options, models and prompts that the result depends on. A
   row whose glossaries were others than today's (their hash is in it) is used only if they have the same to say of its article now.

The journal stays when the run is done: that is how a changed glossary makes only those articles run again that it touches. It may
be deleted at any time, at the price of running everything again.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp.errors import UsageError, ZhbriefError

PATIENCE = 1.0
"""Seconds after which finished records are committed, full group or not."""
GROUP = 256
"""Records that are committed at once at most."""
_FORM = 1
_TABLE = """CREATE TABLE IF NOT EXISTS finished (
    key BLOB NOT NULL, place TEXT NOT NULL, names BLOB NOT NULL, matched BLOB NOT NULL,
    failed INTEGER NOT NULL, warnings TEXT NOT NULL, line BLOB NOT NULL, UNIQUE (key, place))"""


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
    line: str


class Journal:
    """The journal of one output; locked until it is closed. With ``anew`` what was finished before is forgotten.

    Raises :class:`nlp.errors.ZhbriefError` where another run is at work on the output, the journal cannot be used or the disk is full.
    """

    def __init__(self, output: Path, anew: bool = False) -> None:
        self.output = output.resolve()
        self.folder = self.output.with_name(f"{self.output.name}.journal")
        self.part = self.folder / "output.part"
        self._waiting: list[Finished] = []
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
            with self._telling():
                self._rows = self._opened()
            _synchronise(self.folder)
            _synchronise(self.folder.parent)
        except BaseException:
            os.close(self._lock)
            raise

    def find(self, keys: Sequence[bytes]) -> dict[tuple[bytes, str], Finished]:
        """The rows of ``keys`` by key and place."""
        holes = ",".join("?" * len(keys))
        with self._telling():
            rows = self._rows.execute(
                f"SELECT key, place, names, matched, failed, warnings, line FROM finished WHERE key IN ({holes})",
                keys,
            ).fetchall()
            return {
                (key, place): Finished(
                    key, place, names, matched, bool(failed), tuple(warnings.split()), zlib.decompress(line).decode()
                )
                for key, place, names, matched, failed, warnings, line in rows
            }

    def add(self, finished: Finished) -> None:
        """Take a finished record; it is durable after the next :meth:`commit`."""
        self._waiting.append(finished)

    @property
    def due(self) -> bool:
        """Whether it is time to commit."""
        return len(self._waiting) >= GROUP or time.monotonic() - self._committed >= PATIENCE

    def commit(self) -> None:
        """Make durable what was added."""
        self._committed = time.monotonic()
        if not self._waiting:
            return
        rows = [
            (f.key, f.place, f.names, f.matched, f.failed, " ".join(f.warnings), zlib.compress(f.line.encode(), 1))
            for f in self._waiting
        ]
        with self._telling(), self._rows:
            self._rows.execute("BEGIN IMMEDIATE")
            self._rows.executemany("INSERT OR REPLACE INTO finished VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        self._waiting.clear()

    def publish(self) -> None:
        """Put the part in the place of the output. Raises ``OSError``."""
        _synchronise(self.part)
        self.part.replace(self.output)
        _synchronise(self.output.parent)

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
                f"{self.output}: another zhbrief batch is writing it; wait until that is done, or name another output with -o"
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
            rows.execute(_TABLE)
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


def _synchronise(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
