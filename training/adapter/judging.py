"""What tells a good rendering from a bad one without a reference: the product's own checks, and agreement among samples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from nlp.brief.check import check, left_out, lower_common
from nlp.brief.tidy import tidy
from training.adapter.source import Source

GRAM = 4
"""Characters that are compared at a time."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A rendering as the product would print it, whether it holds and leaves no amount out, and how like the others it is, 0 to 1."""

    tidied: str
    holds: bool
    agreement: float


def judged(source: Source, texts: Counter[str]) -> list[Judgement]:
    """Judge each of the different renderings of one source; ``texts`` says how often each was drawn."""
    held = [holding(source, text) for text in texts]
    return [Judgement(*pair, a) for pair, a in zip(held, agreement(texts), strict=True)]


def all_judged(sources: Sequence[Source], texts: Sequence[Counter[str]]) -> list[list[Judgement]]:
    """As :func:`judged` for many sources, on all cores."""
    with ProcessPoolExecutor() as pool:
        return list(pool.map(judged, sources, texts, chunksize=8))


def holding(source: Source, text: str) -> tuple[str, bool]:
    """``text`` tidied and mended as in the product, and whether it holds against the evidence, with every amount."""
    tidied = tidy(text)
    if faults := check(tidied, source.evidence):
        tidied = lower_common(tidied, faults, source.evidence)
        faults = check(tidied, source.evidence)
    if source.guess:
        faults = [f for f in faults if f.problem != "name"]
    return tidied, not faults and not left_out(tidied, source.evidence)


def agreement(texts: Counter[str]) -> list[float]:
    """How like the other samples each text is: the mean F1 of their 4-grams of characters, as in minimum-Bayes-risk decoding.

    A text that was drawn twice has itself among the others; where there are no others it agrees.
    """
    grams = [_grams(text) for text in texts]
    out = []
    for one, mine in enumerate(grams):
        total, others = 0.0, 0
        for other, (theirs, times) in enumerate(zip(grams, texts.values(), strict=True)):
            weight = times - (one == other)
            total += weight * 2 * (mine & theirs).total() / (mine.total() + theirs.total())
            others += weight
        out.append(total / others if others else 1.0)
    return out


def _grams(text: str) -> Counter[str]:
    text = text.lower()
    return Counter(text[i : i + GRAM] for i in range(max(1, len(text) - GRAM + 1)))
