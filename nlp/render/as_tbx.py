"""The names and terms of articles as a TBX termbase, for a translator's tool; ``entities`` only.

What nobody has named in English has no place in a termbase and is left out; a spelling that nobody has vouched for says so in its note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.names.exchange.tbx import write_tbx
from nlp.names.glossary_file import Entry
from nlp.render.as_text import note
from nlp.types import Result

_HAN = re.compile(r"[\u3400-\u9fff]")


def as_tbx(results: Sequence[Result]) -> str:
    """One termbase for all results; a name that several articles have stands in it once."""
    return write_tbx(list({(e.term, e.name): e for r in results for e in _entries(r)}.values())).decode("utf-8")


def _entries(result: Result) -> Iterator[Entry]:
    for e in result.entities:
        forms = [m for m in dict.fromkeys(m.text for m in e.mentions) if _HAN.search(m)]
        if e.name and forms:
            yield Entry(forms[0], e.name, tuple(forms[1:]), e.short, e.type, note=note(e), source=e.source or e.origin)
    for t in result.terms:
        forms = list(dict.fromkeys(m.text for m in t.mentions))
        yield Entry(forms[0], t.name, tuple(forms[1:]), source=t.source)
