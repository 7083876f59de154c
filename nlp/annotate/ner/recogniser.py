"""The recogniser at work: weights from this package, run by onnxruntime, spans out.

``fast`` reads what LAC and jieba say of each character, for archives; ``accurate`` has an encoder besides, for what a language
model will read anyway. Both were trained by ``training/recogniser.py``; ``weights/README.md`` says on what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np

from nlp.annotate.ner.features import read
from nlp.annotate.ner.labels import decode

Kind = Literal["fast", "accurate"]
WEIGHTS = Path(__file__).with_name("weights")
LONGEST = 256
"""Longest stretch read at once, in code points; longer sentences are read in pieces."""
TOGETHER = 1024
"""Code points, padding included, that are read at once: what fits the processor's caches."""
UNLIKE = 1.1
"""Stretches that are read at once differ in length by this at most, since the shorter are padded to the longest."""


class Recogniser:
    """Finds persons, places and organisations. Not bound to a language pipeline.

    The same texts together give the same spans. Activations are rounded to 8 bits over all that is read at once, and LAC sees the
    padding; so a sentence on the edge may be read differently among others.
    """

    def __init__(self, kind: Kind) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # one core an archive's worker; two gain little on texts of this length
        path = WEIGHTS / f"{kind}.onnx"
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._inputs = [i.name for i in self._session.get_inputs()]
        self._tokenizer: Any = None
        if "pieces" in self._inputs:
            from tokenizers import Tokenizer

            self._tokenizer = Tokenizer.from_file(str(WEIGHTS / "pieces.json"))

    def find(self, texts: Sequence[str]) -> list[list[tuple[int, int, str]]]:
        """Spans (start, end, ``PER``, ``LOC`` or ``ORG``) of each text, in order, not overlapping; code points."""
        stretches = [
            (i, start, text[start : start + LONGEST])
            for i, text in enumerate(texts)
            for start in range(0, len(text), LONGEST)
        ]
        out: list[list[tuple[int, int, str]]] = [[] for _ in texts]
        for batch in _batches(sorted(stretches, key=lambda s: len(s[2]))):
            for (i, at, _), spans in zip(batch, self._spans([s for _, _, s in batch]), strict=True):
                out[i] += [(at + start, at + end, kind) for start, end, kind in spans]
        return [sorted(spans) for spans in out]

    def _spans(self, texts: Sequence[str]) -> list[list[tuple[int, int, str]]]:
        f = read(texts, self._tokenizer)
        mask = (np.arange(f.chars.shape[1])[None] < f.lengths[:, None]).astype(np.float32)
        given = {"chars": f.chars, "words": f.words, "lac": f.lac, "mask": mask, "pieces": f.pieces, "places": f.places}
        (scores,) = self._session.run(None, {name: given[name] for name in self._inputs})
        return decode(scores, f.lengths)


def _batches(stretches: Iterable[tuple[int, int, str]]) -> Iterator[list[tuple[int, int, str]]]:
    """Stretches of rising length, as many together as :data:`TOGETHER` and :data:`UNLIKE` allow."""
    batch: list[tuple[int, int, str]] = []
    for stretch in stretches:
        length = len(stretch[2])
        if batch and ((len(batch) + 1) * length > TOGETHER or length > UNLIKE * len(batch[0][2]) + 1):
            yield batch
            batch = []
        batch.append(stretch)
    if batch:
        yield batch


@cache
def recogniser(kind: Kind) -> Recogniser:
    """The one recogniser of a kind in this process."""
    return Recogniser(kind)
