"""Where the Chinese name before a gloss begins.

Each possible left edge is weighed by its clues (:mod:`nlp.annotate.edge_clues`); the weights in ``edge_weights.tsv`` are those of a
conditional logit model, so that the share of an edge is the probability that the name begins there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nlp.annotate.edge_clues import SOUNDS, Run
from nlp.annotate.phonetics import DOTS
from nlp.annotate.role_words import KINDS, ending_in
from nlp.annotate.types_by_cue import type_by_cue
from nlp.names import Match
from nlp.types import EntityType

_KNOWN = 0.99
"""The confidence where a glossary has the Chinese with the very name of the gloss."""
_TELLING = ("after_role", "after_quote", "meaning_first")
"""Clues that a name stands here, besides its sound."""
_UNTOLD = 0.3
"""What the confidence is worth without any of them, and where all that stands here is a common noun (是回憶錄)."""
_KIND = ending_in(KINDS)


@dataclass(frozen=True, slots=True)
class Edge:
    """The offset (code points) where a name begins, the name's likely type (None for a term), and how probable that edge is (0 to 1)."""

    start: int
    type: EntityType | None
    confidence: float


def left_edge(run: Run) -> Edge | None:
    """Choose where the name at the end of ``run`` begins; None where it can nowhere."""
    for match in run.matches:
        if match.end == run.end and _is_whole(run, match) and _agrees(match, run.latin):
            return Edge(match.start, match.entry.type, _KNOWN)
    clues = {start: run.clues(start) for start in run.edges()}
    if not clues:
        return None
    shares = dict(zip(clues, _shares([_weight(c) for c in clues.values()]), strict=True))
    start = max(shares, key=lambda at: shares[at])
    return Edge(start, _type(run, start), shares[start] * (1.0 if _is_told(run, start, clues[start]) else _UNTOLD))


def _is_told(run: Run, start: int, clues: Mapping[str, float]) -> bool:
    """Whether anything but its place before the bracket says that a name stands at ``start``."""
    if not clues.keys().isdisjoint(("recognised", "known", "suffix")):
        return True
    name = run.text[start : run.end]
    if run.text[start - 1 : start] in ("", "\n"):
        return True
    named = clues.get("sound", 0.0) >= SOUNDS or any(clues.get(clue) for clue in _TELLING)
    return named and _KIND.search(name) is None


def _is_whole(run: Run, match: Match) -> bool:
    """Whether a match is no last part of a longer name: after a separator, or of a longer span that was recognised."""
    longer = any(r.end == run.end and r.start < match.start and r.type == "PERSON" for r in run.recognised)
    parted = run.text.endswith(tuple(DOTS), 0, match.start)
    return match.start >= run.first and not (longer or parted)


def _agrees(match: Match, latin: str) -> bool:
    """Whether a gazetteer entry and the gloss name the same: equal but for case, or one the acronym of the other."""
    plain = re.sub(r"[^a-z0-9]", "", latin.casefold())
    names = [match.entry.name, match.entry.short or ""]
    initials = "".join(w[0] for w in match.entry.name.split() if w[0].isupper())
    return plain in {re.sub(r"[^a-z0-9]", "", n.casefold()) for n in names} or latin == initials


def _weight(clues: dict[str, float]) -> float:
    weights = _weights()
    return sum(weights.get(clue, 0.0) * value for clue, value in clues.items())


def _shares(weights: Sequence[float]) -> list[float]:
    highest = max(weights)
    powers = [math.exp(w - highest) for w in weights]
    return [p / sum(powers) for p in powers]


@cache
def _weights() -> dict[str, float]:
    lines = Path(__file__).with_name("edge_weights.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {clue: float(weight) for clue, weight in rows}


def _type(run: Run, start: int) -> EntityType:
    by_cue = type_by_cue(run.text[start : run.end], run.latin)
    if by_cue in ("LAW", "EVENT"):
        return by_cue
    for seen in run.recognised:
        if seen.end == run.end and seen.start <= start:
            return seen.type
    return by_cue
