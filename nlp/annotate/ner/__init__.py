"""Statistical named-entity recognition as a spaCy component; another recogniser takes its place in :func:`recognise`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

import nlp.annotate.extensions  # noqa: F401 - registers doc._.recognised
from nlp.annotate.evidence import Recognised
from nlp.annotate.ner.recogniser import Kind, recogniser
from nlp.annotate.role_words import TITLES
from nlp.annotate.sentences import sentence_spans
from nlp.annotate.types_by_cue import suffix_type
from nlp.types import EntityType

__all__ = ["Kind", "Ner", "recognise"]
_TITLE = "|".join(sorted(TITLES, key=len, reverse=True))
_BEFORE = re.compile(f"^(?:{_TITLE})")
_AFTER = re.compile(f"(?:{_TITLE}|母公司|子公司|旗下|當局)$")


def recognise(texts: Sequence[str], kind: Kind) -> list[list[Recognised]]:
    """Persons, places and organisations in each of ``texts``, in order, not overlapping; offsets in code points."""
    sentences = [sentence_spans(text) for text in texts]
    asked = [text[s.start : s.end] for text, spans in zip(texts, sentences, strict=True) for s in spans]
    found = iter(recogniser(kind).find(asked))
    return [
        [_recognised(text, s.start, span) for s in spans for span in next(found)]
        for text, spans in zip(texts, sentences, strict=True)
    ]


def _recognised(text: str, at: int, span: tuple[int, int, str]) -> Recognised:
    start, end, label = span
    start, end = _bare(text, at + start, at + end, label)
    return Recognised(start, end, _type(label, text[start:end]))


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


class Ner:
    """The component: puts the recogniser's spans into ``doc._.recognised``.

    Each article is read by itself, in a stream too: what is read together can change what is seen
    (:class:`nlp.annotate.ner.recogniser.Recogniser`), and an article has the same names whatever stands beside it.
    """

    def __init__(self, kind: Kind) -> None:
        self._kind = kind

    def __call__(self, doc: Doc) -> Doc:
        """Mark one document."""
        (doc._.recognised,) = recognise([doc.text], self._kind)
        return doc


@Language.factory("zhbrief_ner", default_config={"kind": "fast"})
def create_ner(nlp: Language, name: str, kind: Kind) -> Ner:
    """SpaCy factory ``zhbrief_ner``. ``kind``: ``fast`` or ``accurate``."""
    return Ner(kind)
