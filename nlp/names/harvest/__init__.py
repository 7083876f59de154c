"""Harvest: the glosses of an archive, gathered as candidates for a glossary, and what a person decides about them.

``gather`` joins what single articles say, ``candidates_file`` keeps it as a table, ``review`` holds the decisions, and
``accepted`` puts accepted entries into a glossary file.
"""

from nlp.names.harvest.accepted import add, remove
from nlp.names.harvest.candidates_file import Candidate, dump, load
from nlp.names.harvest.gather import Seen, gather
from nlp.names.harvest.review import Decision, Review, entry_of

__all__ = ["Candidate", "Decision", "Review", "Seen", "add", "dump", "entry_of", "gather", "load", "remove"]
