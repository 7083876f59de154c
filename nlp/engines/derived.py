"""A folder made out of a file of weights, once, beside it: whole and of that very file, or not there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from nlp.engines.catalogue import sha256_of
from nlp.engines.progress import Bar
from nlp.engines.protocol import Progress
from nlp.engines.weights import alone
from nlp.errors import ModelError

DONE = "made.json"
"""Written last: what the folder was made of. A folder without it, or made of something else, is not used."""
Make = Callable[[Path], None]
"""Makes the folder at a path where there is none."""


def derived(
    gguf: Path,
    adapter: Path | None,
    folder: Path,
    make: Make,
    by: str,
    what: str,
    times: int,
    progress: Progress | None = None,
) -> Path:
    """``folder``, made by ``make`` out of ``gguf`` and ``adapter`` unless it is there already.

    ``by`` is what makes it, and in which version where that matters: by another it is made anew. ``what`` is said while that goes on, and in errors; it needs ``times`` the size of ``gguf`` on the disk.

    Raises :class:`nlp.errors.ModelError`.
    """
    if not gguf.is_file():
        raise ModelError(f"{gguf}: no such file; give a GGUF file or a name of `zhbrief models list`")
    made_of = _about(gguf, adapter, by)
    if _is_of(folder, made_of):
        return folder
    with alone(folder):
        if not _is_of(folder, made_of):
            (progress or Bar())(f"{what} {gguf.name}", 0, None)
            _make(gguf, folder, make, what, times * gguf.stat().st_size, made_of)
    return folder


def _about(gguf: Path, adapter: Path | None, by: str) -> dict[str, int | str]:
    stat = gguf.stat()
    about: dict[str, int | str] = {"file": gguf.name, "size": stat.st_size, "mtime_ns": stat.st_mtime_ns, "by": by}
    return about | ({"adapter": sha256_of(adapter)} if adapter else {})


def _is_of(folder: Path, made_of: dict[str, int | str]) -> bool:
    try:
        return bool(json.loads((folder / DONE).read_text(encoding="utf-8")) == made_of)
    except (OSError, ValueError):
        return False


def _make(gguf: Path, folder: Path, make: Make, what: str, need: int, made_of: dict[str, int | str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    free = shutil.disk_usage(gguf.parent).free
    if free < need:
        raise ModelError(f"{gguf.parent}: {free:,} bytes are free where {what} needs {need:,}; make room")
    try:
        make(partial)
        (partial / DONE).write_text(json.dumps(made_of), encoding="utf-8")
        partial.replace(folder)
    except (OSError, KeyError, ValueError, ImportError, RuntimeError) as e:
        raise ModelError(f"{gguf}: {what} failed: {' '.join(str(e).split())[:200]}") from e
    finally:
        shutil.rmtree(partial, ignore_errors=True)
