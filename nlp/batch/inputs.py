"""The records of a batch: out of files, folders, globs and JSONL, one at a time and in a fixed order.

A new container (CSV, Parquet, archives) is one more reader in :data:`READERS`.
"""

from __future__ import annotations

import glob
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nlp.errors import InputError
from nlp.pipeline import Record

SUFFIXES = frozenset((".txt", ".md", ".html", ".htm", ".json"))
"""What counts as an article in a folder; a file named outright is read whatever it is called."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields of a structured record hold the text and the name of the record."""

    text: str = "text"
    id: str = "id"


def records(inputs: Iterable[str], fields: Fields) -> Iterator[Record]:
    """Every record of ``inputs`` in order. Raises :class:`nlp.errors.InputError` for an input that is not there."""
    for path in _paths(inputs):
        yield from READERS.get(path.suffix.lower(), _file)(path, fields)


def _paths(inputs: Iterable[str]) -> Iterator[Path]:
    for name in inputs:
        path = Path(name)
        if path.is_dir():
            known = SUFFIXES | READERS.keys()
            yield from sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in known)
        elif path.exists():
            yield path
        elif found := sorted(glob.glob(name, recursive=True)):  # noqa: PTH207 - absolute patterns too
            yield from map(Path, found)
        else:
            raise InputError(f"{name}: no such file, folder or pattern")


def _file(path: Path, fields: Fields) -> Iterator[Record]:
    try:
        yield Record(path.read_bytes(), str(path))
    except OSError as e:
        yield Record(b"", str(path), error=f"{path}: {e.strerror or e}")


def _jsonl(path: Path, fields: Fields) -> Iterator[Record]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _json_record(path, number, line, fields)


def _json_record(path: Path, number: int, line: bytes, fields: Fields) -> Record:
    where = f"{path}:{number}"
    try:
        value = json.loads(line)
    except ValueError as e:
        return Record(line, str(path), str(number), f"{where}: not JSON: {e}")
    if not isinstance(value, dict):
        return Record(line, str(path), str(number), f"{where}: not an object")
    name = str(value.get(fields.id, number))
    text = value.get(fields.text)
    if isinstance(text, list) and all(isinstance(t, str) for t in text):
        text = "\n".join(text)
    if not isinstance(text, str):
        return Record(line, str(path), name, f"{where}: no text in field {fields.text!r}; name it with --text-field")
    return Record(text, str(path), name)


READERS: dict[str, Callable[[Path, Fields], Iterator[Record]]] = {".jsonl": _jsonl, ".ndjson": _jsonl}
