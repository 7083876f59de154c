"""What each recogniser of quantities proposes, and what stands around every number: words of approximation, ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from nlp.quantities.numerals import OR, estimate, value_of
from nlp.quantities.tables import currency_words, units
from nlp.types import Approx, QuantityKind

APPROX_BEFORE: dict[str, Approx] = {
    "超過": "over", "逾": "over", "破": "over", "突破": "over", "高於": "over", "大於": "over", "多達": "up_to",
    "至少": "at_least", "不少於": "at_least", "起碼": "at_least", "約": "about", "大約": "about", "約莫": "about", "估計": "about",
    "將近": "nearly", "近": "nearly", "接近": "nearly", "直逼": "nearly", "逼近": "nearly", "不到": "under", "低於": "under",
    "未滿": "under", "不足": "under", "最多": "up_to", "至多": "up_to", "上看": "up_to", "高達": "up_to",
}  # fmt: skip
APPROX_AFTER: dict[str, Approx] = {
    "以上": "at_least", "多": "over", "餘": "over", "左右": "about", "上下": "about", "以下": "up_to", "以內": "up_to", "許": "about",
}  # fmt: skip
_NOT_BEHIND = {
    "近": "最附接相靠將",
    "破": "跌漲衝升摔飆剪割撕戳踩踢咬砸撞刺敲切弄吹打燒磨扯抓劃",
    "約": "續簽合條解契預違毀履",
}
"""Behind which characters a word of approximation is part of another word: 續約12個月, 剪破四個輪胎."""
BEFORE = "|".join(
    f"(?<![{_NOT_BEHIND[w]}]){w}" if w in _NOT_BEHIND else w for w in sorted(APPROX_BEFORE, key=len, reverse=True)
)
AFTER = "|".join(
    f"{w}(?![達於出付賺花賠繳虧收領給用吃喝走跑活睡])" if w == "多" else w
    for w in sorted(APPROX_AFTER, key=len, reverse=True)
)
"""多 that a verb follows is the verb's: 一天多出1,000億 is more by that much, not more than a day."""
RANGE = rf"(?:至|到|[-~–]|{OR})"
CURRENCY = "|".join(re.escape(w) for w in sorted(currency_words(), key=len, reverse=True))
UNIT = "|".join(re.escape(w) for w in sorted(units(), key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Found:
    """A proposal: ``start:end`` in code points of the line; of two that begin alike the longer one stands, then the lower ``rank``."""

    start: int
    end: int
    kind: QuantityKind
    value: Decimal | str
    value_max: Decimal | str | None
    unit: str | None
    approx: Approx | None
    name: str
    rank: int


def values(m: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    """Both ends of a range (groups ``low`` and ``high``), or of an estimate; 萬 and 億 of a range's upper end count for the lower one too."""
    groups = m.groupdict()
    low_text, high_text = groups["low"], groups.get("high")
    if (ends := _open(m)) is not None:
        return ends
    high = _end(high_text, 1) if high_text else None
    scale = re.search("[百千]?[兆億萬]+$", high_text or "")
    if scale and not re.search("[兆億萬]", low_text) and value_of(low_text) is not None:
        low_text += scale.group()
    return _end(low_text, 0), high


def left_open(m: re.Match[str]) -> bool:
    """Whether the two ends are those of one estimate (兩三年, 三、四百人), not of a range."""
    return _open(m) is not None


def _open(m: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    low, high = m["low"], m.groupdict().get("high")
    if not high:
        return estimate(low)
    if not m.string.startswith("、", m.end("low")):
        return None
    first, second = value_of(low + high[1:]), value_of(low[:-1] + high)
    return (min(first, second), max(first, second)) if first is not None and second is not None else None


def _end(numeral: str, which: int) -> Decimal | None:
    """The value of a range's end, the least (0) or the most (1) where that is an estimate itself: 七八十到一百."""
    ends = estimate(numeral)
    return ends[which] if ends else value_of(numeral)


def approximation(m: re.Match[str]) -> Approx | None:
    """What the words around a number say of it."""
    groups = m.groupdict()
    more = groups.get("more") or groups.get("more2") == "多" or re.search("[多餘]", groups.get("low") or "")
    if groups.get("about") and not (more and APPROX_BEFORE[groups["about"]] == "up_to"):
        return APPROX_BEFORE[groups["about"]]
    if groups.get("more") or groups.get("more2") == "多" or re.search("[多餘]", groups.get("low") or ""):
        return "over"
    return APPROX_AFTER[groups["after"]] if groups.get("after") else None
