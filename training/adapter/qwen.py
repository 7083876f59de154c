"""Qwen2 in plain PyTorch out of a GGUF: many samples at a time behind one beginning, and an adapter beside the weights.

Written out because transformers reads a shared beginning again for each row, and because the adapter must fit the quantised weights
that the product runs, which are trained against as they are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from gguf import GGUFReader, dequantize
from torch import Tensor
from torch.nn import functional
from torch.utils.checkpoint import checkpoint

Adapter = dict[str, tuple[Tensor, Tensor]]
"""A low-rank change of each matrix, by its name without ``.weight``: A (rank, in) and B (out, rank), in float32."""
Memory = list[tuple[Tensor, Tensor]]
"""Keys and values of each layer: (row, token, group, feature), without rows for a shared beginning."""
TEMPERATURE, LIKELIEST = 0.8, 40
"""How samples are drawn, and from how many tokens."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of one Qwen2; ``groups`` are the heads that keys and values have."""

    layers: int
    heads: int
    groups: int
    epsilon: float
    theta: float

    @classmethod
    def of(cls, reader: GGUFReader) -> Shape:
        """Read out of a GGUF's header."""
        names = (
            "block_count",
            "attention.head_count",
            "attention.head_count_kv",
            "attention.layer_norm_rms_epsilon",
            "rope.freq_base",
        )
        return cls(*(reader.get_field(f"qwen2.{name}").contents() for name in names))


@dataclass(frozen=True, slots=True)
class Written:
    """A text that was generated: its tokens, their mean log-probability (the end's among them), and whether it came to an end."""

    tokens: list[int]
    confidence: float
    finished: bool


def load(path: Path, device: torch.device, dtype: torch.dtype) -> Qwen:
    """The model of a GGUF, its weights dequantised."""
    reader = GGUFReader(path)
    weights = {}
    for t in reader.tensors:
        plain = np.require(dequantize(t.data, t.tensor_type), np.float32, ["C", "W"])
        weights[t.name] = torch.from_numpy(plain).to(device, dtype)
    return Qwen(Shape.of(reader), weights)


class Qwen:
    """The weights, never changed, and an adapter that may stand beside them."""

    def __init__(self, shape: Shape, weights: Mapping[str, Tensor], adapter: Adapter | None = None, scale: float = 1.0):
        self.shape, self.weights, self.adapter, self.scale = shape, weights, adapter, scale
        self.embeddings = weights["token_embd.weight"]
        self.device, self.dtype = self.embeddings.device, self.embeddings.dtype
        self.feature = self.embeddings.shape[1] // shape.heads

    def adapted(self, adapter: Adapter, scale: float) -> Qwen:
        """The same weights with ``scale`` times what ``adapter`` adds."""
        return Qwen(self.shape, self.weights, adapter, scale)

    def scores(self, hidden: Tensor) -> Tensor:
        """The logits of the token after each hidden state."""
        return functional.linear(hidden, self.weights["output.weight"]).float()

    def likelihood(self, hidden: Tensor, following: Tensor, chosen: Tensor) -> Tensor:
        """For each row, the sum over its ``chosen`` places of the log-probability of the ``following`` token."""
        losses = functional.cross_entropy(self.scores(hidden[chosen]), following[chosen], reduction="none")
        return -losses.new_zeros(len(chosen)).index_add(0, chosen.nonzero()[:, 0], losses)

    def hidden(self, tokens: Tensor) -> Tensor:
        """Hidden states of rows that are padded on the right, with gradients for the adapter."""
        x, angles = functional.embedding(tokens, self.embeddings), self._angles(torch.arange(tokens.shape[1]))
        for layer in range(self.shape.layers):
            x = checkpoint(self._read, x, layer, angles, use_reentrant=False)[0]
        return self._normed(x, "output_norm")

    def hidden_in_row(self, tokens: Tensor, places: Tensor, seen: Tensor) -> Tensor:
        """Hidden states of one row (n) of several texts, with gradients for the adapter.

        ``places`` (n) are where the tokens stand in their own texts, and ``seen`` (n × n; bool) which of the row each of them reads.
        """
        x, angles = functional.embedding(tokens[None], self.embeddings), self._angles(places)
        unseen = torch.zeros(seen.shape, dtype=self.dtype, device=self.device).masked_fill(~seen, -math.inf)
        for layer in range(self.shape.layers):
            x = self._read(x, layer, angles, unseen)[0]
        return self._normed(x, "output_norm")[0]

    @torch.no_grad()
    def beginning(self, tokens: Sequence[int]) -> Memory:
        """What is kept of a beginning that many rows share."""
        ids = torch.tensor([tokens], device=self.device)
        x, angles = functional.embedding(ids, self.embeddings), self._angles(torch.arange(len(tokens)))
        memory = []
        for layer in range(self.shape.layers):
            x, keys, values = self._read(x, layer, angles)
            memory.append((keys[0], values[0]))
        return memory

    @torch.no_grad()
    def hidden_after(self, before: Memory, tokens: Tensor, padding: Tensor, own: Memory) -> Tensor:
        """Hidden states of rows behind a shared beginning, the first ``padding`` places of each empty.

        ``own`` is what is kept of the rows' tokens so far, empty at first; these tokens are added to it.
        """
        at = own[0][0].shape[1] if own else 0
        places = at + torch.arange(tokens.shape[1], device=self.device)
        angles = self._angles(len(before[0][0]) + places[None] - padding[:, None])
        keys_at = torch.arange(at + tokens.shape[1], device=self.device)
        seen = (keys_at >= padding[:, None, None]) & (keys_at <= places[:, None])
        x = functional.embedding(tokens, self.embeddings)
        for layer in range(self.shape.layers):
            query, keys, values = self._projected(x, layer, angles)
            if at:
                keys, values = torch.cat([own[layer][0], keys], 1), torch.cat([own[layer][1], values], 1)
            own[layer : layer + 1] = [(keys, values)]
            x = self._fed(x, self._attended(query, keys, values, seen, before[layer]), layer)
        return self._normed(x, "output_norm")

    @torch.no_grad()
    def generate(
        self, before: Memory, asked: Sequence[Sequence[int]], count: int, longest: int, forbidden: Tensor, end: int
    ) -> list[list[Written]]:
        """``count`` texts for each turn of ``asked``, of ``longest`` tokens at most: the likeliest first, the others drawn.

        Confidence is that of the model with every token allowed and at temperature 1, as the product's engines tell it.
        """
        tokens, padding = left_padded(asked, end, self.device)
        own: Memory = []
        hidden = self.hidden_after(before, tokens, padding, own)[:, -1].repeat_interleave(count, 0)
        own = [(k.repeat_interleave(count, 0), v.repeat_interleave(count, 0)) for k, v in own]
        padding = padding.repeat_interleave(count)
        greedy = torch.arange(len(hidden), device=self.device) % count == 0
        done, total = torch.zeros_like(greedy), torch.zeros(len(hidden), device=self.device)
        lengths = torch.zeros_like(total)
        steps: list[Tensor] = []
        for step in range(longest):
            if step:
                hidden = self.hidden_after(before, steps[-1][:, None], padding, own)[:, -1]
            chances = functional.log_softmax(self.scores(hidden), -1)
            allowed = chances.index_fill(1, forbidden, -math.inf)
            best, which = allowed.topk(LIKELIEST, -1)
            drawn = torch.multinomial(torch.softmax(best / TEMPERATURE, -1), 1)
            token = which.gather(1, drawn.masked_fill(greedy[:, None], 0))[:, 0]
            total = total + chances.gather(1, token[:, None])[:, 0].masked_fill(done, 0)
            lengths = lengths + ~done
            token = token.masked_fill(done, end)
            steps.append(token)
            done = done | (token == end)
            if step % 4 == 3 and bool(done.all()):  # asking the device each time would stall it
                break
        rows = torch.stack(steps, 1).tolist()
        texts = [
            Written([t for t in row if t != end], confidence, finished)
            for row, confidence, finished in zip(rows, (total / lengths).tolist(), done.tolist(), strict=True)
        ]
        return [texts[i : i + count] for i in range(0, len(texts), count)]

    def _read(
        self, x: Tensor, layer: int, angles: tuple[Tensor, Tensor], unseen: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """One layer over whole rows, each token seeing those before it, or all but those that are -inf in ``unseen``; and the layer's keys and values."""
        query, keys, values = self._projected(x, layer, angles)
        shared = self.shape.heads // self.shape.groups
        mixed = functional.scaled_dot_product_attention(
            query.transpose(1, 2),
            keys.repeat_interleave(shared, 2).transpose(1, 2),
            values.repeat_interleave(shared, 2).transpose(1, 2),
            attn_mask=unseen,
            is_causal=unseen is None,
        )
        return self._fed(x, mixed.transpose(1, 2).flatten(2), layer), keys, values

    def _attended(
        self, query: Tensor, keys: Tensor, values: Tensor, seen: Tensor, before: tuple[Tensor, Tensor]
    ) -> Tensor:
        """Attention of rows to the shared beginning and to those of their own tokens that they have ``seen``."""
        rows, places = query.shape[:2]
        query = query.view(rows, places, self.shape.groups, -1, self.feature)
        own = torch.einsum("rtghf,rsgf->rghts", query, keys).masked_fill(~seen[:, None, None], -math.inf)
        shared = torch.einsum("rtghf,pgf->rghtp", query, before[0])
        weights = torch.softmax(torch.cat([shared, own], -1).float() / math.sqrt(self.feature), -1).to(self.dtype)
        to_shared, to_own = weights.split([shared.shape[-1], own.shape[-1]], -1)
        mixed = torch.einsum("rghtp,pgf->rtghf", to_shared, before[1])
        return (mixed + torch.einsum("rghts,rsgf->rtghf", to_own, values)).flatten(2)

    def _projected(self, x: Tensor, layer: int, angles: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        normed = self._normed(x, f"blk.{layer}.attn_norm")
        query, keys, values = (
            self._linear(normed, f"blk.{layer}.attn_{part}").unflatten(-1, (-1, self.feature)) for part in "qkv"
        )
        return _turned(query, angles), _turned(keys, angles), values

    def _fed(self, x: Tensor, mixed: Tensor, layer: int) -> Tensor:
        """What leaves a layer: ``x`` with what attention mixed, and with what the feed-forward part makes of that."""
        x = x + self._linear(mixed, f"blk.{layer}.attn_output")
        normed = self._normed(x, f"blk.{layer}.ffn_norm")
        gate = functional.silu(self._linear(normed, f"blk.{layer}.ffn_gate"))
        return x + self._linear(gate * self._linear(normed, f"blk.{layer}.ffn_up"), f"blk.{layer}.ffn_down")

    def _linear(self, x: Tensor, name: str) -> Tensor:
        y = functional.linear(x, self.weights[f"{name}.weight"], self.weights.get(f"{name}.bias"))
        if self.adapter is None:
            return y
        a, b = (t.to(self.dtype) for t in self.adapter[name])
        return y + functional.linear(functional.linear(x, a), b) * self.scale

    def _normed(self, x: Tensor, name: str) -> Tensor:
        wide = x.float()
        wide = wide * torch.rsqrt(wide.square().mean(-1, keepdim=True) + self.shape.epsilon)
        return wide.to(self.dtype) * self.weights[f"{name}.weight"]

    def _angles(self, places: Tensor) -> tuple[Tensor, Tensor]:
        """Cosines and sines of the rotary embedding of ``places``, ready to multiply heads with."""
        steps = torch.arange(0, self.feature, 2, device=self.device).float() / self.feature
        angles = places.to(self.device)[..., None].float() / self.shape.theta**steps
        angles = torch.cat([angles, angles], -1)[..., None, :]
        return angles.cos().to(self.dtype), angles.sin().to(self.dtype)


def _turned(x: Tensor, angles: tuple[Tensor, Tensor]) -> Tensor:
    first, second = x.chunk(2, -1)
    return x * angles[0] + torch.cat([-second, first], -1) * angles[1]


def left_padded(rows: Sequence[Sequence[int]], fill: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """The rows in one table with what is missing on the left, and how much is missing in each."""
    longest = max(map(len, rows))
    table = torch.tensor([[fill] * (longest - len(row)) + [*row] for row in rows], device=device)
    return table, torch.tensor([longest - len(row) for row in rows], device=device)
