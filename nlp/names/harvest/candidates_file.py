"""The table of candidates: tab-separated, one a line, a header that names the columns; a file to read, sort and review.

============  =========================================================================================
term, name    the Chinese name and what it is glossed with
short         the form for second mention
type          an OntoNotes type, or empty for a term
count         how often it is glossed so
records       in how many records
first, last   the dates of the first and the last dated record (YYYY-MM-DD)
confidence    the best probability that the term begins where it does, 0 to 1
sure          ``yes`` from the confidence that the harvester calls sure
terms, names  competing forms: other Chinese for this English, other English for this Chinese, with counts, ``|`` between
known         what the glossaries have for the term
context1…3    the gloss between « and » in its surroundings, after the record and a colon
============  =========================================================================================
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from nlp.errors import GlossaryError
from nlp.types import EntityType

CONTEXTS = 3
COLUMNS = (
    "term", "name", "short", "type", "count", "records", "first", "last", "confidence", "sure", "terms", "names", "known",
    *(f"context{i}" for i in range(1, CONTEXTS + 1)),
)  # fmt: skip
_NEEDED = frozenset(("term", "name"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A Chinese name and its English form, as an archive glosses it; see the columns of the file."""

    term: str
    name: str
    short: str | None = None
    type: EntityType | None = None
    count: int = 1
    records: int = 1
    first: datetime.date | None = None
    last: datetime.date | None = None
    confidence: float = 0.0
    sure: bool = False
    terms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    known: str | None = None
    contexts: tuple[str, ...] = ()


def dump(candidates: Iterable[Candidate]) -> str:
    """The table as text."""
    lines = ["\t".join(COLUMNS)]
    for c in candidates:
        cells = (
            c.term, c.name, c.short or "", c.type or "", str(c.count), str(c.records), _day(c.first), _day(c.last),
            f"{c.confidence:.2f}", "yes" if c.sure else "no", "|".join(c.terms), "|".join(c.names), c.known or "",
            *c.contexts, *[""] * (CONTEXTS - len(c.contexts)),
        )  # fmt: skip
        lines.append("\t".join(" ".join(cell.split()) for cell in cells))
    return "\n".join(lines) + "\n"


def load(path: Path) -> list[Candidate]:
    """The candidates of a file; only term and name are needed, and what does not print (escapes, direction marks) is dropped.

    Raises :class:`nlp.errors.GlossaryError`, naming file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as e:
        raise GlossaryError(f"{path}: {e.strerror or e}") from e
    except UnicodeDecodeError as e:
        raise GlossaryError(f"{path}: not UTF-8 (byte {e.start}); save it as UTF-8") from e
    header = lines[0].rstrip("\r").split("\t")
    if not set(header) >= _NEEDED:
        raise GlossaryError(f"{path}:1: no table of candidates; make one with: zhbrief glossary harvest")
    return [
        _candidate(f"{path}:{number}", dict(zip(header, map(_cell, line.split("\t")), strict=False)))
        for number, line in enumerate(lines[1:], 2)
        if line.strip()
    ]


def _candidate(where: str, row: dict[str, str]) -> Candidate:
    kind = row.get("type", "")
    if not row["term"] or not row.get("name"):
        raise GlossaryError(f"{where}: a candidate needs a term and a name")
    if kind and kind not in get_args(EntityType):
        raise GlossaryError(f"{where}: {kind} is no type")
    try:
        return Candidate(
            row["term"],
            row["name"],
            row.get("short") or None,
            cast("EntityType | None", kind or None),
            int(row.get("count") or 1),
            int(row.get("records") or 1),
            datetime.date.fromisoformat(row["first"]) if row.get("first") else None,
            datetime.date.fromisoformat(row["last"]) if row.get("last") else None,
            float(row.get("confidence") or 0),
            row.get("sure") == "yes",
            tuple(filter(None, row.get("terms", "").split("|"))),
            tuple(filter(None, row.get("names", "").split("|"))),
            row.get("known") or None,
            tuple(filter(None, (row.get(f"context{i}", "") for i in range(1, CONTEXTS + 1)))),
        )
    except ValueError as e:
        raise GlossaryError(f"{where}: {e}") from e


def _cell(text: str) -> str:
    return "".join(c for c in text if c.isprintable()).strip()


def _day(date: datetime.date | None) -> str:
    return date.isoformat() if date else ""
