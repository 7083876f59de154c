"""Joining the glosses of many articles: one candidate for each Chinese name and its English form."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from nlp.names.folding import SEPARATORS, fold
from nlp.names.harvest.candidates_file import CONTEXTS, Candidate
from nlp.names.spelling import plain
from nlp.types import EntityType

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """One gloss of one article; ``confidence`` is that in the term's left edge, ``context`` what stands around it."""

    term: str
    name: str
    short: str | None
    type: EntityType | None
    confidence: float
    record: str
    date: datetime.date | None
    context: str


@dataclass(slots=True)
class _Group:
    """What is kept of the glosses of one name: not all of them, an archive has many."""

    spellings: Counter[tuple[str, str, str | None, EntityType | None]] = field(default_factory=Counter)
    confidence: float = 0.0
    records: set[str] = field(default_factory=set)
    first: datetime.date | None = None
    last: datetime.date | None = None
    contexts: list[str] = field(default_factory=list)
    spare: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return self.spellings.total()

    @property
    def term(self) -> str:
        return self.spellings.most_common(1)[0][0][0]

    @property
    def name(self) -> str:
        return self.spellings.most_common(1)[0][0][1]

    def add(self, seen: Seen) -> None:
        self.spellings[seen.term, seen.name, seen.short, seen.type] += 1
        self.confidence = max(self.confidence, seen.confidence)
        context = f"{seen.record}: {seen.context}"
        kept = self.spare if seen.record in self.records else self.contexts
        if len(kept) < CONTEXTS:
            kept.append(context)
        self.records.add(seen.record)
        self._date(seen.date)

    def take(self, other: _Group) -> None:
        """Count the glosses of ``other`` here, whose term is this one with something before it."""
        spelling = self.spellings.most_common(1)[0][0]
        self.spellings[spelling] += other.count
        self.contexts = (self.contexts + other.contexts)[:CONTEXTS]
        self.spare = (self.spare + other.spare)[:CONTEXTS]
        self.records |= other.records
        self._date(other.first)
        self._date(other.last)

    def _date(self, date: datetime.date | None) -> None:
        if date is not None:
            self.first = min(self.first or date, date)
            self.last = max(self.last or date, date)


def gather(seen: Iterable[Seen], sure: float, known: Callable[[str], str | None]) -> list[Candidate]:
    """The candidates, the most frequent first.

    ``sure`` is the confidence from which a left edge is believed; ``known`` gives the name that the glossaries have for a
    term. An edge that is not sure gives way to a sure one of the same English name inside it (到洛昂 to 洛昂).
    """
    groups: dict[_Key, _Group] = defaultdict(_Group)
    for s in seen:
        groups[fold(s.term), plain(s.name) or s.name].add(s)
    _join(groups, sure)
    by_term, by_name = defaultdict(list), defaultdict(list)
    for (term, name), group in groups.items():
        by_term[term].append(group)
        by_name[name].append(group)
    found = [_candidate(g, by_name[name], by_term[term], sure) for (term, name), g in groups.items()]
    found = [replace(c, known=known(c.term)) for c in found]
    return sorted(found, key=lambda c: (-c.count, -c.confidence, c.term, c.name))


def _join(groups: dict[_Key, _Group], sure: float) -> None:
    """Join unsure terms with the sure ones that they end with, where what is left over is no part of the name."""
    certain = defaultdict(list)
    for (term, name), group in groups.items():
        if group.confidence >= sure:
            certain[name].append(term)
    for term, name in [key for key, group in groups.items() if group.confidence < sure]:
        for shorter in certain[name]:
            rest = term.removesuffix(shorter)
            if rest != term and rest and rest[-1] not in SEPARATORS:
                groups[shorter, name].take(groups.pop((term, name)))
                break


def _candidate(group: _Group, same_name: Sequence[_Group], same_term: Sequence[_Group], sure: float) -> Candidate:
    term, name, short, kind = group.spellings.most_common(1)[0][0]
    return Candidate(
        term,
        name,
        short,
        kind,
        group.count,
        len(group.records),
        group.first,
        group.last,
        group.confidence,
        group.confidence >= sure,
        tuple(f"{g.term} {g.count}" for g in _others(same_name, group)),
        tuple(f"{g.name} {g.count}" for g in _others(same_term, group)),
        None,
        tuple([*group.contexts, *group.spare][:CONTEXTS]),
    )


def _others(groups: Sequence[_Group], group: _Group) -> list[_Group]:
    return sorted((g for g in groups if g is not group), key=lambda g: (-g.count, g.term))
