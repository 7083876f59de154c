"""Glossary files: tab-separated, one entry a line, for people to edit and to compare.

UTF-8, ``#`` lines are comments, then a header row that names the columns, then the entries, sorted by term in what
ships. Only ``term`` and ``name`` are needed; the columns may stand in any order:

=========  ==========================================================================================
term       the Chinese term
variants   other Chinese forms, separated by ``|``
name       the canonical English name
short      the form for second mention (Schröder, EIU)
type       an OntoNotes type, or empty for a term that is no name (銻 antimony)
region     ``tw``, ``hk`` or ``cn``, where the name is used only there
status     ``preferred``, ``admitted``, ``forbidden`` (this name must not be used) or ``keep`` (stays Chinese)
note       remarks; ``needs: a|b`` and ``unless: a|b`` guard the entry (see :class:`Entry`)
source     where the name comes from; empty: the file's own name
=========  ==========================================================================================
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from nlp.errors import GlossaryError
from nlp.types import EntityType

COLUMNS = ("term", "variants", "name", "short", "type", "region", "status", "note", "source")
STATUSES = frozenset(("", "preferred", "admitted", "forbidden", "keep"))
_TYPES = frozenset(get_args(EntityType))
_GUARD = re.compile(r"(needs|unless):\s*([^;]+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a glossary. ``type`` is None for a term.

    An entry with ``needs`` matches only in a text that holds one of those words; one with ``unless`` not where the
    match is part of one of those (中油 in 其中油價).
    """

    term: str
    name: str
    variants: tuple[str, ...] = ()
    short: str | None = None
    type: EntityType | None = None
    region: str | None = None
    status: str = ""
    note: str = ""
    source: str = ""
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """The term and its variants."""
        return (self.term, *self.variants)


@dataclass(frozen=True, slots=True)
class Glossary:
    """The content of one glossary file, opened and its header read; its entries are read when they are asked for."""

    path: Path
    data: bytes
    header: tuple[str, ...]

    @classmethod
    def open(cls, path: Path) -> Glossary:
        """Read a file. Raises :class:`nlp.errors.GlossaryError` for one that cannot be read or has no header."""
        try:
            data = path.read_bytes()
        except OSError as e:
            raise GlossaryError(f"{path}: {e.strerror or e}") from e
        data = data if b"\n" in data else data.replace(b"\r", b"\n")
        for number, _, line in _lines(path, data):
            return cls(path, data, tuple(_header(f"{path}:{number}", _cells(line))))
        raise GlossaryError(f"{path}: empty; the first line names the columns: {' '.join(COLUMNS)}")

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """Each entry with the offset of its line in bytes. Raises :class:`nlp.errors.GlossaryError`, naming file and line."""
        lines = _lines(self.path, self.data)
        next(lines)
        for number, offset, line in lines:
            yield offset, self._entry(f"{self.path}:{number}", line)

    def entry_at(self, offset: int) -> Entry:
        """The entry of the line that begins at ``offset`` (bytes)."""
        end = self.data.find(b"\n", offset)
        return self._entry(str(self.path), self.data[offset : end if end >= 0 else None].decode("utf-8"))

    def _entry(self, where: str, line: str) -> Entry:
        cells = _cells(line)
        if len(cells) > len(self.header):
            raise GlossaryError(f"{where}: {len(cells)} columns where the header has {len(self.header)}")
        return _entry(where, dict(zip(self.header, cells, strict=False)), self.path.stem)


def load(path: Path) -> list[Entry]:
    """The entries of a file, or of all ``.tsv`` files of a folder in the order of their names.

    Raises :class:`nlp.errors.GlossaryError`, naming file and line, where something is wrong; nothing is half loaded.
    """
    if path.is_dir():
        return [entry for file in sorted(path.glob("*.tsv")) for entry in load(file)]
    return [entry for _, entry in Glossary.open(path).entries()]


def _lines(path: Path, data: bytes) -> Iterator[tuple[int, int, str]]:
    """Number, offset in bytes and text of each line that holds anything."""
    offset = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    for number, line in enumerate(data[offset:].split(b"\n"), 1):
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError as e:
            raise GlossaryError(f"{path}:{number}: not UTF-8 (byte {offset + e.start}); save it as UTF-8") from e
        if text.strip() and not text.startswith("#"):
            yield number, offset, text
        offset += len(line) + 1


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("\t")]


def _header(where: str, cells: list[str]) -> list[str]:
    unknown = [c for c in cells if c not in COLUMNS]
    if unknown or not {"term", "name"} <= set(cells) or len(set(cells)) != len(cells):
        raise GlossaryError(
            f"{where}: the header must name term and name, tab-separated, and no columns but {' '.join(COLUMNS)}"
        )
    return cells


def _entry(where: str, row: dict[str, str], stem: str) -> Entry:
    term, name, kind, status = row["term"], row.get("name", ""), row.get("type", ""), row.get("status", "")
    if not term:
        raise GlossaryError(f"{where}: no term")
    if not name and status != "keep":
        raise GlossaryError(f"{where}: {term} has no name")
    if kind and kind not in _TYPES:
        raise GlossaryError(f"{where}: {kind} is no type; choose of {' '.join(sorted(_TYPES))}, or leave it empty")
    if status not in STATUSES:
        raise GlossaryError(f"{where}: {status} is no status; choose of {' '.join(sorted(STATUSES - {''}))}")
    guards = {
        key: tuple(w.strip() for w in words.split("|") if w.strip())
        for key, words in _GUARD.findall(row.get("note", ""))
    }
    return Entry(
        term,
        name or term,
        tuple(v.strip() for v in row.get("variants", "").split("|") if v.strip()),
        row.get("short") or None,
        cast("EntityType | None", kind or None),
        row.get("region") or None,
        status,
        row.get("note", ""),
        row.get("source") or stem,
        **guards,
    )


def shipped_folder() -> Path:
    """Where the glossaries that ship with zhbrief lie: beside the package in a checkout, inside it when installed."""
    inside = Path(__file__).parents[1] / "glossaries"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "glossaries"


def shipped() -> list[Entry]:
    """The entries that ship with zhbrief."""
    return load(shipped_folder())
