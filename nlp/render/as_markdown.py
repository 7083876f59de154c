"""Results as Markdown: for an editor's page, a pull request or a note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nlp.render.as_text import note
from nlp.render.safe import escaped
from nlp.render.shape import Shape
from nlp.render.unnamed import unnamed
from nlp.types import Result


def as_markdown(result: Result, shape: Shape = Shape()) -> str:  # noqa: B008 - immutable
    """The result as Markdown that ends in a newline; text from outside is escaped."""
    blocks: list[str] = []
    for brief in result.briefs:
        if brief.headline:
            blocks.append(f"# {escaped(brief.headline.text)}")
        lines = [escaped(s.text) for s in brief.sentences]
        blocks += ["\n".join(f"- {line}" for line in lines)] if shape.bullets else lines
    if missed := [u for u in unnamed(result) if u.sentences]:
        rows4 = [(u.entity.mentions[0].text, u.entity.type, u.option, u.where) for u in missed]
        blocks.append(_table("Not named above", ("Chinese", "Type", "Fill in with", "Where"), rows4))
    if result.translation:
        rows2 = [(result.article.text[s.start : s.end], s.text) for s in result.translation.segments]
        blocks.append(_table("Translation", ("Chinese", "English"), rows2))
    elif not result.briefs and not result.entities:
        blocks += [f"# {escaped(result.article.title)}"] if result.article.title else []
        blocks += [escaped(p) for p in result.article.text.split("\n") if p.strip()]
    if result.entities:
        rows = [(e.mentions[0].text, e.name or "—", e.type, note(e)) for e in result.entities]
        blocks.append(_table("Names", ("Chinese", "English", "Type", "Note"), rows))
    if result.terms:
        blocks.append(_table("Terms", ("Chinese", "English"), [(t.mentions[0].text, t.name) for t in result.terms]))
    if shape.quantities and result.quantities:
        rows3 = [(q.text, q.name, q.kind) for q in result.quantities]
        blocks.append(_table("Quantities", ("Chinese", "English", "Kind"), rows3))
    return "\n\n".join(blocks) + "\n"


def _table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"## {title}", "", _row(head), _row(["---"] * len(head))]
    return "\n".join([*lines, *(_row([escaped(c) for c in row]) for row in rows)])


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
