"""The tables of units and currencies, read from the files beside this one: to add a counter word, add it there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from nlp.types import QuantityKind


@dataclass(frozen=True, slots=True)
class Unit:
    """A counter word or unit. ``plural`` is empty for a counter that says nothing of what it counts.

    ``not_before`` holds characters that make another word of the counter: 人 before 民 counts nobody.
    """

    kind: QuantityKind
    singular: str
    plural: str
    not_before: str


def _rows(name: str) -> list[list[str]]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def units() -> dict[str, Unit]:
    """Chinese counter word or unit → :class:`Unit`."""
    return {
        word: Unit(cast("QuantityKind", kind), singular, plural, not_before)
        for words, kind, singular, plural, not_before in _rows("units.tsv")
        for word in words.split("|")
    }


@cache
def english_units() -> dict[str, str]:
    """English unit word, singular or plural → its plural, the form that ``Quantity.unit`` has."""
    out = {"people": "people", "tons": "metric tons", "ton": "metric tons", "tonnes": "metric tons"}
    for unit in units().values():
        if unit.plural:
            out[unit.singular] = out[unit.plural] = unit.plural
    return out


@dataclass(frozen=True, slots=True)
class Currency:
    """How English prints an amount of a currency, ``{}`` for the number; ``words`` are its names, the usual one first."""

    amount: str
    single: str
    words: tuple[str, ...]


@cache
def currency_words() -> dict[str, str]:
    """Chinese currency word or sign → ISO 4217 code."""
    return {word: row[1] for row in _rows("currencies.tsv") for word in row[0].split("|")}


@cache
def currencies() -> dict[str, Currency]:
    """ISO 4217 code → :class:`Currency`."""
    return {
        code: Currency(amount, single, tuple(english.split("|")))
        for _, code, amount, single, english in _rows("currencies.tsv")
    }
