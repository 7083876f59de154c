"""Guesses at names that no table has: which name a transliteration is most likely of."""

import pytest

from nlp.names import fold
from nlp.translate.back_transliteration import Sounds, letters_of, likeliest, names_that_are_borne, reading


@pytest.mark.parametrize(
    ("han", "kind", "name"),
    [
        ("霍德斯", "surname", "Hodes"),
        ("克萊恩", "surname", "Klein"),
        ("基普林", "surname", "Kipling"),
        ("巴羅佐", "surname", "Barroso"),
        ("麥卡洛克", "surname", "McCulloch"),
    ],
)
def test_names_that_many_bear(han, kind, name):
    assert likeliest(fold(han), kind) == name


@pytest.mark.parametrize("han", ["", "咩", "齉齉", "不明倫", "卡蘭芝"])
def test_what_is_like_no_name_is_none(han):
    assert likeliest(fold(han), "surname") is None


def test_a_surname_is_rather_a_surname_and_a_given_name_rather_one():
    names = names_that_are_borne()
    assert names.borne("smith", "surname") > names.borne("smith", "given")
    assert names.borne("mary", "given") > names.borne("mary", "surname")
    assert 0 < names.borne("qxqx", "given") < names.borne("mary", "given")


def test_names_held_out_are_not_known_by_our_table():
    assert "macron" in names_that_are_borne().written
    assert "macron" not in names_that_are_borne(frozenset(["macron"])).written


def test_letters():
    assert letters_of("Łukasz Schröder-O'Neil") == "lukaszschroderoneil"


def test_sounds_are_kept_as_they_were_learnt(tmp_path):
    sounds = Sounds({("史", "s"): 3.0, ("密", "mi"): 1.0})
    sounds.save(tmp_path / "sounds.tsv")
    kept = Sounds.load(tmp_path / "sounds.tsv")
    assert kept.likelihood("史", "s") == pytest.approx(sounds.likelihood("史", "s"))
    assert kept.pieces("史")[0][0] == "s"


def test_a_character_that_was_never_seen_sounds_like_those_read_the_same():
    sounds = Sounds({("史", "s"): 3.0, ("密", "mi"): 1.0})
    assert reading("使") == reading("史")
    assert [piece for piece, _ in sounds.pieces("使")] == ["s"]
    assert sounds.likelihood("使", "s") > 100 * sounds.likelihood("使", "mi")
