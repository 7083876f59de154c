"""A sentence to learn from, and which of them are held out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.brief.check import Evidence

HELD_OUT = 150
"""Renderings of UNER's sentences that are not learnt from."""


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence as the model reads it, and what its rendering is held against.

    With ``guess`` persons whom nobody knows stand in Chinese, for the model to spell. ``reference`` is a human's English.
    """

    chinese: str
    grounded: str
    evidence: Evidence
    guess: bool = False
    reference: str | None = None


def split(sources: Sequence[Source], seed: int) -> tuple[list[Source], list[Source]]:
    """The sources in random order: those to learn from, and those held out, no sentence of which is among the first."""
    order = list(sources)
    random.Random(seed).shuffle(order)
    held_out = [s for s in order if s.reference is None][:HELD_OUT]
    seen = {s.chinese for s in held_out}
    return [s for s in order if s.chinese not in seen], held_out
