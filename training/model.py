"""The recogniser as a network: what :mod:`nlp.annotate.ner.features` reads, into a label for each character.

``fast`` is the network alone; ``accurate`` has the encoder's states of the pieces besides.
"""

from __future__ import annotations

import torch
from torch import nn
from transformers import BertModel

from nlp.annotate.ner.features import WORD_KINDS
from nlp.annotate.ner.labels import LABELS
from nlp.annotate.ner.lac import WIDTH as LAC_WIDTH

CHARS = 58_225
"""Size of LAC's table of characters, which numbers ours too."""
PAD = 1


class Block(nn.Module):
    """What each character makes of itself and two others at a distance (a dilated convolution), added to what came in."""

    def __init__(self, width: int, reach: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.reach = reach
        self.see = nn.Linear(3 * width, width)
        self.out = nn.Linear(width, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """``x`` is texts × characters × width; padding stays zero for the neighbours' sake."""
        y = self.norm(x) * mask[..., None]
        near = nn.functional.pad(y, (0, 0, self.reach, self.reach))
        length = x.shape[1]
        near = torch.cat([near[:, :length], y, near[:, 2 * self.reach : 2 * self.reach + length]], -1)
        y = nn.functional.gelu(self.see(near))
        return x + self.dropout(self.out(y))


class Tagger(nn.Module):
    """Log probabilities of the labels, texts × characters × labels."""

    def __init__(self, encoder: BertModel | None = None, width: int = 128, dropout: float = 0.3) -> None:
        super().__init__()
        self.encoder = encoder
        self.chars = nn.Embedding(CHARS, 64)
        self.words = nn.Embedding(WORD_KINDS, 32)
        self.lac = nn.LayerNorm(LAC_WIDTH)
        hidden = encoder.config.hidden_size if encoder is not None else 0
        self.dropout = nn.Dropout(dropout)
        self.into = nn.Linear(64 + 32 + LAC_WIDTH + hidden, width)
        self.blocks = nn.ModuleList([Block(width, reach, dropout) for reach in (1, 2, 4, 1)])
        self.norm = nn.LayerNorm(width)
        self.out = nn.Linear(width, len(LABELS))

    def forward(
        self,
        chars: torch.Tensor,
        words: torch.Tensor,
        lac: torch.Tensor,
        mask: torch.Tensor,
        pieces: torch.Tensor | None = None,
        places: torch.Tensor | None = None,
    ) -> torch.Tensor:
        """``mask`` is 1.0 for characters and 0.0 for padding; the rest as in ``Features``."""
        parts = [self.chars(chars), self.words(words), self.lac(lac)]
        if self.encoder is not None:
            states = self.encoder(pieces, attention_mask=(pieces != PAD).long()).last_hidden_state
            parts.append(torch.gather(states, 1, places[..., None].expand(-1, -1, states.shape[-1])))
        x = self.into(self.dropout(torch.cat(parts, -1)))
        for block in self.blocks:
            x = block(x, mask)
        return torch.log_softmax(self.out(self.norm(x)), -1)
