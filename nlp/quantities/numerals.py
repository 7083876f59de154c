"""Chinese and mixed numerals: 120億, 2億5800萬, 三點五億, 一○七, 卅五, 1.2萬億, read exactly.

兆 is 10^12, as in Taiwan. A run of bare digits (一九九二, 一○七) is read digit by digit.
"""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "兩": 2, "两": 2}
_TENS = {"廿": 20, "卅": 30}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = (("兆", 10**12), ("億", 10**8), ("亿", 10**8), ("萬", 10**4), ("万", 10**4))
_PAIRS = ("三兩", "一兩", "一二", "兩三", "二三", "三四", "三五", "四五", "五六", "六七", "七八", "八九")
PAIR = "|".join(_PAIRS)
"""Two figures in a row that leave it open which: 兩三 is two or three. (三五 is three to five.)"""
_ARABIC_PAIRS = tuple(f"{figure}{figure + 1}" for figure in range(1, 9))
OR = "|".join(
    f"(?<={'.' * (pair[0] in '一1')}{pair[0]})(?<!、{pair[0]})、(?={pair[1]}(?![、\\d]))"
    for pair in (*_PAIRS, *_ARABIC_PAIRS)
)
"""The mark that may stand between the two: 十七、八歲, 2、3百人. At the head of a line 一、 numbers a point, and 三、四、五 is a list."""
_ESTIMATE = re.compile(
    rf"(?<![零〇○一二兩三四五六七八九點点])(?:{PAIR})(?![零〇○一二兩三四五六七八九點点]|[十百千][一二兩三四五六七八九])"
)
_WIDE = str.maketrans("０１２３４５６７８９．％～－／＄：", "0123456789.%~-/$:")

ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
HAN = r"[零〇○一二兩两三四五六七八九十百千廿卅]+(?:[點点][零〇○一二三四五六七八九]+)?"
_PART = rf"(?:{ARABIC}|{HAN})[多餘餘]?(?:[百千]?[萬万][億亿兆]?|[百千]?[億亿]|兆|[千百])?"
NUMBER = rf"(?:{_PART}(?:(?<=[兆億亿萬万千百])零?(?:{_PART}))*)"
"""One numeral as a pattern; run it over :func:`narrow` text."""


def narrow(text: str) -> str:
    """Full-width figures and signs as half-width ones; the length stays."""
    return text.translate(_WIDE)


def value_of(numeral: str) -> Decimal | None:
    """The exact value of one numeral, or None where it is none."""
    plain = re.sub("[,多餘]", "", narrow(numeral))
    if not plain:
        return None
    for unit, size in _LARGE:
        if unit in plain:
            left, _, right = plain.rpartition(unit)
            high = value_of(left) if left else Decimal(1)
            low = value_of(right.lstrip("零")) if right.lstrip("零") else Decimal(0)
            return None if high is None or low is None else high * size + low
    whole, _, fraction = re.sub("[點点]", ".", plain).partition(".")
    total = _below_ten_thousand(whole)
    if total is None or not fraction:
        return total
    trailing = re.search("[百千]+$", fraction)
    digits = "".join(c if c.isdigit() else str(_DIGITS.get(c, "")) for c in fraction)
    value = total + Decimal(f"0.{digits}") if digits else total
    for unit in trailing.group() if trailing else "":
        value *= _SMALL[unit]
    return value


def _below_ten_thousand(whole: str) -> Decimal | None:
    total, number = 0, None
    tokens = re.findall(r"\d+|[零〇○一二兩两三四五六七八九]+|[十百千廿卅]", whole)
    if not tokens or "".join(tokens) != whole:
        return None
    for token in tokens:
        if token in _TENS:
            total += _TENS[token]
        elif token in _SMALL:
            total, number = total + (1 if number is None else number) * _SMALL[token], None
        elif token.isdigit() and token.isascii():
            number = int(token)
        else:
            number = int("".join(str(_DIGITS[c]) for c in token))
    return Decimal(total + (number or 0))


def estimate(numeral: str) -> tuple[Decimal, Decimal] | None:
    """The least and the most that a numeral leaves open: 兩三 (2 and 3), 十七八 (17 and 18), 三四百萬; None of one that is exact."""
    plain = narrow(numeral).replace("两", "兩")
    found = list(_ESTIMATE.finditer(plain))
    if len(found) != 1:
        return None
    before, pair, after = plain[: found[0].start()], found[0].group(), plain[found[0].end() :]
    ends = sorted(value for figure in pair if (value := value_of(before + figure + after)) is not None)
    return (ends[0], ends[1]) if len(ends) == len(pair) else None


def numerals(text: str) -> set[Decimal]:
    """Every value that a numeral in ``text`` has, or may have."""
    found: set[Decimal | None] = set()
    for m in re.finditer(NUMBER, narrow(text)):
        found |= set(estimate(m.group()) or [value_of(m.group())])
    return {v for v in found if v is not None}
