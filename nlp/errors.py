"""Every error that zhbrief raises on purpose, and the exit status each one ends the command with.

    ZhbriefError                 1   something failed
    ├── InputError               2   unreadable input: undecodable, empty, binary, too large, missing
    ├── UsageError               2   wrong options, or a configuration or glossary file that cannot be used
    │   └── GlossaryError        2   a glossary file with a fault; names file and line
    ├── ModelError               1   weights that cannot be had, verified or loaded
    └── EngineError              1   an engine that failed while it generated

Errors of libraries are mapped onto this tree where the library is called, so that a caller needs to know no other.
Messages are one line: what is wrong, where, and what to do.
"""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit statuses of the command line (CONTRACT: Habits)."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    PARTIAL = 3


class ZhbriefError(Exception):
    """Base of all errors raised on purpose; ``exit_status`` is what the command line ends with."""

    exit_status: Exit = Exit.FAILED


class InputError(ZhbriefError):
    """The input cannot be read: missing, empty, binary, undecodable or too large."""

    exit_status = Exit.USAGE


class UsageError(ZhbriefError):
    """An option or a configuration file says something that cannot be done."""

    exit_status = Exit.USAGE


class GlossaryError(UsageError):
    """A glossary file has a fault; the message names file and line."""


class ModelError(ZhbriefError):
    """Weights cannot be fetched, verified or loaded."""


class EngineError(ZhbriefError):
    """An engine failed while generating text."""
