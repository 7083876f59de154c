"""Link: choose among overlapping candidates, and gather the mentions of one thing in one entity.

The user's own words (``--name``, ``--glossary``, project, user) come first; then the longest candidate, and of equally
long ones the one whose source counts more (:class:`nlp.names.Layer`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span

import nlp.annotate.extensions  # noqa: F401 - registers doc._.entities, span._.name and the rest
from nlp.annotate.alignment import cut_at, token_offsets
from nlp.annotate.candidates import (
    Candidate,
    contradicted,
    from_glosses,
    from_latin,
    from_matches,
    from_recognised,
    from_titles,
    mistaken,
)
from nlp.annotate.glosses import TAKEN, Gloss
from nlp.annotate.nested import is_country
from nlp.annotate.persons import LONGEST_PART, somebody
from nlp.annotate.phonetics import likeness
from nlp.annotate.role_words import ROLE_WORDS, TITLES
from nlp.annotate.romanised import romanise
from nlp.annotate.types_by_cue import end_of_place, suffix_type
from nlp.names import Layer, adjective, fold
from nlp.types import Entity, Mention, Term, Warning

_AREAS = ("山區", "產區", "漁村", "郊區", "近郊", "沿海", "邊境", "邊界", "境內", "海域", "外海", "市區")
_COMMON = frozenset((*ROLE_WORDS, *_AREAS)) - {"電視台", "銀行", "航空公司", "石油公司", "俱樂部"}
"""What makes no name of a place or body that it follows; a country and 銀行 are one."""
_GIVEN = re.compile("([\u4e00-\u9fff]{1,6})[·‧・．•]$")
_MORE_NAME = re.compile("[·‧・．•][\u4e00-\u9fff]")
ALIKE = 0.5
"""The likeness in sound from which a given name is taken for the known one."""
_FULL_OF = {1: 3, 2: 4}
"""Code points of a full name, by those of its surname."""
_TITLED = re.compile("|".join(sorted(TITLES, key=len, reverse=True)))


def believed(doc: Doc) -> list[Gloss]:
    """The glosses that names are linked to."""
    return [g for g in doc._.glosses if g.confidence >= TAKEN]


def candidates(doc: Doc) -> list[Candidate]:
    """All candidates of a ``Doc``, the recogniser's poor ones left out."""
    text, glosses, matches = doc.text, believed(doc), doc._.matches
    seen_to = {r.end for r in doc._.recognised}
    in_full = (_in_full(text, c) for c in from_matches(text, matches))
    known = [*(_whole(text, c, seen_to) for c in in_full if c), *from_glosses(text, glosses, matches)]
    taken = [(g.end, g.outer_end) for g in glosses] + [(c.start, c.end) for c in known if c.type]
    edges = {*token_offsets(doc), len(text)}
    seen = [c for r in from_recognised(text, doc._.recognised) if (c := _seen(text, r, known, edges))]
    amounts = [(q.start, q.end) for q in doc._.quantities]
    return [*known, *seen, *from_titles(text), *from_latin(text, taken, amounts, doc._.recognised)]


def _in_full(text: str, known: Candidate) -> Candidate | None:
    """A known person with the given name before the surname (莎拉·裴琳, of whom a glossary has 裴琳); None where the name is part of another's.

    That is so where another given name stands before it or more names behind it: 柯林頓 of 德·威特·柯林頓, but not 哈米尼 of 阿里·哈米尼.
    """
    if known.type != "PERSON" or known.layer <= Layer.GLOSS:
        return known
    if _MORE_NAME.match(text, known.end):
        return None
    before = _GIVEN.search(text[: known.start])
    if before is None:
        return known
    given = [
        (likeness(before[1][at:], name), before.start() + at)
        for name in (known.name or "").split()[:-1]
        for at in range(len(before[1]))
    ]
    alike, start = max(given, key=lambda g: (g[0], -g[1]), default=(0.0, known.start))
    return replace(known, start=start) if alike >= ALIKE else None


def _whole(text: str, known: Candidate, seen_to: Set[int]) -> Candidate:
    """A known place with the kind of place behind it, where the recogniser saw a name that ends there: 倫敦市, and not 倫敦 in 倫敦市長.

    A country's name with 市 is another place (摩納哥市, 巴拿馬市).
    """
    end = end_of_place(text, known.end, known.type)
    if end is None or end not in seen_to or adjective(known.name or ""):
        return known
    return replace(known, end=end)


def _seen(text: str, seen: Candidate, known: Sequence[Candidate], edges: Set[int]) -> Candidate | None:
    """What stands of a recognised span; None where nothing does."""
    inside = [c for c in known if c.start < seen.end and seen.start < c.end]
    if seen.type == "PERSON" and not any(c.type for c in inside):
        return None if any((c.start, c.end) == (seen.start, seen.end) for c in inside) else _person(text, seen, edges)
    return seen if _stands(text, seen, inside, edges) else None


def _stands(text: str, seen: Candidate, inside: Sequence[Candidate], edges: Set[int]) -> bool:
    """Whether a recognised span is better than what is known ``inside`` it.

    It is not where it is a known term, crosses a known span's edge, holds a known person and a title (前總統川普, but not
    梅拉尼亞川普, who is another), where known spans tile it (美國加州), with a country that words hide (美國聯邦調查局), where it holds one character more that belongs to the next word (川普周, 加州州), or where what they leave of it is no name by itself (國民黨立委).
    ``edges`` are the offsets where words begin and end.
    """
    if any((c.start, c.end) == (seen.start, seen.end) for c in inside):
        return False
    named = [c for c in inside if c.type]
    if any(c.start < seen.start or c.end > seen.end or c.layer <= Layer.GLOSS for c in named):
        return False
    if any(c.type == "PERSON" and c.start == seen.start and seen.end - c.end > 1 for c in named):
        return False
    if any(c.type == "PERSON" for c in named) and (
        seen.type != "PERSON" or _TITLED.search(text[seen.start : seen.end])
    ):
        return False
    covered = {i for c in named for i in range(c.start, c.end)}
    rest = "".join(text[i] for i in range(seen.start, seen.end) if i not in covered)
    if not covered:
        return True
    if len(rest) < 2 and (seen.type == "PERSON" or not {seen.start, seen.end} <= edges):
        return False
    whole = seen.type == "PERSON" or suffix_type(text[seen.start : seen.end]) is not None
    return bool(rest) and rest not in _COMMON and whole and not is_country(rest)


def _person(text: str, seen: Candidate, edges: Set[int]) -> Candidate | None:
    """A person whom only the recogniser saw, with the name's own beginning and end; None where it is nobody."""
    span = somebody(text, seen.start, seen.end, edges)
    if span is None or span == (seen.start, seen.end):
        return seen if span else None
    return replace(seen, start=span[0], end=span[1], key=f"?{fold(text[span[0] : span[1]])}")


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


def with_surnames(text: str, chosen: Sequence[Candidate]) -> list[Candidate]:
    """Surnames that stand alone as those of the only person in the article who has them: 大谷 of 大谷翔平, 李 of 李開復.

    The first character is a Chinese or Korean surname, two of four are mostly a Japanese one.
    """
    named = [c for c in chosen if c.type == "PERSON"]
    out = []
    for c in chosen:
        surface = text[c.start : c.end]
        if c.type == "PERSON" and c.layer == Layer.UNRESOLVED and len(surface) <= LONGEST_PART:
            fulls = {
                o.key: o
                for o in named
                if _FULL_OF.get(len(surface)) == o.end - o.start and text.startswith(surface, o.start)
            }
            if len(fulls) == 1:
                (full,) = fulls.values()
                c = replace(full, start=c.start, end=c.end)
        out.append(c)
    return out


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


def without_shared_shorts(entities: Iterable[Entity]) -> list[Entity]:
    """Two persons who have one short form keep none: a reader would not know which Huang is meant."""
    entities = list(entities)
    bearers = Counter(e.short for e in entities if e.type == "PERSON")
    return [replace(e, short=None) if e.type == "PERSON" and bearers[e.short] > 1 else e for e in entities]


def _warnings(doc: Doc) -> tuple[Warning, ...]:
    """Where the article calls a thing by another name than the glossaries have, and whose word stands."""
    return tuple(
        Warning(
            "gloss-conflict",
            f"the article calls {g.text} {g.latin}, the glossary {entry.name}: "
            + ("the glossary's stands, the other is something else" if mistaken(g, entry) else "the article's stands"),
        )
        for g, entry in contradicted(believed(doc), doc._.matches)
    )


@Language.factory("zhbrief_linker")
def create_linker(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """SpaCy factory ``zhbrief_linker``; sets ``doc._.entities``, ``terms``, ``warnings`` and ``doc.ents``. Takes no settings."""
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
    text = doc.text
    entities, doc._.terms = gather(text, with_surnames(text, chosen))
    doc._.entities = without_shared_shorts(romanise(entities, text))
    doc._.warnings = _warnings(doc)
    mentions = [(m, e) for e in doc._.entities for m in e.mentions]
    cut_at(doc, (offset for m, _ in mentions for offset in (m.start, m.end)))
    tokens = {offset: i for i, offset in enumerate([*token_offsets(doc), len(text)])}
    spans = []
    for mention, entity in mentions:
        span = Span(doc, tokens[mention.start], tokens[mention.end], label=entity.type)
        for attribute in ("name", "short", "origin", "source"):
            span._.set(attribute, getattr(entity, attribute))
        spans.append(span)
    doc.ents = tuple(spans)
    return doc
