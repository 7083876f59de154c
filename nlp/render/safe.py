"""Text from outside, made safe to show: control and escape characters never reach a terminal or a page."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#])")


def safe(text: str) -> str:
    """``text`` without control characters and direction overrides; tabs and newlines stay."""
    return _CONTROL.sub("", text)


def escaped(text: str) -> str:
    """:func:`safe` text with Markdown's own characters escaped, on one line."""
    return _MARKDOWN.sub(r"\\\1", safe(text).replace("\n", " "))


def cell(text: str) -> str:
    """:func:`safe` text for one cell of a table file: on one line, and never the beginning of a formula."""
    line = " ".join(safe(text).split())
    return f"'{line}" if line.startswith(("=", "+", "-", "@")) else line
