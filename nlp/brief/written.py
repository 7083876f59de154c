"""What the writing of a brief gives back, in whichever language."""

from __future__ import annotations

from dataclasses import dataclass, field

from nlp.types import Brief, Warning

FEWEST = 3
"""A brief of fewer sentences is still given, with a warning."""


@dataclass
class Written:
    """A brief (None where nothing held), what a reader should know, seconds spent, and tokens that the engine wrote."""

    brief: Brief | None = None
    warnings: list[Warning] = field(default_factory=list)
    generating: float = 0.0
    checking: float = 0.0
    tokens: int = 0
