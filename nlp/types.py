"""The values that travel through the pipeline, from bytes to a result.

All offsets count Unicode code points in ``Article.text``; ``end`` is exclusive. Nothing here imports from the rest of
the package. The JSON form of a :class:`Result` (schema ``zhbrief.result/1``) is made in :mod:`nlp.render`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

SCHEMA = "zhbrief.result/1"

EntityType = Literal["PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"]
Origin = Literal["given", "glossary", "gloss", "standard", "romanised", "latin", "guessed", "unresolved"]
QuantityKind = Literal["money", "percent", "date", "time", "duration", "count", "measure", "ratio", "ordinal"]
Approx = Literal["over", "at_least", "about", "nearly", "under", "up_to", "by"]
How = Literal["draft", "retry", "translated"]
Language = Literal["en", "zh"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the bytes came from. ``sha256`` is of the input bytes; ``encoding`` is the Python codec name."""

    path: str | None
    record: str | None
    encoding: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line or block that is not part of the article, and why it was dropped."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """The article alone. ``text`` is its paragraphs joined by one newline."""

    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: datetime.date | None = None
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of ``Article.text`` in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of an entity or term in ``Article.text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, place, organisation or other named thing with all its mentions, in text order.

    ``name`` is the canonical English name or None; ``short`` the form for second mention; ``source`` names the
    glossary or data set behind ``origin``, or the system of romanisation.
    """

    id: str
    name: str | None
    short: str | None
    type: EntityType
    origin: Origin
    source: str | None
    mentions: tuple[Mention, ...]

    @property
    def verified(self) -> bool:
        """Whether there is an English name that somebody has vouched for, fit to be printed in a brief."""
        return self.name is not None and self.origin not in ("romanised", "guessed")


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary term without an OntoNotes type: 銻 antimony."""

    id: str
    name: str
    source: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, a date or a duration, as found at ``start:end`` of the article.

    ``value`` is exact (``Decimal``), or an ISO 8601-like string for dates and periods (2026-02-24, 2026-02, 2026,
    2026-Q1, 2026-H1, 2026-02-24T15:00). ``unit`` is an ISO 4217 code for money, ``"%"`` or ``"percentage_point"``,
    else the English unit. ``name`` is the form that English prints: ``US$12 billion``.
    """

    id: str
    kind: QuantityKind
    value: Decimal | str
    value_max: Decimal | str | None
    unit: str | None
    approx: Approx | None
    name: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Headline:
    """The brief's headline with the evidence it was written from."""

    text: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class BriefSentence:
    """One sentence of a brief: its evidence (at most three source sentences), what it names, and how it was made."""

    text: str
    evidence: tuple[Span, ...]
    entities: tuple[str, ...]
    quantities: tuple[str, ...]
    how: How


@dataclass(frozen=True, slots=True)
class Brief:
    """A checked brief in one language."""

    language: Language
    headline: Headline | None
    sentences: tuple[BriefSentence, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """One aligned segment of a translation; offsets are of the source."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Translation:
    """A sentence-aligned translation."""

    text: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """Which engine wrote the text: engine name, model name, version of the engine's library."""

    name: str
    model: str
    version: str


@dataclass(frozen=True, slots=True)
class Warning:
    """Something a reader should know: a stable code and a sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Seconds:
    """Wall-clock seconds spent in each stage."""

    read: float = 0.0
    annotate: float = 0.0
    generate: float = 0.0
    check: float = 0.0


@dataclass(frozen=True, slots=True)
class Result:
    """Everything zhbrief knows about one input; the JSON form has the same fields."""

    source: Source
    article: Article
    entities: tuple[Entity, ...] = ()
    terms: tuple[Term, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    briefs: tuple[Brief, ...] = ()
    translation: Translation | None = None
    engine: EngineInfo | None = None
    error: str | None = None
    warnings: tuple[Warning, ...] = ()
    seconds: Seconds = field(default_factory=Seconds)
