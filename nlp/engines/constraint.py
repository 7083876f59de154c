"""A request's grammar, held while transformers generates: tokens that would leave it have no chance.

GBNF is read by llguidance (it brings nothing with it, where xgrammar wants Triton). A mask for Qwen's 152,000 tokens takes 1.6 ms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from nlp.engines.vocabulary import written
from nlp.errors import EngineError

LONGEST = 64
"""Bytes of the longest token that is looked for."""
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class Grammars:
    """Reads grammars for one tokenizer. ``size`` is how many tokens the model scores, ``ends`` are those that end a text."""

    def __init__(self, tokenizer: Any, size: int, ends: Iterable[int]) -> None:
        from llguidance import LLTokenizer, TokenizerWrapper

        size = max(size, len(tokenizer))
        self._vocabulary = LLTokenizer(TokenizerWrapper(_Words(tokenizer, size)), size, sorted(ends))

    def matcher(self, gbnf: str) -> Any:
        """What follows one text through the grammar. Raises :class:`nlp.errors.EngineError` for a grammar with a fault."""
        from llguidance import LLMatcher, grammar_from

        # llguidance 1.9 drops the zeros of \u00C0 and then cannot read it: give it the characters themselves.
        plain = _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), gbnf)
        try:
            matcher = LLMatcher(self._vocabulary, grammar_from("gbnf", plain))
        except ValueError as e:
            raise EngineError(f"the grammar cannot be read: {' '.join(str(e).split())[:200]}") from e
        if matcher.is_error():
            raise EngineError(f"the grammar cannot be read: {' '.join(matcher.get_error().split())[:200]}")
        return matcher


class _Words:
    """What llguidance wants to know of a tokenizer. It reads some kinds by itself, but none of SentencePiece's unigrams."""

    def __init__(self, tokenizer: Any, size: int) -> None:
        tokens = written(tokenizer.get_vocab())
        self.tokens = [tokens.get(number, b"") for number in range(size)]
        self.special_token_ids = sorted({*tokenizer.all_special_ids, *tokenizer.get_added_vocab().values()})
        self.eos_token_id, self.bos_token_id = tokenizer.eos_token_id, None
        self._tokenizer = tokenizer
        special = set(self.special_token_ids)
        self._numbers = {raw: n for n, raw in tokens.items() if raw and n not in special}

    def __call__(self, raw: bytes) -> list[int]:
        """The tokens that write ``raw`` exactly, asked where a grammar leaves no choice: unigrams would put a space before it."""
        tokens = self._tokenizer.encode(raw.decode("utf-8", "replace"), add_special_tokens=False)
        return tokens if b"".join(self.tokens[t] for t in tokens) == raw else self._longest(raw)

    def _longest(self, raw: bytes) -> list[int]:
        tokens: list[int] = []
        at = 0
        while at < len(raw):
            end = next((e for e in range(min(len(raw), at + LONGEST), at, -1) if raw[at:e] in self._numbers), None)
            if end is None:  # a character that the vocabulary does not have
                break
            tokens.append(self._numbers[raw[at:end]])
            at = end
        return tokens


class Constraint:
    """A logits processor: a matcher (or None) for each request of the batch; ``start`` tokens stand before what is written.

    ``ends`` are the tokens that end a text, and all that is allowed where the grammar has nothing more.
    """

    def __init__(self, matchers: Sequence[Any], start: int, ends: Iterable[int]) -> None:
        self._matchers, self._start, self._ends = matchers, start, sorted(ends)
        self._read: list[list[int]] = [[] for _ in matchers]

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        """``scores`` with minus infinity for every token that the grammar of its row does not allow next."""
        beams = len(input_ids) // len(self._matchers)
        for row, ids in enumerate(input_ids):
            at, tokens = row // beams, ids[self._start :].tolist()
            if self._matchers[at] is not None and not set(tokens).intersection(self._ends):
                scores[row] = scores[row].masked_fill(~self._allowed(at, tokens, scores), float("-inf"))
        return scores

    def _allowed(self, at: int, tokens: list[int], scores: Any) -> Any:
        """Which tokens may follow ``tokens``. Beams change places, so that what was read may have to be read anew."""
        import numpy as np
        import torch

        matcher, read = self._matchers[at], self._read[at]
        if tokens[: len(read)] != read:
            matcher.reset()
            read = []
        for token in tokens[len(read) :]:
            matcher.consume_token(token)
        self._read[at] = tokens
        if matcher.is_stopped():
            mask = np.zeros(scores.shape[-1], dtype=np.uint8)
            mask[self._ends] = 1
        else:
            mask = np.unpackbits(np.frombuffer(matcher.compute_bitmask(), dtype=np.uint8), bitorder="little")
        return torch.from_numpy(mask[: scores.shape[-1]]).to(scores.device, torch.bool)
