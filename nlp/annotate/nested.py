"""Known places and bodies at the head of names that nobody knows: 芬蘭 in 芬蘭法院, 桃園機場 in 桃園機場第三航廈.

A flat annotation has the court alone, which a brief calls by place and kind (a Finnish court): so the place is an entity of the
article too.
"""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc

from nlp.annotate.candidates import Candidate, from_matches
from nlp.annotate.linker import gather, settle
from nlp.names import adjective, demonyms
from nlp.types import Entity

HOLD_PLACES = frozenset(("ORG", "FAC", "LOC", "GPE", "EVENT"))
"""Kinds of names that begin with where a thing is."""
_PLACES = ("GPE", "LOC")
_BODIES = ("ORG", "FAC")
_SURE_BODY = 4
"""Code points from which a body is: 三星 of 三星鄉農會 is none."""
_SURE = 3
"""Code points from which a place is known for itself."""
_NAMED_AFTER = re.compile("大學|學院|高中|國[中小]|[路街橋堂館廳盃]|紀念|文化|基金")
"""What is named after somebody as well: 中正大學 is in no place called 中正."""


def with_places_inside(doc: Doc) -> tuple[Entity, ...]:
    """The entities of ``doc``, the known places and bodies that those without an English name begin with, and the countries that a body's leaves out."""
    text, entities = doc.text, list[Entity](doc._.entities)
    nameless = [m for e in entities if e.name is None and e.type in HOLD_PLACES for m in e.mentions]
    heads = {m.start: m.end for m in nameless}
    countryless = {m.start: (m.end, e.name) for e in entities if e.name and e.type in _BODIES for m in e.mentions}
    inside = []
    for c in settle(c for c in from_matches(text, doc._.matches) if _is_sure(text, c)):
        if c.start in heads and c.end < heads[c.start]:
            inside.append(c)
            heads[c.end] = heads[c.start]
        end, body = countryless.get(c.start, (0, ""))
        if c.end < end and _lacks(body, c.name or ""):
            inside.append(c)
    for place in gather(text, inside)[0]:
        at = next((i for i, e in enumerate(entities) if (e.name, e.type) == (place.name, place.type)), None)
        if at is None:
            entities.append(replace(place, id=f"e{len(entities) + 1}"))
        else:
            mentions = sorted((*entities[at].mentions, *place.mentions), key=lambda m: m.start)
            entities[at] = replace(entities[at], mentions=tuple(mentions))
    return tuple(entities)


def _lacks(body: str, country: str) -> bool:
    """Whether a body's English says nothing of the country that its Chinese begins with: State Council, of 中國國務院. One word needs none."""
    said = (country, *demonyms(country))
    return " " in body and adjective(country) is not None and not any(form in body for form in said)


def _is_sure(text: str, known: Candidate) -> bool:
    """Whether a known name means what it names even as the head of another."""
    if known.type in _BODIES:
        return known.end - known.start >= _SURE_BODY
    longer = known.end - known.start >= _SURE or not _NAMED_AFTER.match(text, known.end)
    return known.type in _PLACES and known.name is not None and (longer or adjective(known.name) is not None)
