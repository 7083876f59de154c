"""What the model is asked, in tokens: the product's prompt with and without its examples, and the same examples backwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from tokenizers import Tokenizer
from transformers import AutoTokenizer

from nlp.brief.prompts import messages
from nlp.engines.protocol import defused
from nlp.engines.vocabulary import written

END = "<|im_end|>"
BACKWARDS = (
    "You are a translator at a Taiwanese news agency. Render each English sentence in Traditional Chinese, complete and exact. "
    "Names, dates and figures may stay in English."
)
BACKWARDS_EXAMPLES = 8


def tokenizer_of(gguf: Path) -> Tokenizer:
    """The tokenizer that a GGUF carries."""
    tokenizer: Tokenizer = AutoTokenizer.from_pretrained(str(gguf.parent), gguf_file=gguf.name).backend_tokenizer
    return tokenizer


class Chats:
    """Chats of Qwen2.5 (ChatML). Each is a beginning that all sentences share, and the turn that asks for one of them.

    ``examples`` is the beginning of the product's prompt, ``bare`` its system turn alone, and ``backwards`` asks for Chinese.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        (self.end,) = self.tokens(END)
        turns = [(m.role, m.content) for m in messages("sentence", source="")][:-1]
        pairs = list(zip(turns[1::2], turns[2::2], strict=True))[:BACKWARDS_EXAMPLES]
        swapped = [turn for (_, zh), (_, en) in pairs for turn in (("user", en), ("assistant", zh))]
        self.examples = self.tokens(_chat(turns))
        self.bare = self.tokens(_chat(turns[:1]))
        self.backwards = self.tokens(_chat([("system", BACKWARDS), *swapped]))

    def tokens(self, text: str) -> list[int]:
        """The tokens of ``text``, control tokens read as such."""
        return self._tokenizer.encode(text, add_special_tokens=False).ids

    def asked(self, text: str) -> list[int]:
        """The turn that asks to render ``text``, and the beginning of the answer."""
        return self.tokens(_chat([("user", defused(text))]) + "<|im_start|>assistant\n")

    def answer(self, text: str) -> list[int]:
        """The tokens of an answer with its end."""
        return [*self.tokens(text), self.end]

    def text(self, tokens: Sequence[int]) -> str:
        """What ``tokens`` write."""
        return self._tokenizer.decode([t for t in tokens if t != self.end]).strip()

    def forbidden(self, size: int) -> list[int]:
        """Which of ``size`` tokens no English may have: those that write CJK, control tokens, and numbers that no token has."""
        control = set(self._tokenizer.get_added_tokens_decoder())
        known = written(self._tokenizer.get_vocab())
        return [t for t in range(size) if t != self.end and (t in control or t not in known or _is_cjk(known[t]))]


def _chat(turns: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<|im_start|>{role}\n{content}{END}\n" for role, content in turns)


def _is_cjk(raw: bytes) -> bool:
    """Whether UTF-8 holds the lead of a character from U+2E00 on: CJK, kana, hangul, full-width forms, emoji."""
    return any(byte >= 0xE3 or (byte == 0xE2 and raw[i + 1 : i + 2] >= b"\xb8") for i, byte in enumerate(raw))
