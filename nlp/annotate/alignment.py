"""Token edges where spans have theirs: character offsets are the truth, so tokens are cut to fit, never spans widened."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable

from spacy.tokens import Doc, Token


def cut_at(doc: Doc, offsets: Iterable[int]) -> None:
    """Split the tokens of ``doc`` so that every offset (code points) is a token edge. In place; the text is unchanged."""
    wanted = sorted(set(offsets))
    cuts: dict[int, list[int]] = defaultdict(list)
    tokens = iter(doc)
    token: Token | None = next(tokens, None)
    for offset in wanted:
        while token is not None and token.idx + len(token.text_with_ws) <= offset:
            token = next(tokens, None)
        if token is None:
            break
        if token.idx < offset < token.idx + len(token):
            cuts[token.i].append(offset - token.idx)
    if not cuts:
        return
    with doc.retokenize() as retokenizer:
        for i, at in cuts.items():
            text = doc[i].text
            edges = [0, *at, len(text)]
            parts = [text[a:b] for a, b in itertools.pairwise(edges)]
            retokenizer.split(doc[i], parts, heads=[(doc[i], k) for k in range(len(parts))])
