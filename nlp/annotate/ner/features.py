"""What the recogniser reads of each character: LAC's scores for it, jieba's word around it, and pieces of words.

LAC (Baidu, GRU and CRF over characters) and jieba's dictionary were made from far more text than there is with names
marked in Traditional Chinese; the recogniser learns from both. All read the Simplified key of the text
(:func:`nlp.names.fold`), of the same length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.annotate.ner.lac import lac_encoder
from nlp.annotate.segmenter import dictionary
from nlp.names import fold

TAGS = (
    "a", "ad", "ag", "an", "b", "c", "d", "df", "dg", "e", "eng", "f", "g", "h", "i", "j", "k", "l", "m", "mg", "mq", "n", "ng",
    "nr", "nrfg", "nrt", "ns", "nt", "nz", "o", "p", "q", "r", "rg", "rr", "rz", "s", "t", "tg", "u", "ud", "ug", "uj", "ul",
    "uv", "uz", "v", "vd", "vg", "vi", "vn", "vq", "x", "y", "yg", "z", "zg",
)  # fmt: skip
"""jieba's parts of speech (after ICTCLAS); any other is none of them."""
PLACES = 4
"""Where a character stands in its word: alone, first, within, last."""
WORD_KINDS = (len(TAGS) + 1) * PLACES


@dataclass(frozen=True, slots=True)
class Features:
    """Arrays for some texts, padded to the longest (texts × characters).

    ``pieces`` (texts × pieces) and ``places`` (for each character its piece) are for the encoder alone.
    """

    lengths: NDArray[np.int64]
    chars: NDArray[np.int64]
    lac: NDArray[np.float32]
    words: NDArray[np.int64]
    pieces: NDArray[np.int64] | None = None
    places: NDArray[np.int64] | None = None


_TAG_NUMBERS = {tag: i + 1 for i, tag in enumerate(TAGS)}


def read(texts: Sequence[str], tokenizer: Any = None) -> Features:
    """The features of ``texts`` (none empty); pieces too where a ``tokenizer`` (of ``tokenizers``) is given."""
    keys = [fold(text) for text in texts]
    lengths = np.array([len(key) for key in keys], dtype=np.int64)
    longest = int(lengths.max())
    chars = np.zeros((len(keys), longest), dtype=np.int64)
    words = np.zeros((len(keys), longest), dtype=np.int64)
    lac = lac_encoder()
    cuts = []
    for row, key in enumerate(keys):
        chars[row, : len(key)] = lac.encode(key)
        tagged = dictionary().tag(key)
        words[row, : len(key)] = [kind for word, tag in tagged for kind in _kinds(len(word), _TAG_NUMBERS.get(tag, 0))]
        cuts.append([word for word, _ in tagged])
    scores = lac.scores(chars, lengths)
    if tokenizer is None:
        return Features(lengths, chars, scores, words)
    return Features(lengths, chars, scores, words, *_pieces(cuts, longest, tokenizer))


def _kinds(length: int, tag: int) -> list[int]:
    if length == 1:
        return [tag * PLACES]
    return [tag * PLACES + 1, *[tag * PLACES + 2] * (length - 2), tag * PLACES + 3]


def _pieces(cuts: Sequence[Sequence[str]], longest: int, tokenizer: Any) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pieces of words between a start (0) and an end (2), and for each character the place of its piece."""
    encoded = tokenizer.encode_batch(cuts, is_pretokenized=True)
    pieces = np.ones((len(cuts), max(len(e.ids) for e in encoded) + 2), dtype=np.int64)
    places = np.zeros((len(cuts), longest), dtype=np.int64)
    for row, (e, words) in enumerate(zip(encoded, cuts, strict=True)):
        pieces[row, 0] = 0
        pieces[row, 1 : len(e.ids) + 1] = e.ids
        pieces[row, len(e.ids) + 1] = 2
        starts = np.concatenate([[0], np.cumsum([len(w) for w in words])])
        for i, (word, (start, end)) in enumerate(zip(e.word_ids, e.offsets, strict=True)):
            places[row, starts[word] + start : starts[word] + end] = i + 1
    return pieces, places
