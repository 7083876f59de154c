"""What workers died of: Ray begins again what a dead worker had, without end, and a record that kills one may kill them all."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

DEATHS = 2
"""Workers that a record may cost. One may have been killed for what others did: the second shows whether it was the record."""


class Attempt:
    """One worker's pass over a group. A file tells which record it is at, and tells the next worker which one it never got past."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("a+b", buffering=0)
        self._file.seek(0)
        earlier = [attempt.split() for attempt in self._file.read().split(b"|")]
        self._deaths = Counter(int(records[-1]) for records in earlier if records)
        self._file.write(b"|")

    def begin(self, record: int) -> bool:
        """Go on to the record of that number in the group. False where it has cost :data:`DEATHS` workers: leave it alone."""
        if self._deaths[record] >= DEATHS:
            return False
        self._file.write(b"%d " % record)
        return True

    def end(self) -> None:
        """The group is through."""
        self._file.close()
        self._path.unlink(missing_ok=True)
