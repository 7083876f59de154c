"""Write an English brief: choose, ground, draft, check, mend.

Each sentence is drafted from one grounded sentence of the article (:mod:`nlp.brief.draft`). What cannot be made to hold is left out with a
warning, and the next sentence in rank takes its place. So does it where a sentence may well be untrue: it leaves much to the model, is about
somebody of whom nothing is known, has lost a name, or the engine is not sure of it in any rendering.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from nlp.annotate.sentences import sentence_spans
from nlp.brief.case import titled
from nlp.brief.check import Evidence, check, unnamed
from nlp.brief.draft import BRIEF, LEAD, Draft, Drafting, draft_of, wrong
from nlp.brief.fitting import fits
from nlp.brief.headline import headlines
from nlp.brief.naming import printed
from nlp.brief.select import Sentence, ranked, with_contents
from nlp.brief.style import Style
from nlp.brief.written import FEWEST, Written
from nlp.engines import Engine
from nlp.quantities import read_english, supported
from nlp.types import Brief, BriefSentence, Entity, Headline, Result, Span, Warning

SPARE = 6
"""How many sentences beyond those wanted the engine is asked for where some cannot be made to hold, or it is not sure of them."""

MOST_BARE = 32
"""With more Chinese characters left to render a sentence is likelier untrue than true, however sure the model is (docs/briefs.md)."""

Shown = Callable[[Brief], None]
"""Told of a brief each time it has grown by a sentence that holds; what it was told before never changes."""


class Writer:
    """Writes one article's brief with one engine. A name whose spelling nobody has vouched for is not printed."""

    def __init__(self, result: Result, engine: Engine, style: Style, progress: Callable[[str], None]) -> None:
        self.result, self.style, self.drafting = result, style, Drafting(engine, progress)
        self.entities = tuple(e if e.verified else replace(e, name=None, short=None) for e in result.entities)
        self.given: set[str] = set()
        self.left_out = 0
        self.doubted: list[Draft] = []
        self.hard: list[Draft] = []
        self.warnings: list[Warning] = []

    def brief(self, count: int, shown: Shown | None) -> Brief | None:
        """At most ``count`` sentences under a headline, in the order of the article.

        A sentence that does not hold gives way to the next in rank that stands further down, or else to any other, which comes
        last where the sentences before have been ``shown``.
        """
        article, terms = self.result.article, self.result.terms
        sentences = with_contents(article, sentence_spans(article.text), self.entities, self.result.quantities, terms)
        brief, held = Brief("en", None, ()), list[Draft]()
        drafts: Iterable[Draft] = self._held(ranked(sentences, self.entities), count, shown is not None)
        for draft in drafts if shown else sorted(drafts, key=lambda d: d.grounded.span.start):
            held.append(draft)
            headline = brief.headline or self._headline(draft)
            brief = Brief("en", headline, (*brief.sentences, self._finished(draft)))
            if headline and shown:
                shown(brief)
        if not held:
            self._warn("no-brief", "no sentence of the article could be rendered in English and hold its evidence")
            return None
        if len(held) < min(FEWEST, count, len(sentences)):
            self._warn("short-brief", f"only {len(held)} sentences could be made to hold")
        if not brief.headline:
            self._warn("no-headline", "no sentence of the brief can be cut to a headline that holds")
        self._count(held)
        return brief

    def _held(self, queue: Iterator[Sentence], count: int, soon: bool) -> Iterator[Draft]:
        """The sentences that hold, written, in the groups that serve the engine, or one by one until one holds if somebody waits for it ``soon``.

        ``queue`` has all by rank. Those that were put aside come last: where the article has no others, or where there would be fewer than :data:`FEWEST`.
        """
        together = 1 if soon else self.drafting.engine.together
        waiting = _in_order(islice(queue, count))
        passed: list[Sentence] = []
        missing, tries, others = count, count + SPARE, True
        while waiting:
            batch, waiting = waiting[:together], waiting[together:]
            drafts = self._usable(batch)
            tries -= len(drafts)
            held = self._sentences(drafts)
            missing -= len(held)
            together = self.drafting.engine.together if held else together
            yield from held
            for _ in range(min(missing, tries, count + SPARE - len(self.hard)) - len(waiting)):
                spare = _next(queue, passed, batch[-1].span.start)
                others = spare is not None
                if spare is not None:
                    waiting = _in_order([*waiting, spare])
        enough = min(FEWEST, count) if others else count
        yield from self._last_resort(enough - (count - missing), alone=missing == count)

    def _usable(self, batch: Sequence[Sentence]) -> list[Draft]:
        """Those of a batch that are worth asking the engine for, grounded; the others are put aside, or do not fit and are left out with a warning."""
        drafts = []
        for sentence in batch:
            draft = draft_of(self.result, self.entities, sentence.span, LEAD if sentence.lead else BRIEF)
            if not fits(self.drafting.engine, draft):
                self._leave_out(sentence.span, "longer than the model can read")
            elif not sentence.lead and (draft.grounded.bare > MOST_BARE or draft.grounded.somebody):
                self.hard.append(draft)
            else:
                drafts.append(draft)
        return drafts

    def _sentences(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Those that hold, written, in order; what never holds is left out with a warning, and what holds but may well be untrue put aside."""
        held = []
        for d in self.drafting.written(drafts):
            if d.faults:
                self._leave_out(d.grounded.span, wrong(d.faults))
            elif self._doubted(d):
                self.doubted.append(d)
            else:
                held.append(d)
        return held

    def _doubted(self, draft: Draft) -> bool:
        """Whether a sentence is better left out. The lead is not given up so soon: a brief without the news is none."""
        if draft.standard.needed:
            return draft.doubtful
        return draft.doubtful or _speaks_to_the_reader(draft.text) or bool(unnamed(draft.text, draft.evidence))

    def _last_resort(self, missing: int, alone: bool) -> list[Draft]:
        """At most ``missing`` of what was put aside and is true rather than not, the likeliest first; ``alone``, at least one of anything that holds.

        What was written and is not taken is left out with a warning.
        """
        likeliest = sorted(self.doubted, key=lambda d: (not unnamed(d.text, d.evidence), d.confidence), reverse=True)
        chosen = [d for d in likeliest if d.confidence >= d.bounds.needed and not unnamed(d.text, d.evidence)][
            : max(0, missing)
        ]
        hard: list[Draft] = []
        if alone and not chosen:
            self.hard.sort(key=lambda d: (d.grounded.somebody, d.grounded.bare))
            hard = [] if likeliest else self.drafting.written(self.hard[:SPARE])
            chosen = [*likeliest, *sorted((d for d in hard if not d.faults), key=lambda d: -d.confidence)][:1]
        for d in (*self.doubted, *hard):
            if d not in chosen:
                self._leave_out(d.grounded.span, wrong(d.faults) if d.faults else "what came of it may well be untrue")
        return chosen

    def _leave_out(self, span: Span, why: str) -> None:
        self.left_out += 1
        self._warn("sentence-left-out", f"the sentence at {span.start}–{span.end} could not be made to hold ({why})")

    def _count(self, held: Sequence[Draft]) -> None:
        """How often each mending happened, where any did; ``how`` of each sentence says which was mended."""
        how = Counter(d.how for d in held)
        if self.left_out or how["draft"] < len(held):
            told = ", ".join(f"{way} {how[way]}" for way in ("draft", "retry", "translated"))
            self._warn("mended", f"sentences by how they were made: {told}, left out {self.left_out}")

    def _headline(self, draft: Draft) -> Headline | None:
        """A headline cut from a sentence, where one can be; its evidence is that sentence's."""
        for text in headlines(draft.text):
            if not check(text, draft.evidence, whole=False):
                return Headline(self._cased(text, draft), self._spans(draft))
        return None

    def _cased(self, headline: str, draft: Draft) -> str:
        names = {form for e in draft.evidence.entities for form in _forms(e)}
        return titled(headline, names) if self.style.title_case else headline

    def _finished(self, d: Draft) -> BriefSentence:
        """A sentence of the result: who has been named in full goes by the short form from then on, but not from bullet to bullet."""
        text = d.text
        given = set[str]() if self.style.bullets else self.given
        for e in d.evidence.entities:
            if e.name and e.short and _shortened(e):
                text = _named(text, e.name, e.short, first=printed(e) == e.name and e.id not in given)
                given |= {e.id} if e.short in text or e.name in text else set()
        text = text[:1].upper() + text[1:]
        entities, quantities = _entities_in(text, d.evidence), _quantities_in(text, d.evidence)
        return BriefSentence(text, self._spans(d), entities, quantities, d.how)

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


def _speaks_to_the_reader(text: str) -> bool:
    """Whether a sentence says I, we or you outside quotation marks: somebody's words of which nobody knows whose they are."""
    return _I_OR_YOU.search(_QUOTED.sub("", text)) is not None


_QUOTED = re.compile('["“][^"”]*["”]')
_I_OR_YOU = re.compile(
    r"(?<![\w.\-])(?<!War )(?:I(?=['’]|\s+[a-z])|(?:[Ww]e|[Mm]y|[Oo]ur|me|us|[Yy]ou|[Yy]our|ours|ourselves|myself|yourself)\b)"
)


def _in_order(sentences: Iterator[Sentence] | Sequence[Sentence]) -> list[Sentence]:
    return sorted(sentences, key=lambda s: s.span.start)


def _next(queue: Iterator[Sentence], passed: list[Sentence], after: int) -> Sentence | None:
    """The next in rank that stands after ``after``; where there is none, the first of those that were ``passed`` over."""
    for s in queue:
        if s.span.start > after:
            return s
        passed.append(s)
    return passed.pop(0) if passed else None


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


def write_brief(
    result: Result,
    engine: Engine,
    sentences: int,
    progress: Callable[[str], None],
    style: Style | None = None,
    shown: Shown | None = None,
) -> Written:
    """Write the English brief of an annotated article, which is ``shown`` as it grows. Raises :class:`nlp.errors.EngineError`."""
    if not result.article.text.strip():
        return Written(warnings=[Warning("no-brief", "the article has no text")])
    writer = Writer(result, engine, style or Style(), progress)
    brief = writer.brief(sentences, shown)
    done = writer.drafting
    return Written(brief, writer.warnings, done.generating, done.checking, done.tokens)
