"""Where sentences end in Chinese news text.

A sentence ends at 。！？!? or a line break, together with the closing quotes and brackets that follow. Inside 「」『』（）
it does not end, so that a quotation stays with the one who says it; only where a quotation runs over more than
:data:`MAX_STOPS` stops is it divided at its inner stops, since a piece of evidence must stay small enough to check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotate.alignment import token_offsets
from nlp.types import Span

MAX_STOPS = 2
"""A sentence with more 。！？ than this is divided inside its quotations."""

_STOPS = "。！？!?"
_OPEN = {"「": "」", "『": "』", "（": "）", "(": ")", "《": "》", "〈": "〉", "【": "】", "“": "”"}
_CLOSERS = frozenset([*_OPEN.values(), '"', "'", "’"])
_SAYS = re.compile(r"[^。！？!?，,、；\n]{0,12}(?:說|表示|指出|強調|認為|稱|問|回應|補充|坦言|寫道)")
_HAN_STOPS = re.compile("[。！？]")


def sentence_spans(text: str) -> list[Span]:
    """Divide ``text`` into sentences: spans in code points, in order, outer white space trimmed, none empty."""
    spans: list[Span] = []
    for start, end in _lines(text):
        depths = _depths(text, start, end)
        for span in _cut(text, start, end, depths):
            if len(_HAN_STOPS.findall(text, span.start, span.end)) > MAX_STOPS:
                spans.extend(_cut(text, span.start, span.end, [0] * (span.end - span.start), whole=True))
            else:
                spans.append(span)
    return spans


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _depths(text: str, start: int, end: int) -> list[int]:
    """Bracket depth after each character of one line; a bracket that never closes on its line counts for nothing."""
    change = [0] * (end - start)
    stack: list[int] = []
    for i in range(start, end):
        c = text[i]
        if c in _OPEN:
            stack.append(i)
            continue
        for k in range(len(stack) - 1, -1, -1):
            if _OPEN[text[stack[k]]] == c:
                change[stack[k] - start] += 1
                change[i - start] -= 1
                del stack[k:]
                break
    depth, depths = 0, []
    for c_ in change:
        depth += c_
        depths.append(depth)
    return depths


def _cut(text: str, start: int, end: int, depths: list[int], whole: bool = False) -> Iterator[Span]:
    """Cut one line at its stops of depth 0; with ``whole`` at every stop, wherever it stands."""
    left, i = start, start
    while i < end:
        stop = text[i] in _STOPS and not _is_latin_stop(text, i)
        i += 1
        if not stop:
            continue
        while i < end and (text[i] in _CLOSERS or text[i] in _STOPS):
            i += 1
        if i < end and (depths[i - 1 - start] > 0 or (not whole and _goes_on(text, i))):
            continue
        yield from _trimmed(text, left, i)
        left = i
    yield from _trimmed(text, left, end)


def _is_latin_stop(text: str, i: int) -> bool:
    """An ASCII ! or ? between Latin letters or digits belongs to a name or an address (Yahoo!奇摩 apart)."""
    return text[i] in "!?" and i + 1 < len(text) and text[i + 1].isascii() and text[i + 1].isalnum()


def _goes_on(text: str, i: int) -> bool:
    """After a closing quote the sentence goes on where a comma, 的 or the speaker follows: 「……。」他說.

    A closing bracket never ends a sentence that has not ended before.
    """
    if text[i - 1] not in _CLOSERS:
        return False
    if text[i - 1] in "）)":
        return True
    return text[i] in "，、；的：" or _SAYS.match(text, i) is not None


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield Span(start, end)


@Language.component("zhbrief_sentences")
def mark_sentences(doc: Doc) -> Doc:
    """Set ``token.is_sent_start`` from :func:`sentence_spans`; runs last, when no token is cut any more."""
    starts = {span.start for span in sentence_spans(doc.text)}
    flags = [1 if i == 0 or offset in starts else -1 for i, offset in enumerate(token_offsets(doc))]
    doc.from_array(["SENT_START"], np.array(flags).astype(np.uint64))  # type: ignore[arg-type]
    return doc
