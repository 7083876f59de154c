"""Statistical named-entity recognition as a spaCy component; another recogniser takes its place in :func:`recognise`."""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

import nlp.annotate.extensions  # noqa: F401 - registers doc._.recognised
from nlp.annotate.left_edge import TITLES, Recognised
from nlp.annotate.ner.recogniser import Kind, recogniser
from nlp.annotate.sentences import sentence_spans
from nlp.annotate.types_by_cue import suffix_type
from nlp.types import EntityType

__all__ = ["Kind", "recognise"]
_TITLE = "|".join(sorted(TITLES, key=len, reverse=True))
_BEFORE = re.compile(f"^(?:{_TITLE})")
_AFTER = re.compile(f"(?:{_TITLE}|母公司|子公司|旗下|當局)$")


def recognise(text: str, kind: Kind) -> list[Recognised]:
    """Persons, places and organisations in ``text``, in order, not overlapping; offsets in code points."""
    sentences = sentence_spans(text)
    found = recogniser(kind).find([text[s.start : s.end] for s in sentences])
    out = []
    for s, spans in zip(sentences, found, strict=True):
        for a, b, label in spans:
            start, end = _bare(text, s.start + a, s.start + b, label)
            out.append(Recognised(start, end, _type(label, text[start:end])))
    return out


def _bare(text: str, start: int, end: int, label: str) -> tuple[int, int]:
    """A span without the title before a person (總統川普), what is no name after a body or place (國民黨立委), nor spaces."""
    start, end = end - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())
    title = (_BEFORE if label == "PER" else _AFTER).search(text[start:end])
    if title is None or end - start - len(title.group()) < 2:
        return start, end
    return (start + title.end(), end) if label == "PER" else (start, start + title.start())


def _type(label: str, name: str) -> EntityType:
    if label == "LOC":
        cue = suffix_type(name)
        return cue if cue in ("GPE", "FAC") else "LOC"
    return "PERSON" if label == "PER" else "ORG"


@Language.factory("zhbrief_ner", default_config={"kind": "fast"})
def create_ner(nlp: Language, name: str, kind: Kind) -> Callable[[Doc], Doc]:
    """SpaCy factory ``zhbrief_ner``: puts the recogniser's spans into ``doc._.recognised``. ``kind``: fast, accurate."""

    def mark_recognised(doc: Doc) -> Doc:
        doc._.recognised = recognise(doc.text, kind)
        return doc

    return mark_recognised
