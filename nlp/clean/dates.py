"""Dates as pages print them around an article, of the common era and of the Republic (民國115年 is 2026)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

_DATE = re.compile(r"(?<!\d)(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)\s?日?")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(20\d{2})(?!\d)")
_ROC_DATE = re.compile(r"民國\s?(\d{2,3})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_ROC_SHORT = re.compile(r"(?<![\d/.-])(1\d{2})([-/.年])(\d{1,2})[-/.月](\d{1,2})日?(?![\d/.-])")
_ROC_DIGITS = re.compile(r"(?<!\d)(1\d{2})(0[1-9]|1[0-2])([0-3]\d)(?!\d)")
_ROC_STAMP = re.compile(r"[)）]\s?(1\d{2})(\d{2})(\d{2})$")
_CRAWLED = re.compile(r"^date\s{1,4}(\d{4}-\d{2}(?:-\d{2})?)(?:\s+|$)")
_TIME = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
_WORDS = re.compile(
    "發[佈布]|發表|發稿|更新|出版|刊[登出]|時間|日期|首次|最後|上稿|建立|星期.|[週周].|上午|下午|晚上|凌晨|中華|"
    "[台臺]北|香港|分鐘|閱讀|HKT|ET|GMT|[APap][Mm]|日|年|月|於|·|T|Z"
)
_LEFTOVER = re.compile(r"[\d\s:：/／\-.|｜()（）,，+·・•>＞]*")
ROC = 1911
"""What is added to a year of the Republic."""


def crawled(text: str) -> tuple[datetime.date | None, str, str]:
    """A crawler's `` date 2025-09-11 `` before the first line: the date, that prefix, and what else the line says."""
    found = _CRAWLED.match(text)
    if not found:
        return None, "", text
    return _date(found.group(1).split("-")), found.group(0).strip(), text[found.end() :].strip()


def date_in(text: str) -> datetime.date | None:
    """The first date in a short text: 2020/3/3, 2025年12月4日, 民國115年2月25日, 115-02-25 or 1150225."""
    if found := _ROC_DATE.search(text):
        return _date(found.groups(), ROC)
    if found := _DATE.search(text):
        return _date(found.groups())
    if found := _DAY_FIRST.search(text):
        return _date(found.groups()[::-1])
    if found := _ROC_SHORT.search(text):
        return _date(found.group(1, 3, 4), ROC)
    found = _ROC_DIGITS.search(text)
    return _date(found.groups(), ROC) if found else None


def stamp_in(text: str) -> datetime.date | None:
    """CNA's stamp at the end of a text: ``(譯者:…)1090303`` is 2020-03-03, by the years of the Republic."""
    found = _ROC_STAMP.search(text[-24:].rstrip())
    return _date(found.groups(), ROC) if found else None


def without_dates(text: str) -> str:
    """``text`` without its dates and times of day."""
    for pattern in (_ROC_DATE, _DATE, _DAY_FIRST, _ROC_SHORT, _ROC_DIGITS):
        text = pattern.sub("", text)
    return text


def only_dates(text: str) -> bool:
    """Whether a short text has a date and, besides it, only times, their labels and at most the name of a section."""
    rest = without_dates(text)
    return rest != text and len(_LEFTOVER.sub("", _WORDS.sub("", _TIME.sub("", rest)))) <= 2


def without_times(text: str) -> str:
    """``text`` without dates and without times, trimmed: what a line says of its author beside them."""
    return _TIME.sub("", without_dates(text)).strip(" \t\u3000|｜/／")


def _date(parts: Sequence[str], offset: int = 0) -> datetime.date | None:
    """The date of a year (to which ``offset`` is added), a month and a day; None where there is no such day."""
    try:
        return datetime.date(int(parts[0]) + offset, int(parts[1]), int(parts[2]))
    except (ValueError, IndexError):
        return None
