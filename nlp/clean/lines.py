"""What a line of a page is, judged by its form alone: its length, its stops, how it ends, which words it shares."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nlp.clean.wrapping import unwrap

PARAGRAPH = 30
"""A body paragraph of Taiwanese news has at least this many code points and one full stop; headlines have neither."""
UNSTOPPED = 80
"""A line this long with commas is prose even where its stop was lost."""
TITLE = range(6, 61)
"""Code points a headline has; wire headlines run 15 to 30, with room for both sides."""
PROBE = 80
"""How much of either end of a long line the patterns look at, so that a page of 10 MB costs linear time."""

_EDGE = " \t\r\f\v\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
_STOPS = re.compile(r"[。！？!?]")
_CLOSERS = '」』”’"）)】〕]'
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3040-\u309f\u30a0-\u30fa]")
_CREDIT = re.compile(r"[（(][^（()）]{1,60}[)）]\s?\d{0,7}$")
_CLAUSES = re.compile(r"[\u3400-\u9fff！？」）%\w][ \u3000]+[\u3400-\u9fff「\w]")
_LIST_ITEM = re.compile(r"^(?:[•・●○■◆\-–—*]|[（(]?[0-9０-９一二三四五六七八九十]{1,3}[)）.、．])")
_TRUNCATED = re.compile(r"(?:\.{2,}|…|⋯)\s*(?:[（(\[]?(?:詳全文|全文|閱讀全文|看更多|更多|more)[)）\]]?)?$", re.I)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page, stripped; ``stops`` counts its sentence ends."""

    text: str
    stops: int

    @property
    def probe(self) -> str:
        """The line, or both ends of it where it is long: what patterns are matched on."""
        if len(self.text) <= 2 * PROBE:
            return self.text
        return f"{self.text[:PROBE]}\n{self.text[-PROBE:]}"

    @property
    def truncated(self) -> bool:
        """Whether it breaks off in dots, as the teaser of another article does."""
        return bool(_TRUNCATED.search(self.text[-12:]))

    @property
    def paragraph(self) -> bool:
        """Whether it is prose of paragraph length."""
        if self.truncated:
            return False
        size, commas = len(self.text), self.text.count("，") + self.text.count(",")
        if size >= 2 * PARAGRAPH and self.stops > 0:
            return True
        if size >= PARAGRAPH and ("。" in self.text or (self.stops > 0 and commas > 0 and not self.clauses)):
            return True
        return size >= UNSTOPPED and commas >= 2

    @property
    def sentence(self) -> bool:
        """Whether it ends as a sentence does: in a full stop, or in ！ or ？ where all of it is a quotation.

        What the editors put in brackets behind the last sentence, ``(譯者:…/核稿:…)1090303``, is passed over.
        """
        tail = self.text[-PROBE:]
        tail = _CREDIT.sub("", tail) or tail
        bare = tail.rstrip(_CLOSERS)
        if bare.endswith(("。", "；")):
            return len(self.text) > 3
        if bare != tail and bare.endswith(".") and ("：「" in tail or "，「" in tail):
            return True
        return self.text[0] in "「『“" and tail[-1] in "」』”" and not self.clauses

    @property
    def clauses(self) -> bool:
        """Whether spaces part its clauses, as in headlines: 各國搶囤礦產 新時代來臨."""
        return bool(_CLAUSES.search(self.text[: 2 * PROBE]))

    @property
    def unstopped(self) -> bool:
        """Whether it reads like a sentence that lost its stop: commas, and no clauses parted by spaces or cries."""
        if not 20 <= len(self.text) <= 2 * PROBE or self.stops or self.truncated:
            return False
        return "，" in self.text[:-6] and not self.clauses

    @property
    def title_like(self) -> bool:
        """Whether it could be a headline: of a headline's length, mostly Chinese, without a full stop."""
        if len(self.text) not in TITLE or "。" in self.text or self.sentence or _LIST_ITEM.match(self.text):
            return False
        return len(_HAN.findall(self.text)) >= 4 and not foreign(self.text)

    @property
    def headline(self) -> bool:
        """Whether it is a headline rather than a subhead: long enough, and in two halves or exclaiming."""
        return self.title_like and len(self.text) >= 12 and bool(re.search(r"[\s！？!?｜|]", self.text))


def read_lines(text: str) -> list[Line]:
    """The lines of ``text`` that are not blank, unwrapped and stripped of white space and zero-width characters."""
    stripped = (line.strip().strip(_EDGE) for line in unwrap(text))
    return [Line(line, len(_STOPS.findall(line))) for line in stripped if line]


def foreign(text: str) -> bool:
    """Whether a line is not Chinese at all: no Han character, or a third of it kana."""
    return not _HAN.search(text) or 3 * len(_KANA.findall(text)) > len(text)


def listed(text: str) -> bool:
    """Whether a line opens with a bullet or a number."""
    return bool(_LIST_ITEM.match(text))


def alike(a: str, b: str) -> bool:
    """Whether two short lines are of one form, as entries of a list are: both marked, or equal at their ends."""
    if listed(a) and listed(b):
        return True
    return a[:2] == b[:2] or (a[-1:] == b[-1:] and abs(len(a) - len(b)) <= 8) or ("：" in a and "：" in b)


def squeeze(text: str) -> str:
    """``text`` without white space, for comparing."""
    return "".join(text.split())


def bigrams(text: str) -> set[str]:
    """The pairs of neighbouring letters, digits and Han characters: the words of a line, near enough to compare by."""
    letters = "".join(c if c.isalnum() else " " for c in text.lower())
    return {letters[i : i + 2] for i in range(len(letters) - 1) if " " not in letters[i : i + 2]}


def share(text: str, known: Iterable[str] | set[str]) -> float:
    """Which part of the bigrams of ``text`` is in ``known``; 0.0 for a text without any."""
    mine = bigrams(text)
    return len(mine.intersection(known)) / len(mine) if mine else 0.0
