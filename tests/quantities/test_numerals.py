from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.quantities.numerals import estimate, narrow, numerals, value_of


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("120億", 12_000_000_000),
        ("2億5800萬", 258_000_000),
        ("三點五億", 350_000_000),
        ("二點五五億", 255_000_000),
        ("一○七億", 10_700_000_000),
        ("七十八億", 7_800_000_000),
        ("1.72億", 172_000_000),
        ("15.17兆", 15_170_000_000_000),
        ("1.2萬億", 1_200_000_000_000),
        ("3,000億", 300_000_000_000),
        ("12萬5千", 125_000),
        ("卅五", 35),
        ("廿二", 22),
        ("十", 10),
        ("一百零八", 108),
        ("兩千三百", 2300),
        ("一九九二", 1992),
        ("4.5百萬", 4_500_000),
        ("３０萬", 300_000),
    ],
)
def test_values(numeral, value):
    assert value_of(numeral) == value


@pytest.mark.parametrize(
    ("numeral", "low", "high"),
    [
        ("一兩", 1, 2),
        ("三五", 3, 5),
        ("十七八", 17, 18),
        ("二十三四", 23, 24),
        ("七八十", 70, 80),
        ("一百二三十", 120, 130),
        ("四五百", 400, 500),
        ("三四百萬", 3_000_000, 4_000_000),
        ("三百四五十億", 34_000_000_000, 35_000_000_000),
    ],
)
def test_two_figures_in_a_row_leave_it_open(numeral, low, high):
    assert estimate(numeral) == (low, high)
    assert numerals(f"有{numeral}。") == {low, high}


@pytest.mark.parametrize("numeral", ["一九九二", "一二三", "二一", "三十", "十二", "23", "兩千三百", "三點四五"])
def test_an_exact_numeral_is_no_estimate(numeral):
    assert estimate(numeral) is None


@pytest.mark.parametrize("numeral", ["", "甲", "元"])
def test_what_is_no_numeral_has_no_value(numeral):
    assert value_of(numeral) is None


DIGITS = "零一二三四五六七八九"


def han(number: int) -> str:
    """A whole number below 10^16 as Chinese writes it."""
    if number == 0:
        return "零"
    out = ""
    for size, unit in ((10**12, "兆"), (10**8, "億"), (10**4, "萬"), (1, "")):
        group, number = divmod(number, size)
        if group:
            if out and group < 1000:
                out += "零"
            out += below(group) + unit
    return out


def below(group: int) -> str:
    out, gap = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, group = divmod(group, size)
        if digit:
            out += ("零" if gap and out else "") + DIGITS[digit] + unit
            gap = False
        else:
            gap = True
    return out


@given(st.integers(min_value=1, max_value=10**15))
def test_every_writing_of_a_number_has_its_value(number):
    assert value_of(han(number)) == number
    assert value_of(f"{number:,}") == number


@given(st.integers(1, 9999), st.sampled_from([("萬", 10**4), ("億", 10**8), ("兆", 10**12)]), st.integers(0, 99))
def test_figures_with_a_scale(whole, scale, cents):
    assert value_of(f"{whole}.{cents:02}{scale[0]}") == Decimal(f"{whole}.{cents:02}") * scale[1]


def test_numerals_of_a_text():
    assert numerals("三家公司投資12億元") == {Decimal(3), Decimal(1_200_000_000)}


def test_narrowing_keeps_the_length():
    assert narrow("１２．５％～") == "12.5%~"
