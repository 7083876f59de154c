"""Check a Chinese sentence against its evidence: no figure by another value, no name cut in two, nothing in Simplified script."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from nlp.brief.check import Fault
from nlp.brief.chinese.traditional import simplified_only
from nlp.names import fold
from nlp.quantities import find_quantities
from nlp.types import Mention, Quantity, Span


def check_chinese(
    written: str,
    source: str,
    kept: Sequence[Span],
    whole: Iterable[Mention | Quantity],
    published: datetime.date | None,
) -> list[Fault]:
    """Every fault of a sentence ``written`` from the pieces ``kept`` of its ``source``; empty where it holds.

    ``whole`` are the names and figures of the article, none of which may be cut.
    """
    faults = [Fault("chinese", c) for c in written if c in simplified_only()][:1]
    faults += [Fault("number", figure) for figure in _others(written, source, published)]
    edges = {edge for span in kept for edge in (span.start, span.end)}
    faults += [Fault("name", m.text) for m in whole if any(m.start < edge < m.end for edge in edges)]
    if not written.strip("。"):
        faults.append(Fault("form", "nothing is left"))
    return faults


def _others(written: str, source: str, published: datetime.date | None) -> list[str]:
    """Figures of ``written`` that its source has not by value and unit; a date may also stand as it is written."""
    known = {_value(q) for q in find_quantities(source, published)}
    surfaces = {fold(q.text) for q in find_quantities(source, published) if q.kind in ("date", "time")}
    return [
        q.text for q in find_quantities(written, published) if _value(q) not in known and fold(q.text) not in surfaces
    ]


def _value(q: Quantity) -> tuple[object, ...]:
    return q.kind, q.value, q.value_max, q.unit, q.approx
