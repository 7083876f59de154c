"""Token edges where spans have theirs: character offsets are the truth, so tokens are cut to fit, never spans widened."""

from __future__ import annotations

import bisect
import itertools
from collections import defaultdict
from collections.abc import Iterable

from spacy.tokens import Doc


def token_offsets(doc: Doc) -> list[int]:
    """Where each token begins, in code points."""
    offsets: list[int] = doc.to_array("IDX").tolist()
    return offsets


def cut_at(doc: Doc, offsets: Iterable[int]) -> None:
    """Split the tokens of ``doc`` so that every offset (code points) is a token edge. In place; the text is unchanged."""
    starts, length = token_offsets(doc), len(doc.text)
    cuts: dict[int, list[int]] = defaultdict(list)
    for offset in sorted(set(offsets)):
        i = bisect.bisect_right(starts, offset) - 1
        if i >= 0 and starts[i] < offset < length:
            cuts[i].append(offset - starts[i])
    if not cuts:
        return
    with doc.retokenize() as retokenizer:
        for i, at in cuts.items():
            text = doc[i].text
            edges = [0, *at, len(text)]
            parts = [text[a:b] for a, b in itertools.pairwise(edges)]
            retokenizer.split(doc[i], parts, heads=[(doc[i], k) for k in range(len(parts))])
