"""Quantities: out of Chinese, into English, and back out of English to be held against the Chinese."""

from nlp.quantities.english_reader import EnglishNumber, read_english
from nlp.quantities.numerals import numerals
from nlp.quantities.parse import find_quantities
from nlp.quantities.support import ends, stands, supported

__all__ = ["EnglishNumber", "ends", "find_quantities", "numerals", "read_english", "stands", "supported"]
