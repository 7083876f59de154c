"""Link: choose among overlapping candidates, and gather the mentions of one thing in one entity.

The user's own words (``--name``, ``--glossary``, project, user) come first; then the longest candidate, and of equally
long ones the one whose source counts more (:class:`nlp.names.Layer`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from spacy.language import Language
from spacy.tokens import Doc

import nlp.annotate.extensions  # noqa: F401 - registers doc._.entities, span._.name and the rest
from nlp.annotate.alignment import cut_at
from nlp.annotate.candidates import Candidate, from_glosses, from_latin, from_matches, from_recognised
from nlp.annotate.left_edge import ROLE_WORDS
from nlp.annotate.types_by_cue import suffix_type
from nlp.names import Layer
from nlp.types import Entity, Mention, Term


def candidates(doc: Doc) -> list[Candidate]:
    """All candidates of a ``Doc``, the recogniser's poor ones left out."""
    text, glosses, matches = doc.text, doc._.glosses, doc._.matches
    known = [*from_matches(matches), *from_glosses(text, glosses, matches)]
    taken = [(g.end, g.outer_end) for g in glosses] + [(c.start, c.end) for c in known if c.type]
    seen = [c for c in from_recognised(text, doc._.recognised) if _stands(text, c, known)]
    return [*known, *seen, *from_latin(text, taken)]


def _stands(text: str, seen: Candidate, known: Sequence[Candidate]) -> bool:
    """Whether a recognised span is better than what is known inside it.

    It is not where it is a known term, crosses a known span's edge, holds a known person (總統川普), where known spans tile
    it (美國加州), or where what they leave of it is no name by itself (國民黨立委).
    """
    inside = [c for c in known if c.start < seen.end and seen.start < c.end]
    if any((c.start, c.end) == (seen.start, seen.end) for c in inside):
        return False
    named = [c for c in inside if c.type]
    if any(c.start < seen.start or c.end > seen.end or c.type == "PERSON" or c.layer <= Layer.GLOSS for c in named):
        return False
    covered = {i for c in named for i in range(c.start, c.end)}
    rest = "".join(text[i] for i in range(seen.start, seen.end) if i not in covered)
    return not covered or (bool(rest) and rest not in ROLE_WORDS and suffix_type("甲乙" + rest) is not None)


def settle(found: Iterable[Candidate]) -> list[Candidate]:
    """A choice without overlaps, in text order."""
    own = Layer.USER
    ranked = sorted(found, key=lambda c: (c.layer > own, c.start - c.end, c.layer, c.start))
    chosen: list[Candidate] = []
    occupied: set[int] = set()
    for c in ranked:
        span = range(c.start, c.end)
        if occupied.isdisjoint(span):
            occupied.update(span)
            chosen.append(c)
    return sorted(chosen, key=lambda c: c.start)


def gather(text: str, chosen: Sequence[Candidate]) -> tuple[list[Entity], list[Term]]:
    """One entity or term for all candidates with one key; the word that counts most names it."""
    groups: dict[tuple[bool, str], list[Candidate]] = {}
    for c in chosen:
        groups.setdefault((c.type is None, c.key), []).append(c)
    entities: list[Entity] = []
    terms: list[Term] = []
    for group in groups.values():
        best = min(group, key=lambda c: c.layer)
        mentions = tuple(Mention(c.start, c.end, text[c.start : c.end]) for c in group)
        if best.type is None:
            terms.append(Term(f"t{len(terms) + 1}", best.name or "", best.source or "", mentions))
        else:
            short = next((c.short for c in sorted(group, key=lambda c: c.layer) if c.short), None)
            entity = Entity(f"e{len(entities) + 1}", best.name, short, best.type, best.origin, best.source, mentions)
            entities.append(entity)
    return entities, terms


@Language.factory("zhbrief_linker")
def create_linker(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """SpaCy factory ``zhbrief_linker``; sets ``doc._.entities``, ``doc._.terms`` and ``doc.ents``. Takes no settings."""
    return link


def link(doc: Doc) -> Doc:
    """Set the linked entities and terms of ``doc``, and ``doc.ents`` with ``span._.name`` and the rest.

    A figure inside a name (今日美國, 標普500) is no quantity, and a term inside a quantity (美元 in 12億美元) no term.
    """
    chosen = settle(candidates(doc))
    doc._.quantities = [
        q for q in doc._.quantities if not any(c.start <= q.start and q.end <= c.end for c in chosen if c.type)
    ]
    amounts = [(q.start, q.end) for q in doc._.quantities]
    chosen = [c for c in chosen if c.type or not any(a < c.end and c.start < b for a, b in amounts)]
    doc._.entities, doc._.terms = gather(doc.text, chosen)
    mentions = [(m, e) for e in doc._.entities for m in e.mentions]
    cut_at(doc, (offset for m, _ in mentions for offset in (m.start, m.end)))
    spans = []
    for mention, entity in mentions:
        span = doc.char_span(mention.start, mention.end, label=entity.type)
        assert span is not None, "tokens were cut at the mention's edges"
        for attribute in ("name", "short", "origin", "source"):
            span._.set(attribute, getattr(entity, attribute))
        spans.append(span)
    doc.ents = tuple(spans)
    return doc
