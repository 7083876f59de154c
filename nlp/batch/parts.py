"""Parts: finished records that other processes leave beside the journal, a Parquet file for each group of them.

A part lies in the folder ``parts`` of the journal and appears as a whole: it is written beside, synchronised, then renamed. Its name
is made of where its records stand in the input and of their keys, so that a group which is run twice, because whoever ran it died or was
not heard, writes the same file again, and no other group writes it. The journal takes its rows and removes it; a part that nobody came to
take is taken at the next start.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from nlp.batch.journal import Finished, Journal, synchronise
from nlp.errors import ZhbriefError

if TYPE_CHECKING:
    import pyarrow as pa


def write(folder: Path, where: str, rows: Sequence[Finished]) -> str:
    """Write a part with ``rows``, a group that stands at ``where`` in the input; the part's name. Raises ``OSError``."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    about = hashlib.sha256()
    for row in rows:
        about.update(row.key + row.names + row.place.encode() + b"\0")
    part = folder / f"{where}-{about.hexdigest()[:16]}.parquet"
    beside = folder / f"{part.stem}.{uuid4().hex}"
    try:
        pq.write_table(pa.Table.from_pylist([asdict(row) for row in rows], _schema()), beside, compression="zstd")
        synchronise(beside)
        beside.replace(part)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    synchronise(folder)
    return part.name


def take(journal: Journal, name: str) -> None:
    """Have the journal take a part: its rows are durable there before it is removed. Raises :class:`nlp.errors.ZhbriefError`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    part = journal.parts / name
    try:
        rows = pq.read_table(part, schema=_schema()).to_pylist()
    except (OSError, pa.ArrowException) as e:
        raise ZhbriefError(
            f"{part}: cannot be read ({' '.join(str(e).split())}); remove it, its records run again"
        ) from e
    for row in rows:
        journal.add(Finished(**row | {"warnings": tuple(row["warnings"])}))
    journal.commit()
    part.unlink()


def take_all(journal: Journal) -> None:
    """Have the journal take what an earlier run has left, and remove what was begun and not finished."""
    for path in sorted(journal.parts.glob("*")):
        if path.suffix == ".parquet":
            take(journal, path.name)
        else:
            path.unlink(missing_ok=True)


def prepare(journal: Journal) -> None:
    """Make the folder of the parts. Raises ``OSError``."""
    journal.parts.mkdir(exist_ok=True)
    synchronise(journal.folder)


def _schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema(
        {
            "key": pa.binary(),
            "place": pa.string(),
            "names": pa.binary(),
            "matched": pa.binary(),
            "failed": pa.bool_(),
            "warnings": pa.list_(pa.string()),
            "line": pa.binary(),
        }
    )
