"""Grounded sentences to learn from: ``python -m training.adapter.sources DATA -o sources.pkl``.

DATA holds ``uner-zh-gsd-train.jsonl`` and ``ntrex-zh-tw.jsonl``. No English is learnt from: the references of NTREX-128 only tell how
close the renderings come to them.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from nlp.annotate.sentences import sentence_spans
from nlp.brief.draft import draft_of
from nlp.pipeline import Options, Pipeline, Record
from nlp.types import Result, Span
from training.adapter.source import Source

DOCUMENTS = 17
"""How many documents of NTREX-128 are learnt from, the first ones."""
SHORTEST, LONGEST = 12, 130
"""Code points of a sentence."""
FEWEST = 6
"""Chinese characters that are left in a grounded sentence; with fewer there is nothing to render."""
NAMELESS = "該人士"
"""What stands for a person without an English name; a sentence with two of them cannot be told apart."""
_HAN = re.compile("[\u4e00-\u9fff]")


def from_uner(path: Path, pipeline: Pipeline) -> Iterator[Source]:
    """Every sentence of a JSONL file of ``{"zh": text}``."""
    for line in path.read_text(encoding="utf-8").splitlines():
        result = _annotated(json.loads(line)["zh"], pipeline)
        for span in sentence_spans(result.article.text):
            yield from _of_span(result, span, None)


def from_ntrex(path: Path, pipeline: Pipeline) -> Iterator[Source]:
    """The first documents of ``{"zh": [sentence, …], "en": [sentence, …]}``, each annotated as one article."""
    for line in islice(path.read_text(encoding="utf-8").splitlines(), DOCUMENTS):
        row = json.loads(line)
        result, at = _annotated("\n".join(row["zh"]), pipeline), 0
        for chinese, english in zip(row["zh"], row["en"], strict=True):
            start = result.article.text.find(chinese, at)
            if start >= 0:
                at = start + len(chinese)
                yield from _of_span(result, Span(start, at), english)


def _annotated(text: str, pipeline: Pipeline) -> Result:
    result, _ = pipeline.annotated(Record(text))
    if result.error is not None:
        raise ValueError(result.error)
    return result


def _of_span(result: Result, span: Span, reference: str | None) -> Iterator[Source]:
    """The sentence as a brief grounds it and, where that changes it, with its unknown persons left to the model."""
    if not SHORTEST <= span.end - span.start <= LONGEST:
        return
    chinese = result.article.text[span.start : span.end]
    draft = draft_of(result, result.entities, span)
    found = [Source(chinese, draft.grounded.text, draft.evidence, False, reference)]
    if any(e.type == "PERSON" and not e.name for e in draft.evidence.entities):
        left = draft_of(result, [e for e in result.entities if e.name], span).grounded.text
        if left != draft.grounded.text:
            found.append(Source(chinese, left, draft.evidence, True, reference))
    for source in found:
        if source.grounded.count(NAMELESS) < 2 and len(_HAN.findall(source.grounded)) >= FEWEST:
            yield source


def main() -> None:
    """Annotate and ground the sentences, and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    options = parser.parse_args()
    pipeline = Pipeline(Options(plain=True, ner="accurate"))
    sources = [*from_ntrex(options.data / "ntrex-zh-tw.jsonl", pipeline)]
    sources += from_uner(options.data / "uner-zh-gsd-train.jsonl", pipeline)
    options.out.write_bytes(pickle.dumps(sources))
    print(f"{len(sources)} sources, {sum(s.guess for s in sources)} of them with persons left to the model")


if __name__ == "__main__":
    main()
