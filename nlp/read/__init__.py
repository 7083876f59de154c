"""Read: bytes to text, with whatever title, date and author a structured format states.

>>> read("央行今天升息半碼。".encode("cp950"), "news.txt").source.encoding
'cp950'
"""

from __future__ import annotations

import hashlib

from nlp.errors import InputError
from nlp.read.decode import MAX_BYTES, decode
from nlp.read.formats import parse
from nlp.read.raw import Fields, Raw
from nlp.types import Source

__all__ = ["MAX_BYTES", "Fields", "Raw", "decode", "read"]


def read(data: bytes, path: str | None = None, record: str | None = None) -> Raw:
    """Decode ``data`` and take it apart by its format: text, Markdown, HTML or a JSON object.

    ``path`` and ``record`` name the input: they stand in error messages, and their extension says the format where it
    is one of .txt, .md, .html and .json; otherwise the text itself is looked at. A ``record`` of a larger file is never
    taken for the format of that file.

    Raises :class:`nlp.errors.InputError`, one line that says where, what and what to do.
    """
    try:
        text, encoding = decode(data)
        fields = parse(text, record if record is not None else path, whole_file=record is None)
    except InputError as e:
        raise InputError(f"{_where(path, record)}: {e}") from e
    source = Source(path, record, encoding, hashlib.sha256(data).hexdigest())
    return Raw(source, **fields.__dict__)


def _where(path: str | None, record: str | None) -> str:
    place = path if path not in (None, "-") else "standard input"
    return f"{place} (record {record})" if record is not None else str(place)
