"""What a model writes, and how much of the source a reader of it would know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import torch

from training.adapter.candidates import Candidate
from training.adapter.chats import Chats
from training.adapter.judging import all_judged
from training.adapter.qwen import Memory, Qwen, Written, left_padded
from training.adapter.source import Source

LONGEST = 110
"""Tokens of one rendering."""
DRAWN, READ = 2048, 128
"""Rows that are written together, and read together."""


class Desk:
    """The chats of the base model, and the base model itself, which reads renderings backwards whoever wrote them."""

    def __init__(self, base: Qwen, chats: Chats) -> None:
        self.base, self.chats = base, chats
        self._forbidden = torch.tensor(chats.forbidden(len(base.weights["output.weight"])), device=base.device)
        self._backwards = base.beginning(chats.backwards)

    def written(self, model: Qwen, before: Memory, sources: Sequence[Source], count: int) -> list[list[Written]]:
        """``count`` renderings of each source by ``model``, which has read the chat ``before`` it; the likeliest first."""
        asked = [self.chats.asked(s.grounded) for s in sources]
        out: list[list[Written]] = [[] for _ in sources]
        for group in _alike(asked, max(1, DRAWN // count)):
            rows = [asked[i] for i in group]
            texts = model.generate(before, rows, count, LONGEST, self._forbidden, self.chats.end)
            for i, some in zip(group, texts, strict=True):
                out[i] = some
        return out

    def candidates(self, sources: Sequence[Source], written: Sequence[Sequence[Written]]) -> list[list[Candidate]]:
        """The different renderings of each source that came to an end, with all that tells which is good."""
        ended = [[(self.chats.text(w.tokens), w.confidence) for w in texts if w.finished] for texts in written]
        sure = [{text: confidence for text, confidence in some if text} for some in ended]
        drawn = [Counter(text for text, _ in some if text) for some in ended]
        pairs = [(text, source) for source, texts in zip(sources, drawn, strict=True) for text in texts]
        reverse = iter(self.reverse(pairs))
        return [
            [
                Candidate(text, j.tidied, j.holds, confidences[text], j.agreement, next(reverse))
                for text, j in zip(texts, judgements, strict=True)
            ]
            for texts, judgements, confidences in zip(drawn, all_judged(sources, drawn), sure, strict=True)
        ]

    @torch.no_grad()
    def reverse(self, pairs: Sequence[tuple[str, Source]]) -> list[float]:
        """For each rendering the mean log-probability of its source's tokens, as the base model translates back."""
        wanted = [self.chats.tokens(source.grounded) for _, source in pairs]
        rows = [self.chats.asked(text) + w for (text, _), w in zip(pairs, wanted, strict=True)]
        out = [0.0] * len(rows)
        for group in _alike(rows, READ):
            tokens, padding = left_padded([rows[i] for i in group], self.chats.end, self.base.device)
            lengths = torch.tensor([len(wanted[i]) for i in group], device=self.base.device)
            longest = int(lengths.max())
            hidden = self.base.hidden_after(self._backwards, tokens, padding, [])[:, -longest - 1 : -1]
            chosen = torch.arange(longest, device=self.base.device) >= longest - lengths[:, None]
            means = self.base.likelihood(hidden, tokens[:, -longest:], chosen) / lengths
            for i, mean in zip(group, means.tolist(), strict=True):
                out[i] = mean
        return out


def _alike(rows: Sequence[Sequence[int]], size: int) -> Iterator[list[int]]:
    """Numbers of rows of like length together."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    return (order[at : at + size] for at in range(0, len(order), size))
