"""Left edges of glosses: how many of NTREX-128's the harvester finds, and how sure it may be of those it calls sure.

``.venv/bin/python benchmarks/glosses.py ntrex-zh-tw.jsonl`` reads ``{"id", "zh": [segment…]}`` lines. The answers beside this file,
``glosses.tsv``, were made by hand, one a bracket: the document, the segment (from 0), the offset of the bracket and that
where the name before it begins (code points in the segment; empty where no name is glossed), and the first 12 digits of the
segment's SHA-256, so that no text of the corpus is copied.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotate.glosses import SURE
from nlp.annotate.language import annotate, build
from nlp.types import Article

ANSWERS = Path(__file__).with_name("glosses.tsv")


@dataclass(frozen=True, slots=True)
class Answer:
    """A bracket and the true start of the name before it, or None; offsets in the text of the whole document."""

    bracket: int
    start: int | None


def harvester() -> Language:
    """The pipeline up to the glosses: the linker after it cuts words at the edges that were found."""
    pipeline = build()
    pipeline.disable_pipe("zhbrief_linker")
    return pipeline


def judged(corpus: Path) -> Iterator[tuple[str, Doc, list[Answer]]]:
    """The documents that have answers: id, annotated text, answers in order."""
    answers: dict[str, list[list[str]]] = defaultdict(list)
    with ANSWERS.open(encoding="utf-8", newline="") as rows:
        for document, *row in csv.reader((r for r in rows if not r.startswith("#")), delimiter="\t"):
            answers[document].append(row)
    documents = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()]
    documents = [d for d in documents if d["id"] in answers]
    pipeline = harvester()
    for document in documents:
        doc = annotate(pipeline, Article("\n".join(document["zh"])))
        yield document["id"], doc, [_answer(document["zh"], *row) for row in answers[document["id"]]]


def _answer(segments: Sequence[str], number: str, bracket: str, start: str, digest: str) -> Answer:
    segment = segments[int(number)]
    if not hashlib.sha256(segment.encode("utf-8")).hexdigest().startswith(digest):
        raise SystemExit("the corpus is another than the one that was judged")
    at = [0, *accumulate(len(s) + 1 for s in segments)][int(number)]
    return Answer(at + int(bracket), at + int(start) if start else None)


def main() -> None:
    """Print the figures, and with ``--wrong`` each gloss whose left edge is not found right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list what is not right")
    options = parser.parse_args()
    real = right = 0
    found: list[tuple[float, bool]] = []
    for name, doc, answers in judged(options.corpus):
        glosses = {g.outer_end: g for g in doc._.glosses}
        for answer in answers:
            gloss = glosses.get(min(i for c in ")）" if (i := doc.text.find(c, answer.bracket)) >= 0) + 1)
            real += answer.start is not None
            good = gloss is not None and gloss.start == answer.start
            right += good
            if gloss is not None:
                found.append((gloss.confidence, good))
            if options.wrong and not good and (gloss or answer.start is not None):
                before = doc.text[max(0, answer.bracket - 24) : answer.bracket]
                print(f"{name}\t{before!r}\t{gloss and (gloss.text, gloss.latin, round(gloss.confidence, 2))}")
    print(f"glosses\t{real}\nleft edges right\t{right}\t{right / real:.3f}")
    for least in (0.0, 0.5, SURE, 0.95):
        good = [g for confidence, g in found if confidence >= least]
        print(f"found with confidence ≥ {least}\t{len(good)}\tprecision\t{sum(good) / len(good):.3f}")


if __name__ == "__main__":
    main()
