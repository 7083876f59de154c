"""What each token of a vocabulary writes, in bytes: the key to holding any tokenizer to a grammar."""

from __future__ import annotations

import re
from collections.abc import Mapping

_BYTE_TOKEN = re.compile(r"<0x([0-9A-F]{2})>")


def written(vocabulary: Mapping[str, int]) -> dict[int, bytes]:
    """The bytes that each token writes, by its number.

    Byte-level vocabularies (GPT-2, Qwen, Llama 3) write bytes as letters and space as Ġ; SentencePiece ones (Llama 2, T5, NLLB,
    Marian) write characters as they are, space as ▁, and bytes that stand alone as ``<0xE4>``. Part of a character is only bytes.
    """
    letters = _byte_letters() if any(t.startswith("Ġ") for t in vocabulary) else {}
    return {number: _bytes(token, letters) for token, number in vocabulary.items()}


def _bytes(token: str, letters: Mapping[str, int]) -> bytes:
    if letters:  # added tokens stand in the vocabulary as they are
        return bytes(letters[c] for c in token) if all(c in letters for c in token) else token.encode()
    byte = _BYTE_TOKEN.fullmatch(token)
    return bytes([int(byte.group(1), 16)]) if byte else token.replace("▁", " ").encode()


def _byte_letters() -> dict[str, int]:
    """The letters that byte-level BPE writes bytes as (GPT-2's ``bytes_to_unicode``), back to the bytes."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in set(plain)]
    return {chr(b): b for b in plain} | {chr(256 + i): b for i, b in enumerate(others)}
