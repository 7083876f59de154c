"""Ground a source sentence: its names, terms, amounts and set phrases already English, in place.

Given the bare Chinese, a small model mangles names and figures; given 「US$12 billion的Project Vault」 it keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from nlp.brief.in_place import amount, weekdays
from nlp.brief.inserted import Inserted
from nlp.brief.naming import BRACKET, SOMEBODY, Naming, names
from nlp.brief.phrases import find_phrases
from nlp.types import Entity, Quantity, Span, Term

_HEARSAY = re.compile(r"(?<![宣流謠相訛謬遺])傳(?:出(?=將)|(?=與|將|擬|有意|正|已))")
"""傳 for a rumour is easily lost by a small model; 據報導 is not."""
_HAN = re.compile("[\u4e00-\u9fff]")
_AMERICAN = ("United States", "U.S.")
_SINCE_WHEN = ("since ", "in the past ", "in ")
_GREATEST = re.compile(
    "(?:the )?(?:biggest|largest|highest|lowest|greatest|worst|best|smallest|fastest|record|first time|new (?:high|low)|all-time)"
)


@dataclass(frozen=True, slots=True)
class Grounded:
    """A sentence made ready for the engine; ``span`` is its evidence in the article, ``inserted`` what went in."""

    span: Span
    source: str
    text: str
    inserted: tuple[Inserted, ...]

    @property
    def bare(self) -> int:
        """How many Chinese characters are left for the model to render."""
        return len(_HAN.findall(self.text))

    @property
    def somebody(self) -> bool:
        """Whether it is about a person of whom neither name nor title is known."""
        return any(p.english == SOMEBODY for p in self.inserted)


def ground(
    text: str,
    span: Span,
    entities: Sequence[Entity],
    terms: Sequence[Term],
    quantities: Sequence[Quantity],
    naming: Naming | None = None,
) -> Grounded:
    """Ground ``text[span]``; offsets in code points. A phrase gives way to names and amounts, and a term to a phrase around it.

    Without ``naming`` it is a brief's: the name in full and no Mr., a role for a person without one.
    """
    pieces = _without_overlaps(_pieces(text, span, entities, terms, quantities, naming))
    source = text[span.start : span.end]
    phrases = [Inserted("", p.english, span.start + p.start, span.start + p.end) for p in find_phrases(source)]
    phrases += weekdays(text, span)
    terms_of = {t.id for t in terms}
    inside = [q for q in pieces if q.id in terms_of and any(p.start <= q.start and q.end <= p.end for p in phrases)]
    pieces = [q for q in pieces if q not in inside]
    free = [p for p in phrases if not any(p.start < q.end and q.start < p.end for q in pieces)]
    pieces += [q for q in inside if not any(p.start <= q.start and q.end <= p.end for p in free)]
    out: list[str] = []
    at = span.start
    for piece in _put_together(sorted([*pieces, *free], key=lambda p: (p.start, -p.end))):
        if piece.start < at:
            continue
        out.append(text[at : piece.start])
        if piece.english and _latin_edge(out):
            out.append(" ")
        out.append(_in_its_place(piece, out, text[piece.end : piece.end + 1]))
        at = piece.end
        bracket = BRACKET.match(text, at, span.end)
        if piece.id and bracket and _repeats(bracket.group("inside")):
            out.append(bracket.group("quote"))
            at = bracket.end()
        if piece.english and at < span.end and text[at].isascii() and text[at].isalnum():
            out.append(" ")
    out.append(text[at : span.end])
    grounded = re.sub("；$", "。", _HEARSAY.sub("據報導", "".join(out)))
    return Grounded(span, source, grounded, tuple(p for p in pieces if p.english))


def _put_together(pieces: Sequence[Inserted]) -> list[Inserted]:
    """The pieces in order, a country said once, and since when something is the greatest behind it, as English has it: biggest gain since 1992."""
    out: list[Inserted] = []
    for piece in pieces:
        last = out[-1] if out else None
        if last and last.end == piece.start and last.english in _AMERICAN and piece.english.startswith("U.S. "):
            out[-1] = replace(piece, start=last.start)
            continue
        if last and last.end == piece.start and last.english.startswith(_SINCE_WHEN) and _GREATEST.match(piece.english):
            out[-1] = replace(last, english=f"{piece.english} {last.english}", end=piece.end)
        else:
            out.append(piece)
    return out


def _in_its_place(piece: Inserted, before: Sequence[str], behind: str) -> str:
    """A phrase in the passive without its verb where the Chinese has one: 被, 很 or 的 beside it."""
    beside = "".join(before[-2:])[-1:]
    phrase = not piece.id and piece.english.startswith("be ")
    return (
        piece.english[3:] if phrase and ((beside and beside in "被遭受很都太更") or behind == "的") else piece.english
    )


def _without_overlaps(pieces: Iterable[Inserted]) -> list[Inserted]:
    """The pieces in order; of two that overlap the first and longest stands."""
    kept: list[Inserted] = []
    for piece in sorted(pieces, key=lambda p: (p.start, p.start - p.end)):
        if not kept or piece.start >= kept[-1].end:
            kept.append(piece)
    return kept


def _pieces(
    text: str,
    span: Span,
    entities: Sequence[Entity],
    terms: Sequence[Term],
    quantities: Sequence[Quantity],
    naming: Naming | None,
) -> Iterator[Inserted]:
    yield from (amount(text, span, q) for q in quantities if span.start <= q.start and q.end <= span.end)
    yield from names(text, span, entities, naming)
    for t in terms:
        for m in t.mentions:
            if span.start <= m.start and m.end <= span.end:
                yield Inserted(t.id, t.name, m.start, m.end)


def _repeats(inside: str) -> bool:
    """What a bracket after a grounded name holds says the same in Latin, or is a ticker; an amount in it would be news."""
    return re.fullmatch(r"[A-Za-zÀ-ɏ0-9 .'’&+,，\-]+", inside) is not None and not re.search(r"\d,\d|%", inside)


def _latin_edge(out: list[str]) -> bool:
    last = next((piece for piece in reversed(out) if piece), "")
    return bool(last) and last[-1].isascii() and last[-1] not in "([\"' "
