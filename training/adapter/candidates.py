"""Of the samples of one source the best and the worst, by four voices."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from training.adapter.source import Source

FORWARD = 0.5
"""What confidence counts, where the reverse probability and agreement count one each: a model is sure of dull texts too."""
FAILED = 3.0
"""What a text loses that fails the product's checks."""
APART = 1.5
"""How much worse the worst must be to be learnt from."""
LEFT_OUT = 8
"""One in so many sources is left out: those whose best rendering carries least of them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One rendering: as written and as printed, how sure the model was of it, and how it fares.

    ``reverse`` is the mean log-probability of the source's tokens for a model that reads the rendering.
    """

    text: str
    tidied: str
    holds: bool
    confidence: float
    agreement: float
    reverse: float


@dataclass(frozen=True, slots=True)
class Preference:
    """What is learnt of one source: a rendering that holds, and a worse one where there is one."""

    source: Source
    better: str
    worse: str | None
    reverse: float


def preference(source: Source, candidates: Sequence[Candidate]) -> Preference | None:
    """The best candidate over the worst; None where the best does not hold."""
    if not candidates:
        return None
    ranked = sorted(zip(_totals(candidates), candidates, strict=True), key=lambda pair: -pair[0])
    (high, best), (low, worst) = ranked[0], ranked[-1]
    if not best.holds:
        return None
    return Preference(source, best.tidied, worst.text if high - low > APART else None, best.reverse)


def worth_learning(preferences: Sequence[Preference]) -> list[Preference]:
    """All but those whose best rendering carries least of its source."""
    if not preferences:
        return []
    least = sorted(p.reverse for p in preferences)[len(preferences) // LEFT_OUT]
    return [p for p in preferences if p.reverse >= least]


def _totals(candidates: Sequence[Candidate]) -> list[float]:
    sure = _standardised([c.confidence for c in candidates])
    full = _standardised([c.reverse for c in candidates])
    alike = _standardised([c.agreement for c in candidates])
    voices = zip(sure, full, alike, candidates, strict=True)
    return [FORWARD * s + f + a - (0.0 if c.holds else FAILED) for s, f, a, c in voices]


def _standardised(values: Sequence[float]) -> list[float]:
    mean, spread = statistics.fmean(values), statistics.pstdev(values) + 1e-3
    return [(v - mean) / spread for v in values]
