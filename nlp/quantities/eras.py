"""Centuries, decades, and years told by their era: 公元前五世紀, 十四世紀五十年代, 西元前44年3月15日, 公元79年.

Years before Christ have the value that ISO 8601 gives them, which knows a year 0: 44 B.C. is ``-0043``. A century has its number, below
zero before Christ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from nlp.quantities.english_forms import FULL_MONTHS, MONTHS, ordinal
from nlp.quantities.found import RANGE, Found
from nlp.quantities.numerals import HAN, estimate, value_of

_BEFORE_CHRIST = "(?:公元|西元|紀元)前"
_ERA = rf"(?:(?P<bc>{_BEFORE_CHRIST})|(?:公元|西元)後?)"
_NUMBER = rf"(?:\d{{1,4}}|{HAN})"
_MONTH = rf"(?P<m>1[0-2]|0?[1-9]|{HAN})月"
_DAY = rf"(?P<d>[12]\d|3[01]|0?[1-9]|{HAN})[日號]"
_YEAR = re.compile(
    rf"{_ERA}\s?(?P<a>{_NUMBER})(?:年?{RANGE}(?P<era2>(?:公元|西元|紀元)?前|公元後?|西元後?)?(?P<b>{_NUMBER}))?年(?!代|[半多餘])(?:{_MONTH}(?:{_DAY})?)?"
)
_AND = r"(?P<and>至|到|[-~、與和及])"
_PART = "(?P<part>上半葉|前半[葉期]?|下半葉|後半[葉期]?|中[葉期]|初期?|[早前晚後]期|末[葉期年]?|底)?"
_UPTO_99 = r"(?:(?<!\d)\d{1,2}|[一二三四五六七八九十廿]{1,3})"
_CENTURY = re.compile(
    rf"(?<![近約逾過達半上下這])(?:{_ERA}|(?P<bare>前)(?![一二兩]世紀))?第?(?P<a>{_UPTO_99})(?:世紀)?(?:{_AND}第?(?P<b>{_UPTO_99}))?世紀(?![念錄元律])"
    + _PART
)
"""前3世紀 is before Christ, 前兩世紀 the two centuries before; 近三世紀 is a length of time, 理查三世紀念館 none."""
_DECADE = re.compile(
    rf"(?:(?P<roc>民國)?|(?P<century>{_NUMBER})世紀)(?P<a>1\d\d0|20\d0|[1-9]0|[一二三四五六七八九][零〇○]|[一二三四五六七八九]?十)年代(?P<part>初期?|[早中晚後]期|末期?)?"
)
_PARTS = {  # the longer ones first
    "前半": "the first half of the", "上": "the first half of the", "後半": "the second half of the", "下": "the second half of the", "中": "the mid-",
    "初": "the early", "早": "the early", "前": "the early", "晚": "the late", "後": "the late", "末": "the late", "底": "the end of the",
}  # fmt: skip
_JAPANESE_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""The year before the first of each."""
_REIGNS = {
    "貞觀": "Zhenguan", "開元": "Kaiyuan", "天寶": "Tianbao", "洪武": "Hongwu", "永樂": "Yongle", "宣德": "Xuande", "成化": "Chenghua", "弘治": "Hongzhi",
    "正德": "Zhengde", "嘉靖": "Jiajing", "隆慶": "Longqing", "萬曆": "Wanli", "天啟": "Tianqi", "崇禎": "Chongzhen", "順治": "Shunzhi", "康熙": "Kangxi",
    "雍正": "Yongzheng", "乾隆": "Qianlong", "嘉慶": "Jiaqing", "道光": "Daoguang", "咸豐": "Xianfeng", "同治": "Tongzhi", "光緒": "Guangxu", "宣統": "Xuantong",
}  # fmt: skip
_REIGN = re.compile(rf"(?P<era>{'|'.join((*_JAPANESE_ERAS, *_REIGNS))})(?P<n>元|{_NUMBER})年(?!代|間)")
LONGEST_REIGN = 64
"""Years, as Shōwa had."""
LAST_CENTURY = 21
EARLIEST_BARE = 30
"""A decade without its century is one of the 20th from here on; 20年代 may be that of the 21st."""
FIRST_FULL_YEAR = 1000
"""Years from here on need no A.D. to be known as years."""


def centuries(key: str) -> Iterator[Found]:
    """公元前五世紀 is the fifth century B.C., 16至18世紀 the 16th to 18th centuries; 兩個世紀 is a length of time."""
    for m in _CENTURY.finditer(key):
        first, last = value_of(m["a"]), value_of(m["b"]) if m["b"] else None
        if (
            first is None
            or estimate(m["a"])
            or not all(1 <= n <= LAST_CENTURY and n == int(n) for n in (first, last or first))
        ):
            continue
        before = m["bc"] or m["bare"]
        if last is not None and last <= first and not before:  # 十七、八世紀
            continue
        numbers = ordinal(int(first)) + (f" {_joined(m['and'])} {ordinal(int(last))}" if last else "")
        words = "centuries" if last else "century"
        name = f"{_begun(m['part'])}{numbers} {words}{' B.C.' if before else ''}"
        sign = -1 if before else 1
        yield Found(
            m.start(), m.end(), "ordinal", sign * first, sign * last if last else None, "century", None, name, 1
        )


def decades(key: str) -> Iterator[Found]:
    """90年代 is the 1990s, 十四世紀五十年代 the 1350s, 民國80年代 the decade from 1991."""
    for m in _DECADE.finditer(key):
        year, century = value_of(m["a"]), value_of(m["century"]) if m["century"] else None
        bare = century is None and not m["roc"]
        if year is None or (bare and year < EARLIEST_BARE) or not 1 <= (century or 1) <= LAST_CENTURY:
            continue
        if year < FIRST_FULL_YEAR:
            since = (century - 1) * 100 if century else 1911 if m["roc"] else 1900
            year += since
        decade = f"{int(year) // 10 * 10}s"
        yield Found(m.start(), m.end(), "date", str(int(year)), None, None, None, f"{_begun(m['part'])}{decade}", 0)


def years_of_eras(key: str) -> Iterator[Found]:
    """西元前44年3月15日 is March 15, 44 B.C., 公元79年 A.D. 79."""
    for m in _YEAR.finditer(key):
        first, last = value_of(m["a"]), value_of(m["b"]) if m["b"] else None
        if not first or first != int(first):
            continue
        before = m["bc"] is not None
        last_before = before and (m["era2"] is None or m["era2"].endswith("前"))
        month, day = (int(value_of(m[g]) or 0) if m[g] else 0 for g in "md")
        if month > len(MONTHS) or day > 31:
            continue
        value = iso_year(int(first), before) + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
        upper = iso_year(int(last), last_before) if last else None
        name = _spanned(int(first), before, int(last), last_before) if last else _named(int(first), before)
        if day:
            name = f"{MONTHS[month - 1]} {day}, {name}"
        elif month:
            name = f"{FULL_MONTHS[month - 1]} {name}"
        yield Found(m.start(), m.end(), "date", value, upper, None, None, name, 0)


def iso_year(year: int, before_christ: bool) -> str:
    """A year of an era as ISO 8601 counts it: 44 B.C. is ``-0043``."""
    return f"-{year - 1:04}" if before_christ else f"{year:04}"


def _named(year: int, before_christ: bool) -> str:
    if before_christ:
        return f"{year} B.C."
    return str(year) if year >= FIRST_FULL_YEAR else f"A.D. {year}"


def _spanned(first: int, before: bool, last: int, last_before: bool) -> str:
    """58 to 50 B.C., A.D. 79 to 81, 27 B.C. to A.D. 14: an era that both ends have is said once."""
    if before and last_before:
        return f"{first} to {_named(last, last_before)}"
    return f"{_named(first, before)} to {last if before == last_before else _named(last, last_before)}"


def _begun(part: str | None) -> str:
    """The words before a century or decade: the late, the mid-, the first half of the."""
    words = next((english for han, english in _PARTS.items() if part and part.startswith(han)), "the")
    return words if words.endswith("-") else f"{words} "


def _joined(word: str) -> str:
    return "and" if word in "、與和及" else "to"


def years_of_reigns(key: str) -> Iterator[Found]:
    """同治九年 is the ninth year of Tongzhi; a Japanese era's year is told in ours: 昭和39年 is 1964."""
    for m in _REIGN.finditer(key):
        year = 1 if m["n"] == "元" else value_of(m["n"])
        if year is None or year != int(year) or not 1 <= year <= LONGEST_REIGN:
            continue
        if m["era"] in _JAPANESE_ERAS:
            name = str(_JAPANESE_ERAS[m["era"]] + int(year))
            yield Found(m.start(), m.end(), "date", name, None, None, None, name, 0)
        else:
            name = f"the {ordinal(int(year))} year of {_REIGNS[m['era']]}"
            yield Found(m.start(), m.end(), "ordinal", Decimal(year), None, None, None, name, 0)


RECOGNISERS = (centuries, decades, years_of_eras, years_of_reigns)
