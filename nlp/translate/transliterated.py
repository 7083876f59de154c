"""The usual spellings of transliterated names: what a guess begins with where nobody knows a person.

布魯克斯 is mostly Brooks, and 薩拉 as a given name Sarah. That is likelier than what a small model makes of the sounds, and it is a guess
all the same: it is marked as one, and no brief takes it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

from nlp.annotate.phonetics import DOTS
from nlp.names import fold
from nlp.names.romanise import THRESHOLD, likelihood

Kind = Literal["given", "surname"]
_SEPARATOR = re.compile(f"([{re.escape(DOTS)}])")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HYPHENS = "-－–—‐‑﹣"


def usual_spelling(mention: str) -> str | None:
    """The whole name of a person as it is mostly spelt (凱莉·史密斯-布朗: Kelly Smith-Brown), or None where a part is not in the table.

    One part alone that may well be a Chinese name (馬文) is left to the engine.
    """
    if not _SEPARATOR.search(mention) and likelihood(mention) > THRESHOLD:
        return None
    spelt = with_usual_parts(mention)
    return spelt if _HAN.search(spelt) is None else None


def with_usual_parts(mention: str) -> str:
    """A name with the parts that are in the table as they are mostly spelt: 邁克爾·法倫 with Michael. The others stay Chinese."""
    parts, between = _SEPARATOR.split(mention)[::2], _SEPARATOR.findall(mention)
    out, at, known = "", 0, False
    while at < len(parts):
        for end in (at + 2, at + 1):  # 讓-保羅 is one name
            kind: Kind = "surname" if end >= len(parts) else "given"
            spelling = _spelling("-".join(parts[at:end]), kind) if end <= len(parts) else None
            if spelling is not None:
                break
        known |= spelling is not None
        out += spelling or parts[at]
        at = end
        out += "" if at >= len(parts) else "-" if between[at - 1] in _HYPHENS else " "
    return out if known else mention


def _spelling(part: str, kind: Kind) -> str | None:
    found = _table().get(fold(part), {})
    return found.get(kind) or next(iter(found.values()), None)


@cache
def _table() -> dict[str, dict[str, str]]:
    """Folded Chinese form → its spelling as a given name, as a surname, or both."""
    table: dict[str, dict[str, str]] = {}
    for line in Path(__file__).with_name("transliterated.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            forms, english, kind = line.split("\t")
            for form in forms.split("|"):
                table.setdefault(fold(form), {})[kind] = english
    return table
