"""Results for a person at a terminal: headline, brief, names with the Chinese beside them, on request quantities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from nlp.render.safe import safe
from nlp.render.shape import Shape
from nlp.render.unnamed import MARK, unnamed
from nlp.types import Brief, Entity, Result

WIDTH = 88
"""Columns that running text is wrapped at."""
_PIECE = re.compile(
    r"[「『（《〈]*(?:[\u3000-\u9fff\uff00-\uffef](?<![，。；：、！？」』）》〉])|[^\s\u3000-\u9fff\uff00-\uffef]+)[，。；：、！？」』）》〉]*\s?|\S\s?"
)
"""What no line breaks in: a Chinese character or a word of others, with the signs that belong to it."""


def as_text(result: Result, shape: Shape = Shape()) -> str:  # noqa: B008 - immutable
    """The result as plain text that ends in a newline."""
    blocks = [briefs_text(result.briefs, shape.bullets)]
    if result.translation:
        blocks.extend(_wrap(paragraph) for paragraph in result.translation.text.split("\n"))
    if result.briefs or result.entities or result.terms or result.translation:
        blocks.append(_names(result))
        if shape.quantities and result.quantities:
            rows = [(q.text, q.name, q.kind) for q in result.quantities]
            blocks.append("Quantities\n" + _table(rows))
    else:
        blocks.extend(filter(None, [result.article.title, _facts(result), result.article.text]))
    return safe("\n\n".join(b for b in blocks if b)) + "\n"


def briefs_text(briefs: Sequence[Brief], bullets: bool) -> str:
    """Briefs alone. What stands for a brief that will have more sentences is the beginning of what stands for the whole."""
    return safe("\n\n".join(_brief(b, bullets) for b in briefs))


def _brief(brief: Brief, bullets: bool) -> str:
    head = _wrap(brief.headline.text) if brief.headline else ""
    if bullets:
        body = "\n".join(_wrap(s.text, "• ", "  ") for s in brief.sentences)
    else:
        body = "\n\n".join(_wrap(s.text) for s in brief.sentences)
    return "\n\n".join(filter(None, (head, body)))


def _wrap(text: str, first: str = "", rest: str = "") -> str:
    """``text`` on lines of :data:`WIDTH` columns; Chinese may break anywhere but before a closing sign."""
    lines, line = [], first
    for piece in _PIECE.findall(" ".join(text.split())):
        if line.strip() and cell_len(line + piece.rstrip()) > WIDTH and line not in (first, rest):
            lines.append(line.rstrip())
            line = rest
        line += piece
    return "\n".join([*lines, line.rstrip()])


def _facts(result: Result) -> str:
    a = result.article
    return " · ".join(str(x) for x in (a.outlet, a.byline, a.published) if x)


def _names(result: Result) -> str:
    """Under a brief the names that it did without, then the names that are known, then the others."""
    known = [e for e in result.entities if e.name]
    lacking = unnamed(result)
    missed, others = [u for u in lacking if u.sentences], [u for u in lacking if not u.sentences and not u.entity.name]
    parts = []
    if missed:
        parts.append(
            "Not named above\n" + _table([(_forms(u.entity), u.entity.type, u.option, u.where) for u in missed])
        )
    if known:
        parts.append("Names\n" + _table([(_forms(e), e.name or "", e.type, note(e)) for e in known]))
    if others:
        parts.append("No English name known\n" + _table([(_forms(u.entity), u.entity.type, u.option) for u in others]))
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
