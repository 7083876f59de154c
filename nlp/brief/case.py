"""Title case for an English headline, by the rules of the Associated Press.

Principal words have a capital, prepositions and conjunctions of four letters and more too; articles and shorter ones only as
the first or last word, but the "to" of an infinitive always. What has a capital or a figure already (iPhone, von der Leyen's Leyen, US$12) is a name
or an amount and stays, and so does the lower case inside a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "but",
        "or",
        "nor",
        "for",
        "so",
        "yet",
        "as",
        "at",
        "by",
        "if",
        "in",
        "of",
        "off",
        "on",
        "per",
        "to",
        "up",
        "via",
        "vs.",
    ]
)
_PREPOSITIONAL = frozenset(
    [
        "a",
        "an",
        "the",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
        "this",
        "that",
        "these",
        "those",
        "all",
        "some",
        "more",
        "less",
        "about",
        "nearly",
        "over",
    ]
)
"""What makes a "to" before it a preposition, where it is none of an infinitive."""
_WORD = re.compile(r"[^\s\-–—/]+")


def titled(headline: str, names: Iterable[str] = ()) -> str:
    """``headline`` in title case; ``names`` stay as they are written."""
    kept = {
        i for name in names for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", headline) for i in range(*m.span())
    }
    words = list(_WORD.finditer(headline))
    out = list(headline)
    for n, m in enumerate(words):
        ends = n in (0, len(words) - 1) or headline[m.start() - 1 : m.start()] == ":"
        following = words[n + 1].group() if n + 1 < len(words) else ""
        if m.start() not in kept and (ends or not _small(m.group(), following)):
            out[m.start() : m.end()] = _capital(m.group())
    return "".join(out)


def _small(word: str, following: str) -> bool:
    if word == "to":
        return following in _PREPOSITIONAL or not following.isalpha() or not following.islower()
    return word.strip(",;:'\"“”()") in _SMALL


def _capital(word: str) -> str:
    """``word`` with its first letter a capital, unless it has a capital or a figure of its own."""
    if any(c.isupper() or c.isdigit() for c in word):
        return word
    at = next((i for i, c in enumerate(word) if c.isalpha()), 0)
    return word[:at] + word[at : at + 1].upper() + word[at + 1 :]
