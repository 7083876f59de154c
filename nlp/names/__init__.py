"""Names: the glossaries, how they are matched, standard data, and whose word counts."""

from nlp.names.demonyms import adjective, demonyms, is_place, people
from nlp.names.folding import fold
from nlp.names.glossary_file import Entry, load, shipped, shipped_folder
from nlp.names.lexicon import Lexicon, lexicon, lexicons
from nlp.names.matcher import Gazetteer, Match
from nlp.names.meanings import is_ordinary, is_verb
from nlp.names.precedence import Layer
from nlp.names.standard import standard

__all__ = [
    "Entry",
    "Gazetteer",
    "Layer",
    "Lexicon",
    "Match",
    "adjective",
    "demonyms",
    "fold",
    "is_ordinary",
    "is_place",
    "is_verb",
    "lexicon",
    "lexicons",
    "load",
    "people",
    "shipped",
    "shipped_folder",
    "standard",
]
