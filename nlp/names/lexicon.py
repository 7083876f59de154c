"""Terms compiled for matching: a trie of folded keys, and the entries that each key stands for.

The trie is a MARISA trie (``marisa-trie``): a million names take 4 MB, it is mapped from a file instead of read, and the
file holds no code. A large glossary is compiled once and kept under ``$XDG_CACHE_HOME/zhbrief/glossaries`` by the hash of
its content; its entries stay in the glossary and are read line by line when a match asks for them.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import marisa_trie
import numpy as np

from nlp.names.folding import fold
from nlp.names.glossary_file import Entry, Glossary, dump, load

LARGE = 1_000_000
"""A glossary of more bytes than this is compiled and kept."""
_FORM = "1"
"""Changes where what is kept changes its form."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Keys and their entries. ``firsts`` are the characters that keys begin with, ``longest`` their greatest length."""

    trie: marisa_trie.Trie
    entries_of: Callable[[int], Sequence[Entry]]
    firsts: frozenset[str]
    longest: int

    def at(self, key: str, start: int) -> Iterator[tuple[int, Sequence[Entry]]]:
        """What begins at ``start`` of a folded text: the end (code points) and the entries of each key, shortest first."""
        if key[start] in self.firsts:
            for found in self.trie.prefixes(key[start : start + self.longest]):
                yield start + len(found), self.entries_of(self.trie[found])


def lexicon(entries: Iterable[Entry]) -> Lexicon:
    """Entries in memory."""
    by_key: dict[str, list[Entry]] = {}
    for entry in entries:
        for form in entry.forms:
            by_key.setdefault(fold(form), []).append(entry)
    trie = marisa_trie.Trie(by_key)
    numbered = {trie[key]: found for key, found in by_key.items()}
    return Lexicon(trie, numbered.__getitem__, frozenset(k[0] for k in by_key), max(map(len, by_key), default=0))


def lexicons(path: Path) -> list[Lexicon]:
    """A glossary file, or the files of a folder in the order of their names. Raises :class:`nlp.errors.GlossaryError`."""
    if path.is_dir():
        return [found for file in sorted(path.glob("*.tsv")) for found in lexicons(file)]
    if path.is_file() and path.stat().st_size > LARGE:
        with contextlib.suppress(OSError):  # no place to keep it: compiled anew at each start
            return [_kept(path)]
    return [lexicon(load(path))]


def derived(package: str, made_by: Path, make: Callable[[], Iterable[Entry]]) -> Lexicon:
    """Names that the module ``made_by`` makes of a package's data: made once for each version of both, and kept compiled.

    Where there is no place to keep them they are made at each start.
    """
    mark = hashlib.blake2b(made_by.read_bytes(), digest_size=8).hexdigest()
    path = cache_folder() / f"{package}-{version(package)}-{mark}.tsv"
    try:
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=path.parent, suffix=".part", delete=False
            ) as out:
                out.write(dump(make(), {"source": package}))
            Path(out.name).replace(path)
        return _kept(path)
    except OSError:
        return lexicon(make())


def _kept(path: Path) -> Lexicon:
    """The compiled form of a large glossary, made where it is not kept yet."""
    glossary = Glossary.open(path)
    mark = hashlib.blake2b(glossary.data, digest_size=16)
    mark.update(f"{_FORM} {version('marisa-trie')} {version('opencc')}".encode())
    folder = cache_folder() / mark.hexdigest()
    if not (folder / "about.json").is_file():
        with _alone(folder.parent):
            if not (folder / "about.json").is_file():
                _compile(glossary, folder)
    trie = marisa_trie.Trie()
    trie.mmap(str(folder / "keys.marisa"))
    begin, offsets = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("begin", "offsets"))
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))

    @lru_cache(maxsize=65536)
    def entries_of(number: int) -> tuple[Entry, ...]:
        return tuple(glossary.entry_at(int(at)) for at in offsets[begin[number] : begin[number + 1]])

    return Lexicon(trie, entries_of, frozenset(about["firsts"]), about["longest"])


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let others wait who would do the same in ``folder``: the annotators of an archive all begin at once."""
    folder.mkdir(parents=True, exist_ok=True)
    opened = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # a file system without locks: each does it for itself
            fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


def _compile(glossary: Glossary, folder: Path) -> None:
    """Write the compiled form of a glossary; all of it or nothing."""
    keys: list[str] = []
    offsets: list[int] = []
    for offset, entry in glossary.entries():
        for form in entry.forms:
            keys.append(fold(form))
            offsets.append(offset)
    trie = marisa_trie.Trie(keys)
    numbers = np.fromiter((trie[key] for key in keys), dtype=np.int64, count=len(keys))
    order = np.argsort(numbers, kind="stable")
    begin = np.searchsorted(numbers[order], np.arange(len(trie) + 1))
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        made = Path(name) / "made"
        made.mkdir()
        trie.save(str(made / "keys.marisa"))
        np.save(made / "begin.npy", begin.astype(np.int64))
        np.save(made / "offsets.npy", np.array(offsets, dtype=np.int64)[order])
        about = {"firsts": "".join(sorted({key[0] for key in keys})), "longest": max(map(len, keys), default=0)}
        (made / "about.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
        _place(made, folder)


def _place(made: Path, folder: Path) -> None:
    """Move what was made to its place; another process may have been first."""
    try:
        made.rename(folder)
    except OSError:
        if not (folder / "about.json").is_file():
            raise


def cache_folder() -> Path:
    """Where compiled glossaries are kept."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "zhbrief" / "glossaries"
