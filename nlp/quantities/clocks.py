"""Times of day: 上午10點, 晚間8時30分, 凌晨3時15分, 六點半; how ISO 8601 and English write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.quantities.numerals import value_of

PARTS_OF_DAY = ("凌晨", "清晨", "清早", "早上", "上午", "中午", "下午", "傍晚", "晚間", "晚上", "深夜", "半夜")
_PART = "|".join(PARTS_OF_DAY)
_HOUR = "2[0-4]|1\\d|0?\\d|二十[一二三]?|十[一二三四五六七八九]?|[一二兩三四五六七八九]"
_MINUTE = "[0-5]?\\d|[五四三二]?十[一二三四五六七八九]?|零?[一二三四五六七八九]"
CLOCK = re.compile(
    rf"(?P<part>{_PART})?(?P<h>{_HOUR})(?:[時點](?!鐘?[左右]?內)(?:鐘|(?P<mi>{_MINUTE})分|(?P<half>半)|整)?(?!\d)|:(?P<mi2>[0-5]\d)(?!\d))(?P<about>許|左右)?"
)
_EVENING = ("下午", "傍晚", "晚間", "晚上", "深夜", "半夜", "晚")
_SMALL_HOURS = ("深夜", "半夜")
_NOON = 12
_ONES = tuple("一二三四五六七八九")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day that ends at ``end`` (code points); ``certain`` where morning and afternoon are told apart."""

    end: int
    hour: int
    minute: int
    certain: bool
    about: bool = False

    @property
    def iso(self) -> str:
        """``T15:30``; midnight at the end of a day is ``T24:00``."""
        return f"T{self.hour:02}:{self.minute:02}"

    @property
    def english(self) -> str:
        """As AP prints it: 10 a.m., 3:15 p.m., noon, midnight; without a.m. and p.m. where nothing tells them apart."""
        return f"about {self._exact}" if self.about else self._exact

    @property
    def _exact(self) -> str:
        if self.minute == 0 and self.hour in (0, _NOON, 2 * _NOON) and self.certain:
            return "noon" if self.hour == _NOON else "midnight"
        if not self.certain:
            return f"{self.hour}:{self.minute:02}" if self.minute else f"{self.hour} o'clock"
        minutes = f":{self.minute:02}" if self.minute else ""
        return f"{(self.hour - 1) % _NOON + 1}{minutes} {'a' if self.hour % (2 * _NOON) < _NOON else 'p'}.m."


def clock_of(m: re.Match[str], told: str = "") -> Clock | None:
    """The time of a match of :data:`CLOCK`, or None; ``told`` is the part of the day if something before it has said it (今晚)."""
    part = m["part"] or told
    if not part and m["mi"] in _ONES:  # 三點五分 may be a mark
        return None
    hour = int(value_of(m["h"].replace("兩", "二")) or 0)
    minute = 30 if m["half"] else int(value_of(m["mi"] or m["mi2"] or "0") or 0)
    if part in _SMALL_HOURS and hour < 5:  # 深夜1點 is after midnight
        return Clock(m.end(), hour, minute, certain=True, about=m["about"] is not None)
    if part in _EVENING and hour <= _NOON:
        hour += 0 if hour == _NOON and part in ("下午", "傍晚") else _NOON
    elif part == "中午" and hour < 3:
        hour += _NOON
    elif part in ("凌晨", "清晨") and hour == _NOON:
        hour = 0
    if hour > 2 * _NOON or (hour == 2 * _NOON and minute):  # 晚間12點半 is the next day, which nothing says
        return None
    return Clock(m.end(), hour, minute, certain=bool(part) or hour > _NOON, about=m["about"] is not None)
