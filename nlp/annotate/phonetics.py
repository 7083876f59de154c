"""How well a run of Chinese characters sounds like a Latin name, by consonants.

News Chinese writes foreign names by sound, syllable by syllable: 施洛德 *shi luo de* for Schröder. Vowels vary with the
translator, consonants hardly, so both sides are reduced to consonant classes and aligned. The classes join what
Mandarin does not tell apart (p/b, t/d, k/g, l/r) or commonly exchanges (v/w/f/h).
"""

from __future__ import annotations

import os
import re
import unicodedata
from functools import lru_cache

from nlp.names.folding import SEPARATORS

_PINYIN_INITIALS = {
    "zh": "J", "ch": "J", "sh": "S", "b": "P", "p": "P", "d": "T", "t": "T", "g": "K", "k": "K", "h": "H", "f": "F",
    "w": "F", "j": "J", "q": "J", "z": "J", "c": "J", "x": "S", "s": "S", "m": "M", "n": "N", "l": "L", "r": "L", "y": "Y",
}  # fmt: skip
_LATIN = [
    ("sch", "S"), ("tch", "J"), ("sh", "S"), ("ch", "J"), ("ph", "F"), ("th", "T"), ("ck", "K"), ("cz", "J"), ("zh", "J"),
    ("ts", "J"), ("tz", "J"), ("dj", "J"), ("gh", "K"), ("qu", "KF"), ("ng", "N"), ("x", "KS"), ("b", "P"), ("p", "P"),
    ("d", "T"), ("t", "T"), ("c", "K"), ("k", "K"), ("g", "K"), ("q", "K"), ("h", "H"), ("f", "F"), ("v", "F"), ("w", "F"),
    ("j", "J"), ("z", "J"), ("s", "S"), ("m", "M"), ("n", "N"), ("l", "L"), ("r", "L"), ("y", "Y"),
]  # fmt: skip
_KIN = {
    frozenset(p): 0.35
    for p in ("HF", "JS", "JK", "JT", "YJ", "MN", "HK", "ST", "FP", "LN", "YF", "HY", "SH")
}  # fmt: skip
_DROP = {
    "H": 0.15,
    "Y": 0.1,
    "L": 0.3,
    "F": 0.4,
    "N": 0.3,
    "M": 0.5,
    "T": 0.4,
    "K": 0.45,
    "S": 0.45,
    "P": 0.5,
    "J": 0.6,
}
"""What it costs when a consonant of the Latin name has no syllable; r and h are often left out."""
_EXTRA = {"N": 0.3, "Y": 0.2, "F": 0.5, "H": 0.5}
"""What it costs when a syllable's consonant is not in the Latin name; -n is often a mere coda. Others 0.8."""

_HAN = re.compile(r"[\u3400-\u9fff]")
DOTS = f"{SEPARATORS}."
"""What stands between the parts of a foreign name; a full stop does so too, but between figures it is something else."""
_PARTS = re.compile(f"[{re.escape(DOTS)}]")
_INITIAL = 0.6
"""Likeness of a part to a word that is an initial only, which tells nothing."""
_WHOLE = 0.9
"""What the likeness of the whole counts where the parts can be compared."""


def similarity(han: str, latin: str) -> float:
    """Likeness of a Chinese run to a Latin name, 0 to 1; 0 where either side has no consonant to compare.

    The whole name, its last word and its other words are tried, since Chinese often carries the surname alone.
    """
    sound = _han_classes(han)
    if not sound:
        return 0.0
    words = [w for w in re.split(r"[\s\-.·]+", latin) if len(w) > 1]
    tries = {latin.replace(" ", "")} | {"".join(words[i:]) for i in range(len(words))} | set(words[:1])
    return max((_aligned(sound, classes) for t in tries if (classes := _latin_classes(t))), default=0.0)


def likeness(han: str, latin: str) -> float:
    """Likeness of a whole Chinese run to a whole Latin name, 0 to 1; 0 where either side has no consonant to compare."""
    sound, classes = _han_classes(han), _latin_classes(latin)
    return _aligned(sound, classes) if sound and classes else 0.0


def similarity_by_parts(han: str, latin: str) -> float:
    """:func:`similarity`, part by part where both names have several: 崔西 with Tracy, 烏嫚 with Ullman."""
    parts = name_parts(han)
    words = [w for w in re.split(r"[\s\-]+", latin) if w]
    whole = similarity(han, latin)
    if not 1 < len(parts) <= len(words):
        return whole
    paired = zip(parts, [*words[: len(parts) - 1], words[-1]], strict=True)
    alike = [similarity(part, word) if len(word) > 1 else _INITIAL for part, word in paired]
    return max(sum(alike) / len(alike), _WHOLE * whole)


def name_parts(han: str) -> list[str]:
    """The parts of a foreign name in Chinese, between its dots."""
    return [part for part in _PARTS.split(han) if part]


def begins_with_vowel(han: str) -> bool:
    """Whether a Chinese run begins without a consonant, as the name of Allardyce does: 艾, 亞, 歐, 伍."""
    first = syllables(han[:1])
    return bool(first) and first[0][0] in "aeoyw"


def syllables(han: str) -> list[str]:
    """The readings of the Chinese characters of ``han`` in pinyin without tones."""
    os.environ.setdefault(
        "PYPINYIN_NO_PHRASES", "true"
    )  # readings of whole phrases cost a quarter second and are not used
    from pypinyin import lazy_pinyin

    return lazy_pinyin(_HAN.findall(han))


@lru_cache(maxsize=4096)
def _han_classes(han: str) -> str:
    out = []
    for syllable in syllables(han):
        m = re.match(r"zh|ch|sh|[bpdtgkhfwjqzcxsmnlry]", syllable)
        out.append(_PINYIN_INITIALS[m.group()] if m else "")
        if syllable.endswith(("n", "ng")) and syllable not in ("n", "ng"):
            out.append("N")
        elif syllable == "er":
            out.append("L")
    return "".join(out)


@lru_cache(maxsize=4096)
def _latin_classes(latin: str) -> str:
    plain = unicodedata.normalize("NFKD", latin.replace("ø", "o").replace("ł", "l").replace("ß", "ss")).casefold()
    plain = re.sub(r"[^a-z]", "", plain)
    plain = re.sub(r"(.)\1", r"\1", plain)
    plain = re.sub(r"c(?=[eiy])", "s", plain)
    plain = re.sub(r"^(kn|gn)", "n", plain)
    out, i = [], 0
    while i < len(plain):
        for letters, classes in _LATIN:
            if plain.startswith(letters, i):
                out.append(classes)
                i += len(letters)
                break
        else:
            i += 1
    return "".join(out)


def _aligned(sound: str, name: str) -> float:
    """One minus the alignment's cost over the longer side."""
    row = [0.0]
    for c in name:
        row.append(row[-1] + _DROP.get(c, 0.5))
    for s in sound:
        left = [row[0] + _EXTRA.get(s, 0.8)]
        for j, c in enumerate(name, 1):
            swap = 0.0 if s == c else _KIN.get(frozenset((s, c)), 1.0)
            left.append(min(row[j - 1] + swap, row[j] + _EXTRA.get(s, 0.8), left[-1] + _DROP.get(c, 0.5)))
        row = left
    return max(0.0, 1.0 - row[-1] / max(len(sound), len(name)))
