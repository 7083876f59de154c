"""What the glossaries have for a text, in sixteen bytes: a glossary that changed without changing these changes nothing in it.

The result of an article depends on the glossaries by the entries that match in it (:meth:`nlp.names.matcher.Gazetteer.find`, rivals
included), and by the canonical names that stand in it in Latin script, against which a gloss is held
(:func:`nlp.annotate.candidates.mistaken`). An entry's remarks and dates leave no trace in a result and do not count.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache

from nlp.names.folding import fold
from nlp.names.glossary_file import Entry, shipped
from nlp.names.lexicon import Lexicon, lexicon
from nlp.names.matcher import Match

_LATIN = re.compile("(?<![A-Za-z])[A-Za-zÀ-ɏ]")


def fingerprint(text: str, matches: Iterable[Match]) -> bytes:
    """The fingerprint of ``text`` and all that matches in it: 16 bytes."""
    found = [
        *((m.start, m.end, int(m.layer), m.risky, [_telling(e) for e in (m.entry, *m.rivals)]) for m in matches),
        *_canonical_in(fold(text)),
    ]
    return hashlib.blake2b(repr(found).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _telling(e: Entry) -> tuple[object, ...]:
    return e.term, e.name, e.variants, e.short, e.type, e.status, e.source, e.needs, e.unless


def _canonical_in(key: str) -> list[tuple[int, int]]:
    return [(m.start(), end) for m in _LATIN.finditer(key) for end, _ in _canonical().at(key, m.start())]


@cache
def _canonical() -> Lexicon:
    return lexicon(Entry(e.name, e.name) for e in shipped() if e.type)
