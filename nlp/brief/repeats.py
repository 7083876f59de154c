"""Sentences that say nearly the same: the posts of a live blog, a lead that its own article repeats further down."""

from __future__ import annotations

import re

SAME = 0.7
"""The share of the shorter one's pairs of characters that the longer one has too, from which on two sentences are one."""
_MARKS = re.compile(r"[\W_]+")


class Repetition:
    """One sentence, to hold others against."""

    def __init__(self, text: str) -> None:
        self.pairs = _pairs(text)

    def by(self, text: str) -> bool:
        """Whether ``text`` says nearly the same. A figure that alone is another makes no new sentence."""
        pairs = _pairs(text)
        fewer = min(len(pairs), len(self.pairs))
        return fewer > 0 and len(pairs & self.pairs) >= SAME * fewer


def _pairs(text: str) -> set[str]:
    letters = _MARKS.sub("", text)
    return {letters[i : i + 2] for i in range(len(letters) - 1)}
