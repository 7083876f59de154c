"""From a transliterated name back to its spelling: 克萊恩 is most likely Klein, 霍德斯 Hodes.

Of the names that people bear (those of the US Census of 1990, through ``names``; MIT, a dependency and not a copy; and those of our
table of usual spellings) the one is taken that explains the Chinese best and is not rare beside the others: a noisy channel, with
the likelihood of the characters given the letters (``sounds.tsv``, made by ``training/transliteration.py``) and how many people bear the name.
It is a guess, and marked as one wherever it is printed.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from nlp.annotate.phonetics import likeness, syllables
from nlp.translate.usual import Kind, rows

PATH = Path(__file__).with_name("sounds.tsv")
MOST_LETTERS = 4
"""Letters that one character stands for, at most."""
_OWN = 0.7
"""The weight of what is known of a character itself; the rest is that of all characters that sound like it."""
_UNSEEN = 1e-9
_LEAST, _MOST = 2e-4, 80
"""Of a character's pieces those of a smaller share than this are not tried, nor more than so many."""
_BEAM = 300
_BORNE, _LETTERS = 1.0, 0.8
"""The weights of how many bear a name, and of how likely its letters are by themselves: the best of a few on names held out."""
_OTHER_KIND = 0.1
"""What a surname counts as a given name, and the other way round."""
_RARE, _USUAL = 3e-6, 1e-4
"""The share of people that is added to every name, and that a name of our table has at least."""
LIKELY, LIKELY_EACH = -13.0, -3.0
"""Below the first (a natural logarithm) and the second for each character nothing is said of a name: fewer than one in three would be right."""
ALIKE = 0.7
"""The likeness in sound that a name has at least: what was learnt from names that are not written by sound is kept out so."""
_SPECIAL = str.maketrans({"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def letters_of(name: str) -> str:
    """The bare letters of a name: Schröder → schroder."""
    return re.sub("[^a-z]", "", unicodedata.normalize("NFKD", name.casefold().translate(_SPECIAL)))


class Sounds:
    """How often characters stand for pieces of names, a piece being none to :data:`MOST_LETTERS` letters."""

    def __init__(self, counts: Mapping[tuple[str, str], float]) -> None:
        whole = sum(counts.values())
        self._joint = {key: count / whole for key, count in counts.items()}
        self._alike: dict[tuple[str, str], float] = defaultdict(float)
        """The same for all characters of one reading together."""
        self._pieces: dict[str, float] = defaultdict(float)
        borne: dict[str, float] = defaultdict(float)
        sounding: dict[str, float] = defaultdict(float)
        for (character, piece), share in self._joint.items():
            self._alike[reading(character), piece] += share
            self._pieces[piece] += share
            borne[character] += share
            sounding[reading(character)] += share
        self._share = {character: share / sounding[reading(character)] for character, share in borne.items()}
        self._of: dict[str, list[str]] = defaultdict(list)
        for sound, piece in self._alike:
            self._of[sound].append(piece)

    @classmethod
    def load(cls, path: Path) -> Sounds:
        """Out of a file: character, letters and count a line, separated by tabs."""
        lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
        return cls({(character, piece): float(count) for character, piece, count in lines})

    def save(self, path: Path) -> None:
        """The shares in millionths, into a file that :meth:`load` reads."""
        head = "# How characters spell foreign names: character, letters, millionths. Made by training/transliteration.py\n"
        kept = sorted((c, p, round(share * 1e6, 1)) for (c, p), share in self._joint.items())
        path.write_text(head + "".join(f"{c}\t{p}\t{n}\n" for c, p, n in kept if n), encoding="utf-8")

    def likelihood(self, character: str, piece: str) -> float:
        """Of a character and a piece together."""
        own = self._joint.get((character, piece), 0.0)
        alike = self._alike.get((reading(character), piece), 0.0) * self._share.get(character, 0.05)
        return _OWN * own + (1 - _OWN) * alike + _UNSEEN / 20.0 ** len(piece)

    @cache  # noqa: B019 there are as many of these as are learnt, one outside of training
    def pieces(self, character: str) -> list[tuple[str, float]]:
        """What a character may stand for, the likeliest first."""
        found = {piece: self.likelihood(character, piece) for piece in self._of.get(reading(character), ())}
        least = _LEAST * sum(found.values())
        return sorted((f for f in found.items() if f[1] > least), key=lambda f: -f[1])[:_MOST]

    def letters(self, name: str) -> float:
        """How likely the letters of a name are, whatever the characters."""
        ahead = [1.0] + [0.0] * len(name)
        for j in range(len(name)):
            for k in range(1, min(MOST_LETTERS, len(name) - j) + 1):
                ahead[j + k] += ahead[j] * self._pieces.get(name[j : j + k], 1e-8)
        return ahead[-1]


@dataclass(frozen=True)
class Names:
    """Names by their letters, sorted, with how they are written and the share of people that bears them, as each kind."""

    letters: list[str]
    written: dict[str, str]
    share: dict[Kind, dict[str, float]]

    def begins(self, letters: str) -> bool:
        """Whether a name begins with these letters."""
        at = bisect_left(self.letters, letters)
        return at < len(self.letters) and self.letters[at].startswith(letters)

    def borne(self, name: str, kind: Kind) -> float:
        """The share of people whose name of that ``kind`` it is, or may be."""
        other: Kind = "given" if kind == "surname" else "surname"
        return self.share[kind].get(name, 0.0) + _OTHER_KIND * self.share[other].get(name, 0.0) + _RARE


@lru_cache(maxsize=4096)
def likeliest(han: str, kind: Kind) -> str | None:
    """The name that a part of a transliterated name, folded, is of, most likely; None where none is likely enough."""
    return decoded(han, kind, _sounds(), names_that_are_borne())


def decoded(han: str, kind: Kind, sounds: Sounds, known: Names) -> str | None:
    """The same by what ``sounds`` knows, out of the ``known`` names."""
    begun = {"": 1.0}
    for character in han:
        further: dict[str, float] = defaultdict(float)
        for letters, likelihood in begun.items():
            for piece, p in sounds.pieces(character):
                if letters + piece in further or known.begins(letters + piece):
                    further[letters + piece] += likelihood * p
        begun = dict(sorted(further.items(), key=lambda f: -f[1])[:_BEAM])
    scored = [
        (
            math.log(likelihood)
            - _LETTERS * math.log(sounds.letters(name))
            + _BORNE * math.log(known.borne(name, kind)),
            name,
        )
        for name, likelihood in begun.items()
        if name in known.written
    ]
    best = (name for score, name in sorted(scored, reverse=True) if score >= LIKELY + LIKELY_EACH * len(han))
    return next((known.written[name] for name in best if likeness(han, name) >= ALIKE), None)


@cache
def reading(character: str) -> str:
    """A character's reading in pinyin without tones."""
    return "".join(syllables(character)) or character


@cache
def _sounds() -> Sounds:
    return Sounds.load(PATH)


@cache
def names_that_are_borne(held_out: frozenset[str] = frozenset()) -> Names:
    """The names that a guess may be; of our table's without those ``held_out``, by their letters."""
    import names

    share: dict[Kind, dict[str, float]] = {"given": defaultdict(float), "surname": defaultdict(float)}
    written: dict[str, str] = {}
    kinds: list[tuple[str, Kind]] = [("last", "surname"), ("first:female", "given"), ("first:male", "given")]
    for file, kind in kinds:
        for line in Path(names.FILES[file]).read_text(encoding="ascii").splitlines():
            name, percent, *_ = line.split()
            share[kind][name.lower()] += float(percent) / 100
            written[name.lower()] = re.sub(r"(?<=^Mc)[a-z]", lambda m: m.group().upper(), name.capitalize())
    for _, english, kind in rows():
        if (letters := letters_of(english)) not in held_out:
            share[kind][letters] = max(share[kind][letters], _USUAL)
            written[letters] = english
    return Names(sorted(written), written, share)
