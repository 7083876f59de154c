"""Annotate: an article's text as a spaCy ``Doc`` with entities, terms and quantities.

thinc, which spaCy imports, imports torch wherever torch is installed, at two seconds a start, for models that this
pipeline does not use. So spaCy is imported here, once, with torch out of sight; a program that has imported spaCy or
torch itself is left as it is, and torch can be imported afterwards as ever.
"""

from __future__ import annotations

import sys

if "torch" not in sys.modules and "spacy" not in sys.modules:
    sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        import spacy  # noqa: F401
    finally:
        del sys.modules["torch"]
