"""Whether a number of an English sentence stands in its evidence, by value and unit.

Strict on purpose: an unsupported number printed once costs a desk its trust, a false alarm costs one more try.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from nlp.quantities.english_reader import EnglishNumber
from nlp.quantities.numerals import NUMBER, narrow, numerals, value_of
from nlp.quantities.tables import units
from nlp.types import Quantity

_DOUBLED = re.compile("翻倍|倍增|加倍|翻一番|成倍|倍數|雙|替身")
_TWICE = re.compile("[兩二2](?:次|度|回|球)")
_HALF = re.compile("一半|減半|半數|過半|砍半|腰斬|半")
_FIRST = re.compile(
    "前[二三兩23]季|第一|首|初|最[先早]|第1|一號|前所未|率先|搶先|一開始|起先|(?<![祖])先(?![生進鋒例前後知天導秦河父祖民烈賢])|大副|主力|還?[原本]以為|起初|(?<![街鏡念龍骨木石裡兩])頭(?:一[次回遭個年天批季輪場屆]|[次回遭]|個(?![人月]))"
)
_SECOND = re.compile("次[子女]|[德英義法西葡荷日]乙|乙[級組]|下半|後半")
_BARE_ORDINAL = "(?<![第一二三四五六七八九十百]){}(?:[軍壘審副線級等排流]|度[灼燒燙]傷)"
"""二軍, 二壘, 三審, 二度灼傷: the second team, second base, the third instance, second-degree burns."""
_FIRST_CENTURY = re.compile("(?:首|頭|第)[一1]?個世紀")
_TWO = re.compile("雙|兩|二")
_NOUGHT = re.compile("冰點|零[度下上分]|無重力|失重|掛零")
_WEEKDAY = ("一", "二", "三", "四", "五", "六", "日天")
_ONE_TO_THREE = {Decimal(1): "一", Decimal(2): "二", Decimal(3): "三"}
_AGES = {"years": "years old", "months": "months old"}
"""A 53-year-old man is 53 years old."""
_MONTHS = {"years": 12, "months": 1}
"""Half a year is six months."""
FIRST_BARE_YEAR = 1000
"""The first year that four figures in the text may be without 年: 參選2020."""
_PEOPLE = "[死傷亡歿童嬰]"
"""Who is counted without a counter: 1死5傷."""
_RELATIVE = {
    "last year": "去年", "this year": "今年|本年", "next year": "[明次翌隔]年|未來(?:1|一)年", "last month": "上個?月", "this month": "本月|這個月", "next month": "下個?月",
    "last week": "上個?(?:週|周|星期|禮拜)", "this week": "[本這]個?(?:週|周|星期|禮拜)", "next week": "下個?(?:週|周|星期|禮拜)", "this quarter": "本季|這一季",
    "last season": "上一?季|前一?季", "this season": "本季|這一季", "next season": "下一?季", "last quarter": "上一?季|前一?季", "next quarter": "下一?季|次季", "the previous year": "前年|前一年|去年", "the previous quarter": "上季|前一?季|上一季",
    "today": "今|目前|現[在代]|當[今前代]", "yesterday": "昨|前[天日]", "tomorrow": "明", "the previous month": "上個?月|前月", "the following year": "隔年|翌年|次年|明年",
}  # fmt: skip
_VAGUE_HAN = {
    "tens of thousands": "數以萬計|[數上成]萬", "hundreds of thousands": "數以十萬計|[數上]十萬", "tens of millions": "數以千萬計|[數上]千萬",
    "dozens": "數十|幾十", "hundreds": "數百|上百|幾百|數以百計", "thousands": "[數上成]千|幾千|數以千計", "millions": "數百萬|數以百萬計", "billions": "數十億", "trillions": "數兆",
    "decade": "十年|10年", "decades": "數十年|幾十年|十年", "century": "世紀|百年", "centuries": "世紀|百年",
}  # fmt: skip


def supported(number: EnglishNumber, evidence: Sequence[Quantity], text: str) -> bool:
    """Whether ``number`` stands in the quantities ``evidence`` or, for what they do not cover, in the Chinese ``text``.

    Dates in ``evidence`` are resolved already, from the article's date. What reads like a range may be two amounts: from NT$500 to NT$1,200.
    """
    return _stands(number, evidence, text) or (
        len(ends(number)) > 0 and all(_stands(end, evidence, text) for end in ends(number))
    )


def ends(number: EnglishNumber) -> tuple[EnglishNumber, ...]:
    """Both ends of what reads like a range, each for itself; nothing of a single number, a score or a clock."""
    if number.value_max is None or number.kind not in ("money", "percent", "count"):
        return ()
    return replace(number, value_max=None), replace(number, value=number.value_max, value_max=None)


def _stands(number: EnglishNumber, evidence: Sequence[Quantity], text: str) -> bool:
    if number.kind == "date":
        return _date(number, evidence, text)
    if number.kind == "clock":
        return _clock(number, evidence, text)
    if number.kind == "vague":
        return _vague(number, evidence, text)
    if number.kind == "versus":
        return _versus(number, evidence) or _ranged(number, evidence) or _score(number, text)
    if number.kind == "ordinal":
        return _ordinal(number, evidence, text)
    if number.kind == "times":
        return any(q.unit == "times" and _equal(number, q) for q in evidence) or (
            number.value == 2 and (_DOUBLED.search(text) or _TWICE.search(text)) is not None
        )
    if number.kind == "fraction":
        return _fraction(number, evidence, text)
    if number.unit == "%" and number.value == 100 and any(q.unit == "times" and q.value == 1 for q in evidence):
        return True
    if number.kind in ("money", "percent"):
        return any(q.unit == number.unit and _equal(number, q) for q in evidence)
    return _count(number, evidence, text)


def stands(number: EnglishNumber, evidence: Sequence[Quantity], text: str) -> bool:
    """Whether a count, of whatever, has a value that stands in the evidence: three games where the Chinese has three rounds."""
    if number.kind not in ("count", "ordinal") or number.value is None:
        return False
    values = {value for q in evidence for value in (q.value, q.value_max)}
    return number.value in values | numerals(text)


def _close(a: object, b: object) -> bool:
    return (
        isinstance(a, Decimal)
        and isinstance(b, Decimal)
        and abs(a - b) <= Decimal("0.000001") * max(Decimal(1), abs(a))
    )


def _equal(number: EnglishNumber, q: Quantity) -> bool:
    """Both ends of a range, or a single value that is one of its ends."""
    if number.value_max is not None:
        return _close(number.value, q.value) and _close(number.value_max, q.value_max)
    return _close(number.value, q.value) or _close(number.value, q.value_max)


def _ranged(number: EnglishNumber, evidence: Sequence[Quantity]) -> bool:
    return any(q.value_max is not None and _equal(number, q) for q in evidence)


def _fraction(number: EnglishNumber, evidence: Sequence[Quantity], text: str) -> bool:
    """Whether a share of one is one of the evidence's: half, 50%, half a year."""
    told = (
        q.value / 100 if q.unit == "%" and isinstance(q.value, Decimal) else q.value
        for q in evidence
        if q.unit in ("fraction", "%") or q.kind == "duration"
    )
    return any(_close(number.value, value) for value in told) or (
        number.value == Decimal("0.5") and _HALF.search(text) is not None
    )


def _versus(number: EnglishNumber, evidence: Sequence[Quantity]) -> bool:
    pair = {number.value, number.value_max}
    return any(q.kind == "ratio" and {q.value, q.value_max} == pair for q in evidence)


def _score(number: EnglishNumber, text: str) -> bool:
    """Whether two figures stand so in the text, as a score does: 17-5."""
    return (
        re.search(rf"(?<![\d.,-]){number.value}\s?[-–:]\s?{number.value_max}(?![\d.,-]*\d)", narrow(text)) is not None
    )


def _count(number: EnglishNumber, evidence: Sequence[Quantity], text: str) -> bool:
    plain = [
        q
        for q in evidence
        if q.kind not in ("money", "percent", "date", "time")
        and (q.unit not in ("times", "fraction") or q.unit == number.unit)
    ]
    for q in plain:
        if _equal(number, q) and (number.unit is None or q.unit in (None, number.unit, _AGES.get(number.unit))):
            return True
        if q.kind == "ratio" and number.value in (q.value, q.value_max) and number.unit in (None, q.unit):
            return True
        if (
            number.unit in _MONTHS
            and q.unit in _MONTHS
            and number.value_max is None
            and _in_months(number.value, number.unit) == _in_months(q.value, q.unit)
        ):
            return True
    if _beside_its_counter(number, text):
        return True
    if number.unit == "quarters" and any(
        q.value_max is not None and str(q.value_max)[4:] == f"-Q{number.value}" for q in evidence
    ):
        return True
    if number.unit is None and number.value in (1, 2) and number.text.isalpha():
        return number.value == 1 or _TWO.search(text) is not None
    if number.value == 0 and _NOUGHT.search(text) is not None:
        return True
    rest = text
    for q in evidence:
        rest = rest.replace(q.text, "\n")
    values = numerals(rest) | _years(evidence)
    return number.value in values and (number.value_max is None or number.value_max in values) and number.unit is None


def _in_months(value: object, unit: str) -> object:
    return value * _MONTHS[unit] if isinstance(value, Decimal) else None


def _beside_its_counter(number: EnglishNumber, text: str) -> bool:
    """Whether a count stands in the text with its counter word where no quantity is seen: 兩國, 7車, 1死5傷."""
    if number.unit is None or number.value is None or number.value_max is not None:
        return False
    counters = "|".join(word for word, unit in units().items() if unit.plural == number.unit and unit.kind == "count")
    if not counters:
        return False
    counters += f"|{_PEOPLE}" if number.unit == "people" else ""
    return any(value_of(m[1]) == number.value for m in re.finditer(rf"(?<!第)({NUMBER})(?:{counters})", narrow(text)))


def _years(evidence: Sequence[Quantity]) -> set[Decimal]:
    """The years of the evidence's dates: in 1476, and in 79, are read as counts."""
    ends = [str(v) for q in evidence if q.kind in ("date", "time") for v in (q.value, q.value_max) if v is not None]
    return {Decimal(end[:4]) for end in ends if re.match(r"\d{4}(?![\dX])", end)}


def _ordinal(number: EnglishNumber, evidence: Sequence[Quantity], text: str) -> bool:
    if number.unit == "century":
        told = number.value == 1 and _FIRST_CENTURY.search(text) is not None
        return told or any(q.unit == "century" and _equal(number, q) for q in evidence)
    if any(q.kind == "ordinal" and _equal(number, q) for q in evidence):
        return True
    if any(q.kind == "date" and str(q.value)[8:10] == f"{int(number.value or 0):02}" for q in evidence):
        return True
    if number.value == 1 and _FIRST.search(text) is not None:
        return True
    if number.value == 2 and _SECOND.search(text) is not None:
        return True
    bare = _ONE_TO_THREE.get(number.value) if number.value else None
    if bare and re.search(_BARE_ORDINAL.format(bare), text):
        return True
    return any(value_of(m[1]) == number.value for m in re.finditer(f"第({NUMBER})", narrow(text)))


def _vague(number: EnglishNumber, evidence: Sequence[Quantity], text: str) -> bool:
    words = (number.words or "").removeprefix("a ")
    if any(
        re.search(
            rf"(?<!of ){re.escape(words)}(?! of (?:thousand|million|billion|trillion))",
            q.name,
        )
        for q in evidence
    ):
        return True
    if words in ("dozen",):
        return any(q.value == 12 for q in evidence) or re.search("[半一]打", text) is not None
    return words in _VAGUE_HAN and re.search(_VAGUE_HAN[words], text) is not None


def _clock(number: EnglishNumber, evidence: Sequence[Quantity], text: str) -> bool:
    """Whether a time of day is one of the evidence's; where one of both leaves morning or afternoon open, either may be meant."""
    wanted = number.value or Decimal(0)
    for q in evidence:
        told = re.search(r"T(\d\d):(\d\d)", str(q.value)) if q.kind == "time" else None
        if told:
            minutes = int(told[1]) * 60 + int(told[2])
            vague = number.value_max is not None or (q.name[0].isdigit() and ".m." not in q.name)
            if (minutes - wanted) % (720 if vague else 1440) == 0:
                return True
    return (
        bool(number.words)
        and re.search("[中正]午|晌午|午[休餐飯間]" if number.value else "午夜|[子半]夜|[零0][時點]", text) is not None
    )


def _date(number: EnglishNumber, evidence: Sequence[Quantity], text: str) -> bool:
    if number.words:
        return re.search(_RELATIVE[number.words], text) is not None if number.words in _RELATIVE else False
    year, month, day, weekday, quarter, half = number.date or (None,) * 6
    for q in evidence:
        if q.kind not in ("date", "time"):
            continue
        ends = [str(v) for v in (q.value, q.value_max) if v is not None]
        if any(_fits(end, year, month, day, weekday, quarter, half) for end in ends):
            return True
    if weekday is not None:
        return (
            re.search(
                f"(?:週|周|星期|禮拜|(?<![民公車屋業失飼店地雇債])主(?=日(?![前後內間常])))[{_WEEKDAY[weekday]}]", text
            )
            is not None
        )
    if half is not None and month is None:  # of a match
        return re.search("[上前]半" if half == 1 else "[下後]半", text) is not None
    stated = [part for part in (month, day, quarter, half) if part is not None]
    if year is None or year < FIRST_BARE_YEAR or stated:
        return False
    return re.search(rf"(?<![\d前]){year}(?!\d)", narrow(text)) is not None


def _fits(
    iso: str,
    year: int | None,
    month: int | None,
    day: int | None,
    weekday: int | None,
    quarter: int | None,
    half: int | None,
) -> bool:
    """Whether an ISO 8601-like value has every part that the English states; an unknown year (XXXX) has none."""
    if year is not None and re.match(r"-?\d{4}", iso) is None:
        return False
    if year is not None and int(iso[:5] if iso.startswith("-") else iso[:4]) != year:
        return False
    iso = iso.removeprefix("-")
    if quarter is not None:
        return iso[5:7] == f"Q{quarter}"
    if half is not None:
        return iso[5:7] == f"H{half}"
    if weekday is not None:
        return (
            bool(re.fullmatch(r"\d{4}-\d\d-\d\d.*", iso)) and datetime.date.fromisoformat(iso[:10]).weekday() == weekday
        )
    if month is not None and iso[5:7] != f"{month:02}":
        return False
    if day is not None and iso[8:10] != f"{day:02}":
        return False
    return month is not None or day is not None or year is not None
