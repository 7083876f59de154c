"""Spellings of one English name: Jørgensen, Jorgensen and JØRGENSEN are one."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans("øØłŁßđĐæÆ", "oOlLsdDaA")
"""Letters that Unicode does not take apart."""


def unaccented(name: str) -> str:
    """A name without diacritics."""
    return "".join(c for c in unicodedata.normalize("NFKD", name.translate(_LETTERS)) if not unicodedata.combining(c))


def plain(name: str) -> str:
    """A name without diacritics, case and punctuation, to compare spellings."""
    return re.sub(r"[^a-z0-9]", "", unaccented(name).casefold())
