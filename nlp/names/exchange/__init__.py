"""Glossaries in the formats of other tools: read into entries, and written from them.

Reading is all or nothing: a fault is a :class:`nlp.errors.GlossaryError` that names file and line. Writing says beforehand what a
format cannot carry (:func:`losses`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from nlp.errors import GlossaryError
from nlp.names.glossary_file import COLUMNS, Entry, row_of

LARGEST = 100_000_000
"""Most bytes of a file that are read, and of what an XLSX unpacks to."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the file endings that tell it, the columns it can carry, and the module that reads and writes it.

    A module has ``read_NAME(data: bytes, path: Path) -> list[Entry]`` and ``write_NAME(entries) -> bytes``; formats that are only
    imported have no writer.
    """

    name: str
    suffixes: tuple[str, ...]
    carries: frozenset[str]
    module: str
    written: bool = True


_ALL = frozenset(COLUMNS)
_PAIR = frozenset(("term", "variants", "name"))
"""Pairs carry variants as pairs of their own."""
FORMATS = {
    f.name: f
    for f in (
        Format("tsv", (".tsv",), _ALL, "tables"),
        Format("csv", (".csv",), _ALL, "tables"),
        Format("deepl", (), _PAIR, "tables"),
        Format("google", (), _PAIR, "tables"),
        Format("omegat", (".utf8", ".txt"), _PAIR | {"note"}, "tables"),
        Format("utx", (".utx",), _PAIR | {"status", "note"}, "utx"),
        Format("tbx", (".tbx",), _ALL, "tbx"),
        Format("tbx2", (), _ALL, "tbx"),
        Format("xlsx", (".xlsx",), _ALL, "xlsx"),
        Format("naer", (), _PAIR, "open_data", written=False),
        Format("zhwiki", (".lua",), _PAIR, "open_data", written=False),
        Format("geonames", (), _PAIR, "open_data", written=False),
    )
}


def format_of(name: str | None, path: Path | None, writing: bool = False) -> Format:
    """The format called ``name``, or told by the ending of ``path``. Raises :class:`nlp.errors.GlossaryError`."""
    usable = {n: f for n, f in FORMATS.items() if f.written or not writing}
    if name is not None and name in usable:
        return usable[name]
    if name is None and path is not None:
        for found in usable.values():
            if path.suffix.casefold() in found.suffixes:
                return found
    said = name or f"the ending of {path}"
    raise GlossaryError(f"{said} tells no format of glossaries; choose one of {', '.join(usable)}")


def read(path: Path, form: Format) -> list[Entry]:
    """The entries of a file. Raises :class:`nlp.errors.GlossaryError`."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST else b""
    except OSError as e:
        raise GlossaryError(f"{path}: {e.strerror or e}") from e
    if size > LARGEST:
        raise GlossaryError(f"{path}: {size / 1e6:,.0f} MB, more than {LARGEST / 1e6:,.0f} MB: divide it first")
    reader = cast(
        "Callable[[bytes, Path], list[Entry]]",
        getattr(import_module(f"nlp.names.exchange.{form.module}"), f"read_{form.name}"),
    )
    return reader(data, path)


def write(entries: Sequence[Entry], form: Format) -> bytes:
    """A file's content. Raises :class:`nlp.errors.GlossaryError` for a format that is only read."""
    if not form.written:
        raise GlossaryError(f"{form.name} is a format that is only imported")
    writer = cast(
        "Callable[[Sequence[Entry]], bytes]",
        getattr(import_module(f"nlp.names.exchange.{form.module}"), f"write_{form.name}"),
    )
    return writer(entries)


def losses(entries: Sequence[Entry], form: Format) -> list[str]:
    """What of ``entries`` the format cannot carry, one line for each column."""
    out = []
    forbidden = sum(e.status == "forbidden" for e in entries)
    if forbidden and "status" not in form.carries:
        out.append(
            f"{form.name} has no place for what is forbidden: {forbidden} of {len(entries)} entries are left out"
        )
    for column in COLUMNS:
        lost = sum(1 for e in entries if row_of(e)[column]) if column not in form.carries else 0
        if lost:
            out.append(f"{form.name} has no place for {column}: {lost} of {len(entries)} entries lose it")
    return out
