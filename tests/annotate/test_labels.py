"""Types that the recogniser does not know: by glossaries, by the brackets of titles, and by what names are made of."""

import pytest

from nlp.annotate.language import annotate, build
from nlp.types import Article


@pytest.fixture(scope="module")
def labels():
    language = build()
    return lambda text: {(e.text, e.label_) for e in annotate(language, Article(text)).ents}


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("猶太人與穆斯林和平共處。", "猶太人", "NORP"),
        ("數百名德國人受困。", "德國人", "NORP"),
        ("班機降落松山機場。", "松山機場", "FAC"),
        ("會議在圓山大飯店舉行。", "圓山大飯店", "FAC"),
        ("諾曼第登陸八十周年。", "諾曼第登陸", "EVENT"),
        ("總統府宣布「全民國防計畫」。", "全民國防計畫", "EVENT"),
        ("行政院推出「安心就業方案」。", "安心就業方案", "EVENT"),
        ("蘋果發表iPhone 17。", "iPhone 17", "PRODUCT"),
        ("三星Galaxy S26開賣。", "Galaxy S26", "PRODUCT"),
        ("特斯拉Model Y降價。", "Model Y", "PRODUCT"),
        ("兩架F-35戰機升空。", "F-35", "PRODUCT"),
        ("鐵穹攔截了火箭。", "鐵穹", "PRODUCT"),
        ("李安的《少年Pi的奇幻漂流》重映。", "少年Pi的奇幻漂流", "WORK_OF_ART"),
        ("張愛玲的〈小團圓〉手稿。", "小團圓", "WORK_OF_ART"),
        ("立法院通過《海洋汙染防治法》。", "海洋汙染防治法", "LAW"),
        ("美國退出《京都議定書》。", "京都議定書", "LAW"),
        ("他違反反滲透法。", "反滲透法", "LAW"),
        ("據《山城日報》報導。", "山城日報", "ORG"),
    ],
)
def test_a_name_has_its_label(labels, text, name, label):
    assert (name, label) in labels(text)


@pytest.mark.parametrize(
    "text",
    ["他說「我們要有計畫」。", "部長稱「採取必要行動」。", "「這不是辦法」，她說。", "「他們的想法」值得注意。"],
)
def test_what_somebody_said_is_no_name(labels, text):
    assert labels(text) == set()


def test_an_amount_after_a_latin_name_is_no_model(labels):
    assert ("Netflix", "ORG") in labels("Netflix 3億用戶看了。")
    assert ("iPhone", "PRODUCT") in labels("iPhone 2025年銷量上升。")
