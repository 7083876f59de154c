"""What went into a grounded sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Inserted:
    """One English form that now stands in the source: of an entity, a term or a quantity (``id``)."""

    id: str
    english: str
    start: int
    end: int
