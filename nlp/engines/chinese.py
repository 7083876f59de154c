"""Which tokens of a vocabulary would write Chinese, for engines that have no grammars."""

from __future__ import annotations

import re
from collections.abc import Mapping

_CJK = re.compile(
    r"[\u2e80-\u312f\u3190-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"  # as llamacpp's NO_CHINESE
)
_LEADS = frozenset([*range(0xE3, 0xEE), 0xEF, 0xF0])
"""First bytes in UTF-8 of what is forbidden. E2 is not: it begins dashes and quotes, and radicals are hardly ever written."""
_BYTE_TOKEN = re.compile(r"<0x([0-9A-F]{2})>")


def chinese_tokens(vocabulary: Mapping[str, int]) -> list[int]:
    """Numbers of the tokens that hold a CJK character, or a first byte of one where characters are cut.

    Byte-level vocabularies (GPT-2, Qwen, Llama 3) write bytes as letters and space as Ġ; SentencePiece ones write
    characters as they are, and bytes that stand alone as ``<0xE4>``.
    """
    letters = _byte_letters() if any(t.startswith("Ġ") for t in vocabulary) else {}
    return sorted(number for token, number in vocabulary.items() if _writes_chinese(token, letters))


def _writes_chinese(token: str, letters: Mapping[str, int]) -> bool:
    if letters:
        # Added tokens stand in the vocabulary as they are, so both readings count.
        return bool(_CJK.search(token)) or any(letters.get(c) in _LEADS for c in token)
    byte = _BYTE_TOKEN.fullmatch(token)
    return int(byte.group(1), 16) in _LEADS if byte else bool(_CJK.search(token))


def _byte_letters() -> dict[str, int]:
    """The letters that byte-level BPE writes bytes as (GPT-2's ``bytes_to_unicode``), back to the bytes."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in set(plain)]
    return {chr(b): b for b in plain} | {chr(256 + i): b for i, b in enumerate(others)}
