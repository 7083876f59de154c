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
