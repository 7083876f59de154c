"""Find glossary terms in a text: on the raw characters, leftmost longest, by folded keys.

A matcher on word tokens loses a third of the hits, since words are cut without regard to names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nlp.names.folding import fold
from nlp.names.glossary_file import Entry
from nlp.names.lexicon import Lexicon
from nlp.names.precedence import Layer

RISKY = 2
"""A Chinese term of this many characters or fewer also stands in other words by chance; one character more for standard
data, which nobody has picked for news (自由市, Libreville, in 自由市場)."""


_Lexicons = Sequence[tuple[Layer, Lexicon]]


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found at ``start:end`` (code points). ``risky``: to be held against a word cut before it is believed.

    ``rivals`` are the other entries of its source that stand for the same term: 華盛頓 the city and the man.
    """

    start: int
    end: int
    entry: Entry
    layer: Layer
    risky: bool
    rivals: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """An entry whose key stands at ``start:end`` of a text; ``hindrance`` says what keeps it from matching, if anything."""

    start: int
    end: int
    entry: Entry
    layer: Layer
    hindrance: str | None


class Gazetteer:
    """The lexicons of all sources, each under the layer that its word counts for; of one layer the first counts more."""

    def __init__(self, lexicons: Iterable[tuple[Layer, Lexicon]]) -> None:
        ordered = sorted(lexicons, key=lambda pair: pair[0])
        self._lexicons = [pair for pair in ordered if pair[0] != Layer.REFERENCE]
        self._reference = [pair for pair in ordered if pair[0] == Layer.REFERENCE]

    def find(self, text: str) -> list[Match]:
        """The matches in ``text``, leftmost longest, without overlaps; reference data apart (:meth:`reference`)."""
        key = fold(text)
        out: list[Match] = []
        at = 0
        while at < len(key):
            match = self._match(key, at)
            if match is not None:
                out.append(match)
            at = match.end if match is not None else at + 1
        return out

    def reference(self, text: str, start: int, end: int) -> Match | None:
        """The entry of reference data (:attr:`Layer.REFERENCE`) for all of ``text[start:end]``, or None."""
        key = fold(text[start:end])
        for reached, found in _hits(key, 0, self._reference):
            if reached == len(key):
                layer, entry = found[0]
                return Match(start, end, entry, layer, False)
        return None

    def all_at(self, text: str) -> Iterator[Found]:
        """Everything that stands in ``text``, overlaps and what is hindered included: for explaining a choice."""
        key = fold(text)
        for start in range(len(key)):
            for end, found in _hits(key, start, [*self._lexicons, *self._reference]):
                for layer, entry in found:
                    yield Found(start, end, entry, layer, _edge(key, start, end) or _hindrance(entry, key, start, end))

    def _match(self, key: str, start: int) -> Match | None:
        for end, found in _hits(key, start, self._lexicons):
            if _edge(key, start, end):
                continue
            free = [(layer, entry) for layer, entry in found if _hindrance(entry, key, start, end) is None]
            if free:
                layer = free[0][0]
                entry, *rivals = sorted((e for of, e in free if of == layer), key=_unlikely)
                longest = RISKY + 1 if layer == Layer.STANDARD else RISKY
                risky = layer > Layer.USER and end - start <= longest and not key[start:end].isascii()
                return Match(start, end, entry, layer, risky, tuple(rivals))
        return None


def _unlikely(entry: Entry) -> tuple[bool, bool]:
    """Of entries that fit, those come first whose neighbours are there (``needs``), then the preferred ones."""
    return not entry.needs, entry.status != "preferred"


def _hits(key: str, start: int, lexicons: _Lexicons) -> list[tuple[int, list[tuple[Layer, Entry]]]]:
    """What begins at ``start``, longest first, entries in the order in which their sources count."""
    hits: dict[int, list[tuple[Layer, Entry]]] = {}
    for layer, lexicon in lexicons:
        for end, entries in lexicon.at(key, start):
            hits.setdefault(end, []).extend((layer, entry) for entry in entries)
    return sorted(hits.items(), reverse=True) if len(hits) > 1 else list(hits.items())


def _edge(key: str, start: int, end: int) -> str | None:
    """A term in Latin script or figures matches whole words only."""
    first, last = key[start], key[end - 1]
    before, after = key[start - 1 : start] if start else "", key[end : end + 1]
    inside = (_latin(first) and _latin(before)) or (_latin(last) and _latin(after))
    return "part of a longer word" if inside else None


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _hindrance(entry: Entry, key: str, start: int, end: int) -> str | None:
    """Why the entry's guards keep it from matching here, or None."""
    if entry.needs and not any(fold(word) in key for word in entry.needs):
        return f"the text has none of {'|'.join(entry.needs)}"
    for word in entry.unless:
        folded = fold(word)
        window = key[max(0, start - len(folded)) : end + len(folded)]
        for m in re.finditer(re.escape(folded), window):
            at = max(0, start - len(folded)) + m.start()
            if at < end and at + len(folded) > start:
                return f"part of {word}"
    return None
