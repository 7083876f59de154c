"""Render: results as text, Markdown, HTML, JSON, JSONL, tab-separated values, TBX, TMX and XLIFF; one module a format."""

from __future__ import annotations

from typing import Literal, get_args

from nlp.render.as_json import as_json, as_line, schema_text
from nlp.types import Result

Format = Literal["text", "json", "jsonl", "md", "html", "tsv", "tbx", "tmx", "xliff"]
FORMATS: tuple[str, ...] = get_args(Format)
ONLY_FOR = {"tsv": "entities", "tbx": "entities", "tmx": "translate", "xliff": "translate"}
"""Formats that hold nothing but names, or nothing but a translation, and the one task that they are for."""

__all__ = ["FORMATS", "ONLY_FOR", "Format", "as_line", "render", "schema_text"]


def render(results: list[Result], form: Format, quantities: bool = False) -> str:
    """All ``results`` in one format, ending in a newline. ``quantities`` adds them to ``text`` and ``md``."""
    if form == "json":
        return as_json(results)
    if form == "jsonl":
        return "".join(as_line(r) + "\n" for r in results)
    if form == "md":
        from nlp.render.as_markdown import as_markdown

        return "\n---\n\n".join(as_markdown(r, quantities) for r in results)
    if form == "html":
        from nlp.render.as_html import as_html

        return as_html(results)
    if form == "tsv":
        from nlp.render.as_tsv import as_tsv

        return as_tsv(results)
    if form == "tbx":
        from nlp.render.as_tbx import as_tbx

        return as_tbx(results)
    if form in ("tmx", "xliff"):
        from nlp.render.bitext import as_tmx, as_xliff

        return as_tmx(results) if form == "tmx" else as_xliff(results)
    from nlp.render.as_text import as_text

    return ("\n" + "─" * 88 + "\n\n").join(as_text(r, quantities) for r in results)
