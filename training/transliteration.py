"""Learn how Chinese characters spell foreign names: ``python -m training.transliteration -o nlp/translate/sounds.tsv``.

Learnt from our own tables: the usual spellings (``nlp/translate/transliterated.tsv``) and the glossaries, whose names are read part by
part where the parts sound alike. A name is cut into as many pieces as the Chinese has characters, every piece of none to four
letters; which cut is right is not known, so all of them count, each as likely as it is (expectation maximisation of a joint
model of characters and pieces). Every sixth name is held out first, and judges what was learnt of the others.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from nlp.annotate.phonetics import DOTS, likeness
from nlp.names import fold, load
from nlp.translate.back_transliteration import MOST_LETTERS, Sounds, decoded, letters_of, names_that_are_borne
from nlp.translate.usual import Kind, rows

GLOSSARIES = ("people", "cities", "places", "history", "geography", "culture")
BY_SOUND = 0.75
"""The likeness in sound from which a part of a glossary's name is taken for written by sound."""
ROUNDS = 6
LEAST = 0.005
"""Expected counts below this are not kept."""
HELD_OUT = 6
_HAN = re.compile("[\u4e00-\u9fff]{1,8}")
_BETWEEN = re.compile(f"[{re.escape(DOTS)}\\-－—]")
_FIRST = {0: 0.003, 1: 0.15, 2: 0.4, 3: 0.3, 4: 0.1}
"""How likely a piece of so many letters is before anything is known."""

Pair = tuple[str, str]
"""A part in Chinese, folded, and its letters."""


def of_table() -> Iterator[tuple[Pair, Kind]]:
    """The pairs of the table of usual spellings."""
    for forms, english, kind in rows():
        for form in forms:
            if _HAN.fullmatch(form):
                yield (fold(form), letters_of(english)), kind


def of_glossary(path: Path) -> Iterator[Pair]:
    """The parts of a glossary's names that are written by sound."""
    for entry in load(path):
        parts, words = _BETWEEN.split(entry.term), re.split(r"[\s\-]", entry.name)
        if len(parts) == len(words):
            for part, word in zip(parts, words, strict=True):
                if _HAN.fullmatch(part) and len(part) > 1 and likeness(part, word) >= BY_SOUND:
                    yield fold(part), letters_of(word)


def learn(pairs: Sequence[Pair]) -> Sounds:
    """How often each character stands for each piece."""
    sounds: Sounds | None = None
    for _ in range(ROUNDS):
        counts: Counter[tuple[str, str]] = Counter()
        for han, letters in pairs:
            counts.update(expected(han, letters, sounds))
        sounds = Sounds(counts)
    assert sounds is not None
    return sounds


def expected(han: str, letters: str, sounds: Sounds | None) -> Counter[tuple[str, str]]:
    """How often each character of one name stands for each piece, over all cuts."""
    n, m = len(han), len(letters)

    def pieces(i: int, j: int) -> list[float]:
        most = min(MOST_LETTERS, m - j)
        if sounds is None:
            return [_FIRST[k] / 26 ** min(k, 1) for k in range(most + 1)]
        return [sounds.likelihood(han[i], letters[j : j + k]) for k in range(most + 1)]

    likely = [[pieces(i, j) for j in range(m + 1)] for i in range(n)]
    ahead = [[0.0] * (m + 1) for _ in range(n + 1)]
    ahead[0][0] = 1.0
    for i in range(n):
        for j in range(m + 1):
            for k, p in enumerate(likely[i][j]):
                ahead[i + 1][j + k] += ahead[i][j] * p
    back = [[0.0] * (m + 1) for _ in range(n + 1)]
    back[n][m] = 1.0
    for i in reversed(range(n)):
        for j in range(m + 1):
            back[i][j] = sum(p * back[i + 1][j + k] for k, p in enumerate(likely[i][j]))
    counts: Counter[tuple[str, str]] = Counter()
    if ahead[n][m] > 0:
        for i in range(n):
            for j in range(m + 1):
                for k, p in enumerate(likely[i][j]):
                    counts[han[i], letters[j : j + k]] += ahead[i][j] * p * back[i + 1][j + k] / ahead[n][m]
    return Counter({key: count for key, count in counts.items() if count > LEAST})


def judge(sounds: Sounds, held_out: Sequence[tuple[Pair, Kind]]) -> str:
    """How many of the parts held out are spelt right, of how many that anything is said of."""
    right = said = asked = 0
    answers: dict[tuple[str, Kind], set[str]] = {}
    known = names_that_are_borne(frozenset(letters for (_, letters), _ in held_out))
    for (han, letters), kind in held_out:
        answers.setdefault((han, kind), set()).add(letters)
    for (han, kind), right_ones in answers.items():
        spelling = decoded(han, kind, sounds, known)
        asked += 1
        said += spelling is not None
        right += spelling is not None and letters_of(spelling) in right_ones
    return f"held out {asked}: {said} spelt, {right} of them right ({right / max(1, said):.3f})"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, required=True)
    out = parser.parse_args().output
    table = list(of_table())
    glossaries = Path("glossaries")
    pairs = [pair for pair, _ in table]
    pairs += [pair for topic in GLOSSARIES for pair in of_glossary(glossaries / f"{topic}.tsv")]
    pairs = list(dict.fromkeys(pair for pair in pairs if pair[1]))
    names = sorted({letters for _, letters in pairs})
    held_out = set(names[::HELD_OUT])
    print(judge(learn([p for p in pairs if p[1] not in held_out]), [t for t in table if t[0][1] in held_out]))
    learn(pairs).save(out)
    print(f"{len(pairs)} parts of names")


if __name__ == "__main__":
    main()
