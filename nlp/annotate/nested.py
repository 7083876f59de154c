"""Known places and bodies at the head of other names: 芬蘭 in 芬蘭法院, 桃園機場 in 桃園機場第三航廈, 南韓 in 南韓國會.

A flat annotation has the court alone, which a brief calls by place and kind (a Finnish court), and of South Korea's
National Assembly no South Korea: so the place is an entity of the article too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache

from nlp.annotate.candidates import ORIGIN
from nlp.names import Gazetteer, Layer, Match, adjective, demonyms, lexicon, shipped
from nlp.types import Entity, Mention

HOLD_PLACES = frozenset(("ORG", "FAC", "LOC", "GPE", "EVENT"))
"""Kinds of names that begin with where a thing is."""
_PLACES = ("GPE", "LOC")
_SURE = 3
"""Code points from which a place is known for itself."""
_BODIES = ("ORG", "FAC")
_SURE_BODY = 4
"""Code points from which a body is: 三星 of 三星鄉農會 is none."""
_ALIKE = 0.85
_NAMED_AFTER = re.compile("大學|學院|高中|國[中小]|[路街橋堂館廳盃]|紀念|文化|基金")
"""What is named after somebody as well: 中正大學 is in no place called 中正."""


def with_heads(entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The entities of an article, the known places and bodies that those without an English name begin with, and the
    countries that the English of a body leaves out.
    """
    out = list(entities)
    for entity in entities:
        for mention in entity.mentions if entity.type in HOLD_PLACES else ():
            for match in _heads(entity, mention.text):
                start, end = mention.start + match.start, mention.start + match.end
                _add(out, match, Mention(start, end, mention.text[match.start : match.end]))
    return tuple(replace(e, mentions=tuple(sorted(e.mentions, key=lambda m: m.start))) for e in out)


def _heads(entity: Entity, name: str) -> Iterator[Match]:
    """What ``name`` begins with, one after the other: 希臘 and 羅德島 of 希臘羅德島森林."""
    at = 0
    for match in _known_heads().find(name[:-1]):
        if match.start == at and _is_sure(name, match) and not any(word in name for word in match.entry.unless):
            if entity.name is None or (at == 0 and entity.type in _BODIES and _lacks(entity.name, match.entry.name)):
                yield match
            at = match.end


def _add(entities: list[Entity], match: Match, mention: Mention) -> None:
    known = match.entry
    for i, e in enumerate(entities):
        if (e.name, e.type) == (known.name, known.type):
            entities[i] = e if mention in e.mentions else replace(e, mentions=(*e.mentions, mention))
            return
    new = Entity(
        f"e{len(entities) + 1}",
        known.name,
        known.short,
        known.type or "GPE",
        ORIGIN[match.layer],
        known.source,
        (mention,),
    )
    entities.append(new)


def _lacks(body: str, country: str) -> bool:
    """Whether a body's English says nothing of the country that its Chinese begins with: State Council, of 中國國務院. One word needs none."""
    said = (country, *demonyms(country))
    alike = SequenceMatcher(None, body.split()[0], country).ratio() >= _ALIKE  # Columbia University is not Colombia's
    return " " in body and adjective(country) is not None and not alike and not any(form in body for form in said)


def _is_sure(name: str, match: Match) -> bool:
    """Whether a known name means what it names even as the head of another."""
    known = match.entry
    if known.type in _BODIES:
        return match.end - match.start >= _SURE_BODY
    longer = match.end - match.start >= _SURE or not _NAMED_AFTER.match(name, match.end)
    return longer or adjective(known.name) is not None


def is_country(han: str) -> bool:
    """Whether ``han`` is the whole name of a country."""
    return any(
        m.start == 0 and m.end == len(han) and adjective(m.entry.name) is not None for m in _known_heads().find(han)
    )


@cache
def _known_heads() -> Gazetteer:
    """The shipped names of places and bodies, without the context that they need elsewhere."""
    return Gazetteer([(Layer.SHIPPED, lexicon(e for e in shipped() if e.type in (*_PLACES, *_BODIES) and not e.needs))])
