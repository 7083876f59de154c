"""Find an engine by name and load it."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

from nlp.engines.protocol import Engine, Progress
from nlp.errors import UsageError

GROUP = "zhbrief.engines"
Loader = Callable[..., Engine]


def load_engine(
    name: str = "auto", model: str | None = None, seed: int = 0, progress: Progress | None = None
) -> Engine:
    """A loaded engine.

    ``name`` is ``auto``, ``llamacpp``, ``openvino``, ``transformers``, ``openai`` or one of the entry point group ``zhbrief.engines``,
    whose entries are called with ``model``, ``seed`` and ``progress``. ``model`` is a name of the catalogue, a GGUF file, a
    folder with safetensors, a name on the Hugging Face hub or, for ``openai``, one of the server's; None is the catalogue's
    default, or the server's only one. ``auto`` runs what lies in a GGUF on llama.cpp and the rest on transformers. ``seed`` counts only above temperature 0. Weights that are not here
    yet are fetched, and ``progress`` is told. Raises :class:`nlp.errors.UsageError` for an unknown engine and
    :class:`nlp.errors.ModelError` for weights that cannot be had or loaded.
    """
    loader = _loader(engine_name(name, model))
    return loader(model=model, seed=seed, progress=progress)


def engine_name(name: str, model: str | None) -> str:
    """Which engine runs where ``name`` is asked for with ``model``: what ``auto`` means, and any other name as it is."""
    from nlp.engines.catalogue import catalogue

    if name != "auto":
        return name
    return "llamacpp" if model is None or model in catalogue() or Path(model).suffix == ".gguf" else "transformers"


def _loader(name: str) -> Loader:
    if name == "llamacpp":
        from nlp.engines.llamacpp import load as load_llamacpp

        return load_llamacpp
    if name == "openvino":
        from nlp.engines.openvino import load as load_openvino

        return load_openvino
    if name == "transformers":
        from nlp.engines.transformers_engine import load as load_transformers

        return load_transformers
    if name == "openai":
        from nlp.engines.openai import load as load_openai

        return load_openai
    others = {e.name: e for e in entry_points(group=GROUP)}
    if name not in others:
        known = ", ".join(["auto", "llamacpp", "openvino", "transformers", "openai", *sorted(others)])
        raise UsageError(f"no engine is called {name}; there are {known}")
    loader: Loader = others[name].load()
    return loader
