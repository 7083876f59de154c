"""Accepted entries in a glossary file: put where they belong, everything else in the file left as it is.

Each change writes the whole file anew beside it and moves it into place, so that it is there whole or not at all.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from nlp.errors import GlossaryError
from nlp.names.glossary_file import Entry, Glossary, dump, row_of

REVIEWED = "gloss"
"""What the source of an entry begins with that a review has accepted."""


def add(path: Path, entry: Entry, about: Mapping[str, str]) -> None:
    """Put an entry into the file, made with ``about`` as its head where it is not there; what is there already stays.

    Raises :class:`nlp.errors.GlossaryError` for a file that is no glossary or cannot be written.
    """
    if not path.exists():
        _write(path, dump([entry], about))
        return
    glossary = Glossary.open(path)
    offsets = list(glossary.entries())
    if any((old.term, old.name) == (entry.term, entry.name) for _, old in offsets):
        return
    lost = [
        c
        for c, cell in row_of(entry).items()
        if cell and c not in glossary.header and c in ("type", "source", "checked")
    ]
    if lost:
        raise GlossaryError(
            f"{path}: its header has no {' and no '.join(lost)}; add the column, or choose another file"
        )
    line = "\t".join(row_of(entry)[column] for column in glossary.header)
    after = next((offset for offset, old in offsets if old.term > entry.term), None)
    data = glossary.data if glossary.data.endswith(b"\n") else glossary.data + b"\n"
    at = len(data) if after is None else after
    _write(path, (data[:at] + f"{line}\n".encode() + data[at:]).decode("utf-8"))


def remove(path: Path, entry: Entry) -> None:
    """Take out the line with the term and the name of ``entry``, if a review put it there. Raises :class:`nlp.errors.GlossaryError`."""
    if not path.exists():
        return
    glossary = Glossary.open(path)
    for offset, old in glossary.entries():
        if (old.term, old.name) == (entry.term, entry.name) and old.source.startswith(REVIEWED):
            end = glossary.data.find(b"\n", offset) + 1 or len(glossary.data)
            _write(path, (glossary.data[:offset] + glossary.data[end:]).decode("utf-8"))
            return


def _write(path: Path, text: str) -> None:
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as out:
            try:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
                with contextlib.suppress(FileNotFoundError):
                    Path(out.name).chmod(path.stat().st_mode & 0o777)
                Path(out.name).replace(path)
            except BaseException:
                Path(out.name).unlink(missing_ok=True)
                raise
    except OSError as e:
        raise GlossaryError(f"{path}: {e.strerror or e}") from e
