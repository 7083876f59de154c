"""Whether a sentence fits into a model's context, by the model's own tokens."""

from __future__ import annotations

from nlp.brief.draft import MAX_TOKENS, Draft
from nlp.brief.prompts import messages
from nlp.engines import Engine

TEMPLATE = 8
"""Tokens that a chat template puts around each turn, at most."""
TOLD = 200
"""Tokens of the turn that tells what was wrong with a draft, at most."""


def fits(engine: Engine, draft: Draft) -> bool:
    """Whether a draft, what it is told and a second try fit beside the prompt; for a model that knows no chat, the sentence alone."""
    if not getattr(engine, "knows_chat", True):
        return max(engine.count_tokens(draft.grounded.text), MAX_TOKENS) + TEMPLATE <= engine.context_tokens
    chat = messages("sentence", getattr(engine, "taught", False), source=draft.grounded.text)
    prompt = engine.count_tokens("\n".join(m.content for m in chat)) + TEMPLATE * (len(chat) + 2)
    return prompt + 2 * MAX_TOKENS + TOLD <= engine.context_tokens
