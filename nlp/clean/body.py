"""Where the body of a page runs: from its first paragraph to its last, and across blocks of links in between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from nlp.clean.lines import Line, alike, bigrams, foreign, listed, share
from nlp.clean.metadata import KIN, is_byline, is_dateline
from nlp.clean.noise import caption, label, noise

VOCABULARY = 20_000
"""Code points of body from which a page's own words are learnt; enough for any article, and keeps big inputs linear."""
SHORT = 60
"""Code points of a line that is likely to come again, on this page or the next; what is found of it is kept."""
AHEAD = 40
"""Lines looked at behind a label to see whether the body goes on; enough for ten paragraphs with what is between."""
_SIGNATURE = re.compile(r"^[（(](?:譯者|編輯|編譯|核稿|記者|文)[^（()）]{0,40}[)）]\s?\d{0,7}$")
Reasons = list[str | None]


def classify(lines: Sequence[Line]) -> Reasons:
    """For each line the reason it is noise wherever it stands, or None; a line printed twice in a row is a caption."""
    reasons = [_reason_once(line) if len(line.text) <= SHORT else _reason(line) for line in lines]
    seen: set[str] = set()
    for i, line in enumerate(lines):
        again = i > 0 and line.text == lines[i - 1].text
        if line.paragraph and line.text in seen and seen != {line.text}:
            reasons[i] = reasons[i] or "repeated"
        elif (again and len(line.text) <= 400 and len(lines) > 2 and seen <= {line.text}) or (
            again and not line.paragraph
        ):
            reasons[i - 1] = reasons[i] = reasons[i] or "caption"
        if line.paragraph and reasons[i] is None:
            seen.add(line.text)
    if not any(reason is None and _is_text(line) for line, reason in zip(lines, reasons, strict=True)):
        _spare_one(lines, reasons)
    return reasons


def _spare_one(lines: Sequence[Line], reasons: Reasons) -> None:
    """Where the only paragraph of a page stands there several times over, its last copy is the article."""
    for i in range(len(lines) - 1, -1, -1):
        if _is_text(lines[i]) and reasons[i] in ("caption", "repeated") and _reason(lines[i]) is None:
            reasons[i] = None
            return


def _reason(line: Line) -> str | None:
    if not line.paragraph and not caption(line):
        if is_byline(line):
            return "byline"
        if is_dateline(line):
            return "dateline"
    return noise(line)


_reason_once = lru_cache(maxsize=4096)(_reason)


def words(lines: Sequence[Line], places: Sequence[int]) -> set[str]:
    """The bigrams of the paragraphs at ``places``, of their first 20,000 code points."""
    known: set[str] = set()
    size = 0
    for i in places:
        known |= bigrams(lines[i].text[:VOCABULARY])
        size += len(lines[i].text)
        if size > VOCABULARY:
            break
    return known


def paragraphs(lines: Sequence[Line], reasons: Reasons) -> list[int]:
    """The places of the lines that are prose and no noise."""
    return [i for i, line in enumerate(lines) if line.paragraph and reasons[i] is None and not foreign(line.probe)]


def start_of(lines: Sequence[Line], reasons: Reasons, prose: Sequence[int]) -> int:
    """Where the body begins: its first paragraph, and short sentences right above it.

    A byline or date on its own line below a few paragraphs, with more of them to follow, ends teasers, not the body.
    """
    start = prose[0]
    total = sum(len(lines[i].text) for i in prose)
    above = 0
    for i in range(start, len(lines)):
        if 3 * above > total:
            break
        if reasons[i] in ("byline", "dateline") and any(j > i for j in prose[:200]) and above:
            start = next(j for j in prose if j > i)
        if lines[i].paragraph and reasons[i] is None:
            above += len(lines[i].text)
    while start and reasons[start - 1] is None and lines[start - 1].sentence and not label(lines[start - 1]):
        start -= 1
    return start


def mark_body(lines: Sequence[Line], reasons: Reasons, start: int) -> None:
    """Give a reason to every line from ``start`` on that is not the article; what keeps None is its text."""
    i, end = start, start
    known: set[str] = set()
    while i < len(lines):
        found = label(lines[i])
        if found:
            resume = None if found[1] else _resume(lines, reasons, i + 1, known)
            stop = len(lines) if resume is None else resume
            _drop(lines, reasons, i, stop, found[0])
            i = stop
            continue
        if reasons[i] is None and _is_text(lines[i]):
            end = i
            if len(known) < VOCABULARY:
                known |= bigrams(lines[i].text[:VOCABULARY])
        i += 1
    _drop_links(lines, reasons, start, end, known)
    end = _before_teasers(lines, reasons, start, end, known)
    _trim_tail(lines, reasons, end + 1)


def _is_text(line: Line) -> bool:
    """A paragraph, or a short one: a sentence, or one that lost its stop."""
    return line.paragraph or line.sentence or line.unstopped


def _before_teasers(lines: Sequence[Line], reasons: Reasons, start: int, end: int, known: set[str]) -> int:
    """The last line of the body, teasers of other articles at its end left out.

    A teaser stands behind headlines that were dropped and shares next to nothing with the body, or breaks off in dots.
    At most two of them are given up: what goes on for longer is the article.
    """
    texts = [i for i in range(start, end + 1) if reasons[i] is None and _is_text(lines[i])]
    for i in texts[:0:-1][:2]:
        row = 0
        while i - row > start and reasons[i - row - 1] == "headline of another article":
            row += 1
        others: set[str] = set()
        for j in texts[: texts.index(i)][:200]:
            others |= bigrams(lines[j].text[:VOCABULARY])
        if row > 1 and share(lines[i].text[:VOCABULARY], others) < KIN:
            for j in range(i, end + 1):
                reasons[j] = reasons[j] or "related news"
            return max((j for j in texts if j < i), default=start)
    return end


def _drop(lines: Sequence[Line], reasons: Reasons, start: int, stop: int, reason: str) -> None:
    """Drop a block under the reason of its label, and what other labels in it open under theirs."""
    for i in range(start, stop):
        found = label(lines[i])
        reason = found[0] if found else reason
        reasons[i] = reasons[i] or reason


def _resume(lines: Sequence[Line], reasons: Reasons, start: int, known: set[str]) -> int | None:
    """Where the body goes on after a block of links that begins at ``start``, or None where it does not.

    A body paragraph speaks of what the paragraphs above spoke of; the teaser of another article says its headline
    again. Teasers also take turns with headlines, which paragraphs do not.
    """
    prose = _prose_ahead(lines, reasons, start)
    if not prose:
        return None
    first = prose[0]
    heads = [i for i in range(first, prose[-1]) if lines[i].headline and reasons[i] is None]
    if len(prose) > 1 and 2 * len(heads) >= len(prose):
        return None
    own = bigrams(lines[first].text[:VOCABULARY])
    echo = share(lines[first - 1].text, own) if first > start else 0.0
    if len(prose) == 1:
        return first if echo < 0.35 and share(lines[first].text[:VOCABULARY], known) >= KIN else None
    kin = max(share(lines[i].text[:VOCABULARY], known) for i in prose[:3])
    return first if echo < 0.35 and (kin >= 0.02 or len(known) < 100) else None


def _prose_ahead(lines: Sequence[Line], reasons: Reasons, start: int) -> list[int]:
    """Up to ten paragraphs from ``start`` to the next final label; none where they begin more than six lines on.

    The look ahead is bounded, so that a page of many labels costs linear time.
    """
    prose: list[int] = []
    for i in range(start, min(start + AHEAD, len(lines))):
        found = label(lines[i])
        if (found and found[1]) or len(prose) == 10 or (not prose and i - start > 6):
            break
        if lines[i].paragraph and reasons[i] is None:
            prose.append(i)
    return prose


def _trim_tail(lines: Sequence[Line], reasons: Reasons, start: int) -> None:
    """Behind the last paragraph only a list that it announces and the editors' signature still belong to the article."""
    listing = _announced(lines, reasons, start)
    for i in range(start, len(lines)):
        if reasons[i] is None and i not in listing and not _SIGNATURE.match(lines[i].text):
            reasons[i] = tail_reason(lines[i])


def _announced(lines: Sequence[Line], reasons: Reasons, start: int) -> set[int]:
    """The lines of a list at ``start``: behind a colon, each alike the one before it."""
    found: list[int] = []
    announced = start > 0 and lines[start - 1].text.endswith(("：", ":"))
    for i in range(start, len(lines)):
        line = lines[i].text
        if reasons[i] is not None or label(lines[i]):
            break
        if not announced:
            announced = line.endswith(("：", ":")) and not found
            if not announced:
                break
        elif len(found) > 1 and not alike(lines[found[-1]].text, line):
            break
        found.append(i)
    return set(found) if len(found) > 1 else set()


def tail_reason(line: Line) -> str:
    """Why a line outside the body is dropped, by what it looks like."""
    if foreign(line.text):
        return "site notice"
    if line.headline or line.truncated or line.paragraph:
        return "headline of another article" if line.headline else "related news"
    if sum(c.isdigit() for c in line.probe) > 5:
        return "table"
    return "tags" if " " in line.text or "　" in line.text else "navigation" if len(line.text) < 10 else "related news"


def _drop_links(lines: Sequence[Line], reasons: Reasons, start: int, end: int, known: set[str]) -> None:
    """Drop headlines of other articles between paragraphs: two in a row, or one without a word of this article's.

    A subhead stands alone and speaks of the text around it; lines of a list open with a bullet or number, or follow a
    colon.
    """
    loose = [i for i in range(start, end) if reasons[i] is None and lines[i].headline and not listed(lines[i].text)]
    beside = set(loose)
    for i in loose:
        if lines[i - 1].text.endswith(("：", ":")):
            continue
        row = i - 1 in beside or i + 1 in beside
        if row or share(lines[i].text, known) <= 0.1:
            reasons[i] = "headline of another article"
