"""The whole way through the house: bytes or text in, a :class:`nlp.types.Result` out.

``Pipeline`` holds what is expensive to make (the spaCy pipeline, the engine) and makes it when first needed.
"""

from __future__ import annotations

import datetime
import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from nlp.errors import InputError, ZhbriefError
from nlp.types import Article, Result, Seconds, Source

if TYPE_CHECKING:
    from spacy.language import Language

    from nlp.annotate.ner import Kind
    from nlp.engines import Engine
    from nlp.names.sources import NameSources

Task = Literal["brief", "entities", "translate", "clean"]
Progress = Callable[[str], None]
LONGEST = 1_000_000
"""Longest article in code points (spaCy's own limit); a longer one is an archive, to be divided first."""
TOGETHER = 64
"""How many records are annotated at once where no language model follows."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked to do; the defaults are those of the command line.

    ``published`` stands in where the page carries no date. ``plain`` takes the input for the article itself.
    ``sentences`` is how many a brief has at most; ``guess_names`` lets the model spell unknown names in a translation. ``names`` are the user's own sources of names. ``ner`` is the recogniser:
    ``auto`` is the accurate one for what a model will read, and the fast one for names alone.
    """

    task: Task = "brief"
    plain: bool = False
    published: datetime.date | None = None
    ner: Literal["fast", "accurate", "auto"] = "auto"
    names: NameSources | None = None
    engine: str = "auto"
    model: str | None = None
    seed: int = 0
    sentences: int = 5
    guess_names: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One input: bytes as they came, or text that is decoded already; ``error`` where it could not even be read."""

    data: bytes | str
    path: str | None = None
    record: str | None = None
    error: str | None = None


@dataclass
class Pipeline:
    """Callable on one input; :meth:`stream` takes many and turns errors into results."""

    options: Options = field(default_factory=Options)
    progress: Progress = lambda _: None

    @cached_property
    def language(self) -> Language:
        """The spaCy pipeline, built once."""
        from nlp.annotate.language import build

        automatic: Kind = "fast" if self.options.task == "entities" else "accurate"
        return build(self.options.names, automatic if self.options.ner == "auto" else self.options.ner)

    @cached_property
    def engine(self) -> Engine:
        """The engine, loaded once; weights are fetched when they are not here yet."""
        from nlp.engines import load_engine

        self.progress("loading the model")
        return load_engine(self.options.engine, self.options.model, seed=self.options.seed)

    def __call__(self, data: bytes | str, path: str | None = None, record: str | None = None) -> Result:
        """Process one input. Raises :class:`nlp.errors.ZhbriefError`."""
        return self._finished(self._annotated([self._opened(data, path, record)])[0])

    def stream(self, records: Iterable[Record]) -> Iterator[Result]:
        """Results in the order of ``records``; one that fails becomes a result with ``error``.

        What is asked for names alone is read :data:`TOGETHER` records at once, which saves a third of the time.
        """
        records, together = iter(records), TOGETHER if self.options.task == "entities" else 1
        while group := list(itertools.islice(records, together)):
            opened = [self._opened_or_failed(r) for r in group]
            annotated = iter(self._annotated([r for r in opened if r.error is None]))
            for record, result in zip(group, opened, strict=True):
                try:
                    yield result if result.error is not None else self._finished(next(annotated))
                except ZhbriefError as e:
                    yield failed(record, str(e))

    def articles(self, records: Iterable[Record]) -> Iterator[Result]:
        """The articles alone, read and cleaned, in the order of ``records``; one that fails becomes a result with ``error``."""
        return map(self._opened_or_failed, records)

    def close(self) -> None:
        """Let the engine go, if one was loaded."""
        engine = self.__dict__.pop("engine", None)
        if engine is not None:
            engine.close()

    def _opened_or_failed(self, r: Record) -> Result:
        try:
            if r.error is not None:
                raise ZhbriefError(r.error)
            return self._opened(r.data, r.path, r.record)
        except ZhbriefError as e:
            return failed(r, str(e))

    def _opened(self, data: bytes | str, path: str | None, record: str | None) -> Result:
        """The article alone. Raises :class:`nlp.errors.ZhbriefError`."""
        from nlp.clean import clean, plain
        from nlp.read import read

        started = time.perf_counter()
        self.progress("reading")
        raw = read(data.encode("utf-8") if isinstance(data, str) else data, path, record)
        if self.options.plain:
            article = plain(raw.text, published=raw.published or self.options.published)
        else:
            article = clean(raw.text, title=raw.title, outlet=raw.outlet, byline=raw.byline, published=raw.published)
            article = replace(article, published=article.published or self.options.published)
        if self.options.task != "clean" and len(article.text) > LONGEST:
            raise InputError(
                f"the article has {len(article.text):,} characters, more than {LONGEST:,}: divide it into articles first"
            )
        return Result(raw.source, article, seconds=Seconds(read=time.perf_counter() - started))

    def _annotated(self, results: list[Result]) -> list[Result]:
        """The results with names, terms and quantities, unless the article alone was asked for."""
        if self.options.task == "clean" or not results:
            return results
        from nlp.annotate.language import annotate_all

        started = time.perf_counter()
        self.progress("finding names and figures")
        docs = list(annotate_all(self.language, [r.article for r in results]))
        each = (time.perf_counter() - started) / len(results)
        return [
            replace(
                result,
                entities=tuple(doc._.entities),
                terms=tuple(doc._.terms),
                quantities=tuple(doc._.quantities),
                warnings=doc._.warnings,
                seconds=replace(result.seconds, annotate=each),
            )
            for result, doc in zip(results, docs, strict=True)
        ]

    def _finished(self, result: Result) -> Result:
        if self.options.task == "brief":
            return self._briefed(result)
        return self._translated(result) if self.options.task == "translate" else result

    def _briefed(self, result: Result) -> Result:
        from nlp.brief import write_brief

        written = write_brief(result, self.engine, self.options.sentences, self.progress)
        seconds = replace(result.seconds, generate=written.generating, check=written.checking)
        return replace(
            result,
            briefs=(written.brief,) if written.brief else (),
            engine=self.engine.info,
            warnings=(*result.warnings, *written.warnings),
            seconds=seconds,
        )

    def _translated(self, result: Result) -> Result:
        from nlp.translate import translate

        done = translate(result, self.engine, self.options.guess_names, self.progress)
        return replace(
            result,
            entities=done.entities,
            translation=done.translation,
            engine=self.engine.info,
            warnings=(*result.warnings, *done.warnings),
            seconds=replace(result.seconds, generate=done.generating, check=done.checking),
        )


def failed(record: Record, message: str) -> Result:
    """The result of a record that could not be processed."""
    import hashlib

    data = record.data.encode("utf-8") if isinstance(record.data, str) else record.data
    source = Source(record.path, record.record, "", hashlib.sha256(data).hexdigest())
    return Result(source, Article(""), error=message)


def load(**options: Any) -> Pipeline:
    """A pipeline from keyword options (the fields of :class:`Options`): ``nlp.load(task="entities")``."""
    return Pipeline(Options(**options))
