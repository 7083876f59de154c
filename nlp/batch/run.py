"""A run: every record of the input to its result, out of the journal or through the pipeline, in order."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from nlp.batch.inputs import Meter
from nlp.batch.journal import Finished, Journal, Written
from nlp.batch.kept import Kept, place_of
from nlp.batch.keys import Keys, names_version
from nlp.batch.layout import Layout
from nlp.batch.outputs import Part, Pipe
from nlp.batch.tally import Tally
from nlp.batch.workers import Annotated
from nlp.engines.gather import Gathering, Work
from nlp.errors import ZhbriefError
from nlp.pipeline import LONGEST, Pipeline, Record, failure
from nlp.render import as_line
from nlp.types import Result

if TYPE_CHECKING:
    from nlp.batch.duplicates import Original

CHUNK = 512
"""Records that are looked up in the journal at once."""
WAITING = 4
"""Records, for each that the engine is asked for at once, that may be under way or wait for those before them."""
Source = Callable[[], Iterator[Record]]
"""Gives the records of the input, from the first, whenever it is called."""
Begin = Callable[[Record], Callable[[], Annotated]]
"""Has a record annotated; what it gives waits until that is done."""
Told = Callable[[Record | None, str | None], None]
"""Hears after each group of records that was written, and of each failure among them."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A record as it came, how far the input had been read then, and which record before it has nearly the same article."""

    record: Record
    key: bytes
    position: int
    original: Original | None = None


@dataclass(frozen=True, slots=True)
class _Begun:
    """A record that was ``finished`` before, or is being ``annotated``."""

    read: _Read
    finished: Finished | None
    annotated: Callable[[], Annotated] | None


@dataclass(frozen=True, slots=True)
class _Step:
    """A record that has been dealt with. ``result`` is None for one that had been finished before."""

    read: _Read
    finished: Finished
    result: Result | None


@dataclass
class _Writing:
    """A record whose model's part is under way, as ``work``, until there is a ``step``."""

    read: _Read
    matched: bytes = b""
    work: Work[Result] | None = None
    step: _Step | None = None


@dataclass
class Run:
    """One run over records. ``journal`` is None where results go to a pipe, on which nothing can be resumed."""

    pipeline: Pipeline
    journal: Journal | None
    tally: Tally
    meter: Meter
    begin: Begin
    layout: Layout = field(default_factory=Layout)
    told: Told = lambda *_: None
    fail_fast: bool = False
    retry_failed: bool = False
    dedupe: bool = False
    out: Part | Pipe | None = field(default=None, init=False)
    _written: Written | None = field(default=None, init=False)
    _gathering: Gathering = field(default_factory=Gathering, init=False)
    _together: int = field(default=1, init=False)

    def __call__(self, source: Source, again: bool) -> None:
        """Write the result of every record, and put the output in its place. ``again``: ``source`` can be read more than once.

        Raises ``OSError`` where the output cannot be written, and :class:`nlp.errors.ZhbriefError` for what stops the run, which with
        ``fail_fast`` is the first record that fails. What was finished by then is kept.
        """
        waiting: list[_Step] = []
        try:
            for step in self._steps(self._begun(self._unwritten(source, again))):
                waiting.append(step)
                if self.journal is None or self.journal.due or len(waiting) == CHUNK:
                    self._settle(waiting)
            self._settle(waiting)
            if self.journal is not None and isinstance(self.out, Part):
                self._commit()
                part, self.out = self.out, None
                self.journal.publish(part)
        except (KeyboardInterrupt, ZhbriefError):
            with contextlib.suppress(ZhbriefError, OSError):
                self._commit()
            raise

    def close(self) -> None:
        """Close what was written to, and end what is under way."""
        self._gathering.close()
        if isinstance(self.out, Part):
            self.out.close()

    def _unwritten(self, source: Source, again: bool) -> Iterator[_Read]:
        """The records that the output does not have yet; ``out`` is opened where they begin, if there are any."""
        if self.journal is None:
            self.out = Pipe()
            return self._read(source())
        written = self.journal.written() if again and not (self.retry_failed or self.fail_fast) else None
        if written is not None and written.names == self._names:
            reads = self._read(source())
            if self._same(itertools.islice(reads, written.records), written):
                self.tally.restore(written.tally)
                first = next(reads, None)
                if first is None and written.published:
                    return reads
                self.out, self._written = self.journal.part(written), written
                if self.out is not None:
                    return reads if first is None else itertools.chain([first], reads)
        self.tally.restore("")
        self.out, self._written = self.journal.part(None), Written(0, 0, b"", self._names, self.tally.kept())
        return self._read(source())

    def _read(self, records: Iterable[Record]) -> Iterator[_Read]:
        if not self.dedupe or self.journal is None:
            for record in records:
                yield _Read(record, self._keys.of(record), self.meter.read)
            return
        from nlp.batch.duplicates import Duplicates

        duplicates = Duplicates(self.pipeline.opened, self.journal)
        for record in records:
            key = self._keys.of(record)
            original = duplicates.original(record, key)
            yield _Read(record, original.key_of(key) if original else key, self.meter.read, original)

    def _same(self, reads: Iterable[_Read], written: Written) -> bool:
        """Whether these are the records whose results were written."""
        digest, count = b"", 0
        for read in reads:
            digest = _chained(digest, read)
            count += 1
            if count % CHUNK == 0:
                self.tally.skipped, self.tally.position = count, self.meter.read
                self.told(None, None)
        return (count, digest) == (written.records, written.digest)

    def _begun(self, reads: Iterable[_Read]) -> Iterator[_Begun]:
        """Look the records up, and have those annotated that are not finished."""
        for chunk in _chunks(reads, CHUNK if self._kept else 1):
            rows = self._kept.find([r.record for r in chunk], [r.key for r in chunk]) if self._kept else [None]
            for read, finished in zip(chunk, rows, strict=True):
                yield _Begun(read, finished, None if finished else self.begin(read.record))

    def _steps(self, begun: Iterable[_Begun]) -> Iterator[_Step]:
        """Finish them in order; where that serves the engine, as many articles at a time as have enough to ask for, all of it in one call."""
        under_way: deque[_Writing] = deque()
        for item in self._annotated(begun):
            self._await_original(item, under_way)
            under_way.append(self._writing(item))
            while self._gathering.asked >= self._together or self._many(under_way):
                self._go_on(under_way)
                yield from _ready(under_way)
            yield from _ready(under_way)
        while under_way:
            self._go_on(under_way)
            yield from _ready(under_way)

    def _many(self, under_way: Sequence[_Writing]) -> bool:
        """Whether no more are to be begun before the first is finished."""
        held = sum(len(w.read.record.data) for w in under_way)
        return len(under_way) > WAITING * self._together or held > LONGEST * self._together

    def _annotated(self, begun: Iterable[_Begun]) -> Iterator[_Begun]:
        """Give them in order. Others further on are being annotated meanwhile, unless annotators and a model take turns."""
        room = LONGEST * max(1, self.layout.processes)
        under_way: deque[_Begun] = deque()
        held = 0
        for item in begun:
            under_way.append(item)
            held += len(item.read.record.data)
            full = len(under_way) > self._ahead or held > room
            if full and self.layout.turns:
                _rest(under_way)
            while under_way and (len(under_way) > self._ahead or held > room or (full and self.layout.turns)):
                first = under_way.popleft()
                held -= len(first.read.record.data)
                yield first
        if self.layout.turns:
            _rest(under_way)
        yield from under_way

    @property
    def _ahead(self) -> int:
        """How many records may be annotated before they are needed: as many as one call of the engine may finish, if they are beside this process."""
        return max(self.layout.ahead, self._together) if self.layout.processes else 0

    def _writing(self, item: _Begun) -> _Writing:
        """A record with the model's part begun; finished, where it needs none or the engine is asked for one article at a time."""
        read = item.read
        if item.finished is not None:
            return _Writing(read, step=_Step(read, item.finished, None))
        assert item.annotated is not None
        result, matched = item.annotated()
        if read.original is not None and result.error is None:
            result = self._repeated(read.record, read.original, result)
        if result.error is None and not result.briefs:
            self._together = self.pipeline.together
            if self._together > 1:
                return _Writing(
                    read, matched, self._gathering.start(partial(self.pipeline.completed, read.record, result))
                )
            result = self.pipeline.completed(read.record, result)
        return _Writing(read, step=self._finished(read, result, matched))

    def _go_on(self, under_way: Iterable[_Writing]) -> None:
        """One call of the engine for all that wait for it; what is finished by it is kept at once."""
        self._gathering.step()
        for writing in under_way:
            if writing.work is not None and writing.work.done and writing.step is None:
                writing.step = self._finished(writing.read, writing.work.result(), writing.matched)

    def _await_original(self, item: _Begun, under_way: Iterable[_Writing]) -> None:
        """Wait for the brief that this one may be given."""
        original = item.read.original
        while original and any(w.step is None and w.read.key == original.key for w in under_way):
            self._go_on(under_way)

    def _finished(self, read: _Read, result: Result, matched: bytes) -> _Step:
        finished = finished_row(read.record, read.key, self._names, result, matched)
        if self.journal is not None and read.record.error is None:
            self.journal.add(finished)
        return _Step(read, finished, result)

    def _repeated(self, record: Record, original: Original, result: Result) -> Result:
        from nlp.batch.carry import repeated

        assert self.journal is not None
        rows = self.journal.find([original.key]).values()
        try:
            return repeated(result, str(original), rows)
        except Exception as e:
            return failure(record, e)

    @cached_property
    def _kept(self) -> Kept | None:
        return Kept(self.journal, self.pipeline.options, self._names, self.retry_failed) if self.journal else None

    @cached_property
    def _keys(self) -> Keys:
        return Keys(self.pipeline.options)

    @cached_property
    def _names(self) -> bytes:
        return names_version(self.pipeline.options)

    def _settle(self, waiting: list[_Step]) -> None:
        """Make durable, then write, then count."""
        if not waiting or self.out is None:
            return
        if self.journal is not None and (self.journal.waits or self.journal.due):
            self._commit()
        digest = self._written.digest if self._written else b""
        for step in waiting:
            self.out.write(step.finished.line)
            digest = _chained(digest, step.read)
        self.out.flush()
        self.tally.tokens = self.pipeline.tokens
        steps, waiting[:] = waiting[:], []
        for step in steps:
            self._count(step)
        if isinstance(self.out, Part):
            self._written = Written(self.tally.records, self.out.size, digest, self._names, self.tally.kept())
        for step in steps:
            self._tell(step)
        self.told(None, None)

    def _commit(self) -> None:
        """Make durable what is finished, and note how far the output had come when all was consistent last."""
        if self.journal is not None and isinstance(self.out, Part):
            self.out.sync()
            self.journal.commit(self._written)

    def _count(self, step: _Step) -> None:
        tally, finished = self.tally, step.finished
        tally.position = step.read.position
        tally.warnings.update(finished.warnings)
        if step.result is not None:
            tally.characters += len(step.result.article.text)
            tally.generating += step.result.seconds.generate
        if finished.failed:
            tally.failed += 1
            tally.failure = tally.failure or _error(finished)
        elif step.result is None:
            tally.skipped += 1
        else:
            tally.done += 1

    def _tell(self, step: _Step) -> None:
        if step.finished.failed:
            error = _error(step.finished)
            self.told(step.read.record, error)
            if self.fail_fast:
                raise ZhbriefError(f"{error} (stopped at the first failure)")


def _chunks(reads: Iterable[_Read], most: int) -> Iterator[list[_Read]]:
    """Records that are looked up together."""
    chunk: list[_Read] = []
    held = 0
    for read in reads:
        chunk.append(read)
        held += len(read.record.data)
        if len(chunk) == most or held > LONGEST:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk


def _ready(under_way: deque[_Writing]) -> Iterator[_Step]:
    """Those in front that are finished."""
    while under_way and (step := under_way[0].step) is not None:
        under_way.popleft()
        yield step


def _rest(under_way: Iterable[_Begun]) -> None:
    """Wait until nobody is annotating."""
    for item in under_way:
        if item.annotated is not None:
            item.annotated()


def finished_row(record: Record, key: bytes, names: bytes, result: Result, matched: bytes) -> Finished:
    """What the journal keeps of a result; ``names`` is the hash of the glossaries that were used."""
    failed = result.error is not None
    codes = tuple(w.code for w in result.warnings)
    return Finished(key, place_of(record) if failed else "", names, matched, failed, codes, as_line(result).encode())


def _error(finished: Finished) -> str:
    return str(json.loads(finished.line)["error"])


def _chained(digest: bytes, read: _Read) -> bytes:
    """The digest of a row of records: of the one before, and of all that the last one's result depends on."""
    told = f"{place_of(read.record)}\n{read.record.error}".encode()
    return hashlib.sha256(b"%b%b%b" % (digest, read.key, told)).digest()
