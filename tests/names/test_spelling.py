"""Spellings of one name, and the spaces that it has lost."""

import pytest

from nlp.names.spelling import parted, plain, unaccented


def test_spellings_of_one_name_are_equal():
    assert plain("Jørgensen") == plain("JORGENSEN") == plain("jorgensen")
    assert unaccented("Erdoğan") == "Erdogan"


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("JeffreyDeanMorgan", "Jeffrey Dean Morgan"),
        ("AdnanZ.Amin", "Adnan Z. Amin"),
        ("BenoîtPaire", "Benoît Paire"),
        ("St.Rastislav", "St. Rastislav"),
        ("MonteCarlo", "Monte Carlo"),
        ("LeeMin-ho", "Lee Min-ho"),
    ],
)
def test_lost_spaces_come_back(name, whole):
    assert parted(name) == whole


@pytest.mark.parametrize("name", ["MacDonald", "LeBron", "McConnell", "DiCaprio", "J.K.", "O'Brien", "Obama", "USA", "JoJo", "Jean-Luc", "FitzGerald"])  # fmt: skip
def test_what_has_lost_none_stays(name):
    assert parted(name) == name
