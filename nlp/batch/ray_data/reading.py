"""Reading in parallel: which files one task reads, and its records in groups that go through the job as one piece."""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.batch.compression import bare_name
from nlp.batch.inputs import CONTAINERS, Meter, of_file, paths
from nlp.batch.kept import place_of
from nlp.batch.keys import Keys
from nlp.batch.place import Fields
from nlp.pipeline import LONGEST, Record

if TYPE_CHECKING:
    import numpy as np

    Marks = np.ndarray[tuple[int], np.dtype[np.uint64]]

FILES = 64
"""Files of one article each that one task reads; a container has a task of its own."""


@dataclass
class Group:
    """Records that are worked on together, with their keys, and what was passed over to get to them.

    ``where`` is the group's place in the input: the number of its unit and its own in that. ``read`` is how much of the input was read for it (bytes), ``skipped`` counts records that had been finished before, ``failed`` those
    that could not even be read, ``failure`` is the first error among them.
    """

    where: str
    records: list[tuple[Record, bytes]] = field(default_factory=list)
    read: int = 0
    skipped: int = 0
    failed: int = 0
    failure: str | None = None


@dataclass(frozen=True)
class Unit:
    """What one task reads: a container, or some files of one article each, as the system names them (no encoding takes any name)."""

    number: int
    files: tuple[bytes, ...]


def units(names: Iterable[str], but: Path) -> list[Unit]:
    """The files of ``names`` except ``but``, in order."""
    found: list[tuple[bytes, ...]] = []
    articles: list[bytes] = []
    for path in paths(names):
        if path.resolve() == but:
            continue
        if Path(bare_name(path.name)).suffix.lower() in CONTAINERS:
            found.append((os.fsencode(path),))
            continue
        articles.append(os.fsencode(path))
        if len(articles) == FILES:
            found.append(tuple(articles))
            articles.clear()
    if articles:
        found.append(tuple(articles))
    return [Unit(number, files) for number, files in enumerate(found)]


def groups(
    unit: Unit, fields: Fields, keys: Keys, finished: Callable[[Record, bytes], bool], size: int
) -> Iterator[Group]:
    """The records of ``unit`` that are not ``finished``, ``size`` of them in a group at most; at least one group, if an empty one."""
    numbers = itertools.count()

    def another() -> Group:
        return Group(f"{unit.number:06}-{next(numbers):06}")

    meter, group, held, before = Meter(), another(), 0, 0
    for path in map(Path, map(os.fsdecode, unit.files)):
        for record in of_file(path, fields, meter):
            if record.error is not None:
                group.failed += 1
                group.failure = group.failure or record.error
                continue
            key = keys.of(record)
            if finished(record, key):
                group.skipped += 1
                continue
            group.records.append((record, key))
            held += len(record.data)
            if len(group.records) == size or held > LONGEST:
                group.read, before = meter.read - before, meter.read
                yield group
                group, held = another(), 0
    group.read = meter.read - before
    yield group


def mark(key: bytes, place: str) -> int:
    """What stands for a finished record among :data:`Marks`. Two may share one in a run of thousands of millions, which costs a little time."""
    return int.from_bytes(hashlib.blake2b(key + place.encode(), digest_size=8).digest(), "little")


def is_marked(marks: Marks, record: Record, key: bytes) -> bool:
    """Whether a record is among the finished ones, which are sorted; it may have succeeded anywhere, or failed in its place."""
    wanted = [mark(key, ""), mark(key, place_of(record))]
    at = marks.searchsorted(wanted)
    return any(i < len(marks) and int(marks[i]) == w for i, w in zip(at, wanted, strict=True))
