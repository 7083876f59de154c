"""How English prints a quantity: AP style, but US$ and NT$ for dollars.

| kind | printed |
| money | US$12 billion, NT$10.7 billion, 3 billion yuan |
| percent | 36%, 2.5 percentage points, 25 basis points |
| date | Wednesday where the text names the weekday or says 昨天; Feb. 25; Dec. 17, 2024 in another year than the article's; January; the fourth quarter of 2025 |
| count | 196 seats; one to nine in words, but for ages and units of measure |
| range | 13 to 17 weeks, 50% to 55% |
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from nlp.quantities.tables import currencies
from nlp.types import Approx

MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
FULL_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
QUARTERS = ("first", "second", "third", "fourth")
_SCALES = ((Decimal(10**12), "trillion"), (Decimal(10**9), "billion"), (Decimal(10**6), "million"))
_APPROX: dict[Approx, str] = {
    "over": "more than ", "at_least": "at least ", "about": "about ", "nearly": "nearly ", "under": "less than ",
    "up_to": "up to ", "by": "",
}  # fmt: skip


def plain(value: Decimal) -> str:
    """A number in figures: 12 billion, 500,000, 2.5; never rounded."""
    for size, word in _SCALES:
        if abs(value) >= size:
            scaled = (value / size).normalize()
            if scaled == round(scaled, 3):
                return f"{scaled:,f} {word}"
    return f"{value.normalize():,f}"


def approx(about: Approx | None) -> str:
    """The words for an approximation, with a space after them, or nothing."""
    return _APPROX[about] if about else ""


def money(low: Decimal, high: Decimal | None, code: str) -> str:
    """An amount or a range of amounts of one currency."""
    form, single = currencies()[code].amount, currencies()[code].single
    if high is None:
        return (single if low == 1 else form).format(_cents(low))
    first = form.format(_cents(low))
    return (
        f"{first} to {form.format(_cents(high))}"
        if form.endswith("}")
        else form.format(f"{_cents(low)} to {_cents(high)}")
    )


def _cents(value: Decimal) -> str:
    """Amounts below a million have no decimals or two: US$75.30."""
    return f"{value:,.2f}" if abs(value) < 10**6 and value == round(value, 2) != int(value) else plain(value)


def percent(low: Decimal, high: Decimal | None) -> str:
    """36%, 50% to 55%."""
    return f"{plain(low)}%" if high is None else f"{plain(low)}% to {plain(high)}%"


def count(
    low: Decimal, high: Decimal | None, singular: str, plural: str, figures: bool = False, left_open: bool = False
) -> str:
    """A number with its unit; whole numbers below ten in words, unless an age or a unit of measure asks for ``figures``.

    Of two ends both are in words or neither. An estimate (``left_open``) is one of two that are next to each other: two or three, 17 or 18.
    """
    if high is not None:
        written = plain if figures or high >= 10 else small
        between = "or" if left_open and high - low == 1 else "to"
        return f"{written(low)} {between} {written(high)} {plural}".strip()
    return f"{plain(low) if figures else small(low)} {singular if low == 1 else plural}".strip()


def and_a_half(number: Decimal, singular: str, plural: str) -> str:
    """A year and a half, two and a half years."""
    if number == 1:
        return f"a{'n' if singular == 'hour' else ''} {singular} and a half"
    return f"{small(number)} and a half {plural}"


def small(value: Decimal) -> str:
    """Whole numbers from zero to nine in words, others in figures."""
    return WORDS[int(value)] if value == int(value) and 0 <= value < 10 else plain(value)


def ordinal(value: int) -> str:
    """First to ninth in words, then 10th, 11th, 22nd."""
    return ORDINALS[value] if value < len(ORDINALS) else _figures(value)


def _figures(value: int) -> str:
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def in_figures(name: str) -> str:
    """An ordinal's name with its words in figures: the fifth century B.C. → the 5th century B.C.; the first half stays."""
    return re.sub(rf"\b(?:{'|'.join(ORDINALS[1:])})\b(?! half\b)", lambda m: _figures(ORDINALS.index(m.group())), name)


def day(date: datetime.date, anchor: datetime.date | None) -> str:
    """Feb. 25, with the year where it is not the article's."""
    year = "" if anchor and date.year == anchor.year else f", {date.year}"
    return f"{MONTHS[date.month - 1]} {date.day}{year}"


def weekday(date: datetime.date) -> str:
    """The day of the week, as news calls the days around its own: Wednesday."""
    return WEEKDAYS[date.weekday()]


def month(year: int | None, number: int, anchor: datetime.date | None) -> str:
    """January, with the year where it is not the article's."""
    name = FULL_MONTHS[number - 1]
    return name if year is None or (anchor and year == anchor.year) else f"{name} {year}"
