"""Names that the model spelt in a translation, and whose they are.

A name is written by sound, so its sound tells whose spelling is whose where a sentence has several: 科瑞·舒爾曼 is Kori Schulman,
北卡羅來納大學 is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product, takewhile

from nlp.annotate.phonetics import similarity_by_parts
from nlp.brief.check import NO_NAMES, Evidence, unknown_names
from nlp.brief.lexicon import is_common
from nlp.types import Entity

SOUNDS = 0.6
"""The likeness in sound from which a spelling is taken for that of a Chinese name."""
_JOINING = " (?:of|of the|for) "
"""What joins the parts of a body's name: University of North Carolina."""
_BY_SOUND = frozenset(("PERSON", "GPE", "LOC"))
"""Kinds of names that are written by sound alone; the name of a body is mostly translated."""


def spelt_names(sentence: str, evidence: Evidence) -> list[str]:
    """The names of ``sentence`` that its evidence does not have, without possessives, each once, in order.

    What the evidence has may be part of them: Trump behind Melania, CBC before News.
    """
    found = [re.sub("['’]s?$", "", _around(name, sentence)) for name in unknown_names(sentence, evidence)]
    whole: list[str] = []
    for name in found:
        body = whole and is_common(whole[-1].split()[-1])
        joined = re.search(f"{re.escape(whole[-1])}{_JOINING}{re.escape(name)}", sentence) if body else None
        if joined:
            whole[-1] = joined.group()
        else:
            whole.append(name)
    return list(dict.fromkeys(name for name in whole if name))


def _around(name: str, sentence: str) -> str:
    """``name`` with the capitalised words behind it and an acronym before it, titles aside."""
    m = re.search(rf"(?:(?<!\w)[A-Z]{{2,}} )?{re.escape(name)}(?: [A-Z][\w'’\-]+)*", sentence)
    words = m.group().split() if m else [name]
    own = name.split()
    before, behind = words[: words.index(own[0])], words[words.index(own[0]) + len(own) :]
    before = [w for w in before if w not in NO_NAMES]
    return " ".join([*before, *own, *takewhile(lambda w: w not in NO_NAMES, behind)])


def attributed(nameless: Sequence[Entity], spelt: Sequence[str]) -> list[tuple[Entity, str]]:
    """Which of the ``nameless`` entities each spelling is of, where that is clear.

    The likest in sound come first. A body that is left alone with one spelling has it.
    """
    sounding = [e for e in nameless if e.type in _BY_SOUND]
    pairs = sorted(product(sounding, spelt), key=lambda pair: _alike(*pair), reverse=True)
    out: list[tuple[Entity, str]] = []
    for entity, name in pairs:
        if _alike(entity, name) >= SOUNDS and not any(entity is e or name == n for e, n in out):
            out.append((entity, name))
    left = [e for e in nameless if not any(e is had for had, _ in out)]
    names = [name for name in spelt if not any(name == had for _, had in out)]
    if len(left) == len(names) == 1 and left[0].type not in _BY_SOUND:
        out.append((left[0], names[0]))
    return out


def _alike(entity: Entity, name: str) -> float:
    return max(similarity_by_parts(m.text, name) for m in entity.mentions)
