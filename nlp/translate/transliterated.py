"""The likely spellings of transliterated names: what a guess begins with where nobody knows a person.

布魯克斯 is mostly Brooks, 薩拉 as a given name Sarah, and 霍德斯, which no table has, sounds like Hodes. That is likelier than what a small
model makes of the sounds, and it is a guess all the same: it is marked as one, and no brief takes it.
"""

from __future__ import annotations

import re

from nlp.annotate.phonetics import DOTS
from nlp.names import fold
from nlp.names.romanise import THRESHOLD, likelihood
from nlp.translate.back_transliteration import likeliest
from nlp.translate.usual import Kind, usual

_SEPARATOR = re.compile(f"([{re.escape(DOTS)}])")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HYPHENS = "-－–—‐‑﹣"


def likely_spelling(mention: str) -> str | None:
    """The whole name of a person as it is likely spelt (凱莉·史密斯-布朗: Kelly Smith-Brown), or None where a part is like no name.

    One part alone that may well be a Chinese name (馬文) is left to the engine.
    """
    if _may_be_chinese(mention):
        return None
    spelt = with_likely_parts(mention)
    return spelt if _HAN.search(spelt) is None else None


def with_likely_parts(mention: str) -> str:
    """A name with the parts that are like names as they are likely spelt: 邁克爾·不明倫 with Michael. The others stay Chinese."""
    parts, between = _SEPARATOR.split(mention)[::2], _SEPARATOR.findall(mention)
    out, at, known = "", 0, False
    while at < len(parts):
        for end in (at + 2, at + 1):  # 讓-保羅 is one name
            kind: Kind = "surname" if end >= len(parts) else "given"
            spelling = usual("-".join(parts[at:end]), kind) if end <= len(parts) else None
            if spelling is not None:
                break
        else:
            spelling = None if _may_be_chinese(mention) else likeliest(fold(parts[at]), kind)
        known |= spelling is not None
        out += spelling or parts[at]
        at = end
        out += "" if at >= len(parts) else "-" if between[at - 1] in _HYPHENS else " "
    return out if known else mention


def _may_be_chinese(mention: str) -> bool:
    return not _SEPARATOR.search(mention) and likelihood(mention) > THRESHOLD
