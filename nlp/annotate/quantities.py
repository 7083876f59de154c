"""Quantities as a spaCy component; the parser is :mod:`nlp.quantities`."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

import nlp.annotate.extensions  # noqa: F401 - registers doc._.quantities
from nlp.quantities import find_quantities


def mark_quantities(doc: Doc) -> Doc:
    """Put the quantities into ``doc._.quantities``; dates are resolved from ``doc._.published``."""
    doc._.quantities = find_quantities(doc.text, doc._.published)
    return doc


@Language.factory("zhbrief_quantities")
def create_quantities(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """SpaCy factory ``zhbrief_quantities``; takes no settings."""
    return mark_quantities
