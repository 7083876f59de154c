"""Whose word counts, first to last (CONTRACT: Habits): the one place where the order of sources stands."""

from __future__ import annotations

from enum import IntEnum


class Layer(IntEnum):
    """A source of names; a smaller number outranks a larger one.

    ``REFERENCE`` is standard data that holds where the recogniser saw a name of the same kind, and nowhere else.
    """

    GIVEN = 0
    GLOSSARY = 1
    PROJECT = 2
    USER = 3
    GLOSS = 4
    SHIPPED = 5
    STANDARD = 6
    REFERENCE = 7
    LATIN = 8
    ROMANISED = 9
    UNRESOLVED = 10
