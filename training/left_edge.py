"""Weigh the clues to the left edge of a glossed name: a conditional logit model over the edges of each run.

``python -m training.left_edge ntrex-zh-tw.jsonl uner-zh-gsd-train.jsonl…`` writes ``nlp/annotate/edge_weights.tsv``. It learns
from the glosses of NTREX-128 that ``benchmarks/glosses.tsv`` has answers for, and from those of UNER that stand behind a
marked name; before that it prints what five models find, each in the fifth of the documents that it did not learn from.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import nlp.annotate.left_edge
from benchmarks.glosses import harvester, judged
from nlp.annotate.evidence import Evidence
from nlp.annotate.glosses import SURE, brackets, run_before
from nlp.annotate.language import annotate
from nlp.types import Article

TARGET = Path(nlp.annotate.left_edge.__file__).with_name("edge_weights.tsv")
FOLDS, DECAY, STEPS, RATE = 5, 0.3, 600, 0.05
UNER_COUNTS = 0.5
"""The recogniser was trained on UNER, and looks better there than it is elsewhere."""
_GLUED = re.compile(
    r"(?<=[a-z.])(?=[A-Z])|(?<=[a-z])(?=de[A-Z])|(?<=[a-z]{3})(?=of[A-Zt])|(?<=[a-z ](?:de|of))(?=[A-Z])"
)
"""Where UNER's text has lost a space in Latin script."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The clues of every edge of one run and which edge is right; ``fold`` is the part of the documents it belongs to."""

    fold: int
    counts: float
    clues: list[dict[str, float]]
    right: int


def from_ntrex(path: Path) -> Iterator[Choice]:
    """The glosses with an answer; those in quotation marks of their own have no edge to choose."""
    for number, (_, doc, answers) in enumerate(judged(path)):
        starts = {a.bracket: a.start for a in answers if a.start is not None}
        yield from _choices(Evidence.of(doc), starts, number % FOLDS, 1.0)


def from_uner(path: Path) -> Iterator[Choice]:
    """The glosses behind a marked name."""
    texts, starts = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        cuts = [m.start() for m in _GLUED.finditer(row["zh"])]
        shifted = {i: i + sum(cut <= i for cut in cuts) for e in row["zh_entities"] for i in (e["start"], e["end"])}
        texts.append(_GLUED.sub(" ", row["zh"]))
        starts.append({shifted[e["end"]]: shifted[e["start"]] for e in row["zh_entities"]})
    pipeline = harvester()
    for number, text in enumerate(texts):
        yield from _choices(Evidence.of(annotate(pipeline, Article(text))), starts[number], number % FOLDS, UNER_COUNTS)


def _choices(evidence: Evidence, starts: dict[int, int], fold: int, counts: float) -> Iterator[Choice]:
    for bracket in brackets(evidence.text):
        run = run_before(evidence, bracket)
        if run is not None and starts.get(bracket.start) in (edges := run.edges()):
            yield Choice(fold, counts, [run.clues(e) for e in edges], edges.index(starts[bracket.start]))


def fit(choices: Sequence[Choice], names: Sequence[str]) -> NDArray[np.float64]:
    """The weights of the clues ``names``, by Adam on the regularised likelihood."""
    rows = [(_matrix(c, names), c.right, c.counts) for c in choices]
    weights, mean, square = (np.zeros(len(names)) for _ in range(3))
    for step in range(1, STEPS + 1):
        slope = DECAY * weights
        for matrix, right, counts in rows:
            shares = _shares(matrix @ weights)
            shares[right] -= 1
            slope = slope + counts * (matrix.T @ shares)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        change = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        weights = weights - RATE * (1 if step < STEPS * 2 // 3 else 0.3) * change
    return weights


def _matrix(choice: Choice, names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[clues.get(name, 0.0) for name in names] for clues in choice.clues])


def _shares(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    powers: NDArray[np.float64] = np.exp(weights - weights.max())
    return powers / powers.sum()


def held_out(choices: Sequence[Choice], names: Sequence[str]) -> Iterator[tuple[Choice, float, bool]]:
    """Each choice with the confidence and the rightness of a model that has not learnt from its fold."""
    for fold in range(FOLDS):
        weights = fit([c for c in choices if c.fold != fold], names)
        for choice in (c for c in choices if c.fold == fold):
            shares = _shares(_matrix(choice, names) @ weights)
            yield choice, float(shares.max()), int(shares.argmax()) == choice.right


def main() -> None:
    """Print what is found in documents not learnt from, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ntrex", type=Path)
    parser.add_argument("uner", type=Path, nargs="*")
    options = parser.parse_args()
    choices = [*from_ntrex(options.ntrex), *(c for path in options.uner for c in from_uner(path))]
    names = sorted({name for c in choices for clues in c.clues for name in clues})
    tested = list(held_out(choices, names))
    for corpus, counts in (("NTREX", 1.0), ("UNER", UNER_COUNTS)):
        mine = [(sure, good) for c, sure, good in tested if c.counts == counts]
        sure = [good for confidence, good in mine if confidence >= SURE]
        if mine and sure:
            print(f"{corpus}: {sum(good for _, good in mine)} of {len(mine)} right; of {len(sure)} sure {sum(sure)}")
    weights = fit(choices, names)
    lines = ["# clue\tweight; written by training/left_edge.py"]
    lines += [f"{name}\t{weight:.3f}" for name, weight in zip(names, weights, strict=True)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
