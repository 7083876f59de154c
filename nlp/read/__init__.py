"""Read: bytes to text, and what the format says of the article apart from its text."""

from __future__ import annotations

import datetime
import hashlib
import re
from dataclasses import dataclass

from nlp.errors import InputError
from nlp.read.decode import decode
from nlp.read.formats import contents
from nlp.types import Source

__all__ = ["Raw", "read"]

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_NEWLINES = re.compile(r"\r\n?|[\u2028\u2029\x85\v\f]")


@dataclass(frozen=True, slots=True)
class Raw:
    """A page as text: newlines are ``\\n``, control characters are gone; the rest is as it came."""

    source: Source
    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: datetime.date | None = None


def read(data: bytes, path: str | None = None, record: str | None = None) -> Raw:
    """Read one input. Raises :class:`nlp.errors.InputError`, naming ``path``, where it cannot be read."""
    where = f"{path}: " if path else ""
    try:
        text, encoding = decode(data)
        found = contents(text, path)
    except InputError as e:
        raise InputError(f"{where}{e}") from e
    source = Source(path, record, encoding.removesuffix("-sig"), hashlib.sha256(data).hexdigest())
    body = _NEWLINES.sub("\n", found.text)
    body = _CONTROL.sub("", _ANSI.sub("", body))
    if not body.strip():
        raise InputError(f"{where}the input is empty")
    return Raw(source, body, found.title, found.outlet, found.byline, found.published)
