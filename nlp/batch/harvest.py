"""The glosses of many records, for :mod:`nlp.names.harvest`: read and cleaned as articles are, annotated up to the glosses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nlp.names.harvest import Candidate, Seen, gather
from nlp.pipeline import Options, Pipeline, Record
from nlp.render.safe import safe
from nlp.types import Article, Result

if TYPE_CHECKING:
    from nlp.annotate.glosses import Gloss

AROUND = 40
"""How many characters of context are kept on either side of a gloss."""


@dataclass
class Harvest:
    """One pass over an archive; ``done`` and ``failed`` count its records, ``failures`` tells why each failed."""

    options: Options
    progress: Callable[[int], None] = lambda _: None
    done: int = 0
    failures: list[str] = field(default_factory=list)

    def __call__(self, records: Iterable[Record]) -> list[Candidate]:
        """The candidates of all ``records``. Raises :class:`nlp.errors.ZhbriefError` for a glossary that cannot be used."""
        from nlp.annotate.gazetteer import layers
        from nlp.annotate.glosses import SURE
        from nlp.names import Gazetteer
        from nlp.names.sources import NameSources

        gazetteer = Gazetteer(layers(self.options.names or NameSources()))

        def known(term: str) -> str | None:
            whole = (m.entry.name for m in gazetteer.find(term) if m.end - m.start == len(term))
            return next(whole, None)

        return gather(self._seen(records), SURE, known)

    def _seen(self, records: Iterable[Record]) -> Iterator[Seen]:
        from nlp.annotate.language import annotate

        pipeline = Pipeline(replace(self.options, task="entities"))
        for after in ("zhbrief_quantities", "zhbrief_linker", "zhbrief_sentences"):
            pipeline.language.disable_pipe(after)
        for result in map(pipeline.opened, records):
            if result.error is not None:
                self.failures.append(f"{_name(result)}: {result.error}")
                continue
            with pipeline.language.memory_zone():
                found = [
                    _seen(gloss, result.article, _name(result))
                    for gloss in annotate(pipeline.language, result.article)._.glosses
                ]
            yield from found
            self.done += 1
            self.progress(self.done)


def _name(result: Result) -> str:
    return result.source.record or result.source.path or "-"


def _seen(gloss: Gloss, article: Article, record: str) -> Seen:
    from nlp.annotate.candidates import surname

    short = gloss.acronym or (surname(gloss.latin) if gloss.type == "PERSON" else None)
    term, context = safe(gloss.text), safe(_context(gloss, article.text))
    return Seen(term, gloss.latin, short, gloss.type, gloss.confidence, safe(record), article.published, context)


def _context(gloss: Gloss, text: str) -> str:
    """The gloss between « and », with what stands around it in its paragraph."""
    outside = gloss.start - 1 - len(gloss.latin)  # AI（人工智慧）
    first = outside if text[max(0, outside) : gloss.start - 1] == gloss.latin else gloss.start
    last = gloss.outer_end
    start = max(text.rfind("\n", 0, first) + 1, first - AROUND)
    newline = text.find("\n", last)
    end = min(len(text) if newline < 0 else newline, last + AROUND)
    opened = "…" if start and text[start - 1] != "\n" else ""
    closed = "…" if end < len(text) and text[end] != "\n" else ""
    return f"{opened}{text[start:first]}«{text[first:last]}»{text[last:end]}{closed}"
