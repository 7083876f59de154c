"""A run: every record of the input to its result, out of the journal or through the pipeline, in order."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from nlp.batch.inputs import Meter
from nlp.batch.journal import Finished, Journal
from nlp.batch.keys import Keys, names_version
from nlp.batch.outputs import Output
from nlp.batch.tally import Tally
from nlp.errors import ZhbriefError
from nlp.pipeline import LONGEST, Pipeline, Record
from nlp.render import as_line
from nlp.types import SCHEMA, Result

if TYPE_CHECKING:
    from nlp.names import Gazetteer

CHUNK = 512
"""Records that are looked up in the journal at once."""


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
    """One run over records.

    ``journal`` is None where the output is a pipe, on which nothing can be resumed. ``told`` hears after each group of records that
    was written, and of each failure among them.
    """

    pipeline: Pipeline
    output: Output
    journal: Journal | None
    tally: Tally
    meter: Meter
    told: Callable[[Record | None, str | None], None] = lambda *_: None
    fail_fast: bool = False
    retry_failed: bool = False

    def __call__(self, records: Iterable[Record]) -> None:
        """Write the result of every record.

        Raises :class:`nlp.errors.ZhbriefError` for what stops the run, which with ``fail_fast`` is the first record that fails. What
        was finished by then is kept.
        """
        waiting: list[_Step] = []
        try:
            for chunk in self._chunks(records):
                for step in self._steps(chunk):
                    waiting.append(step)
                    if self.journal is None or self.journal.due:
                        self._settle(waiting)
                self._settle(waiting)
        except (KeyboardInterrupt, ZhbriefError):
            if self.journal is not None:
                with contextlib.suppress(ZhbriefError):
                    self.journal.commit()
            raise

    def _chunks(self, records: Iterable[Record]) -> Iterator[list[_Read]]:
        keys = Keys(self.pipeline.options)
        chunk: list[_Read] = []
        held = 0
        for record in records:
            chunk.append(_Read(record, keys.of(record), self.meter.read))
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
        return Finished(read.key, place, self._names, matched, failed, codes, as_line(result))

    def _settle(self, waiting: list[_Step]) -> None:
        """Make durable, then write, then count."""
        if self.journal is not None:
            self.journal.commit()
        for step in waiting:
            self.output.write(step.finished.line)
        self.output.flush()
        self.tally.tokens = self.pipeline.tokens
        for step in waiting:
            self._count(step)
        waiting.clear()
        self.told(None, None)

    def _count(self, step: _Step) -> None:
        tally, finished = self.tally, step.finished
        tally.position = step.read.position
        tally.warnings.update(finished.warnings)
        tally.characters += step.characters or 0
        if not finished.failed:
            tally.done += step.characters is not None
            tally.skipped += step.characters is None
            return
        error = json.loads(finished.line)["error"]
        tally.failed += 1
        tally.failure = tally.failure or error
        self.told(step.read.record, error)
        if self.fail_fast:
            raise ZhbriefError(f"{error} (stopped at the first failure)")


def _place(record: Record) -> str:
    return f"{record.path}\n{record.record}"


def _named(row: Finished, record: Record) -> Finished:
    """The row with the name that its record has now: the same text may stand in several places, or have moved."""
    source = f'"path": {_json(record.path)}, "record": {_json(record.record)}, '
    if row.line.startswith(f'{{"schema": {_json(SCHEMA)}, "source": {{{source}'):
        return row
    result = json.loads(row.line)
    result["source"] |= {"path": record.path, "record": record.record}
    return replace(row, line=_json(result))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
