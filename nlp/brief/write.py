"""Write a brief: choose, ground, draft, check, mend.

Each sentence is drafted from one grounded sentence of the article (:mod:`nlp.brief.draft`). What cannot be made to hold, or what
the engine is not sure of in any rendering, is left out with a warning, and the next sentence in rank takes its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from nlp.annotate.sentences import sentence_spans
from nlp.brief.check import Evidence, check
from nlp.brief.draft import Draft, Drafting, draft_of, wrong
from nlp.brief.ground import printed
from nlp.brief.headline import headlines
from nlp.brief.select import ranked, with_contents
from nlp.engines import Engine
from nlp.quantities import read_english, supported
from nlp.types import Brief, BriefSentence, Entity, Headline, Result, Span, Warning

FEWEST = 3
"""A brief of fewer sentences is still given, with a warning."""
LEAD_DOUBTFUL = -0.45
"""As :data:`nlp.brief.draft.DOUBTFUL`, for the sentence that opens the article."""
SPARE = 3
"""How many sentences beyond those asked for are tried where some cannot be made to hold."""


@dataclass
class Written:
    """A brief (None where nothing held), what a reader should know, seconds spent, and tokens that the engine wrote."""

    brief: Brief | None = None
    warnings: list[Warning] = field(default_factory=list)
    generating: float = 0.0
    checking: float = 0.0
    tokens: int = 0


class Writer:
    """Writes one article's brief with one engine. A name whose spelling nobody has vouched for is not printed."""

    def __init__(self, result: Result, engine: Engine, progress: Callable[[str], None]) -> None:
        self.result, self.drafting = result, Drafting(engine, progress)
        self.entities = tuple(e if e.verified else replace(e, name=None, short=None) for e in result.entities)
        self.warnings: list[Warning] = []

    def brief(self, count: int) -> Brief | None:
        """At most ``count`` sentences in the order of the article, under a headline."""
        article = self.result.article
        sentences = with_contents(article, sentence_spans(article.text), self.entities, self.result.quantities)
        queue = ranked(sentences, self.entities)
        held: list[Draft] = []
        doubtful: list[Draft] = []
        tried = 0
        while queue and len(held) < count and tried < count + SPARE:
            batch, queue = queue[: count - len(held)], queue[count - len(held) :]
            tried += len(batch)
            for d in self._sentences([draft_of(self.result, self.entities, s.span) for s in batch]):
                (doubtful if _too_doubtful(d) else held).append(d)
        doubtful.sort(key=lambda d: d.confidence)
        while doubtful and len(held) < min(FEWEST, count):
            held.append(doubtful.pop())
        for d in doubtful:
            span = d.grounded.span
            self._warn(
                "sentence-doubtful",
                f"the sentence at {span.start}–{span.end} was left out: the model is not sure of it",
            )
        held.sort(key=lambda d: d.grounded.span.start)
        if not held:
            self._warn("no-brief", "no sentence of the article could be rendered in English and hold its evidence")
            return None
        if len(held) < min(FEWEST, len(sentences)):
            self._warn("short-brief", f"only {len(held)} sentences could be made to hold")
        return Brief("en", self._headline(held), tuple(self._finished(held)))

    def _sentences(self, drafts: Sequence[Draft]) -> list[Draft]:
        """The drafts that hold, written; what never holds is left out with a warning."""
        written = self.drafting.written(drafts)
        for d in written:
            if d.faults:
                span = d.grounded.span
                self._warn(
                    "sentence-left-out",
                    f"the sentence at {span.start}–{span.end} could not be made to hold ({wrong(d.faults)})",
                )
        return [d for d in written if not d.faults]

    def _headline(self, held: Sequence[Draft]) -> Headline | None:
        """A headline cut from the first sentence that one can be cut from; its evidence is that sentence's."""
        for draft in held:
            for text in headlines(draft.text):
                if not check(text, draft.evidence, whole=False):
                    return Headline(text, self._spans(draft))
        self._warn("no-headline", "no sentence of the brief can be cut to a headline that holds")
        return None

    def _finished(self, held: Sequence[Draft]) -> list[BriefSentence]:
        """Sentences of the result: who is named in full first goes by the short form from then on."""
        given: set[str] = set()
        out = []
        for d in held:
            text = d.text
            for e in d.evidence.entities:
                if e.name and e.short and _shortened(e):
                    text = _named(text, e.name, e.short, first=printed(e) == e.name and e.id not in given)
                    given |= {e.id} if e.short in text or e.name in text else set()
            text = text[:1].upper() + text[1:]
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
        self.warnings.append(Warning(code, message))


def _too_doubtful(draft: Draft) -> bool:
    """Whether a sentence is better left out. The lead is not given up so soon: a brief without the news is none."""
    return draft.confidence < LEAD_DOUBTFUL if draft.grounded.span.start == 0 else draft.doubtful


def _shortened(entity: Entity) -> bool:
    """Whether English goes on with the short form: a person's surname, the acronym of a body (EU, OPEC), no country's."""
    return entity.type == "PERSON" or (
        entity.type not in ("GPE", "LOC") and bool(entity.short and entity.short.isupper())
    )


def _named(text: str, name: str, short: str, first: bool) -> str:
    """``text`` with a name in full at its first mention of all, and in its short form at others."""
    full, brief = rf"(?<!\w){re.escape(name)}(?![\w+])", rf"(?<!\w){re.escape(short)}(?![\w+])"
    text = re.sub(rf"{full} \({re.escape(short)}\)|{full}", lambda _: short, text)
    return re.sub(brief, lambda _: name, text, count=1) if first else text


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
    writer = Writer(result, engine, progress)
    brief = writer.brief(sentences)
    done = writer.drafting
    return Written(brief, writer.warnings, done.generating, done.checking, done.tokens)
