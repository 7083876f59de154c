"""What running English does not hold: markup, addresses, control tokens, signs that nobody sees or reads aloud.

The grammar of a sentence (:mod:`nlp.brief.grammar`) does not even let them be written; an engine without grammars is held here.
"""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"https?:\S*|www\.\S+|\b[\w.+-]+@[\w-]+\.\w+\S*|(?<![\w.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|gov|edu|io|ai|tw|cn|hk|example)\b\S*"
)
_STRANGE = re.compile(
    r"[^\s\dA-Za-z\u00c0-\u024f\u1e00-\u1eff\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff.,;:!?'\"()%$&/+€£¥°\u2010-\u2015\u2018-\u201d\u2026⟦⟧-]+"
)
"""Anything but what a sentence is written with. Chinese is not among it: that is a fault of its own."""


def strange(sentence: str, source: str) -> str | None:
    """The first piece of ``sentence`` that no running text has, unless it stands so in ``source`` (C#, example.com); else None."""
    for pattern in (_ADDRESS, _STRANGE):
        for found in pattern.finditer(sentence):
            if found.group().rstrip(".,;)") not in source:
                return found.group()
    return None
