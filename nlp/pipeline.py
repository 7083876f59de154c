"""The whole way through the house: bytes or text in, a :class:`nlp.types.Result` out.

``Pipeline`` holds what is expensive to make (the spaCy pipeline, the engine) and makes it when first needed.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from nlp.errors import EngineError, InputError, ZhbriefError
from nlp.types import Article, Brief, Language, Result, Seconds, Source

if TYPE_CHECKING:
    from spacy.language import Language as Annotator

    from nlp.annotate.ner import Kind
    from nlp.brief import Written
    from nlp.brief.chinese import Title
    from nlp.engines import Engine
    from nlp.names.sources import NameSources
    from nlp.trace import Trace

Task = Literal["brief", "entities", "translate", "clean"]
Progress = Callable[[str], None]
Shown = Callable[[tuple[Brief, ...]], None]
"""Told of the briefs of an input each time a sentence has passed its checks; what it was told before stays as it was."""
LONGEST = 1_000_000
"""Longest article in code points (spaCy's own limit); a longer one is an archive, to be divided first."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked to do; the defaults are those of the command line.

    ``published`` stands in where the page carries no date. ``plain`` takes the input for the article itself.
    ``sentences`` is how many a brief has at most; None follows the length of the article. ``to`` names its languages, ``style`` how it
    reads, ``case`` that of its English headline. ``guess_names`` lets the model spell unknown names in a translation. ``names`` are
    the user's own sources of names. ``ner`` is the recogniser: ``auto`` is the accurate one for what will be read, and the fast
    one for names alone. ``prompt`` is a desk's own prompt file, ``trace`` a file that gets every prompt, answer and check.
    """

    task: Task = "brief"
    plain: bool = False
    published: datetime.date | None = None
    ner: Literal["fast", "accurate", "auto"] = "auto"
    names: NameSources | None = None
    engine: str = "auto"
    model: str | None = None
    seed: int = 0
    sentences: int | None = None
    to: tuple[Language, ...] = ("en",)
    style: Literal["news", "bullets"] = "news"
    case: Literal["sentence", "title"] = "sentence"
    guess_names: bool = False
    prompt: Path | None = None
    trace: Path | None = None


def ner_kind(options: Options) -> Kind:
    """The recogniser that runs."""
    automatic: Kind = "fast" if options.task == "entities" else "accurate"
    return automatic if options.ner == "auto" else options.ner


@dataclass(frozen=True, slots=True)
class Record:
    """One input: bytes as they came, or text that is decoded already; ``error`` where it could not even be read."""

    data: bytes | str
    path: str | None = None
    record: str | None = None
    error: str | None = None


@dataclass
class Pipeline:
    """Callable on one input; :meth:`stream` takes many and turns errors into results. ``tokens`` counts what the model wrote."""

    options: Options = field(default_factory=Options)
    progress: Progress = lambda _: None
    shown: Shown | None = None
    tokens: int = field(default=0, init=False)

    @cached_property
    def language(self) -> Annotator:
        """The spaCy pipeline, built once."""
        from nlp.annotate.language import build

        return build(self.options.names, ner_kind(self.options))

    @cached_property
    def engine(self) -> Engine:
        """The engine, loaded once; weights are fetched when they are not here yet."""
        from nlp.engines import load_engine
        from nlp.engines.gather import Gathered
        from nlp.trace import Traced

        self.progress("loading the model")
        engine = load_engine(self.options.engine, self.options.model, seed=self.options.seed)
        if engine.together > 1:
            engine = Gathered(engine)
        return engine if self._trace is None else Traced(engine)

    @property
    def together(self) -> int:
        """How many records are best completed at once, in a :class:`nlp.engines.gather.Gathering`. Where a model writes it is loaded."""
        writes = self.options.task == "translate" or (self.options.task == "brief" and "en" in self.options.to)
        return self.engine.together if writes else 1

    @cached_property
    def _trace(self) -> Trace | None:
        from nlp.trace import Trace

        return None if self.options.trace is None else Trace(self.options.trace)

    def __call__(self, data: bytes | str, path: str | None = None, record: str | None = None) -> Result:
        """Process one input. Raises :class:`nlp.errors.ZhbriefError`."""
        return self._whole(data, path, record)[0]

    def stream(self, records: Iterable[Record]) -> Iterator[Result]:
        """Results in the order of ``records``; one that fails becomes a result with ``error``.

        What concerns them all is raised: a glossary that cannot be used, weights that cannot be had.
        """
        return (result for result, _ in self.fingerprinted(records))

    def fingerprinted(self, records: Iterable[Record]) -> Iterator[tuple[Result, bytes]]:
        """As :meth:`stream`, each result with the fingerprint of what the glossaries have for its article."""
        for record in records:
            result, matched = self.annotated(record)
            yield self.completed(record, result), matched

    def annotated(self, record: Record) -> tuple[Result, bytes]:
        """All but the model's part of a record, and the fingerprint; errors as in :meth:`stream`. Needs no engine."""
        result = self.opened(record)
        try:
            return (result, b"") if result.error is not None else self._annotated(result)
        except Exception as e:
            return failure(record, e), b""

    def completed(self, record: Record, result: Result) -> Result:
        """What :meth:`annotated` gave for ``record`` with the model's part, where the task has one; errors as in :meth:`stream`."""
        try:
            return result if result.error is not None else self._finished(result)
        except Exception as e:
            return failure(record, e)

    def opened(self, record: Record) -> Result:
        """The article of a record alone, read and cleaned; errors as in :meth:`stream`."""
        try:
            if record.error is not None:
                raise InputError(record.error)
            return self._opened(record.data, record.path, record.record)
        except Exception as e:
            return failure(record, e)

    def close(self) -> None:
        """Let the engine go, if one was loaded."""
        engine = self.__dict__.pop("engine", None)
        if engine is not None:
            engine.close()

    def _opened(self, data: bytes | str, path: str | None, record: str | None) -> Result:
        """The article alone. Raises :class:`nlp.errors.ZhbriefError`."""
        from nlp.clean import clean, plain
        from nlp.read import read

        started = time.perf_counter()
        self.progress("reading")
        raw = read(_as_bytes(data, path, record), path, record)
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

    def _whole(self, data: bytes | str, path: str | None, record: str | None) -> tuple[Result, bytes]:
        """The result of one input, and the fingerprint. Raises :class:`nlp.errors.ZhbriefError`."""
        result, matched = self._annotated(self._opened(data, path, record))
        return self._finished(result), matched

    def _annotated(self, result: Result) -> tuple[Result, bytes]:
        """The result with names, terms and quantities, unless the article alone was asked for, and the fingerprint."""
        if self.options.task == "clean":
            return result, b""
        from nlp.annotate.language import annotate
        from nlp.annotate.nested import with_heads

        started = time.perf_counter()
        self.progress("finding names and figures")
        with self.language.memory_zone():  # else every word ever seen would be kept
            doc = annotate(self.language, result.article)
            found = replace(
                result,
                entities=with_heads(tuple(doc._.entities)) if self.options.task == "brief" else tuple(doc._.entities),
                terms=tuple(doc._.terms),
                quantities=tuple(doc._.quantities),
                warnings=doc._.warnings,
            )
            matched = doc._.matched
        return replace(found, seconds=replace(result.seconds, annotate=time.perf_counter() - started)), matched

    def _finished(self, result: Result) -> Result:
        if self.options.task not in ("brief", "translate"):
            return result
        from nlp.brief.prompts import desk_prompt

        with desk_prompt(self.options.prompt), self._trace.of(result.source) if self._trace else nullcontext():
            return self._briefed(result) if self.options.task == "brief" else self._translated(result)

    def _briefed(self, result: Result) -> Result:
        """The result with its briefs: the English one, for which the engine is loaded, then the Chinese one."""
        if "en" in self.options.to:
            result = self._in_english(result)
        return self._in_chinese(result) if "zh" in self.options.to else result

    def _in_english(self, result: Result) -> Result:
        from nlp.brief import Style, length_for, write_brief

        style = Style(self.options.style == "bullets", self.options.case == "title")
        count = self.options.sentences or length_for(result.article)
        written = write_brief(result, self.engine, count, self.progress, style, self._shown_after(result.briefs))
        self.tokens += written.tokens
        return replace(with_brief(result, written), engine=self.engine.info)

    def _shown_after(self, briefs: tuple[Brief, ...]) -> Callable[[Brief], None] | None:
        """What is told of a brief that grows, after those that are done; None where nobody looks on."""
        shown = self.shown
        return (lambda brief: shown((*briefs, brief))) if shown else None

    def _in_chinese(self, result: Result) -> Result:
        from nlp.brief import length_for
        from nlp.brief.chinese import write_chinese

        count = self.options.sentences or length_for(result.article)
        result = with_brief(result, write_chinese(result, count, self._title(result.article)))
        if self.shown:
            self.shown(result.briefs)
        return result

    def _title(self, article: Article) -> Title | None:
        """The article's title with the names in it, which a Chinese headline is made of."""
        from nlp.annotate.language import annotate
        from nlp.brief.chinese import Title

        if not article.title:
            return None
        with self.language.memory_zone():
            doc = annotate(self.language, Article(article.title, published=article.published))
            return Title(article.title, tuple(doc._.entities))

    def _translated(self, result: Result) -> Result:
        from nlp.translate import translate

        done = translate(result, self.engine, self.options.guess_names, self.progress)
        self.tokens += done.tokens
        return replace(
            result,
            entities=done.entities,
            translation=done.translation,
            engine=self.engine.info,
            warnings=(*result.warnings, *done.warnings),
            seconds=replace(result.seconds, generate=done.generating, check=done.checking),
        )


def with_brief(result: Result, written: Written) -> Result:
    """``result`` with one brief more, what a reader should know of it, and the seconds it took."""
    spent = result.seconds
    seconds = replace(spent, generate=spent.generate + written.generating, check=spent.check + written.checking)
    briefs = (*result.briefs, written.brief) if written.brief else result.briefs
    return replace(result, briefs=briefs, warnings=(*result.warnings, *written.warnings), seconds=seconds)


def failed(record: Record, message: str) -> Result:
    """The result of a record that could not be processed."""
    import hashlib

    data = record.data.encode("utf-8", "surrogatepass") if isinstance(record.data, str) else record.data
    source = Source(record.path, record.record, "", hashlib.sha256(data).hexdigest())
    return Result(source, Article(""), error=message)


def failure(record: Record, error: Exception) -> Result:
    """The result of a record that failed; an error that concerns all of them is raised again."""
    if isinstance(error, InputError | EngineError):
        return failed(record, str(error))
    if isinstance(error, ZhbriefError | MemoryError):
        raise error
    return failed(record, _unforeseen(record, error))


def _unforeseen(record: Record, error: Exception) -> str:
    """An error that nobody thought of: one article in a million must not stop the others."""
    told = " ".join(str(error).split())
    return f"{where(record.path, record.record)}: zhbrief failed on it ({type(error).__name__}: {told}); please report this"


def where(path: str | None, record: str | None) -> str:
    """A record's place, for messages."""
    return " ".join(filter(None, (path, record and f"(record {record})"))) or "a text"


def _as_bytes(data: bytes | str, path: str | None, record: str | None) -> bytes:
    if isinstance(data, bytes):
        return data
    try:
        return data.encode("utf-8")
    except UnicodeEncodeError as e:
        wrong = f"half a surrogate pair at character {e.start}, which is no text; mend what wrote it"
        raise InputError(f"{where(path, record)}: {wrong}") from e


def load(**options: Any) -> Pipeline:
    """A pipeline from keyword options (the fields of :class:`Options`): ``nlp.load(task="entities")``."""
    return Pipeline(Options(**options))
