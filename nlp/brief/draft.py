"""Draft sentences and mend them: draft, retry, literal rendering, each checked against its evidence.

What the check finds is told to the engine once; what still does not hold is rendered literally, from the same evidence.
A literal rendering is also what gives back the quotation marks that a draft has lost.
Briefs and translations are both written so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from nlp.brief.check import QUOTATION, Evidence, Fault, check, left_out, lower_common
from nlp.brief.grammar import grammar_for
from nlp.brief.ground import Grounded, ground
from nlp.brief.prompts import examples, messages
from nlp.brief.tidy import tidy
from nlp.engines import Completion, Engine, Message, Request
from nlp.types import Entity, How, Result, Span

MAX_TOKENS = 160
"""Longest sentence an engine may write, in its own tokens."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A grounded sentence, what it may draw on, and what the engine has made of it so far."""

    grounded: Grounded
    evidence: Evidence
    text: str = ""
    how: How = "draft"
    faults: tuple[Fault, ...] = ()


def draft_of(result: Result, entities: Sequence[Entity], span: Span) -> Draft:
    """What stands at ``span`` of the article, grounded with ``entities``, before anything is written."""
    text = result.article.text
    inside = tuple(e for e in entities if any(span.start <= m.start and m.end <= span.end for m in e.mentions))
    terms = tuple(t for t in result.terms if any(span.start <= m.start and m.end <= span.end for m in t.mentions))
    quantities = tuple(q for q in result.quantities if span.start <= q.start and q.end <= span.end)
    evidence = Evidence(text[span.start : span.end], inside, terms, quantities, result.article.published)
    return Draft(ground(text, span, inside, terms, quantities), evidence)


@dataclass
class Drafting:
    """One engine at work on one article; ``generating`` and ``checking`` are the seconds spent so far, ``tokens`` what was written."""

    engine: Engine
    progress: Callable[[str], None]
    generating: float = field(default=0.0, init=False)
    checking: float = field(default=0.0, init=False)
    tokens: int = field(default=0, init=False)

    def written(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Every draft with its text, in no order: those that hold, and those that do not with their ``faults``.

        A draft that holds but has left an amount out is tried again too, and stands where the retry is no better.
        """
        drafts = self._round(drafts, "draft", lambda d: messages("sentence", source=d.grounded.text))
        done = [d for d in drafts if not d.faults and not left_out(d.text, d.evidence)]
        thin = [d for d in drafts if not d.faults and left_out(d.text, d.evidence)]
        for draft, again in zip(thin, self._round(thin, "retry", _told), strict=True):
            better = not again.faults and len(left_out(again.text, again.evidence)) < len(
                left_out(draft.text, draft.evidence)
            )
            done.append(again if better else draft)
        retried = self._round([d for d in drafts if d.faults and not _indirect(d)], "retry", _told)
        done += [d for d in retried if not d.faults]
        failed = [d for d in (*drafts, *retried) if d.faults and (_indirect(d) or d.how == "retry")]
        literal = self._round(failed, "translated", _literal)
        return done + [
            next((d for d in (last, _unquoted(before), _unquoted(last)) if not d.faults), last)
            for before, last in zip(failed, literal, strict=True)
        ]

    def _round(self, drafts: Sequence[Draft], how: How, ask: Callable[[Draft], Sequence[Message]]) -> list[Draft]:
        if not drafts:
            return []
        self.progress({"draft": "writing", "retry": "mending", "translated": "mending"}[how])
        requests = [_request(ask(d), d) for d in drafts]
        started = time.perf_counter()
        completions = self.engine.generate(requests)
        generated = time.perf_counter()
        done = [_checked(d, c, how) for d, c in zip(drafts, completions, strict=True)]
        self.generating += generated - started
        self.tokens += sum(c.completion_tokens for c in completions)
        self.checking += time.perf_counter() - generated
        return done


def _request(ask: Sequence[Message], draft: Draft) -> Request:
    return Request(tuple(ask), MAX_TOKENS, grammar_for(draft.grounded), forbid_chinese=True, shared=examples(ask))


def _checked(draft: Draft, completion: Completion, how: How) -> Draft:
    text = tidy(completion.text)
    faults = check(text, draft.evidence)
    if faults:
        text = lower_common(text, faults, draft.evidence)
        faults = check(text, draft.evidence)
    if completion.finish == "length":
        faults.append(Fault("form", "too long"))
    return replace(draft, text=text, how=how, faults=tuple(faults))


def _literal(draft: Draft) -> Sequence[Message]:
    return messages("literal", source=draft.grounded.text)


def _indirect(draft: Draft) -> bool:
    """Whether a draft has lost nothing but quotation marks. A small model that is told so talks about the marks."""
    return bool(draft.faults) and all(f.what == QUOTATION for f in draft.faults)


def _unquoted(draft: Draft) -> Draft:
    """A draft that has lost nothing but quotation marks holds in the end: somebody's words may be given indirectly."""
    return replace(draft, faults=()) if _indirect(draft) else draft


def _told(draft: Draft) -> Sequence[Message]:
    """The conversation so far and what was wrong with it."""
    wrong = ", ".join(f'"{f.what}"' for f in draft.faults if f.problem != "lost")
    lost = [f.what for f in draft.faults if f.problem == "lost"]
    missing = ", ".join(f'"{what}"' for what in (*lost, *(q.name for q in left_out(draft.text, draft.evidence))))
    return [
        *messages("sentence", source=draft.grounded.text),
        Message("assistant", draft.text),
        *(messages("retry", wrong=wrong) if wrong else messages("missing", missing=missing)),
    ]


def wrong(faults: Sequence[Fault]) -> str:
    """The faults in words, for a warning."""
    return "; ".join(f"{f.problem}: {f.what}" for f in faults)
