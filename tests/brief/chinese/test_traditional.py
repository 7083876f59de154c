import pytest

from nlp.brief.chinese.traditional import Script, full_width, is_simplified, keyed, simplified_only
from nlp.types import Entity, Mention, Span, Term


def written(text, *things):
    names = [t for t in things if isinstance(t, Entity)]
    terms = [t for t in things if isinstance(t, Term)]
    return Script(text, names, terms).written([Span(0, len(text))])


def named(text, chinese, name, kind):
    at = text.index(chinese)
    return Entity("e1", name, None, kind, "glossary", None, (Mention(at, at + len(chinese), chinese),))


def test_traditional_text_stays_as_it_is():
    text = "台灣里長王汎森說，「著手」裡面的后里，支持與計劃。"
    assert not is_simplified(text)
    assert written(text) == text == keyed(text)


def test_a_stray_simplified_character_is_converted_wherever_it_stands():
    assert written("台灣的國会議員说會通過這項法案。") == "台灣的國會議員說會通過這項法案。"


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("他们说：“人工智能芯片需求强劲。”", "他們說：「人工智慧晶片需求強勁。」"),
        ("台湾政府发布文件，支持这个项目。", "台灣政府發布文件，支持這個項目。"),
        ("消息人士透露，总统计划访问。", "消息人士透露，總統計畫訪問。"),
        ("出租车公司公布数据。", "計程車公司公布資料。"),
    ],
)
def test_simplified_text_gets_taiwans_words_and_keeps_the_words_of_the_news(simplified, traditional):
    assert is_simplified(simplified)
    assert written(simplified) == traditional
    assert len(keyed(simplified)) == len(simplified)


@pytest.mark.parametrize(
    ("text", "chinese", "name", "kind", "out"),
    [
        ("美国总统特朗普说话。", "特朗普", "Donald Trump", "PERSON", "美國總統川普說話。"),
        ("华府说话。", "华府", "Washington", "GPE", "華府說話。"),
        ("于小钟说话。", "于小钟", None, "PERSON", "于小鍾說話。"),
        ("李支持说话。", "李支持", None, "PERSON", "李支持說話。"),
        ("新西兰说话。", "新西兰", "Atlantis", "GPE", "紐西蘭說話。"),
    ],
)
def test_names_are_left_to_the_glossaries(text, chinese, name, kind, out):
    assert written(text, named(text, chinese, name, kind)) == out


def test_half_width_signs_among_chinese_characters_are_printed_in_full():
    assert full_width("油價大跌,OPEC(OPEC)開會;減產50%,如此.") == "油價大跌，OPEC(OPEC)開會；減產50%，如此."
    assert full_width("歐佩克(OPEC)有1,234人") == "歐佩克（OPEC）有1,234人"


def test_what_traditional_text_has_is_not_simplified():
    assert not simplified_only() & set("台里后面只干系余范谷裏綫國際體機萬與")
    assert simplified_only() >= set("说这国发产")
