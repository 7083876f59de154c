"""Read the numbers of an English text: digits and words, amounts, shares, dates, ordinals, multiples, vague numbers.

Names that hold figures (G7, COVID-19, F-16) are no numbers, and neither is ``one`` where it is a pronoun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from nlp.quantities.english_forms import FULL_MONTHS, WEEKDAYS
from nlp.quantities.tables import currencies, english_units

Kind = Literal["money", "percent", "date", "clock", "count", "ordinal", "times", "fraction", "vague", "versus"]


@dataclass(frozen=True, slots=True)
class EnglishNumber:
    """One number at ``start:end`` (code points) of an English text.

    ``value`` is exact. ``unit`` is an ISO 4217 code, ``%``, ``percentage_point`` or the plural of an English unit. A date
    has the parts it states in ``date``: (year, month, day, weekday, quarter, half), each or None; a century is an ordinal
    with the unit ``century``, below zero before Christ; ``words`` holds a
    relative period (``last year``) or a vague number (``hundreds of billions``) in lower case. A clock's ``value`` is in
    minutes from midnight, its ``value_max`` twelve hours later where nothing tells morning from afternoon.
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str | None = None
    date: tuple[int | None, ...] | None = None
    words: str | None = None


_ONES = {w: i for i, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"])}  # fmt: skip
_TENS = {
    w: 10 * (i + 2)
    for i, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
}
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "bn": 10**9, "tn": 10**12, "mn": 10**6}  # fmt: skip
_ORDINALS = {w: i + 1 for i, w in enumerate(["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"])}  # fmt: skip
_WORD = "|".join([*_TENS, *sorted(_ONES, key=len, reverse=True)])
_SCALE = "hundred|thousand|million|billion|trillion|bn|tn|mn"
_SPELT = rf"(?:(?:{_WORD})(?:[\s-]+(?:and\s+)?(?:{_WORD}|hundred|thousand|million|billion|trillion)\b)*)"
_FIGURE = r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUM = rf"(?:(?:{_FIGURE})(?:[\s-]?(?:{_SCALE})\b|(?<=\d)[mbk]\b)?|\b{_SPELT}\b|\ba (?:{_SCALE})\b)"
_SIGNS = {"US$": "USD", "NT$": "TWD", "HK$": "HKD", "A$": "AUD", "C$": "CAD", "S$": "SGD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}  # fmt: skip
_MONEY_WORDS = {word.casefold(): code for code, currency in currencies().items() for word in currency.words}
_MONEY_WORD = "|".join(re.escape(w) for w in sorted(_MONEY_WORDS, key=len, reverse=True))
_SIGN = "|".join(re.escape(s) for s in _SIGNS)
_TO = r"(?:\s*[-–—]\s*|\s+(?:to|and|or|-)\s+)"
_MONTH_NAMES = {name.lower(): i + 1 for i, name in enumerate(FULL_MONTHS)} | {n.lower()[:3]: i + 1 for i, n in enumerate(FULL_MONTHS)} | {"sept": 9}  # fmt: skip
_MONTH = r"(?P<mon>January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?)"  # fmt: skip
_Q = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_UNIT = "|".join(re.escape(u) for u in sorted(english_units(), key=len, reverse=True))

_DATES = (
    re.compile(rf"{_MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|,\d{{3}})(?:,?\s+(?P<y>\d{{4}}))?"),
    re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?!\w)(?:,?\s+(?P<y>\d{{4}}))?"),
    re.compile(rf"{_MONTH}(?!\w)(?:\s+(?:of\s+)?(?P<y>\d{{4}}))?"),
    re.compile(r"\b(?P<q>(?i:first|second|third|fourth))(?:-|\s+)(?:fiscal\s+)?quarter(?:\s+of\s+(?P<y>\d{4}))?|\bQ(?P<qn>[1-4])\b(?:\s+(?:of\s+)?(?P<y2>\d{4}))?"),
    re.compile(r"\b(?P<h>(?i:first|second))\s+half\b(?:\s+of\s+(?:the\s+year|(?P<y>\d{4})))?"),
    re.compile(r"\b(?P<wd>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"),
    re.compile(r"(?<![\w.,$€£¥-])(?P<dec>(?:1\d|20)\d0)s\b|(?<![\w.,$€£¥])(?P<y>(?:1[89]|20|21)\d\d)(?![\d,]*\d|%|\.\d|\s*(?:" + _UNIT + r"|percent|million|billion|trillion|dollars|euros)\b)"),
    re.compile(r"\b(?P<rel>(?:last|this|next|the previous|the following) (?:year|month|week|quarter)|today|yesterday|tomorrow)\b", re.I),
)  # fmt: skip
_ERA = r"(?P<bc>B\.?C\.?(?:E\.?)?)(?!\w)"
_OF_ERA = re.compile(
    rf"(?:{_MONTH}(?:\s+(?P<d>\d{{1,2}}),?)?\s+)?(?:(?<!\w)A\.?D\.?\s?(?P<ad>\d{{1,4}})\b|(?<![\w.,])(?P<a>\d{{1,4}})(?:{_TO}(?P<b>\d{{1,4}}))?\s?(?:{_ERA}|(?:A\.?D\.?|C\.?E\.?)(?!\w)))"
)
_NTH = rf"(?:{'|'.join(_ORDINALS)}|\d+(?:st|nd|rd|th))"
_CENTURY = re.compile(
    rf"\b(?:(?:first|second|latter) half of the\s+)?(?:mid-?)?(?P<a>{_NTH})(?:{_TO}(?P<b>{_NTH}))?[\s-]+centur(?:y|ies)\b(?:\s+{_ERA})?",
    re.I,
)
_YEARS_AND_MONTHS = re.compile(rf"(?P<years>{_NUM})[\s-]years?(?: and|,)? (?P<months>{_NUM})[\s-]months?\b", re.I)
_STREAK = re.compile(rf"\b(?P<w>{_NTH})[\s-](?:straight|consecutive|successive)\s+(?P<unit>{_UNIT})\b", re.I)
_SHARE_OF_A_POINT = re.compile(
    r"\b(?:(?P<n>an?|half a|one|three)[\s-])?(?P<part>half|quarters?)(?:[\s-](?:of )?(?:a )?(?:percentage)?[\s-]?points?)\b",
    re.I,
)
_AND_A_HALF = re.compile(
    rf"\b(?:(?P<n>{_NUM})\s+and\s+a\s+half\s+(?P<units>{_UNIT})|an?\s+(?P<unit>{_UNIT})\s+and\s+a\s+half)\b", re.I
)
_CLOCK = re.compile(
    rf"(?<![\d:.,])(?P<h>1[0-2]|0?[1-9])(?::(?P<mi>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?|(?<![\d:.,])(?P<h24>[01]?\d|2[0-4]):(?P<mi24>[0-5]\d)(?![\d:])"
    rf"|\b(?P<oh>1[0-2]|[1-9]|{_WORD}) o['’]clock|\b(?P<noon>noon|midday)\b|\b(?P<midnight>midnight)\b",
    re.I,
)
_MONEY = re.compile(rf"(?P<sign>{_SIGN})\s?(?P<low>{_NUM})(?:{_TO}(?:{_SIGN})?\s?(?P<high>{_NUM}))?|(?P<low2>{_NUM})(?:{_TO}(?P<high2>{_NUM}))?[\s-](?P<word>{_MONEY_WORD})\b", re.I)  # fmt: skip
_PERCENT = re.compile(rf"(?P<low>{_NUM})\s?%?(?:{_TO}(?P<high>{_NUM}))?\s?-?(?P<sign>%|percentage[\s-]points?|percent\b|per cent\b|basis[\s-]points?)", re.I)  # fmt: skip
_TIMES = re.compile(rf"\b(?P<twice>twice|thrice|doubl(?:e|ed|es|ing)|tripl(?:e|ed|es|ing)|quadrupl(?:e|ed|es|ing)|twofold|threefold|fourfold|fivefold|sixfold|tenfold)\b|(?:(?P<low>{_NUM}){_TO})?(?P<n>{_NUM})[\s-](?:times|fold)(?=\s+(?:as|more|higher|larger|bigger|that|the|its|their|over|what|greater|faster|last)|[-\w]*\s*$|[.,;])", re.I)  # fmt: skip
_MULTIPLES = {"twice": 2, "thrice": 3, "doubl": 2, "tripl": 3, "quadr": 4, "twofo": 2, "three": 3, "fourf": 4, "fivef": 5, "sixfo": 6, "tenfo": 10}  # fmt: skip
_OF_A_SERIES = (
    "part(?:y|ies)|persons?|terms?|times?|rounds?|countr(?:y|ies)|nations?|states?|man|woman|child|sons?|daughters?|victims?|suspects?|members?|"
    "candidates?|generations?|phases?|stages?|waves?|rails?|days?|weeks?|months?|years?|seasons?|games?|match(?:es)?|sets?|goals?|attempts?|options?|ways?|"
    "readings?|doses?|votes?|groups?|compan(?:y|ies)|consecutive|straight|successive|plants?|factor(?:y|ies)|fabs?|reactors?|ships?|planes?|missiles?|cases?|"
    "deaths?|trials?|lawsuits?|bridges?|runways?|terminals?|stores?|floors?|books?|films?|albums?"
)
_NO_SHARE = rf"(?!a (?:third|fourth|fifth|sixth|tenth) (?:{_OF_A_SERIES})\b)"
"""A third party is no third of one."""
_FRACTION = re.compile(rf"(?<!first )(?<!last )(?<!past )\b{_NO_SHARE}(?:(?P<half>half|halves|halved|halving)|(?P<n>a|one|two|three|four)[\s-](?P<d>thirds?|quarters?|fourths?|fifths?|sixths?|tenths?))\b(?!-)", re.I)  # fmt: skip
_VAGUE = re.compile(r"\b(?:(?:tens|hundreds|dozens|scores(?= of\b))(?: of (?:thousands|millions|billions|trillions))?|(?:thousands|millions|billions|trillions)|a dozen|dozen|decades?|a (?:hundred|thousand|million|billion)(?= of)|centur(?:y|ies))\b(?! of the)", re.I)  # fmt: skip
_VERSUS = re.compile(rf"(?<![\w.])(?P<a>{_NUM})(?:-to-|-|–| to | against | votes? (?:to|against) )(?P<b>{_NUM})(?![\w%]|[.,]\d)(?!\s+(?!votes)(?:{_UNIT}|percent|million|billion|trillion)\b)", re.I)  # fmt: skip
_ORDINAL = re.compile(r"(?<!\w-)\b(?P<w>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)\b(?! lady| ladies)|\b(?P<n>\d+)(?:st|nd|rd|th)\b", re.I)  # fmt: skip
_COUNT = re.compile(rf"(?P<low>{_NUM})(?:{_TO}(?P<high>{_NUM}))?(?:[\s-]+(?P<unit>{_UNIT})\b)?", re.I)
_NO_NUMBER = re.compile(r"\bone\b(?:\s+(?:of|another|day|side|thing|who|that|hand|by)\b)|\b(?:no|any|every|some|each|this|that|the|which)[\s-]one\b|\bone's\b|\bone-sided\b", re.I)  # fmt: skip


def number_value(text: str) -> Decimal | None:
    """The value of an English numeral: ``1,234``, ``12 billion``, ``one hundred and ninety-six``, ``a million``."""
    text = text.strip().casefold().replace(",", "")
    m = re.fullmatch(rf"(\d+(?:\.\d+)?)[\s-]?({_SCALE}|[mbk])?", text)
    if m:
        scale = _SCALES.get(m[2] or "") or {"m": 10**6, "b": 10**9, "k": 10**3}.get(m[2] or "", 1)
        return Decimal(m[1]) * scale
    total, group = 0, 0
    for word in re.split(r"[\s-]+", text):
        if word in ("a", "and"):
            group = group or (1 if word == "a" else 0)
        elif word in _ONES or word in _TENS:
            group += _ONES.get(word, _TENS.get(word, 0))
        elif word == "hundred":
            group = (group or 1) * 100
        elif word in _SCALES:
            total, group = total + (group or 1) * _SCALES[word], 0
        else:
            return None
    return Decimal(total + group)


def read_english(text: str) -> list[EnglishNumber]:
    """Every number of an English text, in order, without overlaps; the more telling reading of two stands."""
    found = [n for read in _READERS for n in read(text)]
    idle = [m.span() for m in _NO_NUMBER.finditer(text)]
    chosen: list[EnglishNumber] = []
    for n in found:
        if any(a <= n.start < b for a, b in idle) or any(n.start < c.end and c.start < n.end for c in chosen):
            continue
        if not _in_name(text, n):
            chosen.append(n)
    return sorted(chosen, key=lambda n: n.start)


def _in_name(text: str, n: EnglishNumber) -> bool:
    """Figures that are part of a name: G7, COVID-19, F-16."""
    return n.text[0].isdigit() and re.search(r"[A-Za-z]-?$|[A-Za-z0-9][.,]$", text[: n.start]) is not None


def _make(m: re.Match[str], kind: Kind, **parts: object) -> EnglishNumber:
    return EnglishNumber(m.start(), m.end(), m.group(), kind, **parts)  # type: ignore[arg-type]


def _pair(m: re.Match[str], low: str, high: str) -> tuple[Decimal | None, Decimal | None]:
    """A range's ends; ``3 to 4 billion`` means billions both times."""
    first, second = m[low], m[high]
    top = number_value(second) if second else None
    scale = re.search(rf"({_SCALE})$", second.casefold()) if second else None
    bottom = number_value(first)
    if scale and bottom is not None and not re.search(rf"({_SCALE}|[mbk])$", first.casefold()):
        bottom *= _SCALES[scale[1]]
    return bottom, top


def _money(text: str) -> Iterator[EnglishNumber]:
    for m in _MONEY.finditer(text):
        low, high = _pair(m, "low", "high") if m["sign"] else _pair(m, "low2", "high2")
        code = _SIGNS[m["sign"].upper()] if m["sign"] else _MONEY_WORDS[m["word"].casefold()]
        if low is not None:
            yield _make(m, "money", value=low, value_max=high, unit=code)


def _percents(text: str) -> Iterator[EnglishNumber]:
    for m in _PERCENT.finditer(text):
        low, high = _pair(m, "low", "high")
        sign = m["sign"].casefold()
        unit = (
            "percentage_point" if sign.startswith("percentage") else "basis points" if sign.startswith("basis") else "%"
        )
        if low is not None:
            yield _make(m, "percent", value=low, value_max=high, unit=unit)


def _dates(text: str) -> Iterator[EnglishNumber]:
    for pattern in _DATES:
        for m in pattern.finditer(text):
            parts = m.groupdict()
            if (
                parts.get("mon") in ("May", "March", "Mar")
                and not parts.get("d")
                and not parts.get("y")
                and not _is_month(text, m)
            ):
                continue
            year = parts.get("y") or parts.get("y2") or parts.get("dec")
            date = (
                int(year) if year else None,
                _MONTH_NAMES[parts["mon"].casefold().rstrip(".")] if parts.get("mon") else None,
                int(parts["d"]) if parts.get("d") else None,
                WEEKDAYS.index(parts["wd"]) if parts.get("wd") else None,
                (_Q[parts["q"].casefold()] if parts.get("q") else int(parts["qn"]))
                if parts.get("q") or parts.get("qn")
                else None,
                _Q[parts["h"].casefold()] if parts.get("h") else None,
            )
            yield _make(m, "date", date=date, words=(parts.get("rel") or "").casefold() or None)


def _eras(text: str) -> Iterator[EnglishNumber]:
    """Years of an era, both of a range: 58 to 50 B.C. is two dates. A year before Christ is below one: 44 B.C. is -43."""
    for m in _OF_ERA.finditer(text):
        month = _MONTH_NAMES[m["mon"].casefold().rstrip(".")] if m["mon"] else None
        day = int(m["d"]) if m["d"] else None
        for group in ("ad", "a", "b"):
            if m[group]:
                year = 1 - int(m[group]) if m["bc"] else int(m[group])
                start, end = m.span() if not m["b"] else m.span(group)
                yield EnglishNumber(start, end, text[start:end], "date", date=(year, month, day, None, None, None))


def _centuries(text: str) -> Iterator[EnglishNumber]:
    for m in _CENTURY.finditer(text):
        first, last = (_nth(m[group]) if m[group] else None for group in "ab")
        if first is not None:
            sign = -1 if m["bc"] else 1
            yield _make(m, "ordinal", value=sign * first, value_max=sign * last if last else None, unit="century")


def _nth(word: str) -> Decimal:
    return Decimal(_ORDINALS.get(word.casefold()) or int(word[:-2]))


def _and_halves(text: str) -> Iterator[EnglishNumber]:
    for m in _AND_A_HALF.finditer(text):
        number = number_value(m["n"]) if m["n"] else Decimal(1)
        if number is not None:
            unit = english_units().get((m["units"] or m["unit"]).casefold())
            yield _make(m, "count", value=number + Decimal("0.5"), unit=unit)


def _terms(text: str) -> Iterator[EnglishNumber]:
    """Three years and two months, in months."""
    for m in _YEARS_AND_MONTHS.finditer(text):
        years, months = number_value(m["years"]), number_value(m["months"])
        if years is not None and months is not None:
            yield _make(m, "count", value=12 * years + months, unit="months")


def _streaks(text: str) -> Iterator[EnglishNumber]:
    """An eighth straight day is eight days on end."""
    for m in _STREAK.finditer(text):
        yield _make(m, "count", value=_nth(m["w"]), unit=english_units().get(m["unit"].casefold()))


def _shares_of_points(text: str) -> Iterator[EnglishNumber]:
    """A quarter point is 25 basis points."""
    for m in _SHARE_OF_A_POINT.finditer(text):
        size = 50 if m["part"].casefold() == "half" else 25
        times = {"three": 3}.get((m["n"] or "").casefold(), 1)
        yield _make(m, "percent", value=Decimal(size * times), unit="basis points")


def _clocks(text: str) -> Iterator[EnglishNumber]:
    for m in _CLOCK.finditer(text):
        if m["noon"] or m["midnight"]:
            yield _make(m, "clock", value=Decimal(720 if m["noon"] else 0), words=m.group().casefold())
            continue
        hour = int(number_value(m["h"] or m["h24"] or m["oh"]) or 0)
        minutes = hour * 60 + int(m["mi"] or m["mi24"] or 0)
        if m["half"]:
            minutes = minutes % 720 + (720 if m["half"] in "pP" else 0)
            yield _make(m, "clock", value=Decimal(minutes))
        else:
            open_end = Decimal(minutes + 720) if hour <= 12 else None
            yield _make(m, "clock", value=Decimal(minutes), value_max=open_end)


def _is_month(text: str, m: re.Match[str]) -> bool:
    return re.search(r"(?:\b(?:in|since|until|till|by|from|of|to|through|last|this|next|early|late|mid|during|and)[\s-])$", text[: m.start()], re.I) is not None  # fmt: skip


def _times(text: str) -> Iterator[EnglishNumber]:
    for m in _TIMES.finditer(text):
        value = Decimal(_MULTIPLES[m["twice"].casefold()[:5]]) if m["twice"] else number_value(m["n"])
        low = number_value(m["low"]) if m["low"] else None
        yield _make(m, "times", value=value if low is None else low, value_max=value if low is not None else None)


def _fractions(text: str) -> Iterator[EnglishNumber]:
    sizes = {"thi": 3, "qua": 4, "fou": 4, "fif": 5, "six": 6, "ten": 10}
    for m in _FRACTION.finditer(text):
        value = Decimal("0.5") if m["half"] else Decimal({"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}[m["n"].casefold()]) / sizes[m["d"].casefold()[:3]]  # fmt: skip
        yield _make(m, "fraction", value=value.quantize(Decimal("0.000001")))


def _vague(text: str) -> Iterator[EnglishNumber]:
    for m in _VAGUE.finditer(text):
        yield _make(m, "vague", words=m.group().casefold())


def _versus(text: str) -> Iterator[EnglishNumber]:
    for m in _VERSUS.finditer(text):
        a, b = number_value(m["a"]), number_value(m["b"])
        if a is not None and b is not None:
            yield _make(m, "versus", value=a, value_max=b)


def _ordinals(text: str) -> Iterator[EnglishNumber]:
    for m in _ORDINAL.finditer(text):
        yield _make(m, "ordinal", value=_nth(m.group()))


def _counts(text: str) -> Iterator[EnglishNumber]:
    for m in _COUNT.finditer(text):
        low, high = _pair(m, "low", "high")
        if low is not None:
            unit = english_units().get(m["unit"].casefold()) if m["unit"] else None
            yield _make(m, "count", value=low, value_max=high, unit=unit)


_READERS = (
    _eras, _centuries, _and_halves, _terms, _streaks, _shares_of_points, _clocks, _money, _percents, _dates, _fractions, _times, _vague, _versus, _ordinals, _counts,
)  # fmt: skip
