"""Results for a person at a terminal: headline, brief, names with the Chinese beside them, on request quantities."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from nlp.render.safe import safe
from nlp.types import Entity, Result

WIDTH = 88
"""Columns that running text is wrapped at."""
MARK = "spelling unverified"


def as_text(result: Result, quantities: bool = False) -> str:
    """The result as plain text that ends in a newline."""
    blocks: list[str] = []
    for brief in result.briefs:
        if brief.headline:
            blocks.append(_wrap(brief.headline.text))
        blocks.extend(_wrap(s.text) for s in brief.sentences)
    if result.translation:
        blocks.extend(_wrap(paragraph) for paragraph in result.translation.text.split("\n"))
    if result.briefs or result.entities or result.terms or result.translation:
        blocks.append(_names(result))
        if quantities and result.quantities:
            rows = [(q.text, q.name, q.kind) for q in result.quantities]
            blocks.append("Quantities\n" + _table(rows))
    else:
        blocks.extend(filter(None, [result.article.title, _facts(result), result.article.text]))
    return safe("\n\n".join(b for b in blocks if b)) + "\n"


def _wrap(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _facts(result: Result) -> str:
    a = result.article
    return " · ".join(str(x) for x in (a.outlet, a.byline, a.published) if x)


def _names(result: Result) -> str:
    known = [e for e in result.entities if e.name]
    unknown = [e for e in result.entities if not e.name]
    parts = []
    if known:
        parts.append("Names\n" + _table([(_forms(e), e.name or "", e.type, note(e)) for e in known]))
    if unknown:
        parts.append("No English name known\n" + _table([(_forms(e), e.type) for e in unknown]))
    if result.terms:
        parts.append("Terms\n" + _table([(t.mentions[0].text, t.name) for t in result.terms]))
    return "\n\n".join(parts)


def _forms(entity: Entity) -> str:
    """The surface forms that the article uses, most frequent first, at most three."""
    counts: dict[str, int] = {}
    for m in entity.mentions:
        counts[m.text] = counts.get(m.text, 0) + 1
    return "、".join(sorted(counts, key=lambda t: -counts[t])[:3])


def note(entity: Entity) -> str:
    """What a reader should know of a name: where it comes from, or that nobody has vouched for its spelling."""
    if entity.name and not entity.verified:
        return MARK
    return {"gloss": "as glossed in the article", "latin": "as in the article"}.get(entity.origin, "")


def _table(rows: Iterable[Sequence[str]]) -> str:
    """Columns set flush by display width: a Chinese character takes two cells."""
    table = [[safe(cell).replace("\n", " ") for cell in row] for row in rows]
    widths = [max(cell_len(row[i]) for row in table) for i in range(len(table[0]))]
    lines = ("  ".join(c + " " * (w - cell_len(c)) for c, w in zip(row, widths, strict=True)) for row in table)
    return "\n".join("  " + line.rstrip() for line in lines)
