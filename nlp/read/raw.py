"""What reading yields: decoded text and the facts that a structured format states about it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from nlp.types import Source


@dataclass(frozen=True)
class Fields:
    """Text and stated facts out of one format; ``structured`` where the format itself told text from title."""

    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: datetime.date | None = None
    structured: bool = False


@dataclass(frozen=True, slots=True)
class Raw:
    """Decoded input before cleaning; ``text`` has line feeds and no control characters, else all that was there."""

    source: Source
    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: datetime.date | None = None
    structured: bool = False
