"""A run: every record of the input to its result, out of the journal or through the pipeline, in order."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from nlp.batch.inputs import Meter
from nlp.batch.journal import Finished, Journal, Written
from nlp.batch.keys import Keys, names_version
from nlp.batch.outputs import Part, Pipe
from nlp.batch.tally import Tally
from nlp.errors import ZhbriefError
from nlp.pipeline import LONGEST, Pipeline, Record
from nlp.render import as_line
from nlp.types import SCHEMA, Result

if TYPE_CHECKING:
    from nlp.names import Gazetteer

CHUNK = 512
"""Records that are looked up in the journal at once."""
Source = Callable[[], Iterator[Record]]
"""Gives the records of the input, from the first, whenever it is called."""
Told = Callable[[Record | None, str | None], None]
"""Hears after each group of records that was written, and of each failure among them."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A record as it came, and how far the input had been read then."""

    record: Record
    key: bytes
    position: int


@dataclass(frozen=True, slots=True)
class _Step:
    """A record that has been dealt with. ``characters`` is None for one that had been finished before."""

    read: _Read
    finished: Finished
    characters: int | None


@dataclass
class Run:
    """One run over records. ``journal`` is None where results go to a pipe, on which nothing can be resumed."""

    pipeline: Pipeline
    journal: Journal | None
    tally: Tally
    meter: Meter
    told: Told = lambda *_: None
    fail_fast: bool = False
    retry_failed: bool = False
    out: Part | Pipe | None = field(default=None, init=False)
    _written: Written | None = field(default=None, init=False)

    def __call__(self, source: Source, again: bool) -> None:
        """Write the result of every record, and put the output in its place. ``again``: ``source`` can be read more than once.

        Raises ``OSError`` where the output cannot be written, and :class:`nlp.errors.ZhbriefError` for what stops the run, which with
        ``fail_fast`` is the first record that fails. What was finished by then is kept.
        """
        waiting: list[_Step] = []
        try:
            for chunk in self._chunks(self._unwritten(source, again)):
                for step in self._steps(chunk):
                    waiting.append(step)
                    if self.journal is None or self.journal.due:
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
        """Close what was written to."""
        if isinstance(self.out, Part):
            self.out.close()

    def _unwritten(self, source: Source, again: bool) -> Iterator[Record]:
        """The records that the output does not have yet; ``out`` is opened where they begin, if there are any."""
        if self.journal is None:
            self.out = Pipe()
            return source()
        written = self.journal.written() if again and not (self.retry_failed or self.fail_fast) else None
        if written is not None and written.names == self._names:
            records = source()
            if self._same(itertools.islice(records, written.records), written):
                self.tally.restore(written.tally)
                first = next(records, None)
                if first is None and written.published:
                    return records
                self.out, self._written = self.journal.part(written), written
                if self.out is not None:
                    return records if first is None else itertools.chain([first], records)
        self.tally.restore("")
        self.out, self._written = self.journal.part(None), Written(0, 0, b"", self._names, self.tally.kept())
        return source()

    def _same(self, records: Iterable[Record], written: Written) -> bool:
        """Whether these are the records whose results were written."""
        digest, count = b"", 0
        for record in records:
            digest = _chained(digest, self._keys.of(record), record)
            count += 1
            if count % CHUNK == 0:
                self.tally.skipped, self.tally.position = count, self.meter.read
                self.told(None, None)
        return (count, digest) == (written.records, written.digest)

    def _chunks(self, records: Iterable[Record]) -> Iterator[list[_Read]]:
        chunk: list[_Read] = []
        held = 0
        for record in records:
            chunk.append(_Read(record, self._keys.of(record), self.meter.read))
            held += len(record.data)
            if len(chunk) == CHUNK or held > LONGEST:
                yield chunk
                chunk, held = [], 0
        if chunk:
            yield chunk

    def _steps(self, chunk: list[_Read]) -> Iterator[_Step]:
        kept = self._kept(chunk)
        fresh = self.pipeline.fingerprinted(
            r.record for r, finished in zip(chunk, kept, strict=True) if finished is None
        )
        for read, finished in zip(chunk, kept, strict=True):
            if finished is not None:
                yield _Step(read, finished, None)
                continue
            result, matched = next(fresh)
            finished = self._finished(read, result, matched)
            if self.journal is not None and read.record.error is None:
                self.journal.add(finished)
            yield _Step(read, finished, len(result.article.text))

    def _kept(self, chunk: list[_Read]) -> list[Finished | None]:
        """The row of each record that has one that is true still."""
        if self.journal is None:
            return [None] * len(chunk)
        found = self.journal.find([r.key for r in chunk if r.record.error is None])
        kept: list[Finished | None] = []
        for read in chunk:
            places = [""] if self.retry_failed else ["", _place(read.record)]
            rows = filter(None, (found.get((read.key, place)) for place in places))
            row = next(filter(self._is_true, rows), None)
            kept.append(_named(row, read.record) if row is not None else None)
        return kept

    def _is_true(self, row: Finished) -> bool:
        """Whether the glossaries of today have the same to say of a row's article."""
        if row.failed or row.names == self._names:
            return True
        from nlp.names.fingerprint import fingerprint

        text = json.loads(row.line)["article"]["text"]
        if fingerprint(text, self._gazetteer.find(text)) != row.matched:
            return False
        assert self.journal is not None
        self.journal.add(replace(row, names=self._names))
        return True

    @cached_property
    def _keys(self) -> Keys:
        return Keys(self.pipeline.options)

    @cached_property
    def _names(self) -> bytes:
        return names_version(self.pipeline.options)

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        from nlp.annotate.gazetteer import layers
        from nlp.names import Gazetteer
        from nlp.names.sources import NameSources

        return Gazetteer(layers(self.pipeline.options.names or NameSources()))

    def _finished(self, read: _Read, result: Result, matched: bytes) -> Finished:
        failed = result.error is not None
        codes = tuple(w.code for w in result.warnings)
        place = _place(read.record) if failed else ""
        return Finished(read.key, place, self._names, matched, failed, codes, as_line(result).encode())

    def _settle(self, waiting: list[_Step]) -> None:
        """Make durable, then write, then count."""
        if not waiting or self.out is None:
            return
        if self.journal is not None and (self.journal.waits or self.journal.due):
            self._commit()
        digest = self._written.digest if self._written else b""
        for step in waiting:
            self.out.write(step.finished.line)
            digest = _chained(digest, step.read.key, step.read.record)
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
        tally.characters += step.characters or 0
        if finished.failed:
            tally.failed += 1
            tally.failure = tally.failure or _error(finished)
        elif step.characters is None:
            tally.skipped += 1
        else:
            tally.done += 1

    def _tell(self, step: _Step) -> None:
        if step.finished.failed:
            error = _error(step.finished)
            self.told(step.read.record, error)
            if self.fail_fast:
                raise ZhbriefError(f"{error} (stopped at the first failure)")


def _error(finished: Finished) -> str:
    return str(json.loads(finished.line)["error"])


def _chained(digest: bytes, key: bytes, record: Record) -> bytes:
    """The digest of a row of records: of the one before, and of all that the last one's result depends on."""
    return hashlib.sha256(b"%b%b%b" % (digest, key, f"{_place(record)}\n{record.error}".encode())).digest()


def _place(record: Record) -> str:
    return f"{record.path}\n{record.record}"


def _named(row: Finished, record: Record) -> Finished:
    """The row with the name that its record has now: the same text may stand in several places, or have moved."""
    source = f'"path": {_json(record.path)}, "record": {_json(record.record)}, '
    if row.line.startswith(f'{{"schema": {_json(SCHEMA)}, "source": {{{source}'.encode()):
        return row
    result = json.loads(row.line)
    result["source"] |= {"path": record.path, "record": record.record}
    return replace(row, line=_json(result).encode())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
