"""Which stretches of an article are evidence, and of which sentences of its briefs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nlp.types import Brief, Result, Span


@dataclass(frozen=True, slots=True)
class Line:
    """A headline or sentence of a brief: ``id`` within the page of its result, the ``label`` that stands for it, its evidence."""

    id: str
    label: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the article that carries ``lines``; stretches never overlap."""

    id: str
    start: int
    end: int
    lines: tuple[Line, ...]


def lines_of(brief: Brief) -> list[Line]:
    """The headline, if there is one, and the sentences of a brief. The labels are those of its language: H, 1, 2; 題, 一, 二."""
    chinese = brief.language == "zh"
    head = [Line(f"{brief.language}-h", "題" if chinese else "H", brief.headline.evidence)] if brief.headline else []
    return [
        *head,
        *(
            Line(f"{brief.language}-{n}", _numeral(n) if chinese else str(n), s.evidence)
            for n, s in enumerate(brief.sentences, 1)
        ),
    ]


def _numeral(n: int) -> str:
    """1 to 99 in Chinese."""
    tens, ones = divmod(n, 10)
    digits = "〇一二三四五六七八九"
    return ("十" if tens == 1 else f"{digits[tens]}十" if tens else "") + (digits[ones] if ones or not tens else "")


def stretches(result: Result) -> list[Stretch]:
    """The evidence of all briefs in the order of the article, what overlaps in one."""
    found = [(span, line) for brief in result.briefs for line in lines_of(brief) for span in line.evidence]
    return [
        Stretch(f"e{n}", start, end, tuple(dict.fromkeys(line for span, line in found if start <= span.start < end)))
        for n, (start, end) in enumerate(_united([span for span, _ in found]), 1)
    ]


def _united(spans: list[Span]) -> Iterator[tuple[int, int]]:
    start = end = -1
    for span in sorted(spans, key=lambda s: s.start):
        if span.start >= end:
            if end > start:
                yield start, end
            start, end = span.start, span.end
        else:
            end = max(end, span.end)
    if end > start:
        yield start, end
