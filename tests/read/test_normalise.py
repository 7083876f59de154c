import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.read.normalise import normalise


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("甲\r\n乙\r丙\u2028丁\u2029戊\x85己", "甲\n乙\n丙\n丁\n戊\n己"),
        ("\x1b[31m紅\x1b[0m字", "紅字"),
        ("\x1b]0;標題\x07內文", "內文"),
        ("\x1b]8;;http://a\x1b\\連結", "連結"),
        ("左\u202e右", "左右"),
        ("響\x07鈴\x00", "響鈴"),
        ("\t縮排　全形\u200d", "\t縮排　全形\u200d"),
    ],
)
def test_line_ends_and_controls(text: str, plain: str) -> None:
    assert normalise(text) == plain


@given(st.text())
def test_nothing_that_can_be_seen_is_lost(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert not any((c < " " and c not in "\t\n") or "\x7f" <= c <= "\x9f" for c in once)
    if "\x1b" not in text and "\x9b" not in text:
        assert [c for c in text if c.isalnum()] == [c for c in once if c.isalnum()]
