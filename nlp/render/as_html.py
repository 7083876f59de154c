"""Results as one HTML page: each brief beside the article it was written from, each sentence linked to its evidence.

A click on a sentence goes to its evidence and marks it, the sign behind the evidence goes back. That needs no script: anchors,
``:target`` and ``:has()`` do it. Everything from outside is escaped, and the page loads nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from pathlib import Path

from nlp.render.as_text import note
from nlp.render.evidence import Line, Stretch, lines_of, stretches
from nlp.render.html_article import html_article
from nlp.render.safe import safe
from nlp.render.shape import Shape
from nlp.render.unnamed import unnamed
from nlp.types import Brief, BriefSentence, Headline, Result

_HOW = {"retry": "written again after a check", "translated": "rendered word for word after a check"}
_LANG = {"en": "en", "zh": "zh-Hant"}


@cache
def _style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def as_html(results: Sequence[Result], shape: Shape = Shape()) -> str:  # noqa: B008 - immutable
    """A page with all ``results``, one section each, ending in a newline."""
    numbered = [(r, f"r{n}-", stretches(r)) for n, r in enumerate(results, 1)]
    body = "\n".join(_section(r, evidence, prefix, shape) for r, prefix, evidence in numbered)
    hover = "\n".join(rule for _, prefix, evidence in numbered for rule in _hover(evidence, prefix))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(_title(results))}</title>\n<style>\n{_style()}{hover}\n</style>\n</head>\n<body>\n{body}\n"
        f"<footer>{_footer(results)}</footer>\n</body>\n</html>\n"
    )


def _title(results: Sequence[Result]) -> str:
    heads = [b.headline.text for r in results for b in r.briefs if b.headline]
    return (heads or [r.article.title for r in results if r.article.title] or ["zhbrief"])[0]


def _footer(results: Sequence[Result]) -> str:
    engine = next((r.engine for r in results if r.engine), None)
    return "zhbrief" + (f" · {_text(engine.name)}, {_text(engine.model)}" if engine else "")


def _hover(evidence: Sequence[Stretch], prefix: str) -> Iterator[str]:
    """What lights up evidence while the pointer is on a sentence, and a sentence while it is on its evidence."""
    for stretch in evidence:
        link = f'.from[href="#{prefix}{stretch.id}"]'
        yield f"body:has({link}:hover) #{prefix}{stretch.id} {{ background: var(--lit) }}"
        for line in stretch.lines:
            lit = f"#{prefix}{stretch.id}:hover"
            yield f"body:has({lit}) #{prefix}{line.id} {{ background: var(--lit) }}"


def _section(result: Result, evidence: Sequence[Stretch], prefix: str, shape: Shape) -> str:
    side = "\n".join(_brief(brief, evidence, prefix, shape.bullets) for brief in result.briefs)
    aside = f'<div class="brief-side">\n{side}\n</div>\n' if side else ""
    article = result.article
    facts = " · ".join(str(x) for x in (article.outlet, article.byline, article.published) if x)
    about = f'<p class="about">{_text(facts)}</p>\n' if facts else ""
    title = f'<h2 class="title">{_text(article.title)}</h2>\n' if article.title else ""
    lists = "\n".join(_lists(result, shape))
    return (
        f'<main class="result{"" if side else " alone"}">\n{aside}<article lang="zh-Hant">\n{about}{title}'
        f"{html_article(result, evidence, prefix)}\n</article>\n"
        + (f'<div class="lists">\n{lists}\n</div>\n' if lists else "")
        + "</main>"
    )


def _brief(brief: Brief, evidence: Sequence[Stretch], prefix: str, bullets: bool) -> str:
    lines = iter(lines_of(brief))
    head = f"<h1>{_linked(brief.headline, next(lines), evidence, prefix)}</h1>\n" if brief.headline else ""
    tag = "li" if bullets else "p"
    body = "\n".join(f"<{tag}>{_linked(s, next(lines), evidence, prefix)}</{tag}>" for s in brief.sentences)
    body = f"<ul>\n{body}\n</ul>" if bullets else body
    return f'<section class="brief" lang="{_LANG[brief.language]}">\n{head}{body}\n</section>'


def _linked(said: Headline | BriefSentence, line: Line, evidence: Sequence[Stretch], prefix: str) -> str:
    """A headline or sentence as a link to its evidence; a sentence has a sign for each stretch of it."""
    targets = [s for s in evidence if line in s.lines]
    link = f'<a class="from" id="{prefix}{line.id}" href="#{prefix}{targets[-1].id}">{_text(said.text)}</a>'
    if isinstance(said, Headline):
        return link
    chips = "".join(f'<a class="chip" href="#{prefix}{s.id}" title="to its evidence">{line.label}</a>' for s in targets)
    how = f' <span class="how" lang="en">{_HOW[said.how]}</span>' if said.how in _HOW else ""
    return link + chips + how


def _lists(result: Result, shape: Shape) -> Iterator[str]:
    missed = [u for u in unnamed(result) if u.sentences]
    if missed:
        rows = [(u.entity.mentions[0].text, u.where, u.option) for u in missed]
        yield _table("Not named above", ("Chinese", "Where", "Fill in with"), rows, ("han", "note", "code"), wide=True)
    if result.translation:
        pairs = [(result.article.text[s.start : s.end], s.text) for s in result.translation.segments]
        yield _table("Translation", ("Chinese", "English"), pairs, ("han", ""), wide=True)
    if result.entities:
        names = [(e.mentions[0].text, e.name or "—", e.type, note(e)) for e in result.entities]
        yield _table("Names", ("Chinese", "English", "Type", "Note"), names, ("han", "", "kind", "note"))
    if result.terms:
        terms = [(t.mentions[0].text, t.name) for t in result.terms]
        yield _table("Terms", ("Chinese", "English"), terms, ("han", ""))
    if shape.quantities and result.quantities:
        figures = [(q.text, q.name, q.kind) for q in result.quantities]
        yield _table("Quantities", ("Chinese", "English", "Kind"), figures, ("han", "", "kind"))
    if result.briefs and result.warnings:
        items = "\n".join(f"<li>{_text(w.message)}</li>" for w in result.warnings)
        yield f'<section class="wide"><h2>What to know</h2>\n<ul class="warnings">\n{items}\n</ul></section>'


def _table(
    title: str, head: Sequence[str], rows: Iterable[Sequence[str]], kinds: Sequence[str], wide: bool = False
) -> str:
    lines = "\n".join(f"<tr>{''.join(map(_cell, row, kinds))}</tr>" for row in rows)
    heads = "".join(f"<th>{h}</th>" for h in head)
    return f"<section{' class=wide' if wide else ''}><h2>{title}</h2>\n<table>\n<tr>{heads}</tr>\n{lines}\n</table></section>"


def _cell(text: str, kind: str) -> str:
    if kind == "code":
        return f"<td><code>{_text(text)}</code></td>"
    about = {"han": ' lang="zh-Hant"', "": ""}.get(kind, f' class="{kind}"')
    return f"<td{about}>{_text(text)}</td>"


def _text(text: str) -> str:
    return escape(safe(text))
