"""A grammar (GBNF) for one sentence: no Chinese at all, and figures only as they stand in the grounded source.

An engine with grammars cannot even write what it excludes; one without is held by the check alone. Numbers in words stay
possible, since English wants them, and are checked like all others.
"""

from __future__ import annotations

import re

from nlp.brief.ground import Grounded

_FIGURE = re.compile(r"\d[\d,.]*\d|\d")
_CHAR = r"[ A-Za-z\u00C0-\u024F\u1E00-\u1EFF.,;:!?'\"()%$&/+\u20AC\u00A3\u00A5\u2013\u2014\u2018\u2019\u201C\u201D-]"


def figures(text: str) -> list[str]:
    """The figures of a text as they stand in it: 12, 35,000, 2.5."""
    return _FIGURE.findall(text)


def grammar_for(grounded: Grounded) -> str:
    """The grammar for what may be written from one grounded sentence."""
    allowed = sorted(set(figures(grounded.text)), key=lambda f: (-len(f), f))
    if not allowed:
        return f"root ::= {_CHAR}+\n"
    choices = " | ".join(f'"{figure}"' for figure in allowed)
    return f"root ::= text (figure text)* | (figure text)+\nfigure ::= {choices}\ntext ::= {_CHAR}+\n"
