import pytest

from nlp.annotate.sentences import sentence_spans
from nlp.brief.chinese.title import Title, best_cut, borne_out
from nlp.types import Entity, Mention

TEXT = "遠峰半導體16日公布首季財報，獲利創下新高，AI訂單滿手。\n財務長預估，第2季營收可望成長5.7%。\n執行長沒有出席法說會。"


def entity(chinese, name=None):
    at = TEXT.find(chinese)
    return Entity("e1", name, None, "ORG", "unresolved", None, (Mention(at, at + len(chinese), chinese),))


def judged(title, *names):
    return borne_out(Title(title, names), TEXT, sentence_spans(TEXT), [entity("遠峰半導體", "Farpeak")], None)


@pytest.mark.parametrize(
    "title",
    [
        "AI訂單滿手 遠峰半導體首季獲利創新高",
        "快訊／遠峰半導體首季獲利創新高",
        "遠峰：第2季營收可望成長5.7%",
        "【財報】遠峰執行長沒出席法說會",
    ],
)
def test_a_title_that_the_article_bears_out(title):
    evidence = judged(title)
    assert evidence
    assert all(TEXT[s.start : s.end].endswith("。") for s in evidence)


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("遠峰半導體首季獲利創新高 股價暴衝漲停", "characters"),
        ("遠峰半導體第2季營收可望成長7.5%", "number"),
        ("遠峰第2季營收成長5.7%", "surer"),
        ("遠峰執行長出席法說會", "denied"),
        ("遠峰半導體首季獲利創新高？", "question"),
        ("這家半導體獲利創下新高", "tease"),
        ("獲利", "too short"),
    ],
)
def test_a_title_that_says_what_the_article_does_not(title, why):
    assert judged(title) is None, why


def test_a_name_of_the_title_must_stand_in_its_evidence():
    title = "遠峰半導體首季獲利創新高 AI訂單滿手甲"
    assert judged(title)
    assert judged(title, Entity("e2", None, None, "ORG", "unresolved", None, (Mention(18, 20, "手甲"),))) is None
    assert judged(title, entity("遠峰", "Farpeak"))


def test_the_longest_short_cut_is_the_headline():
    assert best_cut(["長" * 50, "中" * 30, "短" * 20]) == "中" * 30
    assert best_cut(["長" * 50, "長" * 40]) == "長" * 40
    assert best_cut(["長" * 70]) is None
    assert best_cut(["這是什麼？"]) is None
