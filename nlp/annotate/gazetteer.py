"""The glossaries as a spaCy component: matches on the raw characters, then held against jieba's cut.

A short Chinese term also stands inside other words by chance (美光 in 美光芒): the matcher marks such matches as risky,
and they are kept only where both edges are word edges or where the recogniser saw a name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Set
from dataclasses import replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

import nlp.annotate.extensions  # noqa: F401 - registers doc._.matches and doc._.matched
from nlp.annotate.alignment import token_offsets
from nlp.annotate.role_words import TITLES
from nlp.annotate.types_by_cue import end_of_place, suffix_type
from nlp.names import Entry, Gazetteer, Layer, Lexicon, Match, lexicon, lexicons, shipped
from nlp.names.cedict import cedict
from nlp.names.fingerprint import fingerprint
from nlp.names.sources import NameSources
from nlp.names.standard import cldr
from nlp.types import EntityType


def layers(sources: NameSources) -> list[tuple[Layer, Lexicon]]:
    """All sources of names that a gazetteer matches, each under the layer that its word counts for.

    Raises :class:`nlp.errors.GlossaryError` for a file that cannot be used. Of several ``glossary`` files a later one wins.
    """
    found = [(Layer.GIVEN, _pairs(sources.given)), (Layer.PROJECT, _pairs(sources.project_names))]
    own = [(Layer.GLOSSARY, path) for path in reversed(sources.glossary)]
    own += [(Layer.PROJECT, path) for path in sources.project] + [(Layer.USER, path) for path in sources.user]
    found += [(layer, lexicon) for layer, path in own for lexicon in lexicons(path)]
    return [
        *found,
        (Layer.SHIPPED, lexicon(shipped())),
        (Layer.STANDARD, cldr()),
        (Layer.REFERENCE, cedict()),
    ]


def _pairs(names: Mapping[str, str]) -> Lexicon:
    return lexicon(Entry(term, name, type=suffix_type(term) or "ORG") for term, name in names.items())


_JOINED = re.compile("|".join(sorted((*TITLES, "人", "裔", "籍"), key=len, reverse=True)))
"""What jieba joins to a place in one word: 英國首相, 日本人."""
_KIND: dict[str, str] = {"GPE": "place", "LOC": "place", "FAC": "place", "PERSON": "person", "ORG": "body"}
_CLASSES = "人族裔籍軍隊語方系政府"
"""What follows a name and makes a group of it, not another name."""


def _of_type(match: Match, seen: EntityType | None) -> Match:
    """The match with the entry of the kind that was recognised here: 華盛頓 the man, not the city."""
    if seen is None or _kind_is(match, seen):
        return match
    rival = next((e for e in match.rivals if _KIND.get(e.type or "") == _KIND[seen]), None)
    return replace(match, entry=rival) if rival is not None else match


def _kind_is(match: Match, seen: EntityType | None) -> bool:
    """Whether a name of the kind of the match was recognised."""
    return seen is not None and _KIND.get(match.entry.type or "") == _KIND[seen]


def _stands(text: str, match: Match, starts: set[int], recognised: Mapping[int, Set[int]]) -> bool:
    """Whether a risky match is a word by itself, but for what jieba joins to it, or was recognised.

    A place may have its kind behind it: 倫敦 in 倫敦市. It is neither where it was recognised as all but the last character of another
    name: 麥加 in 麥加拉.
    """
    ends = recognised.get(match.start, frozenset())
    if match.end in ends or end_of_place(text, match.end, match.entry.type) in ends:
        return True
    one_more = match.end + 1 in ends and text[match.end] not in _CLASSES
    if one_more and match.entry.type in ("GPE", "LOC") and suffix_type(text[match.start : match.end + 1]) is None:
        return False
    return match.start in starts and (match.end in starts or _JOINED.match(text, match.end) is not None)


@Language.factory("zhbrief_gazetteer", default_config={"sources": {}})
def create_gazetteer(nlp: Language, name: str, sources: dict[str, Any]) -> Callable[[Doc], Doc]:
    """SpaCy factory ``zhbrief_gazetteer``: puts matches into ``doc._.matches``, their fingerprint into ``doc._.matched``.

    ``sources`` holds the fields of :class:`nlp.names.sources.NameSources`, paths as strings; empty: what ships.
    """
    gazetteer = Gazetteer(layers(NameSources.from_config(sources)))

    def mark_matches(doc: Doc) -> Doc:
        text = doc.text
        starts = {*token_offsets(doc), len(text)}
        types = {(r.start, r.end): r.type for r in doc._.recognised}
        ends: dict[int, set[int]] = defaultdict(set)
        for start, end in types:
            ends[start].add(end)
        raw = gazetteer.find(text)
        doc._.matched = fingerprint(text, raw)
        found = [_of_type(m, types.get((m.start, m.end))) for m in raw]
        held = [m for m in found if not m.risky or _stands(text, m, starts, ends)]
        # What is left of a recognised 捷克布爾諾 after the 捷克 that is known is a name of its kind.
        rests = {(m.end, end): types[m.start, end] for m in held for end in ends.get(m.start, ()) if m.end < end}
        known = {(m.start, m.end) for m in held}
        for (start, end), kind in (types | rests).items():
            match = gazetteer.reference(text, start, end) if (start, end) not in known else None
            if match is not None and _kind_is(match, kind):
                held.append(match)
        doc._.matches = sorted(held, key=lambda m: (m.start, m.end))
        return doc

    return mark_matches
