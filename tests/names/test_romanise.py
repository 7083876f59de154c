import re
from pathlib import Path

import pytest

from nlp.names.romanise import THRESHOLD, likelihood, mainland, taiwanese, wade_giles

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "romanised.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def test_two_hundred_names():
    assert len(ROWS) >= 200
    for han, taiwan, china in ROWS:
        assert (han, taiwanese(han)) == (han, taiwan)
        assert (han, mainland(han)) == (han, china)


@pytest.mark.parametrize(
    ("pinyin", "ours"),
    [
        ("lai", "lai"), ("hai", "hai"), ("mai", "mai"), ("nai", "nai"), ("sai", "sai"), ("ai", "ai"), ("wai", "wai"), ("shai", "shai"),
        ("huo", "huo"), ("shuo", "shuo"), ("tie", "tieh"), ("xiong", "hsiung"), ("jue", "chueh"), ("lüe", "lueh"), ("nü", "nu"),
        ("zhi", "chih"), ("ri", "jih"), ("si", "szu"), ("er", "erh"), ("ye", "yeh"), ("quan", "chuan"), ("dong", "tung"), ("gui", "kuei"),
    ],
)  # fmt: skip
def test_syllables_that_tables_get_wrong(pinyin, ours):
    assert wade_giles(pinyin) == ours


def test_passport_style_has_no_signs():
    assert all(re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+(-[a-z]+)?", taiwanese(han)) for han, _, _ in ROWS)


@pytest.mark.parametrize("name", ["川", "巴瑞特", "施洛德先生", "Smith", "張A"])
def test_what_is_no_chinese_name(name):
    assert likelihood(name) < THRESHOLD or len(name) < 2


def test_most_chinese_names_are_told_from_transliterations():
    assert sum(likelihood(han) > THRESHOLD for han, _, _ in ROWS) > 0.85 * len(ROWS)
    foreign = [
        "施洛德",
        "馬斯克",
        "艾里森",
        "霍德斯",
        "葛蕾",
        "蔓希",
        "戈薩奇",
        "羅伯茲",
        "呂特",
        "柯林頓",
        "布林肯",
        "賀格塞斯",
        "魯比歐",
        "貝森特",
        "馬杜洛",
        "高爾",
        "雷根",
        "包爾",
    ]
    assert sum(likelihood(name) > THRESHOLD for name in foreign) <= 2


def test_what_is_no_name_is_an_error():
    with pytest.raises(ValueError, match="Chinese name"):
        taiwanese("史考特·葛蕾")
