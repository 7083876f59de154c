"""Find the quantities of a Chinese text: each recogniser proposes, the leftmost and longest proposal stands."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from nlp.quantities.amounts import money, percents, ratios
from nlp.quantities.counts import RECOGNISERS as COUNTS
from nlp.quantities.dates import find_clocks, find_dates
from nlp.quantities.eras import RECOGNISERS as ERAS
from nlp.quantities.found import Found
from nlp.quantities.numerals import narrow
from nlp.types import Quantity

_BESIDE_FIGURES = re.compile(r"(?<=[\d%％])[ \u00a0](?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])[ \u00a0](?=[\d$€£¥])")


def find_quantities(text: str, anchor: datetime.date | None) -> list[Quantity]:
    """The quantities of ``text`` in order, without overlaps; offsets in code points; none crosses a line break.

    ``anchor`` is the article's date, from which relative and partial dates are resolved.
    """
    out: list[Quantity] = []
    at = 0
    for line in text.split("\n"):
        kept = _unspaced(line)
        key = narrow("".join(line[i] for i in kept))
        for f in _settled(_line(key, anchor)):
            start, end = kept[f.start], kept[f.end - 1] + 1
            number, surface = f"q{len(out) + 1}", line[start:end]
            out.append(
                Quantity(number, f.kind, f.value, f.value_max, f.unit, f.approx, f.name, at + start, at + end, surface)
            )
        at += len(line) + 1
    return out


def _unspaced(line: str) -> list[int]:
    """The offsets of ``line`` without the spaces that many set between figures and Chinese: 37 歲, £1100 萬."""
    spaces = {m.start() for m in _BESIDE_FIGURES.finditer(line)}
    return [i for i in range(len(line)) if i not in spaces]


def _settled(found: Iterator[Found]) -> list[Found]:
    chosen: list[Found] = []
    reached = 0
    for f in sorted(found, key=lambda f: (f.start, f.start - f.end, f.rank)):
        if f.start >= reached:
            chosen.append(f)
            reached = f.end
    return chosen


def _line(key: str, anchor: datetime.date | None) -> Iterator[Found]:
    for d in (*find_dates(key, anchor), *find_clocks(key)):
        yield Found(d.start, d.end, "time" if "T" in d.value else "date", d.value, d.value_max, None, None, d.name, 0)
    for recognise in (money, percents, ratios, *COUNTS, *ERAS):
        for f in recognise(key):
            if not _glued(key, f):
                yield f


def _glued(key: str, f: Found) -> bool:
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
