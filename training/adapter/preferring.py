"""Contrastive preference optimisation: the better rendering likelier, and likelier than the worse one (Xu et al. 2024)."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from training.adapter.candidates import Preference
from training.adapter.chats import Chats
from training.adapter.lora import SCALE
from training.adapter.qwen import Adapter, Qwen

BETA = 0.1
"""How much the difference of two log-probabilities counts."""
BATCH, WARM_UP = 64, 0.06
ALIKE = 8
"""So many batches are drawn together and divided by length."""
TOLD = 20
"""Steps between two lines of the log."""


def prefer(
    base: Qwen, start: Adapter, preferences: Sequence[Preference], chats: Chats, rate: float, epochs: float, seed: int
) -> Adapter:
    """An adapter that begins as ``start`` and has learnt from ``preferences``, asked without examples."""
    adapter = {n: (a.clone().requires_grad_(), b.clone().requires_grad_()) for n, (a, b) in start.items()}
    model = base.adapted(adapter, SCALE)
    parameters = [t for pair in adapter.values() for t in pair]
    steps = int(epochs * math.ceil(len(preferences) / BATCH))
    optimiser = torch.optim.AdamW(parameters, lr=rate, weight_decay=0.0, betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(1.0, (s + 1) / max(1.0, WARM_UP * steps)) * (0.5 + 0.5 * math.cos(math.pi * s / steps))
    )
    told: list[tuple[float, float]] = []
    for step, batch in zip(range(1, steps + 1), _batches(preferences, random.Random(seed)), strict=False):
        likely, preferred = losses(model, batch, chats)
        optimiser.zero_grad()
        (likely + preferred).backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        schedule.step()
        told.append((likely.item(), preferred.item()))
        if step % TOLD == 0 or step == steps:
            means = [sum(values) / len(told) for values in zip(*told, strict=True)]
            print(f"  step {step} of {steps}: likelihood {means[0]:.4f}, preference {means[1]:.4f}", flush=True)
            told = []
    return {n: (a.detach(), b.detach()) for n, (a, b) in adapter.items()}


def losses(model: Qwen, batch: Sequence[Preference], chats: Chats) -> tuple[Tensor, Tensor]:
    """The two halves of the loss: of a token of the better renderings, and of a pair of better and worse."""
    paired = [p for p in batch if p.worse is not None]
    order = [*paired, *(p for p in batch if p.worse is None)]
    rows = [(chats.bare + chats.asked(p.source.grounded), chats.answer(p.better)) for p in order]
    rows += [(chats.bare + chats.asked(p.source.grounded), chats.answer(p.worse or "")) for p in paired]
    longest = max(len(asked) + len(answer) for asked, answer in rows)
    padded = [[*asked, *answer] + [chats.end] * (longest - len(asked) - len(answer)) for asked, answer in rows]
    tokens = torch.tensor(padded, device=model.device)
    places = torch.arange(1, longest, device=model.device)
    starts = torch.tensor([len(asked) for asked, _ in rows], device=model.device)[:, None]
    lengths = torch.tensor([len(answer) for _, answer in rows], device=model.device)
    chosen = (places >= starts) & (places < starts + lengths[:, None])
    likelihood = model.likelihood(model.hidden(tokens)[:, :-1], tokens[:, 1:], chosen)
    better, worse = likelihood[: len(batch)], likelihood[len(batch) :]
    likely = -better.sum() / lengths[: len(batch)].sum()
    if not paired:
        return likely, likely.new_zeros(())
    return likely, -functional.logsigmoid(BETA * (better[: len(paired)] - worse)).mean()


def _batches(preferences: Sequence[Preference], dice: random.Random) -> Iterator[list[Preference]]:
    """Batches of sources of like length in random order, epoch after epoch, without end."""
    while True:
        order = list(preferences)
        dice.shuffle(order)
        batches = []
        for at in range(0, len(order), BATCH * ALIKE):
            some = sorted(order[at : at + BATCH * ALIKE], key=lambda p: len(p.source.grounded))
            batches += [some[i : i + BATCH] for i in range(0, len(some), BATCH)]
        dice.shuffle(batches)
        yield from batches
