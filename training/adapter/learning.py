"""Supervised learning of an adapter: exact renderings, packed into rows behind the one system turn that all of them have.

Packed, a processor with two cores learns 36 tokens a second in 16 bits; each sentence for itself would read the system turn again, which is as long.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from training.adapter.chats import Chats
from training.adapter.lora import SCALE
from training.adapter.qwen import Adapter, Qwen

RATE, LEAST_RATE, WARM_UP = 2e-4, 0.05, 0.08
"""The rate of learning at its height, the part of it that is left at the end, and the part of the steps until the height."""
ROW, ROWS = 1000, 2
"""Tokens of a row, and rows of a step: some 25 sentences."""

Turn = tuple[list[int], list[int]]
"""What is asked and what is answered, in tokens."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """A grounded sentence and its exact English; ``origin`` says where the Chinese is from."""

    origin: str
    source: str
    english: str


def turns_of(renderings: Iterable[Rendering], chats: Chats) -> list[Turn]:
    """The renderings as the model reads them."""
    return [(chats.asked(r.source), chats.answer(r.english)) for r in renderings]


def rows_of(turns: Iterable[Turn], beginning: int) -> Iterator[list[Turn]]:
    """Turns by rows, in order; ``beginning`` is how many tokens stand before them in each."""
    row: list[Turn] = []
    size = beginning
    for asked, answer in turns:
        if row and size + len(asked) + len(answer) > ROW:
            yield row
            row, size = [], beginning
        row.append((asked, answer))
        size += len(asked) + len(answer)
    if row:
        yield row


def learn(
    base: Qwen, start: Adapter, turns: Sequence[Turn], chats: Chats, seed: int
) -> Iterator[tuple[float, Adapter]]:
    """An adapter that begins as ``start`` and learns each turn once: after each step the mean loss of its tokens, and the adapter so far."""
    adapter = {n: (a.clone().requires_grad_(), b.clone().requires_grad_()) for n, (a, b) in start.items()}
    model, parameters = base.adapted(adapter, SCALE), [t for pair in adapter.values() for t in pair]
    order = list(turns)
    random.Random(seed).shuffle(order)
    rows = list(rows_of(order, len(chats.bare)))
    steps = math.ceil(len(rows) / ROWS)
    optimiser = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.0, betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps))
    for step in range(steps):
        some = rows[step * ROWS : (step + 1) * ROWS]
        tokens = sum(len(answer) for row in some for _, answer in row)
        optimiser.zero_grad()
        total = 0.0
        for row in some:
            loss = row_loss(model, chats.bare, row) / tokens
            loss.backward()
            total += loss.item()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        schedule.step()
        yield total, {n: (a.detach(), b.detach()) for n, (a, b) in adapter.items()}


def _rate(step: int, steps: int) -> float:
    warm = min(1.0, (step + 1) / max(1.0, WARM_UP * steps))
    return warm * (LEAST_RATE + (1 - LEAST_RATE) * (0.5 + 0.5 * math.cos(math.pi * step / steps)))


@torch.no_grad()
def mean_loss(model: Qwen, turns: Sequence[Turn], chats: Chats) -> float:
    """The mean loss of a token of the answers: how unlikely they are for ``model``."""
    total = sum(row_loss(model, chats.bare, row).item() for row in rows_of(turns, len(chats.bare)))
    return total / sum(len(answer) for _, answer in turns)


def row_loss(model: Qwen, beginning: Sequence[int], row: Sequence[Turn]) -> Tensor:
    """The sum of the losses of the answers' tokens in one row. Each turn reads the beginning and itself, as if it were alone."""
    tokens, places, owner = list(beginning), list(range(len(beginning))), [-1] * len(beginning)
    before_answers: list[int] = []
    for number, (asked, answer) in enumerate(row):
        first = len(tokens) + len(asked) - 1
        before_answers += range(first, first + len(answer))
        places += range(len(beginning), len(beginning) + len(asked) + len(answer))
        owner += [number] * (len(asked) + len(answer))
        tokens += [*asked, *answer]
    ids, whose = (torch.tensor(values, device=model.device) for values in (tokens, owner))
    seen = ((whose[None] == whose[:, None]) | (whose[None] == -1)).tril()
    hidden = model.hidden_in_row(ids, torch.tensor(places, device=model.device), seen)
    at = torch.tensor(before_answers, device=model.device)
    return functional.cross_entropy(model.scores(hidden[at]), ids[at + 1], reduction="sum")
