"""The headline of a Chinese brief: the article's own title where the article bears it out, else a cut of a sentence.

Titles say what sells: a name, a figure or a certainty that the text has not got. So every name and figure of a title must stand
in at most three sentences of the article, most of its characters too, and it may not be surer than they are, nor deny what they affirm.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlp.brief.chinese.cut import beginning, ends
from nlp.names import fold
from nlp.quantities import find_quantities
from nlp.types import Entity, Quantity, Span

BORNE = 0.7
"""The share of a title's characters that its evidence must have."""
FEWEST = 4
"""A title of fewer characters says nothing."""
EVIDENCE = 3
"""Most sentences of evidence."""
WANTED, LONGEST = 32, 60
"""A headline that is cut has at most so many code points if it can, and never more than so many."""
_LABEL = re.compile(r"^(?:[【\[〔［][^】\]〕］]{1,10}[】\]〕］]|[^\s／/｜|]{1,6}[／/｜|])\s*")
_SELLS = re.compile(
    "[？?！!…]|[這他她它]|曝|竟|網(?:友|傻|嗨|驚|瘋|全)|一文看懂|懶人包|一圖|怎麼|為何|為什麼|如何|誰|嗎$"
)
"""What makes a title a question, a tease or something that leans on a picture; none of it is a headline of a brief."""
_UNSURE = re.compile(
    "可能|恐(?!怖|龍|慌|懼|攻)|或將|或許|可望|有望|可能|傳(?!統|播|遞|奇|真|輸|染|說|承|達|授)|據報|據傳|疑(?!問|慮)|預計|預料|預期|預估|料將|[擬盼拚估]|考慮|計[畫劃]|打算|有意|希望|建議|呼籲|主張|要求|如果|若(?!干)|一旦|將|待|倘"
)
_DENIES = re.compile(
    "不(?!過|僅|但|只|少|同|斷|動產|敵|論|管)|未(?!來|婚|成年)|沒(?!收)|無(?!人機|線|論|疑|數|限)|非(?!洲|常|凡)|否[認決]|拒|免|禁|勿|難以"
)
_STATEMENTS = re.compile(r"(?<=[\u3400-\u9fff」%])\s+(?=[\u3400-\u9fff「])|[，；：]")
_CLAUSE = re.compile("[，；。！？\n]")


@dataclass(frozen=True, slots=True)
class Title:
    """An article's title with the names that were found in it."""

    text: str
    entities: tuple[Entity, ...]

    @property
    def bare(self) -> str:
        """The title without a label before it: 快訊／, 【獨家】."""
        return _LABEL.sub("", self.text.strip())


def borne_out(
    title: Title, text: str, spans: Sequence[Span], entities: Sequence[Entity], published: datetime.date | None
) -> list[Span] | None:
    """The sentences of ``text`` that a title stands on, in order; None where it says what they do not."""
    bare = title.bare
    parts = _parts_of(bare)
    if len(parts) < FEWEST or _SELLS.search(bare):
        return None
    evidence = _evidence(parts, text, spans)
    told = "\n".join(text[s.start : s.end] for s in evidence)
    if len(parts & _parts_of(told)) < BORNE * len(parts):
        return None
    named = {form for e in _inside(entities, evidence) for form in (e.name, e.short) if form}
    if any(not _named(e, bare, told, named) for e in title.entities):
        return None
    figures = {_value(q) for q in find_quantities(told, published)}
    if any(_value(q) not in figures for q in find_quantities(bare, published)):
        return None
    return evidence if _as_sure(bare, told) else None


def _parts_of(text: str) -> set[str]:
    """What a text is made of: Chinese characters in one script, and words in Latin letters."""
    return set(re.findall(r"[\u3400-\u9fff]|[A-Za-zÀ-ɏ0-9.]+", fold(text)))


def _evidence(parts: set[str], text: str, spans: Sequence[Span]) -> list[Span]:
    """The sentences that have most of the title's ``parts``, each judged by what it adds; the first of equals."""
    have = {span: _parts_of(text[span.start : span.end]) for span in spans}
    wanted, chosen = set(parts), list[Span]()
    while len(chosen) < EVIDENCE and have:
        best = max(have, key=lambda s: (len(wanted & have[s]), -s.start))
        added = wanted & have[best]
        if len(added) < 1 + bool(chosen):
            break
        wanted -= added
        chosen.append(best)
    return sorted(chosen, key=lambda s: s.start)


def _inside(entities: Iterable[Entity], spans: Sequence[Span]) -> list[Entity]:
    return [e for e in entities if any(s.start <= m.start and m.end <= s.end for s in spans for m in e.mentions)]


def _named(entity: Entity, bare: str, told: str, named: set[str]) -> bool:
    """Whether a name of the title is one of its evidence, as it is written or by its English name."""
    if entity.name in named or entity.short in named:
        return True
    return all(fold(m.text) in fold(told) for m in entity.mentions if m.text in bare)


def _as_sure(bare: str, told: str) -> bool:
    """Whether a title is no surer than the clauses that are most like it, and denies what they deny."""
    for part in _STATEMENTS.split(bare):
        parts = _parts_of(part)
        nearest = max(_CLAUSE.split(told), key=lambda c: len(parts & _parts_of(c)))
        if _UNSURE.search(nearest) and not _UNSURE.search(part):
            return False
        if (_DENIES.search(part) is None) != (_DENIES.search(nearest) is None):
            return False
    return True


def _value(q: Quantity) -> tuple[object, ...]:
    return q.kind, q.value, q.value_max, q.unit


def cuts(text: str, span: Span) -> list[Span]:
    """What of a sentence may stand above a brief, the longest first."""
    start = beginning(text, span)
    return [Span(start, end) for end in reversed(ends(text, Span(start, span.end)))]


def best_cut(lines: Iterable[str]) -> str | None:
    """Of the cuts of one sentence, longest first, as they would be printed: the longest short one, else the shortest; None if all are long."""
    fitting = [line for line in lines if len(line) <= LONGEST and not _SELLS.search(line)]
    return next((line for line in fitting if len(line) <= WANTED), fitting[-1] if fitting else None)
