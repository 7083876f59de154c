"""Look-up keys: one form for all the ways a name may be written, of the same length as the text.

Folded are script variants (character by character through OpenCC: its phrase conversions corrupt names and change
lengths), full width, and the separators between the parts of a foreign name. Case is not: US and us differ.
"""

from __future__ import annotations

import unicodedata
from functools import cache

SEPARATORS = "·‧・．•∙⋅-－–—‐‑﹣"
"""Every sign that news text puts between the parts of a name; all are one sign in a key."""
_DOT = "·"
_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))


@cache
def _table() -> dict[int, str]:
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    han = [chr(c) for start, end in _BLOCKS for c in range(start, end)]
    table: dict[int, str] = {}
    for char, simple in zip(han, convert("\n".join(han)).split("\n"), strict=True):
        plain = unicodedata.normalize("NFKC", simple)
        if plain != char and len(plain) == 1:
            table[ord(char)] = plain
    for code in range(0xFF01, 0xFF5F):
        table[code] = chr(code - 0xFEE0)
    table[0x3000] = " "
    table.update({ord("妳"): "你", ord("祂"): "他", ord("牠"): "它"})
    table.update((ord(sign), _DOT) for sign in SEPARATORS)
    return table


def fold(text: str) -> str:
    """The look-up key of ``text``: as many code points as the text, so that offsets carry over."""
    return text.translate(_table())
