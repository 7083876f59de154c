"""Adjectives and people of countries, and other forms that stand for a country in English: Britain, the U.S., South Koreans."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def _table() -> dict[str, frozenset[str]]:
    lines = Path(__file__).with_name("demonyms.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return {
        row[0]: frozenset(form.strip() for cell in row[1:] for form in cell.split("|") if form.strip()) for row in rows
    }


def demonyms(name: str) -> frozenset[str]:
    """Every form that English may use for the country or region ``name`` besides it; empty for any other name."""
    return _table().get(name, frozenset())


def is_place(english: str) -> bool:
    """Whether ``english`` is the name of a country or region, or one of the forms that stand for it."""
    return english in _places()


@cache
def _places() -> frozenset[str]:
    return frozenset(_table()).union(*_table().values())
