"""What speaks for and against each left edge of a glossed name, one number a clue.

The clues are named and weighed in ``edge_weights.tsv``, which ``python -m training.left_edge`` writes. All offsets are code
points of the whole text.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from nlp.annotate.evidence import Evidence, Recognised
from nlp.annotate.phonetics import DOTS, begins_with_vowel, similarity_by_parts
from nlp.annotate.role_words import ROLE_WORDS, ending_in
from nlp.annotate.types_by_cue import suffix_type
from nlp.names import Match, demonyms, fold
from nlp.names.meanings import VERB, meanings, words
from nlp.names.spelling import plain

LONGEST_NAME = 18
_FUNCTION = re.compile("[的是在與和及或由對為了將被把於從向但而則也都並之說稱依據等受讓如]")
_BEFORE = re.compile(
    "(?:[的是在與和及或由對為了將被把於從向但而則也都並說稱據讓如兼跟給至到名位]|包括|例如|比如|以及|來自|位於|位在|還有|其中|透露|會晤|"
    "關於|有關|支持|反對)$"
)
_AND = ("與", "和", "及", "暨")
_OPENING = "「『《〈“"
SOUNDS = 0.6
"""Likeness from which a name is taken for a transliteration."""
_ENOUGH = 100
"""How many places are looked at where the same characters stand again."""
_SHORT_NAMES = {"United Kingdom": "UK", "United States": "US", "European Union": "EU"}


class _Spanning(Protocol):
    @property
    def start(self) -> int: ...


_S = TypeVar("_S", bound=_Spanning)


_ROLE = ending_in(ROLE_WORDS)
_VOWEL = re.compile("[AEIOUÀ-ÅÈ-ÏÒ-ÖØ-Ü]")


@dataclass(frozen=True, slots=True)
class _Translation:
    """Words of the Latin name that ``start:end`` means, ``known`` from a glossary."""

    start: int
    end: int
    words: frozenset[str]
    known: bool


@dataclass(frozen=True)
class Run:
    """The characters ``first:end`` of a text, at the end of which a name stands that is ``latin`` in Latin script."""

    first: int
    end: int
    latin: str
    evidence: Evidence

    def edges(self) -> list[int]:
        """Every offset at which the name can begin: not beside a separator, and not where it were a mere title."""
        role = _ROLE.search(self.text[self.first : self.end])
        last = self.end - len(role.group()) if role else self.end
        return [
            start
            for start in range(max(self.first, self.end - LONGEST_NAME), last)
            if self.text[start] not in DOTS and (start == self.first or self.text[start - 1] not in DOTS)
        ]

    def clues(self, start: int) -> dict[str, float]:
        """The clues of one edge; those not named are 0."""
        found = dict.fromkeys(self._seen(start), 1.0)
        found |= dict.fromkeys(self._around(start), 1.0)
        return found | self._by_sound(start) | self._by_meaning(start)

    def sounds_alike(self, shortest: int) -> bool:
        """Whether a name of at least ``shortest`` characters in the run sounds like the Latin one."""
        return max((alike for s, alike in self._sounds.items() if self.end - s >= shortest), default=0.0) >= SOUNDS

    def _seen(self, start: int) -> Iterator[str]:
        """What the recogniser and the glossaries saw."""
        end = self.end
        for r in self.recognised:
            if r.end == end and self._goes_on_before(r.start):
                continue  # the last part of a longer name
            if r.end == end:
                yield "recognised" if r.start == start else "in_recognised" if r.start < start else "over_recognised"
            elif r.end == start:
                yield "after_recognised"
            elif r.start < start < r.end:
                yield "cuts_recognised"
        for m in self.matches:
            if m.end == start and m.entry.type:
                yield "after_known"
            elif m.start < start < m.end < end:
                yield "cuts_known"
            elif m.start == start and m.end == end and plain(self.latin) in plain(m.entry.name):
                yield "known"
            elif m.start == start and m.end < end and m.entry.type and not (self.acronym or self._meant[start]):
                yield "begins_with_other"

    def _around(self, start: int) -> Iterator[str]:
        """Words and signs at the edge."""
        name, before = self.text[start : self.end], self.text[self.first : start]
        if start in self.evidence.word_starts:
            yield "word_start"
        if _ROLE.search(before):
            yield "after_role"
        if _BEFORE.search(before) and not self._goes_on_before(start):
            yield "after_function"
        if any(end == start for _, end in self._verbs):
            yield "after_verb"
        if not before:
            yield "run_start"
            if self.text[start - 1 : start] in tuple(_OPENING):
                yield "after_quote"
        if _FUNCTION.match(name):
            yield "function_first"
        if not self._meant[start] and any(at == start for at, _ in self._verbs):
            yield "verb_first"
        if len(name) > 1 and len(name) in self._again:
            yield "again_elsewhere"
        if suffix_type(name) is not None:
            yield "suffix"

    def _by_sound(self, start: int) -> dict[str, float]:
        name, alike, best = self.text[start : self.end], self._sounds[start], max(self._sounds.values())
        length = sum(c not in DOTS for c in name)
        translated = max(self._meant.values()) == 1
        inside = len(_FUNCTION.findall(name[1:])) - (self._joined and any(c in name for c in _AND))
        clues = {
            "one_character": float(length == 1),
            "two_characters": float(length == 2),
            "function_inside_translated" if translated or suffix_type(name) else "function_inside": float(inside),
        }
        if best >= SOUNDS and not translated:
            clues |= {
                "sound": alike,
                "sounds_best": float(alike == best),
                "sounds_too_long": float(min(max(0, length - 7), 6)),
            }
        if not self.acronym and _VOWEL.match(self.latin) and begins_with_vowel(name):
            clues["vowel_first"] = 1.0
        return clues

    def _by_meaning(self, start: int) -> dict[str, float]:
        """Which words of the Latin name are translated before the edge, whether one is at it, and what a name lacks that is all translated."""
        meant = [self._meant[i] for i in range(self.first, self.end)]
        before = meant[: start - self.first]
        if not any(meant):
            return {}
        told = frozenset[str]().union(*(t.words for t in self._translations if t.start >= start))
        room = any(not self._meant[i] for i in range(start, self.end))
        return {
            "meaning_lacks": 0.0 if room else 1 - len(told) / len(self._wanted),
            "meaning_first": self._meant[start],
            "meaning_before": max(before[-4:], default=0.0),
            "meaning_lost": sum(before) / sum(meant),
        }

    @property
    def text(self) -> str:
        """The whole text."""
        return self.evidence.text

    @property
    def acronym(self) -> bool:
        """Whether the Latin name is an acronym, which neither sounds like the Chinese nor means it."""
        return self.latin.isupper() and len(self.latin) <= 6 and " " not in self.latin

    def _goes_on_before(self, start: int) -> bool:
        """Whether a part of a longer name begins at ``start``: after a separator, or after 與 where the Latin name has "and"."""
        return self.text.endswith((*DOTS, *_AND) if self._joined else tuple(DOTS), 0, start)

    @cached_property
    def _joined(self) -> bool:
        """Whether the Latin name has an "and", which the Chinese one is then likely to have too."""
        return re.search(r"\b(?:and|und|et|y)\b|&", self.latin) is not None

    @cached_property
    def recognised(self) -> list[Recognised]:
        """What the recogniser saw near the run."""
        return _near(self.evidence.recognised, self.first, self.end)

    @cached_property
    def matches(self) -> list[Match]:
        """What the glossaries have near the run."""
        return _near(self.evidence.matches, self.first, self.end)

    @cached_property
    def _sounds(self) -> dict[int, float]:
        return {
            s: 0.0 if self.acronym else similarity_by_parts(self.text[s : self.end], self.latin) for s in self.edges()
        }

    @cached_property
    def _meant(self) -> dict[int, float]:
        """For each offset how surely its character belongs to a word that a word of the Latin name translates."""
        meant = dict.fromkeys(range(self.first, self.end), 0.0)
        for t in self._translations:
            for i in range(t.start, t.end):
                meant[i] = max(meant[i], 1.0 if t.known or t.end - t.start > 1 else 0.5)
        return meant

    @cached_property
    def _wanted(self) -> frozenset[str]:
        return frozenset() if self.acronym else words(self.latin)

    @cached_property
    def _translations(self) -> list[_Translation]:
        """The words of the run that mean words of the Latin name, by the glossaries and the dictionary."""
        if not self._wanted:
            return []
        found = [_Translation(start, end, self._wanted & means, False) for start, end, means in self._words]
        for m in self.matches:
            if self.first <= m.start and m.end <= self.end:
                english = " ".join((m.entry.name, _SHORT_NAMES.get(m.entry.name, ""), *demonyms(m.entry.name)))
                found.append(_Translation(m.start, m.end, self._wanted & words(english), True))
        return [t for t in found if t.words]

    @cached_property
    def _verbs(self) -> list[tuple[int, int]]:
        return [(start, end) for start, end, means in self._words if VERB in means and end - start > 1]

    @cached_property
    def _words(self) -> list[tuple[int, int, frozenset[str]]]:
        run = self.text[self.first : self.end]
        return [(self.first + i, self.first + end, means) for i in range(len(run)) for end, means in meanings(run, i)]

    @cached_property
    def _again(self) -> frozenset[int]:
        """How long the likeness is between what ends here and each other place that ends alike: the name stands there too."""
        folded, ending = self.evidence.folded, fold(self.text[self.end - 2 : self.end])
        found = set()
        for m in itertools.islice(re.finditer(re.escape(ending), folded), _ENOUGH):
            length = 2
            while (
                m.end() != self.end
                and length <= min(m.end(), LONGEST_NAME, self.end) - 1
                and folded[m.end() - length - 1] == folded[self.end - length - 1]
            ):
                length += 1
            found |= {length} if m.end() != self.end else set()
        return frozenset(found)


def _near(spans: tuple[_S, ...], first: int, end: int) -> list[_S]:
    """Those of the sorted ``spans`` that may touch ``first:end``; no name is longer than 40."""
    low = bisect.bisect_left(spans, first - 40, key=lambda s: s.start)
    return list(spans[low : bisect.bisect_left(spans, end, lo=low, key=lambda s: s.start)])
