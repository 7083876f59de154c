"""Write a brief: choose, ground, draft, check, mend.

Each sentence is drafted from one grounded sentence of the article. What the check finds is told to the engine once;
what still does not hold is replaced by a literal rendering of the same evidence, checked alike; what fails even then is
left out with a warning, and the next sentence in rank takes its place.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from nlp.annotate.sentences import sentence_spans
from nlp.brief.check import Evidence, Fault, check, left_out, lower_common
from nlp.brief.grammar import grammar_for
from nlp.brief.ground import Grounded, ground, printed
from nlp.brief.prompts import examples, messages
from nlp.brief.select import Sentence, ranked, with_contents
from nlp.brief.tidy import tidy
from nlp.engines import Completion, Engine, Message, Request
from nlp.quantities import read_english, supported
from nlp.types import Brief, BriefSentence, Entity, Headline, How, Result, Span, Warning

MAX_TOKENS = 160
"""Longest sentence an engine may write, in its own tokens."""
FEWEST = 3
"""A brief of fewer sentences is still given, with a warning."""
SPARE = 4
"""How many sentences beyond those asked for are tried where some cannot be made to hold."""


@dataclass
class Written:
    """A brief (None where nothing held), what a reader should know, seconds spent, and tokens that the engine wrote."""

    brief: Brief | None = None
    warnings: list[Warning] = field(default_factory=list)
    generating: float = 0.0
    checking: float = 0.0
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A grounded sentence, what it may draw on, and what the engine has made of it so far."""

    grounded: Grounded
    evidence: Evidence
    paragraph: int
    text: str = ""
    how: How = "draft"
    faults: tuple[Fault, ...] = ()


class Writer:
    """Writes one article's brief with one engine. A name whose spelling nobody has vouched for is not printed."""

    def __init__(self, result: Result, engine: Engine, progress: Callable[[str], None]) -> None:
        self.result, self.engine, self.progress = result, engine, progress
        self.entities = tuple(e if e.verified else replace(e, name=None, short=None) for e in result.entities)
        self.written = Written()

    def brief(self, count: int) -> Written:
        """At most ``count`` sentences in the order of the article, under a headline."""
        article = self.result.article
        sentences = with_contents(article, sentence_spans(article.text), self.entities, self.result.quantities)
        queue = ranked(sentences, self.entities)
        held: list[Draft] = []
        tried = 0
        while queue and len(held) < count and tried < count + SPARE:
            batch, queue = queue[: count - len(held)], queue[count - len(held) :]
            tried += len(batch)
            held += self._sentences([self._draft(s) for s in batch])
        held.sort(key=lambda d: d.grounded.span.start)
        if not held:
            self._warn("no-brief", "no sentence of the article could be rendered in English and hold its evidence")
            return self.written
        if len(held) < min(FEWEST, len(sentences)):
            self._warn("short-brief", f"only {len(held)} sentences could be made to hold")
        headline = self._headline(held[:2])
        self.written.brief = Brief("en", headline, tuple(self._finished(held)))
        return self.written

    def _draft(self, sentence: Sentence) -> Draft:
        r, span = self.result, sentence.span
        inside = {e.id: e for e in self.entities}
        terms = tuple(t for t in r.terms if any(span.start <= m.start and m.end <= span.end for m in t.mentions))
        evidence = Evidence(
            sentence.text,
            tuple(inside[e] for e in sentence.entities),
            terms,
            sentence.quantities,
            r.article.published,
        )
        grounded = ground(r.article.text, span, evidence.entities, terms, sentence.quantities)
        return Draft(grounded, evidence, sentence.paragraph)

    def _sentences(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Draft, then retry, then translate what does not hold; what never holds is left out with a warning.

        A draft that holds but has left an amount out is tried again too, and stands where the retry is no better.
        """
        drafts = self._round(drafts, "draft", lambda d: messages("sentence", source=d.grounded.text))
        held = [d for d in drafts if not d.faults and not left_out(d.text, d.evidence)]
        thin = [d for d in drafts if not d.faults and left_out(d.text, d.evidence)]
        for draft, again in zip(thin, self._round(thin, "retry", _told), strict=True):
            better = not again.faults and len(left_out(again.text, again.evidence)) < len(
                left_out(draft.text, draft.evidence)
            )
            held.append(again if better else draft)
        retried = self._round([d for d in drafts if d.faults], "retry", _told)
        held += [d for d in retried if not d.faults]
        literal = self._round(
            [d for d in retried if d.faults], "translated", lambda d: messages("literal", source=d.grounded.text)
        )
        held += [d for d in literal if not d.faults]
        for d in literal:
            if d.faults:
                span = d.grounded.span
                self._warn(
                    "sentence-left-out",
                    f"the sentence at {span.start}–{span.end} could not be made to hold ({_wrong(d.faults)})",
                )
        return held

    def _round(self, drafts: Sequence[Draft], how: How, ask: Callable[[Draft], Sequence[Message]]) -> list[Draft]:
        if not drafts:
            return []
        self.progress({"draft": "writing", "retry": "mending", "translated": "mending"}[how])
        requests = [self._request(ask(d), d) for d in drafts]
        written = self._generate(requests)
        started = time.perf_counter()
        done = [self._checked(d, c, how) for d, c in zip(drafts, written, strict=True)]
        self.written.checking += time.perf_counter() - started
        return done

    def _request(self, ask: Sequence[Message], draft: Draft) -> Request:
        return Request(tuple(ask), MAX_TOKENS, grammar_for(draft.grounded), forbid_chinese=True, shared=examples(ask))

    def _generate(self, requests: Sequence[Request]) -> list[Completion]:
        started = time.perf_counter()
        written = self.engine.generate(requests)
        self.written.generating += time.perf_counter() - started
        self.written.tokens += sum(c.completion_tokens for c in written)
        return written

    def _checked(self, draft: Draft, completion: Completion, how: How) -> Draft:
        text = tidy(completion.text)
        faults = check(text, draft.evidence)
        if faults:
            text = lower_common(text, faults, draft.evidence)
            faults = check(text, draft.evidence)
        if completion.finish == "length":
            faults.append(Fault("form", "too long"))
        return replace(draft, text=text, how=how, faults=tuple(faults))

    def _headline(self, leads: Sequence[Draft]) -> Headline | None:
        """A headline out of the first sentence as written, else out of the next; its evidence is that sentence's."""
        faults: list[Fault] = []
        for lead in leads:
            ask = messages("headline", source=lead.text)
            request = Request(tuple(ask), 40, grammar_for(lead.grounded), forbid_chinese=True, shared=examples(ask))
            text = tidy(self._generate([request])[0].text).rstrip(".")
            text = lower_common(text, check(text, lead.evidence, whole=False), lead.evidence)
            faults = check(text, lead.evidence, whole=False)
            if not faults and len(text.split()) >= 3:
                return Headline(text, (lead.grounded.span,))
        self._warn("no-headline", f"no headline could be made to hold ({_wrong(faults) or 'too short'})")
        return None

    def _finished(self, held: Sequence[Draft]) -> list[BriefSentence]:
        """Sentences of the result: a person is named in full first and by the short form from then on."""
        given: set[str] = set()
        out = []
        for d in held:
            text = d.text
            for e in d.evidence.entities:
                if e.type == "PERSON" and e.name and e.short:
                    text = _named(text, e.name, e.short, first=e.id not in given)
                    given |= {e.id} if e.short in text else set()
            entities, quantities = _entities_in(text, d.evidence), _quantities_in(text, d.evidence)
            out.append(BriefSentence(text, self._spans(d), entities, quantities, d.how))
        return out

    def _spans(self, draft: Draft) -> tuple[Span, ...]:
        """The evidence of a sentence, with the sentence before that gives a bare day its month and year."""
        span, text = draft.grounded.span, self.result.article.text
        bare = [
            q for q in draft.evidence.quantities if q.kind == "date" and re.fullmatch(r"[^年月]{1,4}[日號].*", q.text)
        ]
        months = {str(q.value)[:7] for q in bare}
        for q in reversed(self.result.quantities):
            if q.end <= span.start and q.kind == "date" and "月" in q.text and str(q.value)[:7] in months:
                earlier = next(s for s in sentence_spans(text) if s.start <= q.start < s.end)
                return earlier, span
        return (span,)

    def _warn(self, code: str, message: str) -> None:
        self.written.warnings.append(Warning(code, message))


def _named(text: str, name: str, short: str, first: bool) -> str:
    """``text`` with a person's name in full at its first mention of all, and in its short form at others."""
    full, brief = rf"(?<!\w){re.escape(name)}(?!\w)", rf"(?<!\w){re.escape(short)}(?!\w)"
    text = re.sub(full, lambda _: short, text)
    return re.sub(brief, lambda _: name, text, count=1) if first else text


def _told(draft: Draft) -> Sequence[Message]:
    """The conversation so far and what was wrong with it."""
    wrong = ", ".join(f'"{f.what}"' for f in draft.faults)
    missing = ", ".join(f'"{q.name}"' for q in left_out(draft.text, draft.evidence))
    return [
        *messages("sentence", source=draft.grounded.text),
        Message("assistant", draft.text),
        *(messages("retry", wrong=wrong) if wrong else messages("missing", missing=missing)),
    ]


def _wrong(faults: Sequence[Fault]) -> str:
    return "; ".join(f"{f.problem}: {f.what}" for f in faults)


def _entities_in(text: str, evidence: Evidence) -> tuple[str, ...]:
    return tuple(e.id for e in evidence.entities if any(f in text for f in _forms(e)))


def _forms(entity: Entity) -> set[str]:
    return {f for f in (entity.name, entity.short, printed(entity)) if f}


def _quantities_in(text: str, evidence: Evidence) -> tuple[str, ...]:
    numbers = read_english(text)
    return tuple(
        q.id
        for q in evidence.quantities
        if re.search(rf"(?<!\w){re.escape(q.name)}(?!\w)", text) or any(supported(n, [q], "") for n in numbers)
    )


def write_brief(result: Result, engine: Engine, sentences: int, progress: Callable[[str], None]) -> Written:
    """Write the English brief of an annotated article. Raises :class:`nlp.errors.EngineError`."""
    if not result.article.text.strip():
        return Written(warnings=[Warning("no-brief", "the article has no text")])
    return Writer(result, engine, progress).brief(sentences)
