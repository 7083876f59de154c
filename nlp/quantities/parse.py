"""Find the quantities of a Chinese text: each recogniser proposes, the leftmost and longest proposal stands."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from nlp.quantities import english_forms as english
from nlp.quantities.dates import find_dates
from nlp.quantities.numerals import NUMBER, narrow, value_of
from nlp.quantities.tables import amount_forms, currencies, units
from nlp.types import Approx, Quantity, QuantityKind

_APPROX_BEFORE: dict[str, Approx] = {
    "超過": "over", "逾": "over", "破": "over", "突破": "over", "高於": "over", "大於": "over", "多達": "up_to",
    "至少": "at_least", "不少於": "at_least", "起碼": "at_least", "約": "about", "大約": "about", "約莫": "about", "估計": "about",
    "將近": "nearly", "近": "nearly", "接近": "nearly", "直逼": "nearly", "逼近": "nearly", "不到": "under", "低於": "under",
    "未滿": "under", "不足": "under", "最多": "up_to", "至多": "up_to", "上看": "up_to", "高達": "up_to",
}  # fmt: skip
_APPROX_AFTER: dict[str, Approx] = {
    "以上": "at_least", "多": "over", "餘": "over", "左右": "about", "上下": "about", "以下": "up_to", "以內": "up_to", "許": "about",
}  # fmt: skip
_BEFORE = "|".join(
    f"(?<![最附接相])(?<!將){w}" if w == "近" else w for w in sorted(_APPROX_BEFORE, key=len, reverse=True)
)
_AFTER = "|".join(sorted(_APPROX_AFTER, key=len, reverse=True))
_RANGE = r"(?:至|到|[-~–])"
_CURRENCY = "|".join(re.escape(w) for w in sorted(currencies(), key=len, reverse=True))
_UNIT = "|".join(re.escape(w) for w in sorted(units(), key=len, reverse=True))
_VAGUE = {
    "數十": (10, "dozens"), "數百": (100, "hundreds"), "數千": (1000, "thousands"), "數萬": (10**4, "tens of thousands"),
    "數十萬": (10**5, "hundreds of thousands"), "數百萬": (10**6, "millions"), "數千萬": (10**7, "tens of millions"),
    "數億": (10**8, "hundreds of millions"), "數十億": (10**9, "billions"), "數百億": (10**10, "tens of billions"),
    "數千億": (10**11, "hundreds of billions"), "數兆": (10**12, "trillions"), "上百": (100, "hundreds"), "上千": (1000, "thousands"),
}  # fmt: skip
_VAGUE_WORDS = "|".join(sorted(_VAGUE, key=len, reverse=True))

_MONEY = re.compile(
    rf"(?P<about>{_BEFORE})?(?P<pre>{_CURRENCY}|\$)?(?P<low>{NUMBER})(?P<more>多|餘)?"
    rf"(?:(?P<mid>{_CURRENCY}|元)?{_RANGE}(?P<high>{NUMBER}))?(?P<post>{_CURRENCY}|元)?(?P<after>{_AFTER})?"
)
_VAGUE_MONEY = re.compile(rf"(?P<vague>{_VAGUE_WORDS})(?P<post>{_CURRENCY}|元|人|{_UNIT})?")
_PERCENT = re.compile(
    rf"(?P<about>{_BEFORE})?(?:(?P<low>{NUMBER})%?(?:{_RANGE}(?P<high>{NUMBER}))?(?P<sign>%|個百分點|個百分比)"
    rf"|百分之(?P<han>{NUMBER}))(?P<after>{_AFTER})?"
)
_TENTHS = re.compile(
    rf"(?P<about>{_BEFORE})?(?P<a>[一二兩三四五六七八九]|\d(?:\.\d)?)成(?P<b>[一二三四五六七八九])?(?P<after>{_AFTER})?(?![為立長功員交就本熟名語])"
)
_BASIS = re.compile(r"(?P<n>半|[一二兩三四五六七八]|\d{1,2})碼(?![頭])")
_POINTS = re.compile(rf"(?P<n>{NUMBER})個?基點")
_TIMES = re.compile(rf"(?P<about>{_BEFORE})?(?P<n>{NUMBER})倍(?P<after>{_AFTER})?(?!券)")
_FRACTION = re.compile(rf"(?P<d>{NUMBER})分之(?P<n>{NUMBER})|(?P<n2>[1-9])/(?P<d2>[2-9])(?![\d/])")
_HALF = re.compile(r"一半|(?<=[近逾過約])半數|過半")
_VERSUS = re.compile(rf"(?P<a>{NUMBER})票?(?P<w>比|對)(?P<b>{NUMBER})票?(?![月日])")
_ORDINAL = re.compile(
    rf"第(?P<n>{NUMBER})(?P<c>條|次|屆|輪|名|位|冠|大|任|號|度|家|座|季|個|天|年|代|級|場|批|局|版|期|款|項|章|節)?"
)
_MEASURE = re.compile(
    rf"(?P<about>{_BEFORE})?(?P<low>{NUMBER})(?P<more>多|餘)?(?:{_RANGE}(?P<high>{NUMBER}))?(?P<half>個半(?=月|小時))?(?P<unit>{_UNIT})(?P<more2>(?:多|半)(?![出了達付個數少年元]))?"
    rf"(?P<per>/日|/天|/年)?(?P<after>{_AFTER})?"
)
_NOT_COUNTS = re.compile(r"(?:一(?:個|些|種|件|項|位|名|次|度|點|條|方|般|樣|直|起|邊|旦|切|片|番|陣|支|張|座|家|場|處|面|連|台|間|隊|部|人|分|檔|口|股|顆|篇|所|國)|十分|萬一|百分|千萬|兩岸|三國|五角|四處|一分|兩國|兩隊|八點|三人|兩人|二度)$")  # fmt: skip
_ONE_KW = {Decimal(10**6): ("gigawatt", "gigawatts"), Decimal(10**3): ("megawatt", "megawatts")}


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    kind: QuantityKind
    value: Decimal | str
    value_max: Decimal | str | None
    unit: str | None
    approx: Approx | None
    name: str
    rank: int


def find_quantities(text: str, anchor: datetime.date | None) -> list[Quantity]:
    """The quantities of ``text`` in order, without overlaps; offsets in code points; none crosses a line break.

    ``anchor`` is the article's date, from which relative and partial dates are resolved.
    """
    out: list[Quantity] = []
    at = 0
    for line in text.split("\n"):
        key = narrow(line)
        for f in _settled(_line(key, anchor)):
            surface = line[f.start : f.end]
            out.append(
                Quantity(
                    f"q{len(out) + 1}",
                    f.kind,
                    f.value,
                    f.value_max,
                    f.unit,
                    f.approx,
                    f.name,
                    at + f.start,
                    at + f.end,
                    surface,
                )
            )
        at += len(line) + 1
    return out


def _settled(found: Iterator[_Found]) -> list[_Found]:
    chosen: list[_Found] = []
    reached = 0
    for f in sorted(found, key=lambda f: (f.start, f.start - f.end, f.rank)):
        if f.start >= reached:
            chosen.append(f)
            reached = f.end
    return chosen


def _line(key: str, anchor: datetime.date | None) -> Iterator[_Found]:
    for d in find_dates(key, anchor):
        yield _Found(d.start, d.end, "time" if "T" in d.value else "date", d.value, d.value_max, None, None, d.name, 0)
    for recognise in (_money, _percents, _ratios, _ordinals, _measures, _vague):
        for f in recognise(key):
            if not _glued(key, f):
                yield f


def _glued(key: str, f: _Found) -> bool:
    """A figure that is part of a name or a code: GPT-4, F-16, H20, 5G."""
    before, first = key[: f.start], key[f.start]
    if (
        first.isascii()
        and first.isdigit()
        and re.search(r"[A-Za-z0-9]-?$|[.,]$", before)
        and not re.search(r"(?:US|NT|HK)$", before)
    ):
        return True
    last = key[f.end - 1]
    return last.isdigit() and last.isascii() and bool(re.match(r"[A-Za-z]|[.,:]?\d", key[f.end :]))


def _values(m: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    groups = m.groupdict()
    low_text, high_text = groups["low"], groups.get("high")
    high = value_of(high_text) if high_text else None
    scale = re.search("[百千]?[兆億萬]+$", high_text or "")
    if scale and not re.search("[兆億萬]", low_text) and value_of(low_text) is not None:
        low_text += scale.group()
    return value_of(low_text), high


def _about(m: re.Match[str]) -> Approx | None:
    groups = m.groupdict()
    if groups.get("about"):
        return _APPROX_BEFORE[groups["about"]]
    if groups.get("more") or groups.get("more2") == "多" or re.search("[多餘]", groups.get("low") or ""):
        return "over"
    return _APPROX_AFTER[groups["after"]] if groups.get("after") else None


def _money(key: str) -> Iterator[_Found]:
    for m in _MONEY.finditer(key):
        word = m["pre"] or m["post"] or m["mid"]
        if not word:
            continue
        if m["post"] == "元" and key[m.end("post") : m.end("post") + 1] in ("素", "件", "老", "首", "旦", "宵", "月"):
            continue
        code = currencies().get(word) or ("USD" if word == "$" else _bare_yuan(key, m.start()))
        if (
            m["pre"]
            and not m["post"]
            and m["pre"] not in ("US$", "NT$", "$", "€", "£", "HK$", "A$", "C$", "S$")
            and not re.search("[兆億萬]", m["low"])
        ):
            continue
        low, high = _values(m)
        if low is not None:
            about = _about(m)
            name = english.approx(about) + english.money(low, high, code)
            yield _Found(m.start(), m.end(), "money", low, high, code, about, name, 1)


def _bare_yuan(key: str, at: int) -> str:
    """元 alone is the New Taiwan dollar, but the renminbi where the line has named that last."""
    named = [(key.rfind(word, 0, at), code) for word, code in currencies().items() if code in ("CNY", "TWD")]
    return max(named)[1] if max(named)[0] >= 0 else "TWD"


def _percents(key: str) -> Iterator[_Found]:
    for m in _PERCENT.finditer(key):
        low, high = (value_of(m["han"]), None) if m["han"] else _values(m)
        if low is None:
            continue
        about = _about(m)
        if (m["sign"] or "%").startswith("個"):
            words = (
                english.count(low, high, "percentage point", "percentage points")
                if high or low >= 10
                else f"{english.plain(low)} percentage point{'' if low == 1 else 's'}"
            )
            yield _Found(
                m.start(), m.end(), "percent", low, high, "percentage_point", about, english.approx(about) + words, 1
            )
        else:
            yield _Found(
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
        low = value_of(m["a"])
        if (low is not None and not key[: m.start()].endswith(("兩", "完", "達", "變"))) or (
            low is not None and m["about"]
        ):
            value = low * 10 + (value_of(m["b"]) or 0 if m["b"] else 0)
            about = _about(m)
            yield _Found(
                m.start(),
                m.end(),
                "percent",
                value,
                None,
                "%",
                about,
                english.approx(about) + english.percent(value, None),
                2,
            )
    for pattern, size in ((_BASIS, Decimal(25)), (_POINTS, Decimal(1))):
        for m in pattern.finditer(key):
            number = Decimal("0.5") if m["n"] == "半" else value_of(m["n"])
            if number is not None:
                points = number * size
                yield _Found(
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


def _ratios(key: str) -> Iterator[_Found]:
    for m in _TIMES.finditer(key):
        number = value_of(m["n"])
        if number is not None:
            about = _about(m)
            words = "100%" if number == 1 else f"{english.small(number)} times"
            yield _Found(m.start(), m.end(), "ratio", number, None, "times", about, english.approx(about) + words, 1)
    for m in _FRACTION.finditer(key):
        top, bottom = value_of(m["n"] or m["n2"]), value_of(m["d"] or m["d2"])
        if top and bottom and bottom < 100:
            name = (
                "half"
                if top == 1 and bottom == 2
                else f"{'a' if top == 1 else english.small(top)} {'quarter' if bottom == 4 else english.ordinal(int(bottom))}{'s' if top > 1 else ''}"
            )
            value = (top / bottom).quantize(Decimal("0.000001"))
            yield _Found(
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
        yield _Found(
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
            yield _Found(m.start(), m.end(), "ratio", a, b, "votes" if votes else None, None, name, 1)


def _ordinals(key: str) -> Iterator[_Found]:
    things = {"次": "time", "冠": "title", "輪": "round", "屆": "edition", "名": "place", "批": "batch"}
    for m in _ORDINAL.finditer(key):
        value = value_of(m["n"])
        if value is None or value != int(value):
            continue
        number = int(value)
        name = f"Article {number}" if m["c"] == "條" else f"No. {number}" if m["c"] == "號" else english.ordinal(number)
        if m["c"] in things:
            name = f"{name} {things[m['c']]}"
        end = m.end() if m["c"] in things or m["c"] in ("條", "號") else m.end("n")
        yield _Found(m.start(), end, "ordinal", value, None, None, None, name, 1)


def _measures(key: str) -> Iterator[_Found]:
    for m in _MEASURE.finditer(key):
        unit = units()[m["unit"]]
        if (_NOT_COUNTS.search(m.group()) and not m["about"]) or not _counted(key, m):
            continue
        low, high = _values(m)
        if low is None:
            continue
        if m["more2"] == "半":
            low += Decimal("0.5")
        about = _about(m)
        singular, plural = unit.singular, unit.plural
        if singular == "kilowatt":
            for size, names in _ONE_KW.items():
                if low >= size:
                    low, high, (singular, plural) = low / size, high / size if high else None, names
                    break
        name = english.approx(about) + english.count(low, high, singular, plural)
        if m["per"]:
            name += {"日": " a day", "天": " a day", "年": " a year"}[m["per"][1]]
        yield _Found(m.start(), m.end(), unit.kind, low, high, plural or None, about, name, 2)


def _counted(key: str, m: re.Match[str]) -> bool:
    """Whether a number before a counter really counts: 2027年 is a date, 三人民 nothing at all."""
    if m["unit"] == "年" and re.fullmatch(r"\d{4}", m["low"]):
        return False
    after = key[m.end("unit") : m.end("unit") + 1]
    return not (after and after in units()[m["unit"]].not_before)


def _vague(key: str) -> Iterator[_Found]:
    for m in _VAGUE_MONEY.finditer(key):
        size, words = _VAGUE[m["vague"]]
        unit = m["post"]
        code = currencies().get(unit or "") or ("TWD" if unit == "元" else None)
        if code:
            noun = amount_forms()[code].replace("{}", "").strip()
            noun = {"US$": "dollars", "NT$": "New Taiwan dollars", "€": "euros", "¥": "yen", "£": "pounds"}.get(
                noun, noun
            )
            yield _Found(m.start(), m.end(), "money", Decimal(size), None, code, "over", f"{words} of {noun}", 1)
        else:
            known = units().get(unit or "")
            noun = known.plural if known else ""
            yield _Found(
                m.start(),
                m.end(),
                known.kind if known else "count",
                Decimal(size),
                None,
                noun or None,
                "over",
                f"{words} of {noun}" if noun else words,
                1,
            )
