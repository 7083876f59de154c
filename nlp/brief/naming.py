"""How names stand in the source of a brief: in full, by the acronym that English goes by, or as a role where nobody knows the name.

A name that has no known English form is taken out where a title stands before it (分析師許家源 → 分析師), since the brief calls
such a person by role. What stands around a name counts as well: the title behind it, the office that its body has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from nlp.annotate.role_words import ROLE_WORDS
from nlp.brief.inserted import Inserted
from nlp.brief.offices import national, office, run_by, titled
from nlp.brief.phrases import find_phrases
from nlp.types import Entity, Mention, Span

_ROLE_BEFORE = re.compile(f"(?:{'|'.join(sorted(ROLE_WORDS, key=len, reverse=True))})$")
BRACKET = re.compile(r"(?P<quote>[」』》〉”]?) ?[（(](?P<inside>[^（）()\n]*)[）)]")
"""What stands in brackets behind a name."""
_SURNAMED = re.compile("..?姓")
"""陳姓男子 is a man to those who read English."""
SOMEBODY = "該人士"
"""What stands for a person without an English name and without a title."""
LONG_NAME = 8
"""A name of more words is written in its short form, where there is one."""
_BY_ACRONYM = frozenset(
    ["NATO", "EU", "UN", "OPEC", "OPEC+", "FBI", "CIA", "NASA", "UNESCO", "UNICEF", "FIFA", "NBA", "MLB", "AIDS"]
)
"""Bodies that English calls by their acronyms at first mention too (Associated Press style)."""
_ONE_OF = re.compile("(?:[一這該那某][名位個]|身為|[是為]名)$")
_MR = {"先生": "Mr.", "女士": "Ms.", "小姐": "Ms."}
_COURTESY = re.compile("先生(?!們)|女士(?![官兵])|小姐(?!們)")
"""What a small model leaves behind the name; where another name begins behind 先生, he is somebody's husband."""
Naming = Callable[[str, Mention, Span, Entity], str]
"""What stands for a mention in the grounded source, given the article's text, the mention, its sentence and its entity."""


def names(text: str, span: Span, entities: Sequence[Entity], naming: Naming | None) -> Iterator[Inserted]:
    """Every mention in the sentence ``text[span]`` as it stands in English, with those characters around it that it takes in (code points of ``text``).

    Without ``naming`` they stand as in a brief, where nobody is called Mr. and titles stand before names.
    """
    begun = {m.start for e in entities for m in e.mentions}
    for e in entities:
        for m in e.mentions:
            if not (span.start <= m.start and m.end <= span.end):
                continue
            name = Inserted(e.id, (naming or name_or_role)(text, m, span, e), m.start, m.end)
            if e.name and (country := _country(m, e, entities)):
                name = replace(name, english=f"{country} {name.english}")
            if not e.name and name.english == m.text:
                name = replace(name, english=_with_places(text, m, entities))
            if e.name and (headed := office(text, m, e)):
                name = replace(name, english=headed[0], end=headed[1])
            if e.type == "NORP" and e.name and _ONE_OF.search(text[span.start : m.start]):
                name = replace(name, english=_single(name.english))
            if not naming and (headed := titled(text, m, e)):
                name = replace(name, english=headed[0], end=headed[1])
            if of := national(text, m, e):
                name = replace(name, english=of)
            title = (
                _COURTESY.match(text, m.end, span.end) if e.type == "PERSON" and (e.name or not name.english) else None
            )
            if title and not e.name:
                name = replace(name, end=title.end())
            elif title and title.end() not in begun:
                mr = f"{_MR[title.group()]} " if naming else ""
                name = replace(name, english=mr + name.english, end=title.end())
            yield name


def _country(mention: Mention, entity: Entity, entities: Sequence[Entity]) -> str | None:
    """The country that a body's Chinese begins with and its English leaves out, as what it belongs to: China's, U.S."""
    for other in entities:
        if (
            other is not entity
            and other.name
            and any(o.start == mention.start and o.end < mention.end for o in other.mentions)
        ):
            return "U.S." if other.name == "United States" else f"{other.name}'s"
    return None


def _with_places(text: str, mention: Mention, entities: Sequence[Entity]) -> str:
    """A name that nobody knows, with the known names inside it in English: Finland法院."""
    inside = [
        (o, e.name) for e in entities if e.name for o in e.mentions if mention.start <= o.start and o.end <= mention.end
    ]
    out, at = "", mention.start
    for other, name in sorted(inside, key=lambda i: i[0].start):
        apart = " " if out and at == other.start else ""
        english, end = run_by(text, other, name) or (name, other.end)
        out, at = f"{out}{text[at : other.start]}{apart}{english}", end
    return out + text[at : mention.end]


def _single(people: str) -> str:
    """One of a people: a Briton."""
    return people.removesuffix("s") if people.endswith("ns") or people.endswith("ts") else people


def glossed(text: str, mention: Mention, span: Span, entity: Entity) -> str | None:
    """The name with its acronym where the article gives the acronym in brackets: the reader needs both once."""
    bracket = BRACKET.match(text, mention.end, span.end)
    if bracket is None or not entity.name or not entity.short or entity.name == entity.short:
        return None
    same = bracket.group("inside") == entity.short and entity.short.isupper()
    return f"{entity.name} ({entity.short})" if same else None


def printed(entity: Entity) -> str | None:
    """The English form that a brief uses first: the name, or the short form of a long one or of one that goes by it."""
    if entity.name and entity.short and (len(entity.name.split()) > LONG_NAME or entity.short in _BY_ACRONYM):
        return entity.short
    return entity.name


def name_or_role(text: str, mention: Mention, span: Span, entity: Entity) -> str:
    """A mention as a brief has it: the name, or a role.

    A person without an English name goes by role: nothing where a title stands before the name already (分析師許家源 → 分析師) or a
    noun behind the surname (陳姓男子 → 男子), else the title of an earlier mention (該分析師). Other things stay as they are; the engine may render them as common nouns.
    """
    if name := glossed(text, mention, span, entity) or printed(entity):
        return name
    if entity.type != "PERSON":
        return as_it_stands(mention)
    if _SURNAMED.fullmatch(mention.text):
        return ""
    if _ROLE_BEFORE.search(text[span.start : mention.start]):
        return ""
    for other in entity.mentions:
        title = _ROLE_BEFORE.search(text[max(0, other.start - 12) : other.start])
        if title:
            return f"該{title.group()}"
    return SOMEBODY


def as_it_stands(mention: Mention) -> str:
    """A mention in Chinese, unless it is a set phrase (美軍)."""
    whole = [p.english for p in find_phrases(mention.text) if p.end - p.start == len(mention.text)]
    return whole[0] if whole else mention.text
