"""How it is learnt what characters stand for."""

import pytest

from training.transliteration import expected, judge, learn


def test_every_character_stands_for_something():
    counts = expected("史密斯", "smith", None)
    for character in "史密":
        assert sum(n for (c, _), n in counts.items() if c == character) == pytest.approx(1, abs=0.1)


def test_a_name_that_is_too_long_for_its_characters_teaches_nothing():
    assert not expected("史", "schwarzenegger", None)


def test_pieces_are_found_where_names_share_them():
    sounds = learn([("史密斯", "smith"), ("史考特", "scott"), ("密勒", "miller"), ("史東", "stone"), ("東尼", "tony")])
    assert sounds.pieces("史")[0][0] == "s"
    assert sounds.pieces("密")[0][0].startswith("mi")


def test_what_is_held_out_is_counted_once_for_all_its_spellings():
    sounds = learn([("史密斯", "smith"), ("史考特", "scott")])
    told = judge(sounds, [(("史密斯", "smith"), "surname"), (("史密斯", "smyth"), "surname")])
    assert told.startswith("held out 1: ")
