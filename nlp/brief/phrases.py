"""Set phrases of newspaper Chinese, put in place in English before a small model reads the sentence.

擠下 (overtake), 差距縮小, 舉手表決, 恐怕: a small model loses or inverts such words and copies them when they stand in English.
``phrases.tsv`` is a glossary file of words and frames with one reading in news; they are no terms of an article's own, so
they ground a sentence and appear nowhere else in the result.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path

from nlp.annotate.segmenter import dictionary
from nlp.names import Gazetteer, Layer, fold, lexicon, load

PATH = Path(__file__).with_name("phrases.tsv")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase at ``start:end`` of a text (code points) and its English."""

    start: int
    end: int
    english: str


@lru_cache(maxsize=256)
def find_phrases(text: str) -> tuple[Phrase, ...]:
    """The set phrases of ``text`` in order, longest first; one of two characters only where jieba cuts it as a word."""
    edges = {0, *accumulate(len(word) for word in dictionary().cut(fold(text)))}
    return tuple(
        Phrase(m.start, m.end, m.entry.name)
        for m in _gazetteer().find(text)
        if not m.risky or (m.start in edges and m.end in edges)
    )


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer([(Layer.SHIPPED, lexicon(load(PATH)))])
