"""Find glossary terms in a text: on the raw characters, leftmost longest, by folded keys.

A matcher on word tokens loses a third of the hits, since words are cut without regard to names. The automaton is
Aho–Corasick (``pyahocorasick``) with integer values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import ahocorasick

from nlp.names.folding import fold
from nlp.names.glossary_file import Entry
from nlp.names.precedence import Layer

RISKY = 2
"""A Chinese term of this many characters or fewer also stands in other words by chance; one character more for standard
data, which nobody has picked for news (自由市, Libreville, in 自由市場)."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found at ``start:end`` (code points). ``risky``: to be held against a word cut before it is believed."""

    start: int
    end: int
    entry: Entry
    layer: Layer
    risky: bool


class Gazetteer:
    """All entries of all layers in one automaton."""

    def __init__(self, layers: Iterable[tuple[Layer, Iterable[Entry]]]) -> None:
        self._found: list[list[tuple[Layer, Entry]]] = []
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        index: dict[str, int] = {}
        for layer, entries in layers:
            for entry in entries:
                for form in entry.forms:
                    key = fold(form)
                    at = index.setdefault(key, len(self._found))
                    if at == len(self._found):
                        self._found.append([])
                        self._automaton.add_word(key, at)
                    self._found[at].append((layer, entry))
        if index:
            self._automaton.make_automaton()
        self._lengths = {at: len(key) for key, at in index.items()}

    def find(self, text: str) -> list[Match]:
        """The matches in ``text``, leftmost longest, without overlaps."""
        if not self._lengths:
            return []
        key = fold(text)
        hits = [(last + 1 - self._lengths[at], -(last + 1), at) for last, at in self._automaton.iter(key)]
        out: list[Match] = []
        reached = 0
        for start, negative, at in sorted(hits):
            end = -negative
            if start < reached:
                continue
            best = self._best(key, start, end, at)
            if best is not None:
                out.append(best)
                reached = end
        return out

    def _best(self, key: str, start: int, end: int, at: int) -> Match | None:
        """The entry whose layer counts most among those whose guards let them match here."""
        term = key[start:end]
        if not _edges(key, start, end):
            return None
        for layer, entry in sorted(self._found[at], key=lambda f: f[0]):
            own = layer <= Layer.USER
            if _guarded(entry, key, start, end):
                continue
            longest = RISKY + 1 if layer == Layer.STANDARD else RISKY
            risky = not own and len(term) <= longest and not term.isascii()
            return Match(start, end, entry, layer, risky)
        return None


def _edges(key: str, start: int, end: int) -> bool:
    """A term in Latin script or figures matches whole words only."""
    first, last = key[start], key[end - 1]
    before, after = key[start - 1 : start], key[end : end + 1]
    inside = (_latin(first) and _latin(before)) or (_latin(last) and _latin(after))
    return not inside


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _guarded(entry: Entry, key: str, start: int, end: int) -> bool:
    if entry.needs and not any(fold(word) in key for word in entry.needs):
        return True
    for word in map(fold, entry.unless):
        window = key[max(0, start - len(word)) : end + len(word)]
        for m in re.finditer(re.escape(word), window):
            at = max(0, start - len(word)) + m.start()
            if at < end and at + len(word) > start:
                return True
    return False
