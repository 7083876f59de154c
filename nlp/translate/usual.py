"""The table of usual spellings: how the parts of foreign personal names that Chinese writes by sound are mostly spelt."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

from nlp.names import fold

Kind = Literal["given", "surname"]


def usual(part: str, kind: Kind) -> str | None:
    """A part of a name as it is mostly spelt, rather as a name of that ``kind``; None where the table does not have it."""
    found = _table().get(fold(part), {})
    return found.get(kind) or next(iter(found.values()), None)


def rows() -> Iterator[tuple[list[str], str, Kind]]:
    """The rows of the table: the Chinese forms, the English, and which part of a name it is."""
    path = Path(__file__).with_name("transliterated.tsv")
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            forms, english, kind = line.split("\t")
            yield forms.split("|"), english, "given" if kind == "given" else "surname"


@cache
def _table() -> dict[str, dict[Kind, str]]:
    """Folded Chinese form → its spelling as a given name, as a surname, or both."""
    table: dict[str, dict[Kind, str]] = {}
    for forms, english, kind in rows():
        for form in forms:
            table.setdefault(fold(form), {})[kind] = english
    return table
