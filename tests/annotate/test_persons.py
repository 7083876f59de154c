import pytest

from nlp.annotate.persons import somebody


def kept(text, name):
    start = text.index(name)
    ends = {start, start + len(name)}
    found = somebody(text, start, start + len(name), ends)
    return text[slice(*found)] if found else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("他養的八哥會說話", "八哥"),
        ("執行長鬆口說會考慮", "鬆口"),
        ("市場裡高麗菜一顆六十元", "高麗菜"),
        ("甲板上停著一隻信天翁", "信天翁"),
        ("後人稱讚他有先見之明", "先見之明"),
        ("三星鄉的蔥農等著收成", "蔥農"),
        ("曾三度拒絕出庭", "曾三度"),
        ("比小他十歲的弟弟高", "小他"),
        ("小黨黨魁鬆口說", "魁鬆口"),
        ("一問三不知的會計", "三不知"),
        ("衛星伽利略號升空", "伽利略"),
        ("書成於太元年間", "太元"),
        ("咸淳九年刊行", "咸淳"),
        ("貝克夫婦離婚", "貝克夫婦"),
        ("他，字賡臣，廣東人", "賡臣"),
    ],
)
def test_an_ordinary_word_is_nobody(text, name):
    assert kept(text, name) is None


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("總統穆希卡生前最愛的車", "穆希卡生", "穆希卡"),
        ("教練馬祖拉罕見替裁判說話", "馬祖拉罕", "馬祖拉"),
        ("酒保歐尼爾說", "保歐尼爾", "歐尼爾"),
        ("外長李說移民太多", "李說", "李"),
        ("前銀行襄理高仁傑說", "襄理高仁傑", "高仁傑"),
        ("總監柯達坦承犯錯", "柯達坦承", "柯達"),
    ],
)
def test_what_stands_beside_a_name_is_given_back(text, name, whole):
    assert kept(text, name) == whole


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("影后周以涵受邀", "周以涵"),
        ("楊過重情", "楊過"),
        ("選手小虎三年前退役", "小虎"),
        ("王大同三年任期", "王大同"),
        ("超商店員林佩君說", "林佩君"),
        ("天文迷維加提出", "維加"),
        ("王維中投到第七局", "王維中"),
    ],
)
def test_a_name_stays_whole_though_words_run_across_it_or_are_like_it(text, name):
    assert kept(text, name) == name
