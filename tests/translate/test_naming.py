import pytest

from nlp.translate.naming import by_surname, name_or_itself
from nlp.types import Entity, Mention, Span


def person(name, short, *mentions):
    found = tuple(Mention(0, len(m), m) for m in mentions)
    return Entity("e1", name, short, "PERSON", "glossary" if name else "unresolved", None, found)


@pytest.mark.parametrize(
    ("mention", "name", "short"),
    [
        ("奧巴馬", "Barack Obama", "Obama"),
        ("川普", "Donald Trump", "Trump"),
        ("柯林頓", "Bill Clinton", "Clinton"),
        ("雷朋", "Marine Le Pen", "Le Pen"),
        ("施洛德", "Patrick Schröder", "Schröder"),
    ],
)
def test_the_surname_alone_stays_alone(mention, name, short):
    assert by_surname(mention, person(name, short))


@pytest.mark.parametrize(
    ("mention", "name", "short"),
    [
        ("唐納·川普", "Donald Trump", "Trump"),
        ("伊姆蘭汗", "Imran Khan", "Khan"),
        ("習近平", "Xi Jinping", "Xi"),
        ("吳泳銘", "Eddie Wu", "Wu"),
        ("孫正義", "Masayoshi Son", "Son"),
        ("大谷翔平", "Shohei Ohtani", "Ohtani"),
        ("希拉里", "Hillary Clinton", "Clinton"),
        ("小布希", "George W. Bush", "Bush"),
        ("小川普", "Donald Trump Jr.", "Trump Jr."),
        ("奧巴馬", "Barack Obama", None),
    ],
)
def test_any_other_mention_is_the_full_name(mention, name, short):
    assert not by_surname(mention, person(name, short))


def test_whom_nobody_knows_stays_in_chinese():
    text = "作家齊布爾卡說。"
    mention = Mention(2, 6, "齊布爾卡")
    assert name_or_itself(text, mention, Span(0, len(text)), person(None, None, "齊布爾卡")) == "齊布爾卡"


@pytest.mark.parametrize(
    ("name", "grounded"),
    [
        ("格拉斯哥藝術學院", "Glasgow藝術學院"),
        ("紐約市健康總局", "New York City健康總局"),
        ("美國電影協會", "美國電影協會"),
        ("中正大學", "中正大學"),
        ("自由市場基金會", "自由市場基金會"),
        ("歐元集團", "歐元集團"),
        ("格拉斯哥", "格拉斯哥"),
    ],
)
def test_a_body_that_nobody_knows_has_its_city_in_english(name, grounded):
    body = Entity("e1", None, None, "ORG", "unresolved", None, (Mention(0, len(name), name),))
    assert name_or_itself(name, body.mentions[0], Span(0, len(name)), body) == grounded
