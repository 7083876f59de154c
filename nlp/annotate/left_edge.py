"""Where the Chinese name before a gloss begins.

Every possible left edge gets a score: what the recogniser and the gazetteer saw, the titles and common nouns that
stand before names, jieba's cut, the sound (:mod:`nlp.annotate.phonetics`) and the length. The best one is taken, and
none where even the best is poor.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from nlp.annotate.alignment import token_offsets
from nlp.annotate.phonetics import similarity
from nlp.annotate.types_by_cue import suffix_type, type_by_cue
from nlp.names import Match
from nlp.types import EntityType

_FLOOR = 1.5
_FUNCTION = re.compile("[的是在與和及或由對為了將被把於從向但而則也都並之說稱依據等受讓如]")
_DOTS = "·‧・．•-－–—"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A span that a statistical recogniser saw; offsets in code points."""

    start: int
    end: int
    type: EntityType


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the components before have found in the text; any of it may be empty."""

    recognised: tuple[Recognised, ...] = ()
    matches: tuple[Match, ...] = ()
    word_starts: frozenset[int] = frozenset()

    @classmethod
    def of(cls, doc: Doc) -> Evidence:
        """Gather the evidence that a ``Doc`` carries."""
        return cls(tuple(doc._.recognised), tuple(doc._.matches), frozenset(token_offsets(doc)))


def _role_words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    text = (Path(__file__).parent / "role_words.txt").read_text(encoding="utf-8")
    persons, things = re.split(r"^# (?:Persons|Organisations and things)\n", text, flags=re.M)[1:]
    return tuple(persons.split()), tuple(things.split())


TITLES, _KINDS = _role_words()
"""Titles and offices of persons: 分析師, 總統, 立委."""
ROLE_WORDS = (*TITLES, *_KINDS)
"""Titles and common nouns that stand before a name: 分析師, 總統, 智庫, 大廠."""
_ROLE = re.compile(f"(?:{'|'.join(sorted(ROLE_WORDS, key=len, reverse=True))})$")


def left_edge(text: str, first: int, end: int, latin: str, evidence: Evidence) -> tuple[int, EntityType | None] | None:
    """Choose the start of the name that ends at ``end``; no start before ``first`` is tried.

    Returns (start, type) in code points, or None where no start is likely.
    """
    for match in evidence.matches:
        if match.end == end and match.start >= first and _agrees(match, latin):
            return match.start, match.entry.type
    scored = [
        (_score(text, start, end, first, latin, evidence), -start)
        for start in range(first, end)
        if end - start <= 18 and text[start] not in _DOTS and (start == first or text[start - 1] not in _DOTS)
    ]
    if not scored or max(scored)[0] < _FLOOR:
        return None
    start = -max(scored)[1]
    return start, _type(text, start, end, latin, evidence)


def _agrees(match: Match, latin: str) -> bool:
    """Whether a gazetteer entry and the gloss name the same: equal but for case, or one the acronym of the other."""
    plain = re.sub(r"[^a-z0-9]", "", latin.casefold())
    names = [match.entry.name, match.entry.short or ""]
    initials = "".join(w[0] for w in match.entry.name.split() if w[0].isupper())
    return plain in {re.sub(r"[^a-z0-9]", "", n.casefold()) for n in names} or latin == initials


def _score(text: str, start: int, end: int, first: int, latin: str, evidence: Evidence) -> float:
    name, before = text[start:end], text[first:start]
    kind = type_by_cue(name, latin)
    score = 0.0
    for seen in evidence.recognised:
        if seen.end == end and seen.start == start:
            score += 2.5
        elif seen.end == start:
            score += 1.0
        elif seen.start < start < seen.end < end:
            score -= 1.0
    for match in evidence.matches:
        if match.end == start:
            score += 1.0 if match.entry.type else 0.6
        elif match.start < start < match.end:
            score -= 1.5
    if _ROLE.search(before):
        score += 2.0
    if start == first:
        score += 1.0
    if any(text[r.start : r.end] == name for r in evidence.recognised if r.end != end):
        score += 1.5
    score += 0.5 if start in evidence.word_starts else -0.3
    score -= 1.2 * len(_FUNCTION.findall(name)) if kind != "PERSON" or start == first else 0.0
    if _FUNCTION.match(name) and kind != "PERSON":
        score -= 1.5
    if _ROLE.search(name) and suffix_type(name) is None:
        score -= 2.0
    likeness = _likeness(name, latin, kind)
    if likeness <= 0 and not any((r.start, r.end) == (start, end) for r in evidence.recognised):
        score -= 1.5
    return score + likeness


def _likeness(name: str, latin: str, kind: EntityType) -> float:
    """How well sound and length fit: a person's name is 2 to 7 characters long, an organisation's more."""
    length = len([c for c in name if c not in _DOTS])
    if kind in ("PERSON", "GPE", "LOC") or suffix_type(name) is None:
        alike = 0.0 if latin.isupper() and len(latin) <= 5 else similarity(name, latin)
        fit = 0.0 if 2 <= length <= 7 or "·" in name else -0.4 * abs(length - 4)
        return 4.0 * alike + fit + (-1.5 if length == 1 else 0.0)
    return 1.5 + 0.15 * min(length, 8) - 0.2 * max(0, length - 12)


def _type(text: str, start: int, end: int, latin: str, evidence: Evidence) -> EntityType:
    by_cue = type_by_cue(text[start:end], latin)
    if by_cue in ("LAW", "EVENT"):
        return by_cue
    for seen in evidence.recognised:
        if seen.end == end and seen.start <= start:
            return seen.type
    return by_cue
