"""Render: results as text, Markdown, HTML, JSON, JSONL, tab-separated values, TBX, TMX and XLIFF; one module a format."""

from __future__ import annotations

from typing import Literal, get_args

from nlp.render.as_json import as_json, as_line, schema_text
from nlp.render.shape import Shape
from nlp.types import Result

Format = Literal["text", "json", "jsonl", "md", "html", "tsv", "tbx", "tmx", "xliff", "xliff2"]
FORMATS: tuple[str, ...] = get_args(Format)
ONLY_FOR = {"tsv": "entities", "tbx": "entities", "tmx": "translate", "xliff": "translate", "xliff2": "translate"}
"""Formats that hold nothing but names, or nothing but a translation, and the one task that they are for."""

RULE = "\n" + "─" * 88 + "\n\n"
"""What stands between two results in text."""

__all__ = ["FORMATS", "ONLY_FOR", "RULE", "Format", "Shape", "as_line", "render", "schema_text"]


def render(results: list[Result], shape: Shape) -> str:
    """All ``results`` in the format and shape asked for, ending in a newline."""
    form = shape.form
    if form == "json":
        return as_json(results)
    if form == "jsonl":
        return "".join(as_line(r) + "\n" for r in results)
    if form == "md":
        from nlp.render.as_markdown import as_markdown

        return "\n---\n\n".join(as_markdown(r, shape) for r in results)
    if form == "html":
        from nlp.render.as_html import as_html

        return as_html(results, shape)
    if form == "tsv":
        from nlp.render.as_tsv import as_tsv

        return as_tsv(results)
    if form == "tbx":
        from nlp.render.as_tbx import as_tbx

        return as_tbx(results)
    if form in ("tmx", "xliff", "xliff2"):
        from nlp.render.bitext import as_tmx, as_xliff, as_xliff2

        return {"tmx": as_tmx, "xliff": as_xliff, "xliff2": as_xliff2}[form](results)
    from nlp.render.as_text import as_text

    return RULE.join(as_text(r, shape) for r in results)
