"""How a brief is to read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """``bullets``: each sentence is read by itself, so names stand in full in each. ``title_case``: of the English headline."""

    bullets: bool = False
    title_case: bool = False
