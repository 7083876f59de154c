"""Traditional script with Taiwan's words for text that came in Simplified; names are left to the glossaries.

OpenCC's phrase conversion (``s2twp``) gives 晶片 for 芯片 and 計程車 for 出租車. It also takes words of the news for words of
computing (支持 → 支援, 政府文件 → 檔案) and corrupts names. So such words and all names are converted character by character,
and a name that a shipped glossary knows is written as Taiwan writes it: 特朗普 is 川普.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from nlp.names import fold, shipped
from nlp.names.glossary_file import Entry
from nlp.types import Entity, Mention, Span, Term

_HAN = [chr(c) for start, end in ((0x3400, 0x4DC0), (0x4E00, 0xA000)) for c in range(start, end)]
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_HALF = re.compile("(?<=[\u3400-\u9fff」』》）)%])[,;](?=[\u3400-\u9fff「『《A-Z])|(?<=[\u3400-\u9fff」』》）)])[:?!]")
_PAIR = re.compile(r"(?<=[\u3400-\u9fff」』》])\(([^()（）\n]*)\)")
_NEWS = re.compile(
    "支持|文件|保存|發布|發佈|发布|用户|对象|运行|项目|消息|进程|通信|默认|调用|线程|组织|程序|权限|释放"
)
"""Words that ``s2twp`` takes for words of computing; in news they are none."""
_AFTERWARDS = {ord("臺"): "台", ord("“"): "「", ord("”"): "」", ord("‘"): "『", ord("’"): "』"}
"""What Taiwan's newspapers print where OpenCC writes otherwise or leaves the mainland's sign."""
_IN_NAMES = {ord("钟"): "鍾", **{ord(c): c for c in "于范余谷岳郁涂党后种干曲沈姜丰升游仇"}}
"""Surnames and letters of given names whose first Traditional candidate is another word's: 于 is no 於."""
_PRINTED = (("佈", "布"), ("計劃", "計畫"))
"""Spellings of Taiwan's newspapers that OpenCC does not choose."""


@cache
def _traditional() -> dict[int, str]:
    """Each character that has another Traditional form, with OpenCC's first candidate."""
    from opencc import OpenCC

    found = OpenCC("s2tw").convert("\n".join(_HAN)).split("\n")
    return {ord(a): b for a, b in zip(_HAN, found, strict=True) if a != b and len(b) == 1}


@cache
def simplified_only() -> frozenset[str]:
    """Characters that stand in no Traditional text: they have another Traditional form, and Big5 has not got them."""
    return frozenset(c for c in map(chr, _traditional()) if fold(c) == c and not _in_big5(c))


def _in_big5(char: str) -> bool:
    try:
        return bool(char.encode("cp950"))
    except UnicodeEncodeError:
        return False


def is_simplified(text: str) -> bool:
    """Whether an article is written in Simplified script, by which script's own characters are more."""
    simplified = sum(c in simplified_only() for c in text)
    return simplified > sum(c not in simplified_only() and c >= "\u3400" and fold(c) != c for c in text)


def keyed(text: str) -> str:
    """``text`` in Traditional characters one by one and with full-width commas, as long as it was: for patterns to read, not for people."""
    return full_width(text.translate(_traditional()) if is_simplified(text) else text)


def full_width(text: str) -> str:
    """Half-width commas, stops and brackets among Chinese characters in full width, as Taiwan prints them; as long as it was."""
    text = _PAIR.sub(lambda m: f"（{m[1]}）", text)
    return _HALF.sub(lambda m: _FULL[m.group()], text)


class Script:
    """Writes pieces of one article in Traditional script; ``names`` and ``terms`` are what was found in it."""

    def __init__(self, text: str, names: Sequence[Entity], terms: Sequence[Term]) -> None:
        self.text, self.simplified = text, is_simplified(text)
        mentions: list[tuple[Mention, Entity | Term]] = [(m, e) for e in names for m in e.mentions]
        mentions += [(m, t) for t in terms for m in t.mentions]
        self.mentions = sorted(mentions, key=lambda pair: pair[0].start) if self.simplified else []

    def written(self, spans: Iterable[Span]) -> str:
        """What stands at ``spans``, one after the other. Text in Traditional script stays as it is, stray characters apart."""
        return full_width("".join(self._written(s) for s in spans))

    def _written(self, span: Span) -> str:
        if not self.simplified:
            return self.text[span.start : span.end].translate(_stray())
        out, at = [], span.start
        for mention, thing in self.mentions:
            if at <= mention.start and mention.end <= span.end:
                out += [_words(self.text[at : mention.start]), _name(mention.text, thing)]
                at = mention.end
        return "".join([*out, _words(self.text[at : span.end])])


@cache
def _stray() -> dict[int, str]:
    return {ord(c): _traditional()[ord(c)] for c in simplified_only()}


@cache
def _converter(profile: str):  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC(profile).convert


def _words(text: str) -> str:
    """Running text without names, in Taiwan's words."""
    out, at = [], 0
    for m in _NEWS.finditer(text):
        out += [_converter("s2twp")(text[at : m.start()]), _converter("s2tw")(m.group())]
        at = m.end()
    return _printed("".join([*out, _converter("s2twp")(text[at:])]))


def _printed(text: str) -> str:
    text = text.translate(_AFTERWARDS)
    for written, printed in _PRINTED:
        text = text.replace(written, printed)
    return text


def _name(surface: str, thing: Entity | Term) -> str:
    """A name as Taiwan writes it where a glossary knows it, else in Traditional characters."""
    kind = thing.type if isinstance(thing, Entity) else None
    key = fold(surface)
    for entry in _known().get(thing.name or "", ()):
        same = next((form for form in entry.forms if fold(form) == key), None)
        if entry.type == kind and same is not None:
            return entry.term if _elsewhere(same, entry.term, kind) else same
    if kind in ("GPE", "LOC"):
        return _words(surface)
    return _printed(surface.translate({**_traditional(), **(_IN_NAMES if kind == "PERSON" else {})}))


def _elsewhere(form: str, term: str, kind: str | None) -> bool:
    """Whether a form of a name or term is another side's word for it (特朗普, 悉尼), not a shorter one of Taiwan's own (華府, 俄國)."""
    return kind in ("PERSON", "GPE", "LOC", None) and form not in term and form[0] != term[0]


@cache
def _known() -> dict[str, list[Entry]]:
    by_name: dict[str, list[Entry]] = {}
    for entry in shipped():
        by_name.setdefault(entry.name, []).append(entry)
    return by_name
