"""Glossary files: tab-separated, one entry a line, for people to edit and to compare.

UTF-8, ``#`` lines are comments, then a header row that names the columns, then the entries, sorted by term in what
ships. Only ``term`` and ``name`` are needed; the columns may stand in any order:

=========  ==========================================================================================
term       the Chinese term
variants   other Chinese forms, separated by ``|``
name       the canonical English name
short      the form for second mention (Schröder, EIU)
abbr       an abbreviation besides, which briefs do not use (Dept.)
type       an OntoNotes type, or empty for a term that is no name (銻 antimony)
region     ``tw``, ``hk`` or ``cn``, where the name is used only there
status     ``preferred``, ``admitted``, ``forbidden`` (this name must not be used) or ``keep`` (stays Chinese)
note       remarks; ``needs: a|b`` and ``unless: a|b`` guard the entry (see :class:`Entry`)
source     where the name comes from; empty: the file's own name
checked    the day on which somebody last looked, YYYY-MM-DD
=========  ==========================================================================================
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast, get_args

from nlp.errors import GlossaryError
from nlp.types import EntityType

COLUMNS = ("term", "variants", "name", "short", "abbr", "type", "region", "status", "note", "source", "checked")
STATUSES = frozenset(("", "preferred", "admitted", "forbidden", "keep"))
_TYPES = frozenset(get_args(EntityType))
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
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
    abbr: str | None = None
    checked: str = ""
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
            return cls.of(path.read_bytes(), path)
        except OSError as e:
            raise GlossaryError(f"{path}: {e.strerror or e}") from e

    @classmethod
    def of(cls, data: bytes, path: Path) -> Glossary:
        """The content of a file that has been read already."""
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
        return entry_of(where, dict(zip(self.header, cells, strict=False)), self.path.stem)


def load(path: Path) -> list[Entry]:
    """The entries of a file, or of all ``.tsv`` files of a folder in the order of their names.

    Raises :class:`nlp.errors.GlossaryError`, naming file and line, where something is wrong; nothing is half loaded.
    """
    if path.is_dir():
        return [entry for file in sorted(path.glob("*.tsv")) for entry in load(file)]
    return [entry for _, entry in Glossary.open(path).entries()]


def parse(data: bytes, path: Path) -> list[Entry]:
    """The entries of a file's content; ``path`` is for messages. Raises :class:`nlp.errors.GlossaryError`."""
    return [entry for _, entry in Glossary.of(data, path).entries()]


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


def entry_of(where: str, row: Mapping[str, str], source: str) -> Entry:
    """The entry of a row's cells by column. ``where`` is its file and line, ``source`` stands in where it names none.

    Raises :class:`nlp.errors.GlossaryError`.
    """
    if not row.get("term"):
        raise GlossaryError(f"{where}: no term")
    term, name, kind, status = row["term"], row.get("name", ""), row.get("type", ""), row.get("status", "")
    if not name and status != "keep":
        raise GlossaryError(f"{where}: {term} has no name")
    if kind and kind not in _TYPES:
        raise GlossaryError(f"{where}: {kind} is no type; choose of {' '.join(sorted(_TYPES))}, or leave it empty")
    if status not in STATUSES:
        raise GlossaryError(f"{where}: {status} is no status; choose of {' '.join(sorted(STATUSES - {''}))}")
    checked = row.get("checked", "")
    if checked and not _DAY.fullmatch(checked):
        raise GlossaryError(f"{where}: checked is {checked}; write it as YYYY-MM-DD")
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
        row.get("source") or source,
        row.get("abbr") or None,
        checked,
        **guards,
    )


def row_of(entry: Entry) -> dict[str, str]:
    """The cells of an entry by column; what a cell cannot hold, tabs and line breaks, becomes a space."""
    cells = {
        "term": entry.term,
        "variants": "|".join(entry.variants),
        "name": entry.name,
        "short": entry.short or "",
        "abbr": entry.abbr or "",
        "type": entry.type or "",
        "region": entry.region or "",
        "status": entry.status,
        "note": entry.note,
        "source": entry.source,
        "checked": entry.checked,
    }
    return {column: " ".join(cell.split()) for column, cell in cells.items()}


def dump(entries: Iterable[Entry], about: Mapping[str, str] | None = None) -> str:
    """A glossary file, sorted by term, with ``about`` (topic, licence, source, checked) as its opening comments."""
    rows = sorted((row_of(e) for e in entries), key=lambda row: (row["term"], row["name"]))
    comments = [f"# {key}: {value}" for key, value in (about or {}).items()]
    lines = [*comments, "\t".join(COLUMNS), *("\t".join(row[c] for c in COLUMNS) for row in rows)]
    return "\n".join(lines) + "\n"


def shipped_folder() -> Path:
    """Where the glossaries that ship with zhbrief lie: beside the package in a checkout, inside it when installed."""
    inside = Path(__file__).parents[1] / "glossaries"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "glossaries"


@cache
def shipped() -> tuple[Entry, ...]:
    """The entries that ship with zhbrief; read once, since several components ask for them at the start."""
    return tuple(load(shipped_folder()))
