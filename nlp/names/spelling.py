"""Spellings of one English name: Jørgensen, Jorgensen and JØRGENSEN are one, and so are MonteCarlo and Monte Carlo."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans("øØłŁßđĐæÆ", "oOlLsdDaA")
"""Letters that Unicode does not take apart."""
_GLUED = re.compile(
    r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ][a-zà-ÿ.])|(?<=[A-Z]\.)(?=[A-ZÀ-Þ][a-zà-ÿ])|(?<=[a-zà-ÿ]\.)(?=[A-ZÀ-Þ][a-zà-ÿ])"
)
_PREFIXES = frozenset(("Mac", "Fitz"))
_LEAST = 3
"""Letters of a part that may have lost its space: De, Le, Di and Mc begin longer names."""


def unaccented(name: str) -> str:
    """A name without diacritics."""
    return "".join(c for c in unicodedata.normalize("NFKD", name.translate(_LETTERS)) if not unicodedata.combining(c))


def plain(name: str) -> str:
    """A name without diacritics, case and punctuation, to compare spellings."""
    return re.sub(r"[^a-z0-9]", "", unaccented(name).casefold())


def parted(name: str) -> str:
    """A name of persons or places with the spaces that it has lost: JeffreyDeanMorgan, AdnanZ.Amin. MacDonald and LeBron have lost none."""
    parts = _GLUED.split(name)
    whole = [p for p in parts if len(p) >= _LEAST or p.endswith(".")]
    return name if len(whole) < len(parts) or not _PREFIXES.isdisjoint(parts) else " ".join(parts)
