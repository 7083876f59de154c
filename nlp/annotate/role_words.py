"""Titles, offices and common nouns that stand right before a name; they are kept in ``role_words.txt``."""

from __future__ import annotations

import re
from pathlib import Path


def _read() -> tuple[tuple[str, ...], tuple[str, ...]]:
    text = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    persons, things = re.split(r"^# (?:Persons|Organisations and things)\n", text, flags=re.M)[1:]
    return tuple(persons.split()), tuple(things.split())


TITLES, KINDS = _read()
"""Titles and offices of persons (分析師, 總統, 立委), and common nouns for bodies and things (智庫, 大廠, 電影)."""
ROLE_WORDS = (*TITLES, *KINDS)


def ending_in(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that finds one of ``words`` at the end of a text, a longer one before a shorter."""
    return re.compile(f"(?:{'|'.join(sorted(words, key=len, reverse=True))})$")
