"""The jieba word segmenter as a spaCy tokenizer.

jieba's dictionary is mostly Simplified, so words are cut on a Simplified key of the same length
(:func:`nlp.names.fold`) and the cut is carried back to the characters as they stand. The tokenizer owns its jieba
instance and its cache file: jieba's default cache lies in a temporary folder that every user of the machine shares.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import jieba
from spacy.tokens import Doc
from spacy.vocab import Vocab

from nlp.names import fold

_WORD_FREQUENCY = 20_000
"""Frequency given to user words: enough to hold a term together against its parts (jieba's own top words: 10^5)."""

_SHORT_FREQUENCY = 500
"""Frequency of user words of two characters, which may well be parts of other words: no more than a common word's."""

CHUNK = 50_000
"""Longest piece handed to jieba at once, in code points; its route table grows with the sentence."""


def cache_folder() -> Path:
    """The user's own cache folder for zhbrief (XDG base directories), made when missing."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(base) / "zhbrief"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


class JiebaTokenizer:
    """Cuts text into words; the tokens join up to the text exactly, white space included.

    ``words`` are terms to keep whole (a glossary's), in any script variant.
    """

    def __init__(self, vocab: Vocab, words: Iterable[str] = ()) -> None:
        self.vocab = vocab
        self._jieba = jieba.Tokenizer()
        self._jieba.tmp_dir = str(cache_folder())
        self._jieba.cache_file = f"jieba-{version('jieba')}.cache"
        logging.getLogger("jieba").setLevel(logging.WARNING)
        for word in words:
            self._jieba.add_word(fold(word), _WORD_FREQUENCY if len(word) > 2 else _SHORT_FREQUENCY)

    def __call__(self, text: str) -> Doc:
        """Tokenise ``text`` into a spaCy ``Doc`` with ``doc.text == text``."""
        words: list[str] = []
        for line in text.splitlines(keepends=True):
            for at in range(0, len(line), CHUNK):
                words.extend(self._cut(line[at : at + CHUNK]))
        return Doc(self.vocab, words=words, spaces=[False] * len(words))

    def _cut(self, text: str) -> Iterable[str]:
        at = 0
        for word in self._jieba.cut(fold(text), HMM=True):
            yield text[at : at + len(word)]
            at += len(word)
