"""Which brackets a Chinese brief keeps.

A foreigner's or a body's name in Latin letters stays at its first mention, as Taiwan's newspapers print it; an acronym only where
the brief goes on to use it; a ticker and a pointer to a picture never. What else stands in brackets is news and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from nlp.types import Span

_BRACKET = re.compile(r"[（(]([^（）()\n]{1,80})[）)]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9 .,'’&+·:/\-]*")
_TICKER = re.compile(
    r"(?:[A-Z]{2,8}[:：] ?)?(?:\d{4,6}(?:[-.][A-Z]{2,3})?|[A-Z]{1,5}[-.](?:US|UW|TW|HK|JP|KS|L))|(?:NASDAQ|NYSE)[:：].*"
)
_SPACED = re.compile(" (?=[\u3400-\u9fff])")
_POINTER = re.compile(
    "(?:圖|見|詳見|參見|如圖|附圖|上圖|下圖|左圖|右圖|資料照|圖片|示意|[上下左右中前後][排]?[一二三左右]?$|攝$)"
)


def bracketless(text: str, spans: Sequence[Sequence[Span]], brief: bool = True) -> list[list[Span]]:
    """The pieces ``spans`` of each sentence of a brief without the brackets that go. A headline (not ``brief``) keeps no name's gloss."""
    said = _BRACKET.sub("", "\n".join(text[s.start : s.end] for sentence in spans for s in sentence))
    seen: set[str] = set()
    return [
        [piece for span in sentence for piece in _pieces(text, span, said if brief else None, seen)]
        for sentence in spans
    ]


def _pieces(text: str, span: Span, said: str | None, seen: set[str]) -> Iterable[Span]:
    at = span.start
    for m in _BRACKET.finditer(text, span.start, span.end):
        if not _stays(m[1].strip(), said, seen):
            yield Span(at, _before_space(text, at, m.start()))
            at = m.end() + (_SPACED.match(text, m.end(), span.end) is not None)
    yield Span(at, span.end)


def _before_space(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


def _stays(inside: str, said: str | None, seen: set[str]) -> bool:
    if _TICKER.fullmatch(inside) or _POINTER.match(inside):
        return False
    if not _LATIN.fullmatch(inside):
        return True
    if said is None or inside in seen:
        return False
    seen.add(inside)
    acronym = inside.upper() == inside and " " not in inside
    return not acronym or re.search(rf"(?<![A-Za-z0-9]){re.escape(inside)}(?![A-Za-z0-9])", said) is not None
