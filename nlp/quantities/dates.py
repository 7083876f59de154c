"""Dates and periods of news Chinese, resolved from the article's date.

Rules for what a date leaves out, from how news is written:

- a bare day is of the last month named in the same paragraph, else the article's month, or the month before where the
  day is still to come and no word tells of the future (開打, 將, 舉行);
- a bare month is of the article's year, or the year before where it lies more than six months ahead;
- a bare weekday is the last such day, the article's own included; 下 and 上 count weeks.

Without an article's date, what cannot be known stands as X (``XXXX-01``), as in EDTF (ISO 8601-2).
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from nlp.quantities.clocks import CLOCK, clock_of
from nlp.quantities.counts import is_numbered
from nlp.quantities.english_forms import MONTHS, QUARTERS, day, month, ordinal, small, weekday
from nlp.quantities.numerals import value_of
from nlp.quantities.seasons import SEASONS

_HAN_DAY = (
    "三十一?|卅一?|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九]"
)
_HAN_YEAR = "[一二][零〇○一二三四五六七八九]{3}"
_YEAR = (
    rf"(?:民國\s?(?P<roc>\d{{1,3}}|[一二三四五六七八九十百零]{{1,6}})年|(?P<y4>[12]\d{{3}}|{_HAN_YEAR})年(?!代)(?:度(?![過假]))?|"
    r"(?P<roc2>(?<![\d.,前])1[01]\d|(?<![\d.,])120)年(?=憲|度|\d{1,2}月|底|初|[，、。）)]|第|修|統)|(?!(?:七八|八九)年(?:[前後來間內以之]|時間)|(?<=[了有過約近花學])(?:七八|八九)年)(?P<han2>[七八九][零〇○一二三四五六七八九])年(?!代)|"
    r"(?P<yrel>今年|去年|前年|明年|後年))"
)
_MONTH = r"(?:(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月[份分]?(?!台|薪|票|租|費|亮|球)|(?P<mrel>上個?月|本月|這個月|下個?月))"
_DAY = rf"(?P<d>[12]\d|3[01]|0?[1-9]|{_HAN_DAY})(?:日(?!圓|元|本|幣|線|平均|[以之]?內(?![閣部政科容線湖外地人向戰幕壢埔]))|號(?!圓|元|本|幣|線)|(?=[這當][一同]?天))"
_EDGE = r"(?P<edge>底|尾|初(?![步期審賽])|中(?![國華共方東美日韓歐央選旬])|中旬|上旬|下旬|年底|年初|年中)"
_FULL = re.compile(rf"(?:{_YEAR})?\s?(?:{_MONTH}{_EDGE}?(?:{_DAY})?|{_DAY.replace('<d>', '<alone>')})")
_YEAR_ALONE = re.compile(
    rf"{_YEAR}(?:的?(?:第?(?P<q>[1-4一二三四首])季|(?P<half>上半年|下半年))|(?P<edge>底|初|年底|年初))?"
)
_SPAN_YEARS = re.compile(r"(?<!\d)(?P<a>\d{4})年?(?P<w>或|至|到|[-~、與和])(?P<b>\d{4})年")
_SPAN_MONTHS = re.compile(rf"(?:{_YEAR})?(?P<a>1[0-2]|[1-9])月?(?:至|到|[-~])(?P<b>1[0-2]|[1-9])月(?!\d{1, 2}[日號])")
_PERIOD = re.compile(
    r"第(?P<q>[1-4一二三四])季|(?P<qrel>本季|這一季|上一?季|前一季|下一?季|首季)|Q(?P<qq>[1-4])(?![\w])|(?P<half>上半年|下半年)|(?P<ye>年底|年初)"
)
_RELATIVE_DAY = re.compile(
    r"(?P<rel>今|昨|明|前|後)(?:(?=[(（])[(（](?P<d>\d{1,2}|"
    + _HAN_DAY
    + r")[日號]?[)）]日?|天|日(?!本|圓|元|子|美國)|(?P<at>[晚晨早](?![報會宴餐安期])))"
)
_WEEKDAY = re.compile(
    r"(?P<which>上上|上|本|這|下)?個?(?:週|周|星期|禮拜)(?P<wd>[一二三四五六日天])(?![刊報年期邊圍次趟])"
)
_LISTED_YEAR = re.compile(
    rf"(?<!\d)(?P<y4>(?:19|20)\d\d|{_HAN_YEAR})(?=(?:、(?:\d{{2,4}}|[零〇○一二三四五六七八九]{{2,4}}))+年)"
)
_FISCAL = re.compile(r"(?P<a>(?:19|20)\d\d)(?:財年|財政年度|會計年度)")
_FIRST_QUARTERS = re.compile(r"(?:(?P<y4>(?:19|20)\d\d)年|(?P<yrel>今年|去年|前年))?前(?P<n>[23二兩三])季")
_FIRST_MONTHS = re.compile(
    r"(?:(?P<y4>(?:19|20)\d\d)年|(?P<yrel>今年|去年|前年))前(?P<n>1[01]|[2-9]|十一?|[二兩三四五六七八九])個?月"
)
_ISO = re.compile(
    r"(?<![\d/\-])(?P<y>(?:19|20)\d\d)[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<d>[12]\d|3[01]|0?[1-9])(?![\d/\-])"
)
_STAMP = re.compile(r"(?<![\d.,])(?P<y>1[01]\d)(?P<m>0[1-9]|1[0-2])(?P<d>[12]\d|3[01]|0[1-9])(?![\d.,%萬億])")
_FUTURE = re.compile(r"將|訂|定於|預定|預計|開打|登場|舉行|召開|揭曉|公布|起|前|投票|開幕|展開")
_YEARS_AWAY = {"今年": 0, "去年": -1, "前年": -2, "明年": 1, "後年": 2}
_YEAR_NAMES = {"今年": "this year", "去年": "last year", "明年": "next year"}
_MONTHS_AWAY = {"上": "last month", "本": "this month", "這": "this month", "下": "next month"}
_QUARTERS_AWAY = {"上": "last quarter", "前": "the previous quarter", "下": "next quarter"}
_DAYS_AWAY = {"今": 0, "昨": -1, "明": 1, "前": -2, "後": 2}
_EDGES = {"尾": "the end of", "中": "mid-", "底": "the end of", "年底": "the end of", "初": "early", "年初": "early", "年中": "mid-", "中旬": "mid-", "上旬": "early", "下旬": "late"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as found: offsets in code points, ISO 8601-like value, and as English prints it."""

    start: int
    end: int
    value: str
    value_max: str | None
    name: str


@dataclass
class _Context:
    """The month last named in full in this paragraph."""

    year: int | None = None
    month: int | None = None


_Maker = Callable[[re.Match[str], datetime.date | None, _Context, str], Dated | None]


def find_dates(text: str, anchor: datetime.date | None) -> list[Dated]:
    """Dates and periods of one paragraph (half-width figures, see :func:`nlp.quantities.numerals.narrow`)."""
    context = _Context()
    out = []
    for m, make in _chosen(text):
        dated = make(m, anchor, context, text)
        if dated is not None:
            out.append(_with_clock(dated, text))
    return out


def find_clocks(text: str) -> Iterator[Dated]:
    """Times of day that stand alone; a bare hour (10點) is none."""
    for m in CLOCK.finditer(text):
        clock = clock_of(m)
        telling = m["part"] or m["mi"] or m["half"]
        if clock and telling and not (m.start() and text[m.start() - 1] in "0123456789.第"):
            yield Dated(m.start(), m.end(), clock.iso, None, clock.english)


def _with_clock(dated: Dated, text: str) -> Dated:
    """A day with the time that follows it: 24日下午3時, 今晚8點."""
    m = CLOCK.match(text, dated.end)
    clock = (
        clock_of(m, "晚" if text[dated.end - 1] == "晚" else "")
        if m and len(dated.value) == len("2026-02-24")
        else None
    )
    if clock is None:
        return dated
    name = dated.name.removesuffix(" night").removesuffix(" morning")
    return replace(dated, end=clock.end, value=dated.value + clock.iso, name=f"{clock.english} on {name}")


def _chosen(text: str) -> Iterator[tuple[re.Match[str], _Maker]]:
    """Matches of all patterns, leftmost longest, without overlaps."""
    found = [(m, make) for pattern, make in _PATTERNS for m in pattern.finditer(text) if m.group()]
    found.sort(key=lambda f: (f[0].start(), -f[0].end()))
    reached = 0
    for m, make in found:
        if m.start() >= reached and not _inside_number(text, m):
            reached = m.end()
            yield m, make


def _inside_number(text: str, m: re.Match[str]) -> bool:
    """Whether a match begins in the middle of a number, or is one that is counted (第3)."""
    if m.start() == 0:
        return False
    before, first = text[m.start() - 1], text[m.start()]
    if before == "第":
        return first != "第"
    if first.isdigit() and first.isascii():
        return before.isdigit() or before in ".,點"
    return first in "一二三四五六七八九十廿卅" and before in "一二三四五六七八九十百千萬億"


def _number(text: str) -> int:
    value = value_of(text)
    return int(value) if value is not None else 0


def _year(m: re.Match[str], anchor: datetime.date | None) -> int | None:
    groups = m.groupdict()
    if groups.get("y4"):
        return _number(m["y4"])
    if groups.get("roc") or groups.get("roc2"):
        return _number(m["roc"] or m["roc2"]) + 1911
    if groups.get("han2"):
        return 1900 + _number(m["han2"])
    if groups.get("yrel") and anchor:
        return anchor.year + _YEARS_AWAY[m["yrel"]]
    return None


def _full(m: re.Match[str], anchor: datetime.date | None, context: _Context, text: str) -> Dated | None:
    year, number = _year(m, anchor), _month_of(m, anchor)
    if m["mrel"] and anchor and year is None:
        year = anchor.year + (
            -1 if number == 12 and anchor.month == 1 else 1 if number == 1 and anchor.month == 12 else 0
        )
    figure = m["d"] or m["alone"]
    if figure is None:
        return _months(
            m, year if year or number is None else _likely_year(m, number, anchor, context), number, anchor, context
        )
    wanted = _number(figure)
    if number is None and is_numbered(text, m.start(), m.end()):
        return None
    if number is None:
        found = _bare_day(wanted, anchor, context, text, m)
        if found is None:
            of = f" of {_MONTHS_AWAY[m['mrel'][0]]}" if m["mrel"] else ""
            return (
                Dated(m.start(), m.end(), f"XXXX-XX-{wanted:02}", None, f"the {ordinal(wanted)}{of}")
                if wanted < 32
                else None
            )
        year, number = found
    year = year or _likely_year(m, number, anchor, context)
    if year is None:
        name = f"{MONTHS[number - 1]} {wanted}{_of_its_year(m)}"
        return Dated(m.start(), m.end(), f"XXXX-{number:02}-{wanted:02}", None, name)
    if wanted > calendar.monthrange(year, number)[1]:
        return None
    context.year, context.month = year, number
    date = datetime.date(year, number, wanted)
    return Dated(m.start(), m.end(), date.isoformat(), None, day(date, anchor))


def _month_of(m: re.Match[str], anchor: datetime.date | None) -> int | None:
    if m["m"]:
        return _number(m["m"])
    if m["mrel"] and anchor:
        away = {"上": -1, "下": 1}.get(m["mrel"][0], 0)
        return (anchor.month - 1 + away) % 12 + 1
    return None


def _likely_year(m: re.Match[str], number: int | None, anchor: datetime.date | None, context: _Context) -> int | None:
    if anchor is None or number is None:
        return None if m["yrel"] else context.year
    return anchor.year - (number - anchor.month > 6)


def _bare_day(
    wanted: int, anchor: datetime.date | None, context: _Context, text: str, m: re.Match[str]
) -> tuple[int, int] | None:
    if context.year and context.month and wanted <= calendar.monthrange(context.year, context.month)[1]:
        return context.year, context.month
    if anchor is None:
        return None
    around = text[max(0, m.start() - 3) : m.start()] + text[m.end() : m.end() + 8]
    if wanted <= anchor.day + 1 or _FUTURE.search(around):
        return anchor.year, anchor.month
    return (anchor.year, anchor.month - 1) if anchor.month > 1 else (anchor.year - 1, 12)


def _months(
    m: re.Match[str], year: int | None, number: int | None, anchor: datetime.date | None, context: _Context
) -> Dated | None:
    if number is None:
        return None
    if year is None:
        name = _edged(m["edge"], month(None, number, anchor)) + _of_its_year(m)
        return Dated(m.start(), m.end(), f"XXXX-{number:02}", None, name)
    if m["y4"] or m["yrel"]:
        context.year, context.month = year, number
    value, name = f"{year}-{number:02}", month(year, number, anchor)
    if m["edge"] in ("底", "尾"):
        return Dated(m.start(), m.end(), f"{value}-{calendar.monthrange(year, number)[1]}", None, f"the end of {name}")
    return Dated(m.start(), m.end(), value, None, _edged(m["edge"], name))


def _of_its_year(m: re.Match[str]) -> str:
    """What tells the year where the article has no date to count from: 去年5月 is May of last year."""
    names = _YEAR_NAMES | {"前年": "the year before last", "後年": "the year after next"}
    return f" of {names[m['yrel']]}" if m["yrel"] else ""


def _edged(edge: str | None, name: str) -> str:
    if not edge:
        return name
    words = _EDGES[edge]
    return f"{words}{name}" if words.endswith("-") else f"{words} {name}"


def _years(m: re.Match[str], anchor: datetime.date | None, context: _Context, text: str) -> Dated | None:
    year = _year(m, anchor)
    if year is None:
        told = _YEAR_NAMES.get(m["yrel"] or "")
        if told and (m["q"] or m["half"]):
            value, _, name = _quarter(None, m["q"], anchor) if m["q"] else _half(None, m["half"], anchor)
            return Dated(m.start(), m.end(), value, None, f"{name.removesuffix(' of the year')} of {told}")
        if told and m.end() - m.start() == 2:
            return Dated(m.start(), m.end(), "XXXX", None, told)
        return None
    if m["q"]:
        return Dated(m.start(), m.end(), *_quarter(year, m["q"], anchor))
    if m["half"]:
        return Dated(m.start(), m.end(), *_half(year, m["half"], anchor))
    name = _YEAR_NAMES.get(m["yrel"] or "", str(year))
    context.year, context.month = (year, 12) if m["edge"] in ("底", "年底") else (None, None)
    if m["edge"] in ("底", "年底"):
        name = "the end of the year" if m["yrel"] == "今年" else name
        return Dated(m.start(), m.end(), f"{year}-12", None, name if "end" in name else f"the end of {name}")
    if m["edge"]:
        return Dated(m.start(), m.end(), f"{year}-01", None, f"early {name}")
    return Dated(m.start(), m.end(), str(year), None, name)


def _quarter(year: int | None, word: str, anchor: datetime.date | None) -> tuple[str, None, str]:
    of = "" if year is None or (anchor and anchor.year == year) else f" of {year}"
    number = 1 if word.startswith("首") else _number(word)
    return f"{year or 'XXXX'}-Q{number}", None, f"the {QUARTERS[number - 1]} quarter{of}"


def _half(year: int | None, word: str, anchor: datetime.date | None) -> tuple[str, None, str]:
    of = " of the year" if year is None else "" if anchor and anchor.year == year else f" of {year}"
    first = word.startswith("上")
    return f"{year or 'XXXX'}-H{1 if first else 2}", None, f"the {'first' if first else 'second'} half{of}"


def _period(m: re.Match[str], anchor: datetime.date | None, context: _Context, text: str) -> Dated | None:
    year = anchor.year if anchor else None
    if m["half"]:
        return Dated(m.start(), m.end(), *_half(year, m["half"], anchor))
    if m["qrel"] == "首季" and SEASONS.search(text):
        return None
    if word := m["q"] or m["qq"] or (m["qrel"] if m["qrel"] == "首季" else None):
        return Dated(m.start(), m.end(), *_quarter(year, word, anchor))
    if m["qrel"] and (anchor is None or SEASONS.search(text)):
        told = _QUARTERS_AWAY.get(m["qrel"][0], "this quarter")
        return Dated(
            m.start(), m.end(), "XXXX", None, told.replace("quarter", "season") if SEASONS.search(text) else told
        )
    if anchor is None:
        return None
    if m["ye"]:
        end = m["ye"] == "年底"
        return Dated(
            m.start(),
            m.end(),
            f"{anchor.year}-{'12' if end else '01'}",
            None,
            f"{'the end of' if end else 'early in'} the year",
        )
    away = {"上": -1, "前": -1, "下": 1}.get(m["qrel"][0], 0)
    at = anchor.year * 4 + (anchor.month - 1) // 3 + away
    name = {-1: "the previous quarter" if "一" in m["qrel"] else "last quarter", 1: "next quarter"}.get(away)
    return Dated(m.start(), m.end(), f"{at // 4}-Q{at % 4 + 1}", None, name or "this quarter")


def _relative(m: re.Match[str], anchor: datetime.date | None, context: _Context, text: str) -> Dated | None:
    if anchor is None:
        return None
    date = anchor + datetime.timedelta(days=_DAYS_AWAY[m["rel"]])
    if m["d"]:
        wanted = _number(m["d"])
        near = [date + datetime.timedelta(days=k) for k in (0, -1, 1, -2, 2)]
        date = next((d for d in near if d.day == wanted), date)
    name = day(date, anchor) if m["d"] else weekday(date)
    name += {"晚": " night", "晨": " morning", "早": " morning"}.get(m["at"] or "", "")
    return Dated(m.start(), m.end(), date.isoformat(), None, name)


def _weekday(m: re.Match[str], anchor: datetime.date | None, context: _Context, text: str) -> Dated | None:
    if anchor is None:
        return None
    wanted = "一二三四五六日".index(m["wd"].replace("天", "日"))
    monday = anchor - datetime.timedelta(days=anchor.weekday())
    weeks = {"上上": -2, "上": -1, "本": 0, "這": 0, "下": 1}.get(m["which"] or "")
    date = monday + datetime.timedelta(days=wanted, weeks=weeks or 0)
    if weeks is None and date > anchor and not _FUTURE.search(text[m.end() : m.end() + 6]):
        date -= datetime.timedelta(weeks=1)
    name = day(date, anchor) if abs((date - anchor).days) > 6 else weekday(date)
    return Dated(m.start(), m.end(), date.isoformat(), None, name)


def _exact(m: re.Match[str], anchor: datetime.date | None, context: _Context, text: str) -> Dated | None:
    year = int(m["y"]) if len(m["y"]) == 4 else int(m["y"]) + 1911
    try:
        date = datetime.date(year, int(m["m"]), int(m["d"]))
    except ValueError:
        return None
    return Dated(m.start(), m.end(), date.isoformat(), None, day(date, anchor))


def _span_years(m: re.Match[str], anchor: datetime.date | None, context: _Context, text: str) -> Dated:
    word = {"或": "or", "、": "and", "與": "and", "和": "and"}.get(m["w"], "to")
    return Dated(m.start(), m.end(), m["a"], m["b"], f"{m['a']} {word} {m['b']}")


def _listed_year(m: re.Match[str], anchor: datetime.date | None, context: _Context, text: str) -> Dated:
    year = _number(m["y4"])
    return Dated(m.start(), m.end(), str(year), None, str(year))


def _span_months(m: re.Match[str], anchor: datetime.date | None, context: _Context, text: str) -> Dated | None:
    year = _year(m, anchor) or _likely_year(m, int(m["b"]), anchor, context)
    if year is None:
        return None
    name = f"{month(None, int(m['a']), anchor)} to {month(year, int(m['b']), anchor)}"
    return Dated(m.start(), m.end(), f"{year}-{int(m['a']):02}", f"{year}-{int(m['b']):02}", name)


def _fiscal(m: re.Match[str], anchor: datetime.date | None, context: _Context, text: str) -> Dated:
    return Dated(m.start(), m.end(), m["a"], None, f"fiscal {m['a']}")


def _first_quarters(m: re.Match[str], anchor: datetime.date | None, context: _Context, text: str) -> Dated | None:
    year = _year(m, anchor) or (anchor.year if anchor else None)
    if year is None:
        return None
    last = {"2": 2, "二": 2, "兩": 2}.get(m["n"], 3)
    of = "" if anchor and anchor.year == year else f" of {year}"
    name = f"the first {'two' if last == 2 else 'three'} quarters{of}"
    return Dated(m.start(), m.end(), f"{year}-Q1", f"{year}-Q{last}", name)


def _first_months(m: re.Match[str], anchor: datetime.date | None, context: _Context, text: str) -> Dated | None:
    year, last = _year(m, anchor), _number(m["n"])
    told = _YEAR_NAMES.get(m["yrel"] or "", str(year or ""))
    if not told:
        return None
    of = "" if anchor and anchor.year == year else f" of {told}"
    value = year or "XXXX"
    return Dated(
        m.start(), m.end(), f"{value}-01", f"{value}-{last:02}", f"the first {small(Decimal(last))} months{of}"
    )


_PATTERNS: tuple[tuple[re.Pattern[str], _Maker], ...] = (
    (_STAMP, _exact), (_ISO, _exact), (_SPAN_YEARS, _span_years), (_LISTED_YEAR, _listed_year), (_SPAN_MONTHS, _span_months), (_FISCAL, _fiscal), (_FIRST_QUARTERS, _first_quarters), (_FIRST_MONTHS, _first_months),
    (_FULL, _full), (_YEAR_ALONE, _years), (_PERIOD, _period), (_RELATIVE_DAY, _relative), (_WEEKDAY, _weekday),
)  # fmt: skip
