"""Guesses at transliterated names: the usual spelling of each part, as given name or surname."""

import pytest

from nlp.translate.transliterated import likely_spelling, with_likely_parts


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("布魯克斯", "Brooks"),
        ("莎拉·布朗", "Sarah Brown"),
        ("薩拉‧布朗", "Sarah Brown"),
        ("凱莉·史密斯-布朗", "Kelly Smith-Brown"),
        ("讓-保羅·薩特", "Jean-Paul Sartre"),
        ("邁克爾·不明倫", None),
        ("馬文", None),
        ("王小明", None),
        ("霍德斯", "Hodes"),
        ("莎拉·霍德斯", "Sarah Hodes"),
        ("不明倫", None),
    ],
)
def test_a_name_whose_parts_are_known(mention, name):
    assert likely_spelling(mention) == name


def test_what_is_not_known_stays_chinese():
    assert with_likely_parts("邁克爾·不明倫") == "Michael 不明倫"
    assert with_likely_parts("齊布爾卡·不明倫") == "齊布爾卡·不明倫"
