"""Near duplicates: agency copy that many sites carry, each with a line of its own.

Two articles are held to be the same where four fifths of their runs of four characters are (Jaccard similarity, estimated by MinHash),
whatever is cleaned away around them. White space and punctuation, which sites set as they like, do not count. No words are needed, so that it
works for Chinese as for anything else. Each record is held against those before it in the input, so that what is found depends on nothing else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from rensa import RMinHash, RMinHashDeduplicator

from nlp.batch.journal import Journal
from nlp.pipeline import Record, where
from nlp.types import Result

SHINGLE = 4
"""Characters of a run."""
ALIKE = 0.8
"""Similarity from which on two articles are the same."""
HASHES = 128
"""Length of a signature: the estimate errs by 0.035 (one standard deviation) where the similarity is 0.8."""
BANDS = 16
"""Signatures are compared that agree in one of so many parts. Of 100 pairs with a similarity of 0.80, 0.85 and 0.90 so 52, 94 and 100 are found."""
_SEED = 42
_UNSAID = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Original:
    """The first record with nearly the same article; ``key`` is its key in the journal."""

    record: str | None
    path: str | None
    key: bytes

    def __str__(self) -> str:
        return where(self.path, self.record)

    def key_of(self, key: bytes) -> bytes:
        """The key of a duplicate, whose result names this one, where its key by itself is ``key``."""
        return hashlib.sha256(b"%b%b%b" % (key, self.key, str(self).encode())).digest()


class Duplicates:
    """What was seen of the records of one run, from the first on; signatures are kept in the journal. 2.5 kB for each original."""

    def __init__(self, opened: Callable[[Record], Result], journal: Journal) -> None:
        self._opened, self._journal = opened, journal
        self._seen = RMinHashDeduplicator(ALIKE, HASHES, use_lsh=True, num_bands=BANDS, seed=_SEED)
        self._originals: list[Original] = []

    def original(self, record: Record, key: bytes) -> Original | None:
        """The original of the next record, or None where it is one itself. Raises what concerns all records."""
        signature = self._signature(record, key)
        if signature is None:
            return None
        alike = min(map(int, self._seen.get_duplicates(signature)), default=None)
        if alike is not None:
            return self._originals[alike]
        self._seen.add(str(len(self._originals)), signature)
        self._originals.append(Original(record.record, record.path, key))
        return None

    def _signature(self, record: Record, key: bytes) -> RMinHash | None:
        """The signature of the record's article; None where it has none or cannot be read."""
        if record.error is not None:
            return None
        signature = RMinHash(HASHES, _SEED)
        kept = self._journal.signature(key)
        if kept is not None:
            signature.__setstate__(kept)
            return signature
        text = _UNSAID.sub("", self._opened(record).article.text)
        if not text:
            return None
        signature.update([text[i : i + SHINGLE] for i in range(max(1, len(text) - SHINGLE + 1))])
        self._journal.sign(key, signature.__getstate__())
        return signature
