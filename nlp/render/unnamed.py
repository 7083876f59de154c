"""What a brief could not name in English, and the option that fills it in."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.types import Entity, Result

MARK = "spelling unverified"
"""What stands beside a name that nobody has vouched for, wherever people read it."""
_SHELL = re.compile(r"[\s\"'`$\\!&|;<>()*?#~{}\[\]]")


@dataclass(frozen=True, slots=True)
class Unnamed:
    """An entity without a verified name; ``sentences`` are the numbers, from 1, of the English brief's that did without it."""

    entity: Entity
    sentences: tuple[int, ...]

    @property
    def option(self) -> str:
        """What to add to the command: ``--name 霍德斯="…"``, with the spelling that nobody has verified where there is one."""
        chinese = max((m.text for m in self.entity.mentions), key=len)
        quoted = shlex.quote(chinese) if _SHELL.search(chinese) else chinese
        return f'--name {quoted}="{self.entity.name or "…"}"'

    @property
    def where(self) -> str:
        """What became of it in the brief: ``sentences 2 and 4 go by role``; and whether the option has a spelling to be verified."""
        if not self.sentences:
            return ""
        several = len(self.sentences) > 1
        numbers = " and ".join(map(str, self.sentences))
        role = ("go" if several else "goes") + " by role" if self.entity.type == "PERSON" else "without it"
        return f"sentence{'s' if several else ''} {numbers} {role}" + (f"; {MARK}" if self.entity.name else "")


def unnamed(result: Result) -> list[Unnamed]:
    """Entities without a verified name, those first that an English brief did without."""
    found = [Unnamed(e, tuple(_without(result, e))) for e in result.entities if not e.verified]
    return sorted(found, key=lambda u: not u.sentences)


def _without(result: Result, entity: Entity) -> Iterator[int]:
    for brief in result.briefs:
        for number, sentence in enumerate(brief.sentences, 1):
            inside = any(s.start <= m.start and m.end <= s.end for s in sentence.evidence for m in entity.mentions)
            if brief.language == "en" and inside:
                yield number
