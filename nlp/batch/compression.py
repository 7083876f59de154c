"""Compressed files as streams: gzip and Zstandard. A stream that is cut short raises, and never just ends."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from pathlib import PurePath
from typing import Any, TypeAlias

Stream: TypeAlias = "io.BufferedReader[Any]"
"""Bytes that are read forward, with a look ahead."""


def _gzip(stream: Stream) -> Stream:
    return io.BufferedReader(gzip.GzipFile(fileobj=stream, mode="rb"), 1 << 16)


def _zstd(stream: Stream) -> Stream:
    import pyarrow as pa

    return io.BufferedReader(pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd"), 1 << 16)


COMPRESSIONS: dict[str, Callable[[Stream], Stream]] = {".gz": _gzip, ".zst": _zstd}
_SHORT = {".tgz": ".tar.gz", ".tzst": ".tar.zst"}


def bare_name(name: str) -> str:
    """The name of what a compressed file holds: ``a.jsonl`` for ``a.jsonl.gz``; any other name as it is."""
    path = PurePath(_long(name))
    return path.stem if path.suffix.lower() in COMPRESSIONS else name


def unpacked(stream: Stream, name: str) -> Stream:
    """What is compressed in ``stream``, by the suffix of ``name``. Reading it raises ``OSError`` or ``EOFError`` where it is broken."""
    return COMPRESSIONS[PurePath(_long(name)).suffix.lower()](stream)


def _long(name: str) -> str:
    path = PurePath(name)
    return path.stem + _SHORT.get(path.suffix.lower(), path.suffix)
