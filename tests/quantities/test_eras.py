"""Centuries, decades and years of eras, and that what English makes of them is read back as the same."""

from decimal import Decimal

import pytest

from nlp.quantities import find_quantities, read_english, supported


def found(text):
    (quantity,) = find_quantities(text, None)
    return quantity


@pytest.mark.parametrize(
    ("text", "value", "name"),
    [
        ("公元前五世紀", -5, "the fifth century B.C."),
        ("前3世紀", -3, "the third century B.C."),
        ("公元六世紀", 6, "the sixth century"),
        ("至八世紀末", 8, "the late eighth century"),
        ("17世紀中葉", 17, "the mid-17th century"),
        ("二十世紀下半葉", 20, "the second half of the 20th century"),
        ("十四世紀五十年代", "1350", "the 1350s"),
        ("20世紀90年代初", "1990", "the early 1990s"),
        ("1350年代", "1350", "the 1350s"),
        ("四十年代", "1940", "the 1940s"),
        ("西元前49年", "-0048", "49 B.C."),
        ("公元前44年3月15日", "-0043-03-15", "March 15, 44 B.C."),
        ("公元79年", "0079", "A.D. 79"),
        ("公元79年8月24日", "0079-08-24", "Aug. 24, A.D. 79"),
        ("西元1066年", "1066", "1066"),
        ("20周年", 20, "20th anniversary"),
        ("第5週年", 5, "fifth anniversary"),
    ],
)
def test_a_time_told_by_its_era(text, value, name):
    quantity = found(f"{text}的事。")
    assert (quantity.value, quantity.name) == (value if isinstance(value, str) else Decimal(value), name)
    assert all(supported(n, [quantity], "") for n in read_english(name))


@pytest.mark.parametrize(
    ("text", "low", "high", "name"),
    [
        ("16至18世紀", Decimal(16), Decimal(18), "the 16th to 18th centuries"),
        ("十九、二十世紀", Decimal(19), Decimal(20), "the 19th and 20th centuries"),
        ("公元前58年至前50年", "-0057", "-0049", "58 to 50 B.C."),
        ("公元前27年至公元14年", "-0026", "0014", "27 B.C. to A.D. 14"),
    ],
)
def test_a_span_of_eras(text, low, high, name):
    quantity = found(text)
    assert (quantity.value, quantity.value_max, quantity.name) == (low, high, name)
    assert all(supported(n, [quantity], "") for n in read_english(name))


@pytest.mark.parametrize(
    ("text", "name"),
    [("近三世紀", "nearly three centuries"), ("前兩世紀", "two centuries"), ("一年半", "a year and a half"), ("100周", "100 weeks")],
)  # fmt: skip
def test_a_length_of_time_is_no_date(text, name):
    quantity = found(f"{text}以來")
    assert (quantity.kind, quantity.name) == ("duration", name)
    assert all(supported(n, [quantity], "") for n in read_english(name))


@pytest.mark.parametrize("text", ["理查三世紀念館", "十年代價", "20年代"])
def test_what_looks_like_an_era_is_none(text):
    assert not find_quantities(text, None)


@pytest.mark.parametrize(
    ("text", "english", "holds"),
    [
        ("他於1476年去世", "He died in 1476.", True),
        ("他於1476年去世", "He died in 1467.", False),
        ("公元前五世紀", "in the fifth century", False),
        ("五世紀", "in the 5th century B.C.", False),
        ("五世紀", "the fifth-century town", True),
        ("西元前49年", "in 49 BC", True),
        ("西元前49年", "49 years ago", False),
        ("西元前49年", "in A.D. 49", False),
        ("十四世紀五十年代", "in the 1950s", False),
        ("兩年半", "two and a half years", True),
        ("兩年半", "a year and a half", False),
        ("2900千瓦", "2,900 kilowatts", True),
    ],
)
def test_english_is_held_against_the_era(text, english, holds):
    quantities = find_quantities(text, None)
    assert all(supported(n, quantities, text) for n in read_english(english)) is holds
