"""What the textual formats share: UTF-8, or UTF-16 with its mark, as spreadsheets save it; and pairs of a form and its name."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from pathlib import Path

from nlp.errors import GlossaryError
from nlp.names.glossary_file import Entry, row_of


def pairs(entries: Iterable[Entry]) -> Iterator[dict[str, str]]:
    """The cells of each form of each entry, the form as its term; what is forbidden would read as a translation, and is left out."""
    for entry in entries:
        if entry.status != "forbidden":
            for form in entry.forms:
                yield {**row_of(entry), "term": " ".join(form.split())}


def decoded(data: bytes, path: Path) -> str:
    """The text, without a byte order mark. Raises :class:`nlp.errors.GlossaryError` for another encoding, and for an empty file."""
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as e:
        line = data[: e.start].count(b"\n") + 1
        raise GlossaryError(f"{path}:{line}: not UTF-8 (byte {e.start}); save it as UTF-8") from e
    if not text.strip():
        raise GlossaryError(f"{path}: empty")
    if "\x00" in text:
        raise GlossaryError(f"{path}: not a text file")
    return text
