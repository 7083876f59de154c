"""Adjectives and people of countries, and other forms that stand for a country in English: Britain, the U.S., South Koreans."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def _rows() -> dict[str, list[tuple[str, ...]]]:
    """For each country its adjectives, its people and its other forms."""
    lines = Path(__file__).with_name("demonyms.tsv").read_text(encoding="utf-8").splitlines()
    rows = [[*line.split("\t"), "", "", ""][:4] for line in lines if line and not line.startswith("#")][1:]
    return {
        country: [tuple(form.strip() for form in cell.split("|") if form.strip()) for cell in cells]
        for country, *cells in rows
    }


@cache
def _forms() -> dict[str, frozenset[str]]:
    out: dict[str, frozenset[str]] = {}
    for country, cells in _rows().items():
        every = {country, *(form for cell in cells for form in cell)}
        for form in every:
            out[form] = out.get(form, frozenset()) | every - {form}
    return out


def demonyms(name: str) -> frozenset[str]:
    """Every other form for the country or region that ``name`` is or stands for (Japan: Japanese); empty for any other name."""
    return _forms().get(name, frozenset())


def people(country: str) -> str | None:
    """What the people of ``country`` are called (Germans, Japanese), or None."""
    _, named, _ = _rows().get(country, [(), (), ()])
    return named[0] if named else adjective(country)


def adjective(country: str) -> str | None:
    """The adjective of ``country`` (German), or None."""
    adjectives, _, _ = _rows().get(country, [(), (), ()])
    return adjectives[0] if adjectives else None


def is_place(english: str) -> bool:
    """Whether ``english`` is the name of a country or region, or one of the forms that stand for it."""
    return english in _forms()
