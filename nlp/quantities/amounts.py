"""Money, percentages, tenths, basis points, multiples, fractions and scores."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from nlp.quantities import english_forms as english
from nlp.quantities.found import AFTER, BEFORE, CURRENCY, RANGE, Found, approximation, left_open, values
from nlp.quantities.numerals import NUMBER, OR, PAIR, estimate, value_of
from nlp.quantities.tables import currency_words

_MONEY = re.compile(
    rf"(?P<about>{BEFORE})?(?P<pre>{CURRENCY}|\$)?(?P<low>{NUMBER})(?P<more>多|餘)?"
    rf"(?:(?P<mid>{CURRENCY}|元)?{RANGE}(?P<high>{NUMBER}))?(?P<post>{CURRENCY}|元)?(?P<after>{AFTER})?"
)
_NO_YUAN = re.compile("[素件首旦宵月]|老(?![本闆])")
"""Behind 元, what makes another word of it."""
_PERCENT = re.compile(
    rf"(?P<about>{BEFORE})?(?:(?P<low>{NUMBER})%?(?:{RANGE}(?P<high>{NUMBER}))?(?P<sign>%|個百分點|個百分比)"
    rf"|(?<![十百千萬億兆\d])(?P<part>[百千萬])分之(?P<han>{NUMBER})(?:{RANGE}(?P<han2>{NUMBER}))?)(?P<after>{AFTER})?"
)
_TENTHS = re.compile(
    rf"(?P<about>{BEFORE})?(?:(?P<pair>{PAIR}|[一二兩三四五六七八1-8](?:{OR})[兩二三四五六七八九2-9])|(?P<a>[一二兩三四五六七八九]|\d(?:\.\d)?))成(?P<b>[一二三四五六七八九])?(?P<after>{AFTER})?(?!不變|[為立長功員交就本熟名語群])"
)
_BASIS = re.compile(r"(?<![一二兩三四五六七八九十百\d])(?P<n>半|[一二兩三四五六七八]|\d{1,2})碼(?![頭球罰])")
_POINTS = re.compile(rf"(?P<n>{NUMBER})個?基點")
_TIMES = re.compile(rf"(?P<about>{BEFORE})?(?P<low>{NUMBER})(?:{RANGE}(?P<high>{NUMBER}))?倍(?P<after>{AFTER})?(?!券)")
_FRACTION = re.compile(rf"(?P<d>{NUMBER})分之(?P<n>{NUMBER})|(?P<n2>[1-9])/(?P<d2>[2-9])(?![\d/])")
_PARTS = {Decimal(4): "quarter", Decimal(10): "tenth"}
LEAST_ODDS = 100
"""From so many parts on a fraction is printed as odds: 1 in 35,000. 百分之, 千分之 and 萬分之 alone are percentages."""
_HALF = re.compile(r"一半|(?<=[近逾過約])半數|過半(?![年天個小月世])")
_VERSUS = re.compile(rf"(?P<a>{NUMBER})票?(?P<w>比|對)(?P<b>{NUMBER})票?(?![月日])")


def money(key: str) -> Iterator[Found]:
    """A number with a currency before it, after it or inside a range; 元 alone is the New Taiwan dollar."""
    for m in _MONEY.finditer(key):
        word = m["pre"] or m["post"] or m["mid"]
        if not word:
            continue
        if m["post"] == "元" and _NO_YUAN.match(key, m.end("post")):
            continue
        code = currency_words().get(word) or ("USD" if word == "$" else _bare_yuan(key, m.start()))
        if (
            m["pre"]
            and not m["post"]
            and m["pre"] not in ("US$", "NT$", "$", "€", "£", "HK$", "A$", "C$", "S$")
            and not re.search("[兆億萬]", m["low"])
        ):
            continue
        low, high = values(m)
        if low is not None:
            about = approximation(m)
            name = english.approx(about) + english.money(low, high, code)
            yield Found(m.start(), m.end(), "money", low, high, code, about, name, 1)


def _bare_yuan(key: str, at: int) -> str:
    """元 alone is the New Taiwan dollar, but the renminbi where the line has named that last."""
    named = [(key.rfind(word, 0, at), code) for word, code in currency_words().items() if code in ("CNY", "TWD")]
    return max(named)[1] if max(named)[0] >= 0 else "TWD"


def percents(key: str) -> Iterator[Found]:
    """36%, 百分之三點五, 萬分之五, 三成五, 個百分點, 碼 (25 basis points) and 基點."""
    for m in _PERCENT.finditer(key):
        low, high = values(m) if not m["han"] else estimate(m["han"]) or (value_of(m["han"]), value_of(m["han2"] or ""))
        if low is None:
            continue
        if m["part"]:
            parts = {"百": 100, "千": 1000, "萬": 10_000}[m["part"]]
            low, high = (low * 100 / parts).normalize(), (high * 100 / parts).normalize() if high is not None else None
        about = approximation(m)
        if (m["sign"] or "%").startswith("個"):
            words = (
                english.count(low, high, "percentage point", "percentage points", figures=True)
                if high or low >= 10
                else f"{english.plain(low)} percentage point{'' if low == 1 else 's'}"
            )
            yield Found(
                m.start(), m.end(), "percent", low, high, "percentage_point", about, english.approx(about) + words, 1
            )
        else:
            yield Found(
                m.start(),
                m.end(),
                "percent",
                low,
                high,
                "%",
                about,
                english.approx(about) + english.percent(low, high),
                1,
            )
    for m in _TENTHS.finditer(key):
        low, high = (value_of(m["pair"][0]), value_of(m["pair"][-1])) if m["pair"] else (value_of(m["a"]), None)
        if low is not None and (m["about"] or m["b"] or not key[: m.start()].endswith(("兩", "完", "變"))):
            low = low * 10 + (value_of(m["b"]) or 0 if m["b"] else 0)
            high = high * 10 if high is not None else None
            about = approximation(m)
            name = english.approx(about) + english.percent(low, high)
            yield Found(m.start(), m.end(), "percent", low, high, "%", about, name, 2)
    for pattern, size in ((_BASIS, Decimal(25)), (_POINTS, Decimal(1))):
        for m in pattern.finditer(key):
            number = Decimal("0.5") if m["n"] == "半" else value_of(m["n"])
            if number is not None and not estimate(m["n"]):
                points = number * size
                yield Found(
                    m.start(),
                    m.end(),
                    "measure",
                    points,
                    None,
                    "basis points",
                    None,
                    f"{english.plain(points)} basis points",
                    1,
                )


def ratios(key: str) -> Iterator[Found]:
    """三倍, 三分之一, 一半, and two sides of a score or vote."""
    for m in _TIMES.finditer(key):
        low, high = values(m)
        if low is not None:
            about = approximation(m)
            words = (
                "100%"
                if low == 1 and high is None
                else "twice"
                if low == 2 and high is None
                else english.count(low, high, "times", "times", left_open=left_open(m))
            )
            yield Found(m.start(), m.end(), "ratio", low, high, "times", about, english.approx(about) + words, 1)
    for m in _FRACTION.finditer(key):
        top, bottom = value_of(m["n"] or m["n2"]), value_of(m["d"] or m["d2"])
        if top and bottom and bottom >= LEAST_ODDS:
            name = f"{english.plain(top)} in {english.plain(bottom)}"
            yield Found(m.start(), m.end(), "ratio", top, bottom, None, None, name, 1)
        elif top and bottom:
            name = (
                "half"
                if top == 1 and bottom == 2
                else f"{'a' if top == 1 else english.small(top)} {_PARTS.get(bottom) or english.ordinal(int(bottom))}{'s' if top > 1 else ''}"
            )
            value = (top / bottom).quantize(Decimal("0.000001"))
            yield Found(
                m.start(),
                m.end(),
                "ratio",
                value,
                None,
                "fraction",
                None,
                name.replace(" ", "-", 1) if top > 1 else name,
                1,
            )
    for m in _HALF.finditer(key):
        yield Found(
            m.start(),
            m.end(),
            "ratio",
            Decimal("0.5"),
            None,
            "fraction",
            None,
            "more than half" if m.group() == "過半" else "half",
            1,
        )
    for m in _VERSUS.finditer(key):
        a, b = value_of(m["a"]), value_of(m["b"])
        if a is None or b is None:
            continue
        votes = "票" in m.group()
        name = (
            f"{english.plain(a)} votes to {english.plain(b)}" if votes else f"{english.plain(a)}-to-{english.plain(b)}"
        )
        if m["w"] == "比" or votes:
            yield Found(m.start(), m.end(), "ratio", a, b, "votes" if votes else None, None, name, 1)
