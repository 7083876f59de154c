"""The custom attributes that the components set, registered with spaCy on import.

====================  =============================================================================================
``doc._.published``   the article's date (``datetime.date``) or None; set it before the pipeline runs
``doc._.recognised``  spans of the statistical recogniser (:class:`nlp.annotate.evidence.Recognised`)
``doc._.matches``     gazetteer matches (:class:`nlp.names.Match`)
``doc._.matched``     a fingerprint of what the glossaries have for the text (:func:`nlp.names.fingerprint.fingerprint`)
``doc._.glosses``     glosses (:class:`nlp.annotate.glosses.Gloss`)
``doc._.quantities``  quantities (:class:`nlp.types.Quantity`)
``doc._.entities``    linked entities (:class:`nlp.types.Entity`); ``doc.ents`` holds their mentions
``doc._.terms``       terms (:class:`nlp.types.Term`)
``doc._.warnings``    what a reader should know of the names (:class:`nlp.types.Warning`)
``span._.name``       canonical English name of a mention, or None; likewise ``short``, ``origin``, ``source``
====================  =============================================================================================
"""

from __future__ import annotations

from spacy.tokens import Doc, Span

for _attribute in ("published",):
    Doc.set_extension(_attribute, default=None, force=True)
Doc.set_extension("matched", default=b"", force=True)
for _attribute in ("recognised", "matches", "glosses", "quantities", "entities", "terms", "warnings"):
    Doc.set_extension(_attribute, default=(), force=True)
for _attribute in ("name", "short", "origin", "source"):
    Span.set_extension(_attribute, default=None, force=True)
