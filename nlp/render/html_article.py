"""The article of an HTML page: paragraphs, evidence with the way back to its sentences, names and figures marked.

A mark that is inside evidence is drawn inside it; one that crosses an edge of it (there should be none) is drawn in two parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from nlp.render.as_text import note
from nlp.render.evidence import Stretch
from nlp.render.safe import safe
from nlp.types import Entity, Mention, Result

_GLOSS = re.compile(r"[」』》〉”]?[（(]([^（）()\n]*)[）)]")
_CLASSES = {"PERSON": "person", "ORG": "org", "NORP": "place", "GPE": "place", "LOC": "place", "FAC": "place"}


@dataclass(frozen=True, slots=True)
class _Mark:
    """A name or figure: its class, what stands beside it (nothing where it was said before), and its tooltip."""

    start: int
    end: int
    kind: str
    beside: str
    tip: str


def html_article(result: Result, evidence: Sequence[Stretch], prefix: str) -> str:
    """The paragraphs as HTML; ``prefix`` begins every id of this result's page."""
    text = result.article.text
    marks = list(_marks(result))
    out, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            out.append(f"<p>{''.join(_paragraph(text, start, end, evidence, marks, prefix))}</p>")
        start = end + 1
    return "\n".join(out)


def _paragraph(
    text: str, start: int, end: int, evidence: Sequence[Stretch], marks: Sequence[_Mark], prefix: str
) -> Iterator[str]:
    at = start
    for stretch in evidence:
        a, b = max(stretch.start, start), min(stretch.end, end)
        if a >= b:
            continue
        yield from _marked(text, at, a, marks)
        anchor = f' id="{prefix}{stretch.id}"' if a == stretch.start else ""
        back = "".join(_chip(line.id, line.label, prefix) for line in stretch.lines) if b == stretch.end else ""
        yield f'<span class="evidence"{anchor}>{"".join(_marked(text, a, b, marks))}{back}</span>'
        at = b
    yield from _marked(text, at, end, marks)


def _chip(line: str, label: str, prefix: str) -> str:
    return f'<a class="chip" href="#{prefix}{line}" title="to the sentence of the brief">{label}</a>'


def _marked(text: str, start: int, end: int, marks: Sequence[_Mark]) -> Iterator[str]:
    at = start
    for mark in marks:
        a, b = max(mark.start, at), min(mark.end, end)
        if a < b:
            beside = f'<i lang="en">{_text(mark.beside)}</i>' if mark.beside and b == mark.end else ""
            yield _text(text[at:a])
            yield f'<mark class="{mark.kind}" title="{_text(mark.tip)}">{_text(text[a:b])}{beside}</mark>'
            at = b
    yield _text(text[at:end])


def _marks(result: Result) -> list[_Mark]:
    """Names and figures in order; what a name is called in English stands beside its first mention, and is the tooltip of all."""
    found = [
        _Mark(m.start, m.end, _kind(e), "" if n or _says(result.article.text, m, e) else _called(e), _called(e))
        for e in result.entities
        for n, m in enumerate(e.mentions)
    ]
    taken = {i for mark in found for i in range(mark.start, mark.end)}
    found += [
        _Mark(q.start, q.end, "figure", q.name if q.name != q.text else "", q.name)
        for q in result.quantities
        if taken.isdisjoint(range(q.start, q.end))
    ]
    return sorted(found, key=lambda m: m.start)


def _says(text: str, mention: Mention, entity: Entity) -> bool:
    """Whether a mention is the English name, or the article's own gloss behind it is."""
    gloss = _GLOSS.match(text, mention.end)
    return entity.name is not None and (mention.text == entity.name or (gloss is not None and entity.name in gloss[1]))


def _kind(entity: Entity) -> str:
    return _CLASSES.get(entity.type, "thing") if entity.name else "unknown"


def _called(entity: Entity) -> str:
    if entity.name is None:
        return f"{entity.type}?"
    return entity.name if entity.verified else f"{entity.name} ({note(entity)})"


def _text(text: str) -> str:
    return escape(safe(text))
