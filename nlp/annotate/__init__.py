"""Annotate: an article's text as a spaCy ``Doc`` with entities, terms and quantities.

spaCy imports its own command line with its package manager, and thinc imports torch wherever torch is installed: two and
a half seconds a start for what this pipeline does not use. So spaCy is imported here, once, with both out of sight; a program that
has imported spaCy or torch itself is left as it is, and both can be imported afterwards as ever.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


def _info(*args: Any, **options: Any) -> Any:
    """``spacy.info``, out of spaCy's command line when it is asked for."""
    from spacy.cli.info import info

    return info(*args, **options)


def _import_spacy() -> None:
    commands, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    commands.__path__ = []
    info.info = _info  # type: ignore[attr-defined]
    hidden: dict[str, ModuleType | None] = {"spacy.cli": commands, "spacy.cli.info": info}
    if "torch" not in sys.modules:
        hidden["torch"] = None
    sys.modules.update(hidden)  # type: ignore[arg-type]
    try:
        import spacy  # noqa: F401
    finally:
        for name in hidden:
            del sys.modules[name]


if "spacy" not in sys.modules:
    _import_spacy()
