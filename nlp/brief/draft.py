"""Draft sentences and mend them: several renderings of one sentence, each checked against its evidence; the surest stands.

How sure a model is of what it wrote tells whether it is true, that of a model which has learnt exact renderings most of all: of 316 drafts 1 of
the surest eighth was untrue and 28 of the 40 least sure ones (docs/briefs.md). So what the model is not sure of is rendered again, literally;
what it is still not sure of, divided in the middle. What never holds is told what was wrong with it, once. A model that was taught
our prompts is asked again for what does not hold, or what it doubts and nothing else can take the place of: divided, then literally; for a translation with examples too.
Briefs and translations are both written so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from nlp.brief.check import (
    PROBLEMS,
    QUOTATION,
    Evidence,
    Fault,
    Problem,
    check,
    left_out,
    lower_common,
    uncounted,
    unnamed,
    with_accents,
    with_capitals,
)
from nlp.brief.divide import divided
from nlp.brief.grammar import figures, grammar_for
from nlp.brief.ground import Grounded, ground
from nlp.brief.naming import Naming
from nlp.brief.phrases import find_phrases
from nlp.brief.prompts import examples, messages
from nlp.brief.tidy import tidy
from nlp.engines import Completion, Engine, Message, Request
from nlp.engines.gather import clock
from nlp.trace import tell
from nlp.types import Entity, How, Result, Span

MAX_TOKENS = 160
"""Longest sentence an engine may write, in its own tokens."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How sure a model is, as mean logarithms of the probabilities of a text's tokens.

    Below ``doubtful`` a text is left out where there are others to take its place; what is ``needed`` is doubted only below that.
    Below ``hopeless`` another rendering has hardly ever been sure.
    """

    doubtful: float
    needed: float
    hopeless: float


UNTAUGHT = Bounds(-0.34, -0.4, -0.5)
"""Measured with Qwen2.5-Coder-1.5B and our examples, on sentences of ten news pages and eight documents of NTREX-128."""
TAUGHT = Bounds(-0.36, -0.42, -0.5)
"""Of the adapter that ships for it, on 368 drafts of 57 documents of NTREX-128 and nine news pages: a quarter was untrue above the first, half between it and the second, two in three below."""
SURE = -0.2
"""Above this no second rendering is asked of a model that was not taught our prompts."""


@dataclass(frozen=True, slots=True)
class Standard:
    """What a rendering is held to: the problems that ``bar`` it, with which it is of no use.

    With ``spelling`` as many names may be the engine's own as the evidence has that nobody knows. With ``complete`` every
    number of the evidence is asked for, else only amounts and shares; names always are. Nothing else can take the place of what is ``needed``.
    """

    bar: frozenset[Problem] = PROBLEMS
    spelling: bool = False
    complete: bool = False
    needed: bool = False


BRIEF = Standard()
"""A sentence with any fault is left out of a brief, where another takes its place."""
LEAD = Standard(needed=True)
"""The sentence that opens an article: a brief without the news is none."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A grounded sentence, what it may draw on and is held to, and what the engine has made of it so far."""

    grounded: Grounded
    evidence: Evidence
    standard: Standard = BRIEF
    taught: bool = False
    text: str = ""
    how: How = "draft"
    faults: tuple[Fault, ...] = ()
    confidence: float = 0.0

    @property
    def bounds(self) -> Bounds:
        """How sure the engine has to be."""
        return TAUGHT if self.taught else UNTAUGHT

    @property
    def doubtful(self) -> bool:
        """Whether the engine was not sure enough of the text."""
        return self.confidence < (self.bounds.needed if self.standard.needed else self.bounds.doubtful)

    @property
    def barring(self) -> tuple[Fault, ...]:
        """The faults with which the text is of no use."""
        return tuple(f for f in self.faults if f.problem in self.standard.bar)

    @property
    def missing(self) -> list[str]:
        """What of the evidence the text does not give, of all that is asked for: worth another try, if no fault."""
        names = unnamed(self.text, self.evidence)
        if not self.standard.complete:
            return [*names, *(q.name for q in left_out(self.text, self.evidence))]
        missing = [*names, *(q.name for q in uncounted(self.text, self.evidence))]
        bare = self.evidence.text
        for q in self.evidence.quantities:
            bare = bare.replace(q.text, "\n")
        told = figures(" ".join((self.text, *missing)))
        return [*missing, *(f for f in figures(bare) if f not in told)]


def draft_of(
    result: Result, entities: Sequence[Entity], span: Span, standard: Standard = BRIEF, naming: Naming | None = None
) -> Draft:
    """What stands at ``span`` of the article, grounded with ``entities``, before anything is written.

    ``naming`` is how names are grounded (:func:`nlp.brief.ground.ground`).
    """
    text = result.article.text
    inside = tuple(e for e in entities if any(span.start <= m.start and m.end <= span.end for m in e.mentions))
    terms = tuple(t for t in result.terms if any(span.start <= m.start and m.end <= span.end for m in t.mentions))
    quantities = tuple(q for q in result.quantities if span.start <= q.start and q.end <= span.end)
    source = text[span.start : span.end]
    phrases = tuple(p.english for p in find_phrases(source))
    evidence = Evidence(source, inside, terms, quantities, result.article.published, phrases)
    return Draft(ground(text, span, inside, terms, quantities, naming), evidence, standard)


@dataclass
class Drafting:
    """One engine at work on one article; ``generating`` and ``checking`` are the seconds spent so far, ``tokens`` what was written."""

    engine: Engine
    progress: Callable[[str], None]
    generating: float = field(default=0.0, init=False)
    checking: float = field(default=0.0, init=False)
    tokens: int = field(default=0, init=False)

    def written(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Every draft with its text, in order: those that hold, and those that do not with their ``faults``."""
        taught = getattr(self.engine, "taught", False)
        tries = [[d] for d in self._round([replace(d, taught=taught) for d in drafts], "draft", _asked)]
        if taught:  # one that was taught to render answers what it is told about a rendering by repeating it
            self._again(tries, _long_and_doubtful, "retry", _divided)
            self._again(tries, _wrong_or_thin, "translated", _literal)
            self._again(tries, _of_no_use, "retry", _with_examples)
        else:
            self._again(tries, _unsure, "translated", _literal)
            self._again(tries, _long_and_doubtful, "retry", _divided)
            self._again(tries, _wrong_or_thin, "retry", _told)
        return [_unquoted(_best(t)) for t in tries]

    def _again(
        self,
        tries: Sequence[list[Draft]],
        worth: Callable[[Draft], bool],
        how: How,
        ask: Callable[[Draft], Sequence[Message]],
    ) -> None:
        """Another rendering of each sentence whose best one so far makes it ``worth`` one."""
        chosen = [t for t in tries if worth(_best(t))]
        for t, rendering in zip(chosen, self._round([_best(t) for t in chosen], how, ask), strict=True):
            t.append(rendering)

    def _round(self, drafts: Sequence[Draft], how: How, ask: Callable[[Draft], Sequence[Message]]) -> list[Draft]:
        if not drafts:
            return []
        self.progress({"draft": "writing", "retry": "mending", "translated": "mending"}[how])
        requests = [_request(ask(d), d) for d in drafts]
        started = clock()
        completions = self.engine.generate(requests)
        generated = clock()
        done = [_checked(d, c, how) for d, c in zip(drafts, completions, strict=True)]
        for d in done:
            faults = [[f.problem, f.what] for f in d.faults]
            tell("check", how=how, source=d.grounded.text, text=d.text, faults=faults, confidence=d.confidence)
        self.generating += generated - started
        self.tokens += sum(c.completion_tokens for c in completions)
        self.checking += clock() - generated
        return done


def _request(ask: Sequence[Message], draft: Draft) -> Request:
    return Request(
        tuple(ask),
        MAX_TOKENS,
        grammar_for(draft.grounded),
        forbid_chinese=True,
        shared=examples(ask),
        source=draft.grounded.text,
    )


def _checked(draft: Draft, completion: Completion, how: How) -> Draft:
    text = with_capitals(with_accents(tidy(completion.text), draft.evidence), draft.evidence)
    faults = _faults(text, draft)
    if faults and not draft.standard.spelling:
        text = lower_common(text, faults, draft.evidence)
        faults = _faults(text, draft)
    if completion.finish == "length":
        faults.append(Fault("form", "too long"))
    return replace(draft, text=text, how=how, faults=tuple(faults), confidence=completion.confidence or 0.0)


def _faults(text: str, draft: Draft) -> list[Fault]:
    faults = check(text, draft.evidence)
    spelt = sum(f.problem == "name" for f in faults)
    if draft.standard.spelling and spelt <= sum(e.name is None for e in draft.evidence.entities):
        return [f for f in faults if f.problem != "name"]
    return faults


def _best(tries: Sequence[Draft]) -> Draft:
    """Of several renderings of a sentence one that is of use, that holds, that leaves out the least, that the engine is surest of."""
    return max(tries, key=lambda d: (not d.barring, not d.faults, _indirect(d), -len(d.missing), d.confidence))


def _unsure(best: Draft) -> bool:
    unsure = best.confidence < SURE
    return best.confidence >= best.bounds.hopeless and (unsure or bool(best.faults) or _thin(best))


def _long_and_doubtful(best: Draft) -> bool:
    doubted = best.doubtful and (best.standard.needed or not best.taught)
    return (
        best.confidence >= best.bounds.hopeless
        and (doubted or bool(best.faults))
        and divided(best.grounded.text) is not None
    )


def _wrong_or_thin(best: Draft) -> bool:
    """Whether there is something to be told. A small model told of quotation marks talks about the marks.

    What is doubtful is left out of a brief where there are others; a translation has no others, and wants every name and number.
    """
    worth = bool(best.barring) or _thin(best)
    return worth and not _indirect(best) and (best.standard.needed or not best.doubtful)


def _of_no_use(best: Draft) -> bool:
    """Whether nothing that was written for a translation can be used; for a brief the examples would take too long to read."""
    return best.standard.complete and bool(best.barring) and not _indirect(best)


def _thin(best: Draft) -> bool:
    return bool(best.missing)


def _asked(draft: Draft) -> Sequence[Message]:
    return messages("sentence", draft.taught, source=draft.grounded.text)


def _with_examples(draft: Draft) -> Sequence[Message]:
    return messages("sentence", source=draft.grounded.text)


def _literal(draft: Draft) -> Sequence[Message]:
    return messages("literal", source=draft.grounded.text)


def _divided(draft: Draft) -> Sequence[Message]:
    return messages("sentence", draft.taught, source=divided(draft.grounded.text) or draft.grounded.text)


def _indirect(draft: Draft) -> bool:
    """Whether a draft has lost nothing but quotation marks."""
    return bool(draft.faults) and all(f.what == QUOTATION for f in draft.faults)


def _unquoted(draft: Draft) -> Draft:
    """A draft that has lost nothing but quotation marks holds in the end: somebody's words may be given indirectly."""
    return replace(draft, faults=()) if _indirect(draft) else draft


def _told(draft: Draft) -> Sequence[Message]:
    """The conversation so far and what was wrong with it."""
    wrong = ", ".join(f'"{f.what}"' for f in draft.faults if f.problem != "lost")
    lost = [f.what for f in draft.faults if f.problem == "lost"]
    missing = ", ".join(f'"{what}"' for what in (*lost, *draft.missing))
    return [
        *messages("sentence", source=draft.grounded.text),
        Message("assistant", draft.text),
        *(messages("retry", wrong=wrong) if wrong else messages("missing", missing=missing)),
    ]


def wrong(faults: Sequence[Fault]) -> str:
    """The faults in words, for a warning."""
    return "; ".join(f"{f.problem}: {f.what}" for f in faults)
