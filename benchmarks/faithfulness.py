"""What in a brief, and in a plain prompt's five sentences with the same weights, the article does not have.

``.venv/bin/python benchmarks/faithfulness.py [INPUT…] [--text-field NAME] [--most N] [--keep FILE]``; inputs are those of ``zhbrief batch``,
the samples unless given. :mod:`nlp.brief.check` judges both: the sentences of a brief by their own evidence, those of the plain prompt by the
whole article. ``--keep`` writes a line of JSON for each article with both texts and what was found in them.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from benchmarks.plain import alone, articles, parser, plain
from nlp.brief.check import Evidence, Fault, allowed_forms, check, unknown_names
from nlp.brief.draft import draft_of
from nlp.errors import EngineError, InputError
from nlp.pipeline import Options, Pipeline
from nlp.quantities import read_english
from nlp.read.markdown import parse_markdown
from nlp.types import Result, Span

ASK = "Summarise this article in English in five sentences."
LONGEST = 320
"""Most tokens of a plain prompt's text; five sentences of a brief have 200."""
COUNTED = {
    "sentences": "sentences",
    "chinese": "with Chinese",
    "numbers": "numbers",
    "unsupported": "not the article's",
    "names": "words of names",
    "unknown": "not the article's",
}
"""What is counted, and what it is called at the head of its column."""
_NOTHING = Evidence("", (), (), (), None)
_NUMBERED = re.compile(r"^\s*\d+[.)]\s+", re.M)

Piece = tuple[str, Evidence]
"""One sentence or several, and what they may draw on."""


def ours(result: Result) -> list[Piece]:
    """The sentences of a brief."""
    return [(s.text, evidence(result, s.evidence)) for b in result.briefs for s in b.sentences]


def theirs(result: Result, text: str) -> list[Piece]:
    """What the plain prompt gave, without Markdown's marks and numbers of lists."""
    fields = parse_markdown(text)
    text = _NUMBERED.sub("", "\n".join(filter(None, (fields.title, fields.text))))
    return [(text, evidence(result, [Span(0, len(result.article.text))]))]


def evidence(result: Result, spans: Sequence[Span]) -> Evidence:
    """What stands at ``spans`` of the article, as one."""
    found = [draft_of(result, result.entities, span).evidence for span in spans]
    return Evidence(
        "\n".join(e.text for e in found),
        tuple(dict.fromkeys(entity for e in found for entity in e.entities)),
        tuple(dict.fromkeys(term for e in found for term in e.terms)),
        tuple(quantity for e in found for quantity in e.quantities),
        result.article.published,
    )


def judged(pieces: Sequence[Piece]) -> tuple[Counter[str], list[Fault]]:
    """How much of each of :data:`COUNTED` a text has, and its faults. Of a sentence with Chinese in it nothing else is counted."""
    counts, faults = Counter[str](), list[Fault]()
    for text, of in pieces:
        known = {word for form in allowed_forms(of) for word in form.split()}
        for sentence in sentences(text):
            found = check(sentence, of, whole=False)
            of_problem = (("chinese",), ("number", "unit"), ("name",))
            chinese, numbers, runs = ([f for f in found if f.problem in p] for p in of_problem)
            names = [Fault("name", w) for w in _words(f.what for f in runs) if w not in known]
            counts["sentences"] += 1
            counts["chinese"] += len(chinese)
            faults += chinese or [*numbers, *names]
            if not chinese:
                counts["numbers"] += len(read_english(sentence))
                counts["unsupported"] += len(numbers)
                counts["names"] += len(_words(unknown_names(sentence, _NOTHING)))
                counts["unknown"] += len(names)
    return counts, faults


def _words(names: Iterable[str]) -> list[str]:
    return [word for name in names for word in name.split()]


def sentences(text: str) -> Iterator[str]:
    """The sentences of an English text, none over a line's end."""
    for line in text.splitlines():
        yield from (s.text.strip() for s in _english()(line).sents if s.text.strip())


@cache
def _english() -> Language:
    english = spacy.blank("en")
    english.add_pipe("sentencizer")
    return english


def main() -> None:
    """Print a row for each of the two; an article that cannot be read or is too long is told of and counts for neither."""
    command = parser(__doc__ or "", "chip-earnings.txt", "critical-minerals.txt", "rate-decision.txt")
    command.add_argument("--keep", default=os.devnull, metavar="FILE", help="write both texts of each article as JSONL")
    options = command.parse_args()
    ways = {"zhbrief": Counter[str](), "plain prompt": Counter[str]()}
    done = 0
    pipeline, engine = Pipeline(Options(engine="llamacpp")), alone()
    with Path(options.keep).open("w", encoding="utf-8", buffering=1) as kept:
        for record in articles(options):
            try:
                result = pipeline(record.data, record.path, record.record)
                (answer,) = engine.generate([plain(ASK, result.article.text, LONGEST)])
            except (InputError, EngineError) as e:
                print(e, file=sys.stderr)
                continue
            line: dict[str, Any] = {"path": record.path, "record": record.record, "article": result.article.text}
            for way, pieces in zip(ways, (ours(result), theirs(result, answer.text)), strict=True):
                counts, faults = judged(pieces)
                ways[way] += counts
                text = "\n".join(text for text, _ in pieces)
                line[way] = {"text": text, "faults": [[f.problem, f.what] for f in faults]}
            kept.write(json.dumps(line, ensure_ascii=False) + "\n")
            done += 1
    pipeline.close()
    print(f"articles: {done}\n\n| | {' | '.join(COUNTED.values())} |\n| --- {'| --- ' * len(COUNTED)}|")
    for way, counts in ways.items():
        print(f"| {way} | {' | '.join(str(counts[name]) for name in COUNTED)} |")


if __name__ == "__main__":
    main()
