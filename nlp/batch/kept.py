"""Which rows of the journal are true still: what an earlier run has made of a record need not be made again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from nlp.batch.journal import Finished, Journal
from nlp.pipeline import Options, Record
from nlp.types import SCHEMA

if TYPE_CHECKING:
    from nlp.names import Gazetteer


class Kept:
    """The rows that hold under ``names``, the hash of today's glossaries; failures do not with ``retry_failed``."""

    def __init__(self, journal: Journal, options: Options, names: bytes, retry_failed: bool) -> None:
        self._journal, self._options, self._names, self._retry_failed = journal, options, names, retry_failed

    def find(self, records: Sequence[Record], keys: Sequence[bytes]) -> list[Finished | None]:
        """The row of each record that has one, under the name that the record has now."""
        found = self._journal.find([key for record, key in zip(records, keys, strict=True) if record.error is None])
        kept: list[Finished | None] = []
        for record, key in zip(records, keys, strict=True):
            places = [""] if self._retry_failed else ["", place_of(record)]
            rows = filter(None, (found.get((key, place)) for place in places))
            row = next(filter(self.is_true, rows), None)
            kept.append(_named(row, record) if row is not None else None)
        return kept

    def is_true(self, row: Finished) -> bool:
        """Whether the glossaries of today have the same to say of a row's article."""
        if row.failed or row.names == self._names:
            return True
        from nlp.names.fingerprint import fingerprint

        text = json.loads(row.line)["article"]["text"]
        if fingerprint(text, self._gazetteer.find(text)) != row.matched:
            return False
        self._journal.add(replace(row, names=self._names))
        return True

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        from nlp.annotate.gazetteer import layers
        from nlp.names import Gazetteer
        from nlp.names.sources import NameSources

        return Gazetteer(layers(self._options.names or NameSources()))


def place_of(record: Record) -> str:
    """The name of a record as the journal keeps it."""
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
