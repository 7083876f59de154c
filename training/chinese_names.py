"""Learn to tell Chinese personal names from transliterated ones: ``python -m training.chinese_names DICT -o FILE``.

DICT is ``jieba/dict.txt`` of jieba 0.42.1 (MIT): its persons (``nr``) against its transliterations (``nrt``, ``nrfg``). The model
is naive Bayes over characters, with the first one apart. Every tenth name is held out, and judges it.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from nlp.names import fold
from nlp.names.romanise import SURNAMES

SMOOTHING = 0.5
_FOLDED = {fold(c) for c in SURNAMES}
MOST = 8.0
"""Log odds beyond this are cut: a character seen a thousand times is no better a sign than one seen a hundred."""


def names(path: Path) -> list[tuple[str, bool]]:
    """The names, and whether they are Chinese: two or three characters, the first a surname's."""
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, tag = line.split(" ")
        if tag in ("nrt", "nrfg") or (tag == "nr" and len(word) in (2, 3) and word[0] in _FOLDED):
            out.append((word, tag == "nr"))
    return out


def learn(known: Sequence[tuple[str, bool]]) -> tuple[dict[str, float], dict[str, float]]:
    """Log odds (Chinese against foreign, natural logarithm) of characters: first in a name, and further on."""
    counts = {(chinese, place): Counter[str]() for chinese in (True, False) for place in (0, 1)}
    for word, chinese in known:
        counts[chinese, 0][word[0]] += 1
        counts[chinese, 1].update(word[1:])
    return _odds(counts[True, 0], counts[False, 0]), _odds(counts[True, 1], counts[False, 1])


def _odds(chinese: Counter[str], foreign: Counter[str]) -> dict[str, float]:
    seen = set(chinese) | set(foreign)
    total = [sum(c.values()) + SMOOTHING * len(seen) for c in (chinese, foreign)]
    return {
        c: max(
            -MOST,
            min(MOST, math.log((chinese[c] + SMOOTHING) / total[0]) - math.log((foreign[c] + SMOOTHING) / total[1])),
        )
        for c in seen
    }


def judged(
    known: Iterable[tuple[str, bool]], first: dict[str, float], rest: dict[str, float], floor: float
) -> tuple[float, float]:
    """The shares of Chinese and of foreign names that a threshold lets through."""
    through = {True: [0, 0], False: [0, 0]}
    for name, chinese in known:
        if name[0] not in _FOLDED or len(name) not in (2, 3):
            continue  # nobody would take these for Chinese
        score = first.get(name[0], 0.0) + sum(rest.get(c, 0.0) for c in name[1:])
        through[chinese][0] += score > floor
        through[chinese][1] += 1
    return through[True][0] / through[True][1], through[False][0] / through[False][1]


def main() -> None:
    """Learn, judge and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dictionary", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    options = parser.parse_args()
    known = names(options.dictionary)
    first, rest = learn([k for i, k in enumerate(known) if i % 10])
    for floor in (-4.0, -2.0, 0.0, 1.0, 2.0, 3.0, 4.0, 6.0):
        kept, let = judged(known[::10], first, rest, floor)
        print(f"threshold {floor:+.1f}: {kept:.3f} of the Chinese names kept, {let:.3f} of the others let through")
    rows = sorted(set(first) | set(rest))
    lines = [f"{c}\t{first.get(c, 0.0):.2f}\t{rest.get(c, 0.0):.2f}" for c in rows]
    head = (
        "# Log odds that a character of a name is Chinese, not transliterated; learnt by training/chinese_names.py.\n"
    )
    head += "# source: dictionary of jieba 0.42.1 (MIT)\ncharacter\tfirst\trest\n"
    options.out.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
