"""Write a Chinese brief: choose the article's own sentences, cut them, write them in Traditional script, check them.

A cut that does not hold is taken back, and the sentence stands whole; what does not hold even then is left out with a warning.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nlp.annotate.sentences import sentence_spans
from nlp.brief.chinese.brackets import bracketless
from nlp.brief.chinese.check import check_chinese
from nlp.brief.chinese.cut import beginning, ends, ties
from nlp.brief.chinese.lean import leans
from nlp.brief.chinese.title import Title, best_cut, borne_out, cuts
from nlp.brief.chinese.traditional import Script, keyed
from nlp.brief.draft import wrong
from nlp.brief.select import Sentence, ranked, with_contents
from nlp.brief.written import FEWEST, Written
from nlp.types import Brief, BriefSentence, Headline, How, Mention, Quantity, Result, Span, Warning

TIGHT = 60
"""A sentence of more code points is cut, where it can be."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A chosen sentence and the pieces of it that stand in the brief."""

    sentence: Sentence
    pieces: list[Span]
    how: How = "draft"
    text: str = ""


def write_chinese(result: Result, sentences: int, title: Title | None) -> Written:
    """Write the Chinese brief of an annotated article in at most ``sentences``; ``title`` is the article's own."""
    started = time.perf_counter()
    if not result.article.text.strip():
        return Written(warnings=[Warning("no-brief", "the article has no text")])
    writer = _Writer(result)
    brief = writer.brief(sentences, title)
    return Written(brief, writer.warnings, checking=time.perf_counter() - started)


class _Writer:
    def __init__(self, result: Result) -> None:
        self.result = result
        self.key = keyed(result.article.text)
        self.script = Script(result.article.text, result.entities, result.terms)
        self.whole: list[Mention | Quantity] = [*result.quantities, *(m for e in result.entities for m in e.mentions)]
        self.warnings: list[Warning] = []

    def brief(self, count: int, title: Title | None) -> Brief | None:
        article = replace(self.result.article, text=self.key)
        spans = sentence_spans(self.key)
        sentences = with_contents(article, spans, self.result.entities, self.result.quantities, divided=False)
        held = self._held(sentences, count)
        if not held:
            self._warn("no-brief", "no sentence of the article stands alone in Chinese")
            return None
        if len(held) < min(FEWEST, count, len(sentences)):
            self._warn("short-brief", f"only {len(held)} Chinese sentences stand alone")
        return Brief("zh", self._headline(held, spans, title), tuple(self._finished(k) for k in held))

    def _held(self, sentences: Sequence[Sentence], count: int) -> list[_Kept]:
        """Sentences that hold, in the order of the article."""
        before = {after.span: s.span for s, after in pairwise(sentences)}
        chosen: list[Sentence] = []
        for s in self._candidates(sentences, chosen):
            if len(chosen) == count:
                break
            if self._checked(_Kept(s, [s.span])) is not None:
                chosen.append(s)
        chosen.sort(key=lambda s: s.span.start)
        spans = {s.span for s in chosen}
        pieces = bracketless(self.key, [self._cut(s, before.get(s.span) in spans) for s in chosen])
        kept = (_Kept(s, cut) for s, cut in zip(chosen, pieces, strict=True))
        return [
            held
            for k in kept
            if (held := self._checked(k) or self._checked(_Kept(k.sentence, [k.sentence.span], "retry")))
        ]

    def _candidates(self, sentences: Sequence[Sentence], chosen: Sequence[Sentence]) -> Iterator[Sentence]:
        """What stands alone, by rank; then what leans on a sentence that is ``chosen`` already."""
        upright = [s for s in sentences if not leans(s.text)]
        yield from ranked(upright or sentences, self.result.entities, "zh")
        for s, after in pairwise(sentences):
            if s in chosen and after not in chosen and after.paragraph == s.paragraph:
                yield after

    def _cut(self, s: Sentence, follows: bool) -> list[Span]:
        """The piece of a sentence that stands: what ties it to the one before goes unless that one stands too."""
        start = s.span.start if follows else beginning(self.key, s.span)
        safe = ends(self.key, Span(start, s.span.end))
        tight = [end for end in safe if end - start <= TIGHT]
        whole = Span(start, tight[-1] if tight else safe[0])
        tie = ties(self.key, whole)
        return [whole] if follows or tie.start == tie.end else [Span(start, tie.start), Span(tie.end, whole.end)]

    def _checked(self, kept: _Kept) -> _Kept | None:
        """``kept`` with its text; None, with a warning where nothing else is left to try, for what does not hold."""
        span = kept.sentence.span
        text = stopped(self.script.written(kept.pieces))
        source = self.script.written([span])
        faults = check_chinese(text, source, kept.pieces, self.whole, self.result.article.published)
        if faults and kept.pieces == [span]:
            self._warn(
                "sentence-left-out",
                f"the sentence at {span.start}–{span.end} does not hold in Chinese ({wrong(faults)})",
            )
        return None if faults else replace(kept, text=text)

    def _headline(self, held: Sequence[_Kept], spans: Sequence[Span], title: Title | None) -> Headline | None:
        """The article's title where the article bears it out, else a cut of the first sentence that one can be cut from."""
        article = self.result.article
        if title is not None:
            keyed_title = Title(keyed(title.text), title.entities)
            evidence = borne_out(keyed_title, self.key, spans, self.result.entities, article.published)
            if evidence:
                return Headline(self._title(title), tuple(evidence))
        for kept in held:
            span = kept.sentence.span
            pieces = [bracketless(self.key, [[cut]], brief=False)[0] for cut in cuts(self.key, span)]
            lines = (self._checked(_Kept(kept.sentence, piece)) for piece in pieces)
            line = best_cut(checked.text.rstrip("。") for checked in lines if checked)
            if line:
                return Headline(line, (span,))
        self._warn("no-headline", "neither the article's title nor a cut of a sentence holds as a Chinese headline")
        return None

    def _title(self, title: Title) -> str:
        whole = Script(title.text, title.entities, ())
        start = len(title.text) - len(title.bare)
        return whole.written([Span(start, len(title.text))]).strip()

    def _finished(self, kept: _Kept) -> BriefSentence:
        stands = [(m, e.id) for e in self.result.entities for m in e.mentions if _within(m.start, m.end, kept.pieces)]
        quantities = [q.id for q in self.result.quantities if _within(q.start, q.end, kept.pieces)]
        entities = tuple(dict.fromkeys(id_ for _, id_ in stands))
        return BriefSentence(kept.text, (kept.sentence.span,), entities, tuple(quantities), kept.how)

    def _warn(self, code: str, message: str) -> None:
        self.warnings.append(Warning(code, message))


def _within(start: int, end: int, pieces: Sequence[Span]) -> bool:
    return any(p.start <= start and end <= p.end for p in pieces)


def stopped(text: str) -> str:
    """``text`` on one line, ending in a stop: a comma or semicolon that it was cut at goes, a quotation that goes on is closed."""
    text = " ".join(text.split()).rstrip("，；、：,;")
    text = text if text.endswith(("。", "！", "？", "」", "』", "!", "?")) else f"{text}。"
    return text + "』" * (text.count("『") - text.count("』")) + "」" * (text.count("「") - text.count("」"))
