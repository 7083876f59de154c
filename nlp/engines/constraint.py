"""A request's grammar, held while transformers generates: tokens that would leave it have no chance.

GBNF is read by llguidance (it brings nothing with it, where xgrammar wants Triton). A mask for Qwen's 152,000 tokens takes 1.8 ms, so
that those of a batch are made on all cores.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from nlp.engines.threads import threads
from nlp.engines.vocabulary import written
from nlp.errors import EngineError

LONGEST = 64
"""Bytes of the longest token that is looked for."""
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class Grammars:
    """Reads grammars for one tokenizer. ``size`` is how many tokens the model scores, ``ends`` are those that end a text."""

    def __init__(self, tokenizer: Any, size: int, ends: Iterable[int]) -> None:
        from llguidance import LLTokenizer, TokenizerWrapper

        self.size, self.ends = max(size, len(tokenizer)), sorted(ends)
        self._vocabulary = LLTokenizer(TokenizerWrapper(_Words(tokenizer, self.size)), self.size, self.ends)

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

    @cached_property
    def executor(self) -> Any:
        """What makes the masks of several matchers at once."""
        from llguidance import LLExecutor

        return LLExecutor(threads())


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
    """A logits processor: a grammar (or None) for each request of the batch; ``start`` tokens stand before what is written.

    Where a grammar has nothing more, only the tokens that end a text are allowed.
    """

    def __init__(self, grammars: Grammars, held: Sequence[str | None], start: int) -> None:
        self._grammars, self._start = grammars, start
        self._matchers: list[Any] = [gbnf and grammars.matcher(gbnf) for gbnf in held]
        self._read: list[list[int]] = [[] for _ in held]

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        """``scores`` with minus infinity for every token that the grammar of its row does not allow next."""
        import torch
        from llguidance.numpy import allocate_token_bitmask, fill_next_token_bitmask, fill_next_token_bitmask_par

        beams = len(input_ids) // len(self._matchers)
        masks = allocate_token_bitmask(len(input_ids), self._grammars.size)  # all ones
        together = []
        for row, tokens in enumerate(input_ids[:, self._start :].tolist()):
            at = row // beams
            matcher = self._matchers[at]
            if matcher is None or not set(tokens).isdisjoint(self._grammars.ends):
                continue
            self._follow(at, tokens)
            if matcher.is_stopped():
                masks[row] = self._only_ends
            elif beams == 1:
                together.append((matcher, row))
            else:
                fill_next_token_bitmask(matcher, masks, row)
        if together:
            fill_next_token_bitmask_par(self._grammars.executor, together, masks)
        packed = torch.from_numpy(masks.view("uint8")).to(scores.device)
        bits = packed[:, :, None] >> torch.arange(8, dtype=torch.uint8, device=scores.device) & 1
        return scores.masked_fill(bits.flatten(1)[:, : scores.shape[-1]] == 0, float("-inf"))

    def _follow(self, at: int, tokens: list[int]) -> None:
        """Bring a matcher to where ``tokens`` lead. Beams change places, so that what was read may have to be read anew."""
        matcher, read = self._matchers[at], self._read[at]
        if tokens[: len(read)] != read:
            matcher.reset()
            read = []
        for token in tokens[len(read) :]:
            matcher.consume_token(token)
        self._read[at] = tokens

    @cached_property
    def _only_ends(self) -> Any:
        import numpy as np

        bits = np.zeros((self._grammars.size + 31) // 32 * 32, dtype=np.uint8)
        bits[self._grammars.ends] = 1
        return np.packbits(bits, bitorder="little").view(np.int32)
