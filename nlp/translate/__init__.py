"""Translate an article sentence by sentence, names and numbers locked, every sentence checked like a brief's.

A name that nobody knows is written as ⟦pinyin⟧ for the translator to see. The model reads it as a plain Latin name,
which it copies as it copies all others, and the brackets are put round it afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress, pairwise

from pypinyin import lazy_pinyin

from nlp.annotate.candidates import surname
from nlp.annotate.sentences import sentence_spans
from nlp.brief.draft import Draft, Drafting, Standard, draft_of, wrong
from nlp.brief.fitting import fits
from nlp.engines import Engine
from nlp.quantities.english_forms import in_figures
from nlp.translate.naming import name_or_itself
from nlp.translate.spelt import attributed, spelt_names
from nlp.translate.transliterated import likely_spelling
from nlp.types import Entity, Quantity, Result, Segment, Span, Translation, Warning

LOCKED = frozenset(("PERSON", "GPE", "LOC", "ORG", "FAC"))
"""Kinds of names that are locked as pinyin; what a law, a work or an event is called is mostly a phrase, and is translated."""
LOCKING = Standard(bar=frozenset(("number", "name", "chinese", "form")), complete=True, needed=True)
"""A segment is left empty only for what must not stand in it; other faults (a hedge that may be lost) are told in a warning."""
GUESSING = Standard(bar=LOCKING.bar - {"name"}, spelling=True, complete=True, needed=True)
"""The same where names are the model's to spell."""


@dataclass(frozen=True, slots=True)
class Translated:
    """A translation, the entities with guessed names filled in, what a reader should know, seconds spent and tokens written."""

    translation: Translation
    entities: tuple[Entity, ...]
    warnings: tuple[Warning, ...]
    generating: float
    checking: float
    tokens: int


def translate(result: Result, engine: Engine, guess: bool, progress: Callable[[str], None]) -> Translated:
    """Translate an annotated article. With ``guess`` unknown names are spelt, persons' as they likely are, others by the model; both are
    marked ``guessed``.

    Raises :class:`nlp.errors.EngineError`.
    """
    return _Translator(result, engine, guess, progress).translated()


class _Translator:
    def __init__(self, result: Result, engine: Engine, guess: bool, progress: Callable[[str], None]) -> None:
        self.result = replace(result, quantities=tuple(_in_figures(q) for q in result.quantities))
        self.guess, self.drafting = guess, Drafting(engine, progress)
        self.entities = [_guessed(e) if guess else e for e in result.entities]
        self.warnings: list[Warning] = []

    def translated(self) -> Translated:
        spans = sentence_spans(self.result.article.text)
        together = 1 if self.guess else self.drafting.engine.together  # a guess holds for the sentences that follow
        groups = (spans[at : at + together] for at in range(0, len(spans), together))
        segments = [segment for group in groups for segment in self._segments(group)]
        translation = Translation(_joined(self.result.article.text, segments), tuple(segments))
        entities, warnings, done = tuple(self.entities), tuple(self.warnings), self.drafting
        return Translated(translation, entities, warnings, done.generating, done.checking, done.tokens)

    def _segments(self, spans: Sequence[Span]) -> Iterator[Segment]:
        entities, standard = tuple(self._locked()), GUESSING if self.guess else LOCKING
        drafts = [draft_of(self.result, entities, span, standard, name_or_itself) for span in spans]
        fitting = [fits(self.drafting.engine, draft) for draft in drafts]
        written = iter(self.drafting.written(list(compress(drafts, fitting))))
        for span, draft, fit in zip(spans, drafts, fitting, strict=True):
            text = ""
            if fit:
                done = next(written)
                text = self._bracketed(self._accepted(done), draft)
            else:
                self._warn("segment-left-out", f"{span.start}–{span.end} is longer than the model can read")
            yield Segment(span.start, span.end, text)

    def _locked(self) -> Iterator[Entity]:
        """The entities as the engine reads them: an unknown name is its pinyin, unless the engine is to spell it."""
        for e in self.entities:
            locked = e.name is None and e.type in LOCKED and not self.guess
            yield replace(e, name=pinyin(e)) if locked else e

    def _accepted(self, draft: Draft) -> str:
        span = draft.grounded.span
        if draft.barring:
            self._warn(
                "segment-left-out", f"{span.start}–{span.end} could not be made to hold ({wrong(draft.barring)})"
            )
            return ""
        faults = [f for f in draft.faults if not (self.guess and f.problem == "name")]
        doubts = [wrong(faults)] if faults else []
        if draft.missing:
            doubts.append(f"missing: {', '.join(draft.missing)}")
        if self.guess and (own := self._names_of_its_own(draft)):
            doubts.append(f"the model's own names: {', '.join(own)}")
        if draft.doubtful:
            doubts.append("the model was not sure of it")
        if doubts:
            self._warn("segment-doubtful", f"{span.start}–{span.end} may not say the same ({'; '.join(doubts)})")
        return draft.text

    def _names_of_its_own(self, draft: Draft) -> list[str]:
        """The names that the model spelt and that are no clear entity's; those that are go to their entities."""
        nameless = [e for e in draft.evidence.entities if e.name is None and e.type in LOCKED]
        spelt = spelt_names(draft.text, draft.evidence)
        guessed = attributed(nameless, spelt)
        for entity, name in guessed:
            known = next(i for i, e in enumerate(self.entities) if e.id == entity.id)
            self.entities[known] = _with_guess(entity, name)
        taken = {name for _, name in guessed}
        return [name for name in spelt if name not in taken]

    def _bracketed(self, text: str, draft: Draft) -> str:
        unknown = {e.id for e in self.entities if e.name is None}
        for e in draft.evidence.entities:
            if e.id in unknown and e.name:
                text = re.sub(rf"(?<!\w){re.escape(e.name)}(?!\w)", lambda m: f"⟦{m.group()}⟧", text)
        return text

    def _warn(self, code: str, message: str) -> None:
        self.warnings.append(Warning(code, message))


def pinyin(entity: Entity) -> str:
    """The longest mention of an entity in pinyin without tones, as one capitalised word."""
    return "".join(lazy_pinyin(_longest(entity))).capitalize()


def _in_figures(quantity: Quantity) -> Quantity:
    """A century as a translation has it, where figures stay figures for those who compare them with the source's."""
    return replace(quantity, name=in_figures(quantity.name)) if quantity.unit == "century" else quantity


def _guessed(entity: Entity) -> Entity:
    """A person whom nobody knows with the likely spelling of the name, if there is one for all of it."""
    spelling = likely_spelling(_longest(entity)) if entity.type == "PERSON" and entity.name is None else None
    return entity if spelling is None else _with_guess(entity, spelling)


def _with_guess(entity: Entity, name: str) -> Entity:
    short = surname(name) if entity.type == "PERSON" else None
    return replace(entity, name=name, short=short, origin="guessed", source=None)


def _longest(entity: Entity) -> str:
    return max((m.text for m in entity.mentions), key=len)


def _joined(source: str, segments: Iterable[Segment]) -> str:
    """The segments as running text, with the line breaks of the source between them."""
    kept = [s for s in segments if s.text]
    out = [kept[0].text] if kept else []
    for before, after in pairwise(kept):
        out.append("\n" if "\n" in source[before.end : after.start] else " ")
        out.append(after.text)
    return "".join(out)
