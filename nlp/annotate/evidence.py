"""What the components before have found in a text, as the search for glosses reads it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc

from nlp.annotate.alignment import token_offsets
from nlp.names import Match, fold
from nlp.types import EntityType


@dataclass(frozen=True, slots=True)
class Recognised:
    """A span that a statistical recogniser saw; offsets in code points."""

    start: int
    end: int
    type: EntityType


@dataclass(frozen=True)
class Evidence:
    """Spans in text order and where words begin; any of it may be empty."""

    text: str
    recognised: tuple[Recognised, ...] = ()
    matches: tuple[Match, ...] = ()
    word_starts: frozenset[int] = frozenset()

    @classmethod
    def of(cls, doc: Doc) -> Evidence:
        """Gather the evidence that a ``Doc`` carries."""
        return cls(doc.text, tuple(doc._.recognised), tuple(doc._.matches), frozenset(token_offsets(doc)))

    @cached_property
    def folded(self) -> str:
        """The look-up key of the text."""
        return fold(self.text)
