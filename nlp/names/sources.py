"""Where a run's own names come from: options, the project's ``zhbrief.toml``, the user's configuration folder.

``zhbrief.toml`` is looked for in the working folder and those above it::

    glossary = ["glossary.tsv", "names/"]     # relative to zhbrief.toml

    [names]
    "施洛德" = "Patrick Schröder"

The user's own glossaries are the ``.tsv`` files under ``$XDG_CONFIG_HOME/zhbrief/glossaries``.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from nlp.errors import UsageError

PROJECT_FILE = "zhbrief.toml"


@dataclass(frozen=True, slots=True)
class NameSources:
    """Where names come from besides the article and what ships, in the order in which their word counts."""

    given: dict[str, str] = field(default_factory=dict)
    glossary: tuple[Path, ...] = ()
    project_names: dict[str, str] = field(default_factory=dict)
    project: tuple[Path, ...] = ()
    user: tuple[Path, ...] = ()

    def as_config(self) -> dict[str, Any]:
        """The sources as plain values, the form in which spaCy keeps a component's settings."""
        return {k: [str(p) for p in v] if isinstance(v, tuple) else v for k, v in asdict(self).items()}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> NameSources:
        """The sources back from :meth:`as_config`."""
        values: dict[str, Any] = {k: tuple(map(Path, v)) if isinstance(v, list) else v for k, v in config.items()}
        return cls(**values)


def name_sources(given: dict[str, str], glossary: tuple[Path, ...], folder: Path | None = None) -> NameSources:
    """Gather the sources of names for a run in ``folder`` (default: the working folder).

    Raises :class:`nlp.errors.UsageError` for a ``zhbrief.toml`` that cannot be used, naming what is wrong with it.
    """
    names, project = _project(folder or Path.cwd())
    return NameSources(given, glossary, names, project, _user())


def _project(folder: Path) -> tuple[dict[str, str], tuple[Path, ...]]:
    path = next((f / PROJECT_FILE for f in (folder, *folder.parents) if (f / PROJECT_FILE).is_file()), None)
    if path is None:
        return {}, ()
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as e:
        raise UsageError(f"{path}: {e}") from e
    return _names(path, settings), tuple(path.parent / name for name in _paths(path, settings))


def _names(path: Path, settings: dict[str, Any]) -> dict[str, str]:
    names = settings.get("names", {})
    if not isinstance(names, dict) or not all(isinstance(v, str) for v in names.values()):
        raise UsageError(f'{path}: [names] takes lines like "中文" = "English"')
    return names


def _paths(path: Path, settings: dict[str, Any]) -> list[str]:
    paths = settings.get("glossary", [])
    if not isinstance(paths, list) or not all(isinstance(p, str) for p in paths):
        raise UsageError(f'{path}: glossary takes a list of paths, like ["glossary.tsv"]')
    return paths


def _user() -> tuple[Path, ...]:
    base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    folder = base / "zhbrief" / "glossaries"
    return (folder,) if folder.is_dir() else ()
