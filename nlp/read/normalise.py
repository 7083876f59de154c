"""One kind of newline and no control characters: what every format's text goes through before anything else.

Nothing that a reader could see is lost: white space inside lines, zero-width joiners and rare characters all stay.
"""

from __future__ import annotations

import re

_SUSPECT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ESCAPES = re.compile("(?:\x1b\\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]|\x1b\\][^\x07\x1b\n]{0,512}(?:\x07|\x1b\\\\)")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def normalise(text: str) -> str:
    """``text`` with line feeds for line ends, without control characters and terminal escapes; idempotent.

    Marks that turn the direction of writing go too: they can show a reader other words than those that are there.
    """
    if not _SUSPECT.search(text):
        return text
    return _CONTROLS.sub("", _NEWLINES.sub("\n", _ESCAPES.sub("", text)))
