"""How results are to be shown; imports nothing, so that the command line may."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """A format of :data:`nlp.render.FORMATS`, and what of it a reader asked for.

    ``quantities`` adds the figures to ``text`` and ``md``; ``bullets`` sets the sentences of a brief as points.
    """

    form: str = "text"
    quantities: bool = False
    bullets: bool = False
