"""Label news that nobody has labelled: ``python -m training.silver ntrex-zh-tw.jsonl -o silver.jsonl``.

The Taiwanese side of NTREX-128 (CC BY-SA 4.0) is labelled by the recogniser of the round before (trained without it), for a second
round. Names that the article itself glosses in Latin script are labelled by the gloss, which is nearly always right.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from nlp.annotate.language import annotate, build
from nlp.annotate.ner.recogniser import Recogniser
from nlp.types import Article
from training.data import KINDS


def main() -> None:
    """Read documents of ``{"zh": [sentence, …]}``, write sentences with spans."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    options = parser.parse_args()
    recogniser, pipeline = Recogniser("accurate"), build(ner="accurate")
    rows = []
    for line in options.documents.read_text(encoding="utf-8").splitlines():
        for text in json.loads(line)["zh"]:
            glossed = [
                (m.start, m.end, KINDS[e.type])
                for e in annotate(pipeline, Article(text))._.entities
                if e.origin == "gloss" and e.type in KINDS
                for m in e.mentions
            ]
            found = [s for s in recogniser.find([text])[0] if not any(s[0] < b and a < s[1] for a, b, _ in glossed)]
            both = sorted([*glossed, *found])
            trimmed = [(b - len(text[a:b].lstrip()), a + len(text[a:b].rstrip()), kind) for a, b, kind in both]
            spans = [{"start": a, "end": b, "label": kind} for a, b, kind in trimmed if a < b]
            rows.append(json.dumps({"zh": text, "zh_entities": spans}, ensure_ascii=False))
    options.out.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
