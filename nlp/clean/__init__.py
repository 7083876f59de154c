"""The article out of a pasted or crawled page, and what was dropped around it.

Lines are judged by what they are (length, stops, place, neighbours, labels), not by the layout of one site.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from nlp.clean import dates, metadata
from nlp.clean.body import Reasons, classify, mark_body, paragraphs, start_of, tail_reason, words
from nlp.clean.lines import Line, read_lines, squeeze
from nlp.clean.noise import label
from nlp.types import Article, Dropped

__all__ = ["clean", "plain"]


def plain(text: str, published: datetime.date | None = None) -> Article:
    """``text`` as the article it is: nothing is cleaned away, and offsets are those of the input."""
    return Article(text=text, published=published)


def clean(
    text: str,
    *,
    title: str | None = None,
    outlet: str | None = None,
    byline: str | None = None,
    published: datetime.date | None = None,
) -> Article:
    """The article in ``text``, a page of lines.

    ``Article.text`` is the body's paragraphs, each a stripped line of the page (hard-wrapped lines joined), joined by
    one newline; the headline is in ``Article.title`` alone, every other line in ``Article.dropped`` with its reason, in
    page order. What the caller knows already (from metadata) wins over what the page says. Never raises; takes linear
    time.
    """
    lines = read_lines(text)
    prefix = ""
    date: datetime.date | None = None
    if lines:
        date, prefix, rest = dates.crawled(lines[0].text)
        lines = [*read_lines(rest), *lines[1:]] if prefix else lines
    reasons = classify(lines)
    start = _bound(lines, reasons, bare=not prefix)
    place = _title(lines, reasons, start, title)
    head = [lines[i].text for i in range(start) if reasons[i] in ("byline", "dateline")]
    for i in range(start):
        if i != place:
            reasons[i] = reasons[i] or _head_reason(lines[i])
    if place is not None:
        _drop_repeats(lines, reasons, place)
    kept = [line for i, line in enumerate(lines) if reasons[i] is None and i != place]
    page_title = metadata.without_site(lines[place].text) if place is not None else None
    signs = [*head, metadata.opening(kept)]
    dropped = [Dropped(prefix, "dateline")] if prefix else []
    dropped += [Dropped(lines[i].text, reason) for i, reason in enumerate(reasons) if reason is not None and i != place]
    return Article(
        text="\n".join(line.text for line in kept),
        title=title or page_title,
        outlet=outlet or metadata.outlet(signs),
        byline=byline or next(filter(None, map(metadata.reporter, signs)), None),
        published=published or date or _published(head, kept),
        dropped=tuple(dropped),
    )


def _bound(lines: Sequence[Line], reasons: Reasons, bare: bool) -> int:
    """Where the body starts, with everything after it marked; a bare article is left as it is."""
    prose = paragraphs(lines, reasons)
    if not prose:
        return _short(lines, reasons)
    first = prose[0]
    if bare and first <= 1 and not any(reasons) and not any(map(label, lines)):
        return first if first == 1 and lines[0].title_like else 0
    start = start_of(lines, reasons, prose)
    mark_body(lines, reasons, start)
    return start


def _short(lines: Sequence[Line], reasons: Reasons) -> int:
    """A text without a paragraph: all of it is body, but for noise, what labels open, and a headline above."""
    first = next((i for i, reason in enumerate(reasons) if reason is None), len(lines))
    for i in range(first + 1, len(lines)):
        found = label(lines[i])
        if found:
            reasons[i:] = [reason or found[0] for reason in reasons[i:]]
            break
    loose = [i for i, reason in enumerate(reasons) if reason is None]
    if len(loose) > 1 and lines[loose[0]].title_like and any(lines[i].sentence for i in loose[1:]):
        return loose[1]
    return loose[0] if loose else len(lines)


def _title(lines: Sequence[Line], reasons: Reasons, start: int, given: str | None) -> int | None:
    """The place of the line above the body that is the headline; the line the caller's headline stands in, if any.

    Behind an advertisement that says 請繼續往下閱讀 the article is under way: what stands there is no headline.
    """
    head = range(start)
    if given:
        same = [i for i in head if squeeze(metadata.without_site(lines[i].text)) == squeeze(given)]
        return same[-1] if same else None
    end = next((i for i in head if reasons[i] == "advertisement" and "閱讀" in lines[i].text), start)
    candidates = [
        (i, lines[i]) for i in range(end) if reasons[i] is None and lines[i].title_like and not label(lines[i])
    ]
    anchors = [i for kind in ("byline", "dateline", "caption") for i in head if reasons[i] == kind]
    body = [i for i in range(start, len(lines)) if reasons[i] is None]
    return metadata.pick_title(candidates, words(lines, body), anchors)


def _drop_repeats(lines: Sequence[Line], reasons: Reasons, place: int) -> None:
    """Drop the lines that say the headline again, as captions of some sites do."""
    for i, line in enumerate(lines):
        if i != place and line.text == lines[place].text:
            reasons[i] = reasons[i] or "headline again"


def _head_reason(line: Line) -> str:
    """Why a line above the body is dropped that is neither noise nor the headline."""
    found = label(line)
    if found:
        return found[0]
    return "headline of another article" if line.title_like else tail_reason(line)


def _published(head: Sequence[str], body: Sequence[Line]) -> datetime.date | None:
    """The date of the lines above the body, else of the agency's stamp at its end."""
    found = filter(None, (dates.date_in(text) for text in head))
    return next(found, None) or (dates.stamp_in(body[-1].text) if body else None)
