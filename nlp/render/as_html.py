"""Results as one HTML page: the brief, and the article with its names and figures marked, by spaCy's displaCy.

Everything from outside is escaped; the page holds no script and loads nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from nlp.render.as_text import note
from nlp.render.safe import safe
from nlp.types import Entity, Quantity, Result

_STYLE = (
    "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.6 Georgia,'Noto Serif TC',serif;color:#222}"
    "h1{line-height:1.25}h2{margin-top:2.5rem;font-size:1.1rem}table{border-collapse:collapse}"
    "td,th{padding:.2rem .8rem .2rem 0;text-align:left;vertical-align:top}"
    ".entities{line-height:2.6}mark span{font-family:system-ui,sans-serif}.note{color:#777;font-style:italic}"
)
_COLOURS = {
    "PERSON": "#ffd9a8",
    "ORG": "#bfe3ff",
    "GPE": "#d5f0c1",
    "LOC": "#d5f0c1",
    "FAC": "#d5f0c1",
    "NORP": "#d5f0c1",
}
_OTHER, _UNKNOWN, _FIGURE = "#e8dcff", "#eeeeee", "#fff3b0"


def as_html(results: Sequence[Result]) -> str:
    """A page with all ``results``, one section each, ending in a newline."""
    body = "\n<hr>\n".join(_section(r) for r in results)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>zhbrief</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _section(result: Result) -> str:
    parts: list[str] = []
    for brief in result.briefs:
        if brief.headline:
            parts.append(f"<h1>{_text(brief.headline.text)}</h1>")
        parts += [f"<p>{_text(s.text)}</p>" for s in brief.sentences]
    if result.translation:
        rows2 = [(result.article.text[s.start : s.end], s.text) for s in result.translation.segments]
        parts.append(_table("Translation", ("Chinese", "English"), rows2))
    title = f"<h2>{_text(result.article.title)}</h2>\n" if result.article.title else ""
    parts.append(f'<article lang="zh-Hant">\n{title}{_article(result)}</article>')
    if result.entities:
        rows = [(e.mentions[0].text, e.name or "—", e.type, note(e)) for e in result.entities]
        parts.append(_table("Names", ("Chinese", "English", "Type", "Note"), rows))
    if result.terms:
        parts.append(_table("Terms", ("Chinese", "English"), [(t.mentions[0].text, t.name) for t in result.terms]))
    return "\n".join(parts)


def _article(result: Result) -> str:
    from spacy import displacy

    marks = [(m.start, m.end, *_label(e, m.text)) for e in result.entities for m in e.mentions]
    marks += [(t.start, t.end, t.name, _FIGURE) for t in _free(result.quantities, marks)]
    text = result.article.text
    doc: dict[str, Any] = {
        "text": "".join(c if safe(c) else " " for c in text),
        "ents": [{"start": start, "end": end, "label": label} for start, end, label, _ in sorted(marks)],
        "title": None,
    }
    colours = {label.upper(): colour for _, _, label, colour in marks}
    return displacy.render(doc, style="ent", manual=True, jupyter=False, options={"colors": colours})


def _label(entity: Entity, text: str) -> tuple[str, str]:
    """What stands beside a mention, and its colour: the English name, or the type where the mention says the name itself."""
    if entity.name is None:
        return f"{entity.type}?", _UNKNOWN
    if text == entity.name:
        return entity.type, _COLOURS.get(entity.type, _OTHER)
    doubt = "" if entity.verified else note(entity)
    return entity.name + (f" ({doubt})" if doubt else ""), _COLOURS.get(entity.type, _OTHER)


def _free(quantities: Iterable[Quantity], marks: Sequence[tuple[int, int, str, str]]) -> list[Quantity]:
    """The quantities outside names: displaCy cannot draw one mark inside another."""
    return [q for q in quantities if not any(start < q.end and q.start < end for start, end, _, _ in marks)]


def _table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = "".join("<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f"<h2>{title}</h2>\n<table>\n<tr>{''.join(f'<th>{h}</th>' for h in head)}</tr>\n{lines}</table>"


def _text(text: str) -> str:
    return escape(safe(text))
