"""Choose the sentences of an article that carry its news.

A small model writes truly from one sentence and invents from a page, so the choosing is done here: greedily, by what a
sentence adds that the chosen ones do not have (names, quantities), by where it stands (news puts first what matters),
and against what does not stand alone (a sentence that opens with a pronoun, a bare quotation, a fragment).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Generic, TypeVar

from nlp.brief.addressed import speaks_to_a_model
from nlp.brief.repeats import Repetition
from nlp.types import Article, Entity, Language, Quantity, Span, Term

_LEANS = re.compile(
    r"(?:不過|但|但是|然而|此外|另外|同時|因此)?，?(?:他|她|它|牠|該|此|這|其|雙方|兩人|對方|前者|後者|當時|上述|有人)"
)
_OPENS_QUOTE = re.compile(r"[「『“]")
_ENDS = re.compile(r"[。！？!?；」』）)]$")
_FURNITURE = re.compile(r"[（(](?:譯者|編輯|核稿|責任編輯|首圖)[:：]")
_DATELINE = re.compile(
    r"(?:[（(〔［\[【][^（）()〔〕［］\[\]【】\n]{2,40}(?:報導|電|特稿)[）)〕］\]】]|(?:記者|編譯)[^，。\s]{2,16}[／/][^，。\s]{0,12}報導)\s*"
)
"""Who reports from where, before the first sentence: it is no news, and a small model takes it for some."""
_WEIGHTS = {"money": 1.2, "percent": 1.1, "count": 0.8, "measure": 0.9, "ratio": 0.9, "date": 0.7, "duration": 0.6}
ENOUGH = 3
_PARTS = re.compile(
    r"(?<=；)(?!另外|還|並|也|而|且|但|則|再|又|就|才|更|其中|同時|此外|甚至|因此|所以|不過|以及|或|至於|前者|後者|他|她|它|該|此|這|其)"
)
"""Where a sentence of several statements is divided: after ；, unless the next one leans on what was before."""
EASY: dict[Language, tuple[int, int]] = {"en": (15, 5), "zh": (75, 60)}
"""Up to how many characters a sentence is no burden, and how many more weigh as much as a name.

For English they are those that the model has to render by itself, for Chinese all: of sentences with up to 15 of them a quarter came out untrue, of
those with more than 32 half (docs/briefs.md).
"""
HEAVY, OUTSIDE = 4.0, 4.5
"""What a sentence loses at most for its burden, the lead half of it, and what one of a length that is hardly ever used."""
CROWD = 4
"""So many persons without an English name in one sentence are a list of names, of which English could say nothing."""
SHORTEST, LONGEST = 14, 150
"""Sentences outside these lengths (code points) are chosen only when nothing else is left."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the article with what stands in it; ``paragraph`` counts from 0, the ``lead`` opens the article.

    ``bare`` is how many of its characters are Chinese and in no name, term or amount whose English is known.
    """

    span: Span
    text: str
    paragraph: int
    lead: bool
    entities: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    bare: int


T = TypeVar("T")


class _Inside(Generic[T]):
    """What stands inside a span, of things that lie in order and do not overlap; a long article has thousands of both."""

    def __init__(self, things: Sequence[tuple[int, int, T]]) -> None:
        self.things, self.starts, self.ends = things, [t[0] for t in things], [t[1] for t in things]

    def of(self, span: Span) -> list[T]:
        first, last = bisect_left(self.starts, span.start), bisect_right(self.ends, span.end)
        return [thing for _, _, thing in self.things[first:last]]


def with_contents(
    article: Article,
    spans: Sequence[Span],
    entities: Sequence[Entity],
    quantities: Sequence[Quantity],
    terms: Sequence[Term] = (),
    divided: bool = True,
) -> list[Sentence]:
    """Each statement of the sentences ``spans``, without a dateline before it, with what stands in it.

    A small model mixes up the parts of a long sentence, so one is ``divided`` at ； where each part stands alone.
    """
    text = article.text
    mentions = sorted(((m.start, m.end, i) for i, e in enumerate(entities) for m in e.mentions))
    named, counted = _Inside(mentions), _Inside([(q.start, q.end, q) for q in quantities])
    bare = list(accumulate(map(_is_bare, _grounded(text, entities, quantities, terms)), initial=0))
    lines = [m.start() for m in re.finditer("\n", text)]
    out = []
    for whole in (part for span in spans for part in (_parts(text, span) if divided else [span])):
        dateline = _DATELINE.match(text, whole.start, whole.end)
        span = Span(dateline.end(), whole.end) if dateline and dateline.end() < whole.end else whole
        inside = tuple(entities[i].id for i in sorted(set(named.of(span))))
        paragraph = bisect_left(lines, span.start)
        lead = whole.start == 0
        left = bare[span.end] - bare[span.start]
        out.append(Sentence(span, text[span.start : span.end], paragraph, lead, inside, tuple(counted.of(span)), left))
    return out


def _grounded(
    text: str, entities: Sequence[Entity], quantities: Sequence[Quantity], terms: Sequence[Term]
) -> list[str]:
    """The characters of ``text``, empty where their English is known."""
    out = list(text)
    named = [e for e in entities if e.name]
    mentions = [*(m for e in named for m in e.mentions), *(m for t in terms for m in t.mentions)]
    for start, end in [*((m.start, m.end) for m in mentions), *((q.start, q.end) for q in quantities)]:
        out[start:end] = [""] * (end - start)
    return out


def _is_bare(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _parts(text: str, span: Span) -> list[Span]:
    edges = [span.start, *(m.start() for m in _PARTS.finditer(text, span.start, span.end)), span.end]
    parts = [Span(a, b) for a, b in pairwise(edges)]
    short = any(p.end - p.start < SHORTEST for p in parts)
    inside = any(text.count("「", span.start, p.end) != text.count("」", span.start, p.end) for p in parts[:-1])
    return [span] if short or inside else parts


def ranked(sentences: Sequence[Sentence], entities: Sequence[Entity], language: Language = "en") -> Iterator[Sentence]:
    """The usable sentences, the most newsworthy first, each judged by what it adds to those before it.

    Sentences that neither name nor count anything, or that speak of somebody named before (他, 該公司), are left out unless
    there are fewer than :data:`ENOUGH` others: a brief need not have the one before. What says nearly the same as one
    before it (the posts of a live blog) is left out. For English, a person without an English name counts against it, and what a small
    model would have to render by itself (:data:`EASY`).
    """
    weight = {e.id: _weight(e, language) for e in entities}
    nameless = {e.id for e in entities if e.type == "PERSON" and e.name is None and language == "en"}
    usable = [s for s in sentences if _usable(s) and len(nameless.intersection(s.entities)) < CROWD]
    telling = [s for s in usable if (s.entities or s.quantities) and not _LEANS.match(s.text)]
    left = telling if len(telling) >= ENOUGH else usable
    seen: set[str] = set()
    per_paragraph: dict[int, int] = {}
    while left:
        best = max(left, key=lambda s: (_gain(s, weight, seen, per_paragraph, language), -s.span.start))
        yield best
        repeated = Repetition(best.text)
        left = [s for s in left if s is not best and not repeated.by(s.text)]
        seen.update(best.entities)
        seen.update(q.name for q in best.quantities)
        per_paragraph[best.paragraph] = per_paragraph.get(best.paragraph, 0) + 1


def _weight(entity: Entity, language: Language) -> float:
    if entity.name is None and language == "en":
        return -0.8 if entity.type == "PERSON" else 0.25
    return 1.3 if len(entity.mentions) > 1 else 1.0


def _usable(s: Sentence) -> bool:
    whole = len(s.text) >= 8 and _ENDS.search(s.text) is not None
    return whole and _FURNITURE.search(s.text) is None and not speaks_to_a_model(s.text)


def _gain(
    s: Sentence, weight: dict[str, float], seen: set[str], per_paragraph: dict[int, int], language: Language
) -> float:
    names = sum(weight[e] * (0.25 if e in seen and weight[e] > 0 else 1.0) for e in s.entities)
    amounts = sum(_WEIGHTS.get(q.kind, 0.3) * (0.2 if q.name in seen else 1.0) for q in s.quantities)
    news = min(names, 3.0) * 0.8 + min(amounts, 3.5)
    place = 2.5 if s.lead else 1.2 / (1 + s.paragraph)
    score = news + place - 0.9 * per_paragraph.get(s.paragraph, 0)
    if _LEANS.match(s.text):
        score -= 1.5
    if _OPENS_QUOTE.match(s.text):
        score -= 0.8
    if not SHORTEST <= len(s.text) <= LONGEST:
        score -= OUTSIDE
    easy, name = EASY[language]
    burden = max(0, (s.bare if language == "en" else len(s.text)) - easy) / name
    return score - min(burden, HEAVY / 2 if s.lead else HEAVY)
