"""The labels that the recogniser gives to characters, and how spans are read off them.

BIOES over PER, LOC and ORG, the classes of UNER: a name of several characters is begun, continued and ended, one of a
single character stands alone, all else is outside.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

CLASSES = ("PER", "LOC", "ORG")
LABELS = ("O", *(f"{place}-{kind}" for kind in CLASSES for place in "BIES"))
_FORBIDDEN = -1e4


def _follows(before: str, after: str) -> bool:
    opens = before[0] in "BI"
    return after[0] in "IE" and after[2:] == before[2:] if opens else after[0] in "OBS"


_STEPS = np.array([[0.0 if _follows(a, b) else _FORBIDDEN for b in LABELS] for a in LABELS], dtype=np.float32)
_FIRST = np.array([0.0 if a[0] in "OBS" else _FORBIDDEN for a in LABELS], dtype=np.float32)
_LAST = np.array([0.0 if a[0] in "OES" else _FORBIDDEN for a in LABELS], dtype=np.float32)


def encode(length: int, spans: Iterable[tuple[int, int, str]]) -> NDArray[np.int64]:
    """Labels of ``length`` characters with the given spans (start, end, class), which must not overlap."""
    out = np.zeros(length, dtype=np.int64)
    for start, end, kind in spans:
        places = "S" if end - start == 1 else "B" + "I" * (end - start - 2) + "E"
        out[start:end] = [LABELS.index(f"{place}-{kind}") for place in places]
    return out


def decode(scores: NDArray[np.float32], lengths: NDArray[np.int64]) -> list[list[tuple[int, int, str]]]:
    """The best legal spans for ``scores`` (texts × characters × labels; log probabilities), by Viterbi's algorithm."""
    texts, longest, _ = scores.shape
    best = scores[:, 0] + _FIRST
    back = np.zeros((texts, longest, len(LABELS)), dtype=np.int8)
    for t in range(1, longest):
        routes = best[:, :, None] + _STEPS
        back[:, t] = routes.argmax(1)
        reached = routes.max(1) + scores[:, t]
        best = np.where((t < lengths)[:, None], reached, best)
    last = (best + _LAST).argmax(1)
    return [_spans(_path(back[i], int(last[i]), int(n))) for i, n in enumerate(lengths)]


def _path(back: NDArray[np.int8], last: int, length: int) -> list[int]:
    path = [last]
    for t in range(length - 1, 0, -1):
        path.append(int(back[t, path[-1]]))
    return path[::-1]


def _spans(path: list[int]) -> list[tuple[int, int, str]]:
    found, start = [], 0
    for i, label in enumerate(LABELS[p] for p in path):
        if label[0] in "BS":
            start = i
        if label[0] in "ES":
            found.append((start, i + 1, label[2:]))
    return found
