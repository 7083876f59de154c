"""Why a term of an article has the English name it has: every entry that matched, which one stands, and what kept the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

import nlp.annotate.extensions  # noqa: F401 - registers doc._.entities and doc._.terms
from nlp.names import Gazetteer, Layer, fold
from nlp.names.glossary_file import Entry
from nlp.types import Entity, Mention, Origin, Term


@dataclass(frozen=True, slots=True)
class Explained:
    """One entry at ``start:end`` (code points) of an article: ``won``, and why or why not."""

    start: int
    end: int
    entry: Entry
    layer: Layer
    won: bool
    why: str


def explain(doc: Doc, gazetteer: Gazetteer, term: str) -> Iterator[Explained]:
    """Every entry for ``term`` in an annotated article, in text order, those that count more first."""
    text, key = doc.text, fold(term)
    for found in gazetteer.all_at(text):
        if fold(text[found.start : found.end]) == key:
            standing = _standing(doc, found.start, found.end)
            won = standing is not None and _is(standing, found.entry, found.start, found.end)
            why = found.hindrance or (_why(*standing) if standing else "no word by itself here")
            yield Explained(found.start, found.end, found.entry, found.layer, won, "stands" if won else why)


def _standing(doc: Doc, start: int, end: int) -> tuple[Entity | Term, Mention] | None:
    """What the linker found over ``start:end``, and its mention there."""
    mentions = ((e, m) for e in (*doc._.entities, *doc._.terms) for m in e.mentions)
    return next(((e, m) for e, m in mentions if m.start < end and start < m.end), None)


def _is(standing: tuple[Entity | Term, Mention], entry: Entry, start: int, end: int) -> bool:
    thing, mention = standing
    return (mention.start, mention.end, thing.name, thing.source) == (start, end, entry.name, entry.source)


def _why(thing: Entity | Term, mention: Mention) -> str:
    origin = thing.origin if isinstance(thing, Entity) else "glossary"
    return f"{mention.text} is {thing.name or 'a name without a known English form'} here, by {_BY[origin]}"


_BY: dict[Origin, str] = {
    "given": "--name",
    "glossary": "a glossary",
    "gloss": "the article's own gloss",
    "standard": "standard data",
    "latin": "what stands in Latin script",
    "romanised": "its sound",
    "guessed": "a guess",
    "unresolved": "the recogniser",
}
