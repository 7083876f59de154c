"""Names and terms as tab-separated values, for a spreadsheet or a glossary; ``entities`` only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nlp.render.as_text import note
from nlp.render.safe import cell
from nlp.types import Result

COLUMNS = ("chinese", "name", "short", "type", "origin", "source", "mentions", "note", "path")
"""``mentions`` counts them, ``path`` is the file they stand in; a term has the type TERM."""


def as_tsv(results: Sequence[Result]) -> str:
    """A header and one line for each name and term of each result; no cell is ever a formula."""
    return "".join("\t".join(cell(str(c)) for c in row) + "\n" for row in (COLUMNS, *_rows(results)))


def _rows(results: Sequence[Result]) -> Iterable[tuple[str | int, ...]]:
    for r in results:
        path = r.source.path or ""
        for e in r.entities:
            forms = dict.fromkeys(m.text for m in e.mentions)
            about = (e.name or "", e.short or "", e.type, e.origin, e.source or "", len(e.mentions), note(e), path)
            yield ("|".join(forms), *about)
        for t in r.terms:
            yield (t.mentions[0].text, t.name, "", "TERM", "glossary", t.source, len(t.mentions), "", path)
