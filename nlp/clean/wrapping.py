"""Hard-wrapped text, as mail and old terminals leave it, back to one paragraph a line.

Only a text that is wrapped throughout is touched: its longest lines are of one width, break off in mid-sentence, and go
on in the next line. Widths count a Chinese character as two columns.
"""

from __future__ import annotations

import re
import unicodedata

MAX_WIDTH = 100
"""Columns; longer lines are paragraphs, and a text that has one is not wrapped."""
MIN_WIDTH = 24
"""Columns or characters; what is narrower are labels."""
SLACK = 6
"""Columns that a full line may fall short of the widest, since no line begins with a stop."""
MIN_FULL = 4
"""Full lines there must be before a text counts as wrapped."""

_END = re.compile(r"[。！？；!?：:…][」』”’\"）)】〕]{0,3}$")


def unwrap(text: str) -> list[str]:
    """The lines of ``text``, those of a hard-wrapped paragraph joined; blank lines stay. Linear in the text's length."""
    lines = text.splitlines()
    if len(lines) < 2 * MIN_FULL or any(len(line) > MAX_WIDTH for line in lines):
        return lines
    bare = [line.strip() for line in lines]
    for measure in (_columns, len):
        full = _full(bare, [measure(line) for line in bare])
        if full:
            return _joined(lines, bare, full)
    return lines


def _joined(lines: list[str], bare: list[str], full: set[int]) -> list[str]:
    joined: list[str] = []
    for i, line in enumerate(bare):
        if i - 1 in full and line and not lines[i][:1].isspace():
            gap = " " if joined[-1][-1:].isascii() and line[0].isascii() and joined[-1][-1:] != "-" else ""
            joined[-1] += gap + line
        else:
            joined.append(line)
    return joined


def _full(bare: list[str], widths: list[int]) -> set[int]:
    """The places of the lines that break off at the width the text is wrapped at; none where it is not wrapped."""
    width = max(widths)
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return set()
    full = [i for i, w in enumerate(widths) if w >= width - SLACK and not bare[i].startswith("http")]
    broken = {i for i in full if not _END.search(bare[i]) and i + 1 < len(bare) and bare[i + 1]}
    after = [i + 1 for i in broken]
    sentences = sum("。" in bare[i] for i in {*full, *after})
    wrapped = len(broken) >= MIN_FULL and 3 * len(broken) >= 2 * len(full) and 4 * sentences >= len(broken)
    return broken if wrapped else set()


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
