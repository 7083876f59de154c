from dataclasses import replace
from decimal import Decimal

from nlp.annotate.sentences import sentence_spans
from nlp.brief.select import ranked, with_contents
from nlp.types import Article, Entity, Mention, Quantity, Term

TEXT = (
    "央行昨日宣布升息半碼，為今年首次。\n"
    "總裁楊金龍說，通膨仍高於目標，預估全年上漲2.2%。\n"
    "他沒有透露下一步。\n"
    "市場早有預期，股市反應平淡，交易員大多按兵不動。"
)


def entity(n: int, text: str, name: str | None) -> Entity:
    at = TEXT.index(text)
    return Entity(f"e{n}", name, None, "ORG", "glossary", None, (Mention(at, at + len(text), text),))


def sentences():
    at = TEXT.index("2.2%")
    figures = [Quantity("q1", "percent", Decimal("2.2"), None, "%", None, "2.2%", at, at + 4, "2.2%")]
    entities = [entity(1, "央行", "central bank"), entity(2, "楊金龍", "Yang Chin-long")]
    return list(ranked(with_contents(Article(TEXT), sentence_spans(TEXT), entities, figures), entities))


def test_the_lead_comes_first_and_what_leans_on_others_last():
    order = [s.text for s in sentences()]
    assert order[0].startswith("央行昨日")
    assert order[1].startswith("總裁楊金龍")
    assert order[-1] == "他沒有透露下一步。"


def test_each_sentence_knows_what_stands_in_it():
    by_text = {s.text[:2]: s for s in sentences()}
    assert by_text["總裁"].entities == ("e2",)
    assert [q.id for q in by_text["總裁"].quantities] == ["q1"]
    assert by_text["市場"].paragraph == 3


def test_fragments_without_an_end_are_not_chosen():
    text = "沒有結尾的小標題一行\n" + TEXT
    spans = sentence_spans(text)
    chosen = ranked(with_contents(Article(text), spans, [], []), [])
    assert all("小標題" not in s.text for s in chosen)


def test_a_dateline_is_no_part_of_the_lead():
    text = "（中央社倫敦2日綜合外電報導）原油需求大減。油國將在5日開會商討。"
    lead = with_contents(Article(text), sentence_spans(text), [], [])[0]
    assert (lead.text, lead.lead, lead.span.start) == ("原油需求大減。", True, text.index("原油"))


def parts(text: str) -> list[str]:
    return [s.text for s in with_contents(Article(text), sentence_spans(text), [], [])]


def test_statements_that_stand_alone_are_told_apart():
    assert parts("福特去年營收只有二十億美元上下；通用則把未來押在單一客戶身上。") == [
        "福特去年營收只有二十億美元上下；",
        "通用則把未來押在單一客戶身上。",
    ]


def test_what_leans_on_the_statement_before_stays_with_it():
    for text in (
        "各國要在五年內達到這個目標；另外還要花錢建立自己的能力。",
        "他說：「我們今年一定會回來的；大家等著看我們就好了」。",
        "甲方退出；乙方繼續留在談判桌上討論。",
    ):
        assert parts(text) == [text]


def test_a_person_without_an_english_name_counts_against_an_english_brief_alone():
    text = "甲公司在新竹設廠，年底前完工啟用。\n乙公司董事長許家源宣布，將在台南設廠。\n丙公司沒有評論此事，股價下跌。"
    at = text.index("許家源")
    person = Entity("e1", None, None, "PERSON", "unresolved", None, (Mention(at, at + 3, "許家源"),))
    found = with_contents(Article(text), sentence_spans(text), [person], [])
    assert [s.text[0] for s in ranked(found, [person], "en")] == ["甲", "丙", "乙"]
    assert [s.text[0] for s in ranked(found, [person], "zh")] == ["甲", "乙", "丙"]


def test_no_sentence_twice():
    text = "颱風明日凌晨登陸東部，各校停課。\n鐵路全線停駛到週三。\n快訊：颱風明日凌晨登陸東部，各校停課。"
    chosen = [s.text for s in ranked(with_contents(Article(text), sentence_spans(text), [], []), [])]
    assert chosen == ["颱風明日凌晨登陸東部，各校停課。", "鐵路全線停駛到週三。"]


def test_of_two_sentences_with_the_same_news_the_one_with_less_to_render_comes_first():
    text = "央行去年在例行的記者會上經過漫長而激烈的討論以後終於宣布升息半碼。\n央行今年降息一碼，市場譁然。"
    named = [(m, m + 2) for m in (0, text.rindex("央行"))]
    mentions = tuple(Mention(a, b, "央行") for a, b in named)
    bank = [Entity("e1", "central bank", None, "ORG", "glossary", None, mentions)]
    sentences = [
        replace(s, lead=False, paragraph=1) for s in with_contents(Article(text), sentence_spans(text), bank, [])
    ]
    assert [s.bare for s in sentences] == [30, 10]
    assert [s.span.start for s in ranked(sentences, bank)] == [text.rindex("央行"), 0]
    assert [s.span.start for s in ranked(sentences, bank, "zh")] == [0, text.rindex("央行")]


def test_what_stands_in_english_is_nothing_to_render():
    text = "央行宣布升息2.2%。"
    figure = Quantity("q1", "percent", Decimal("2.2"), None, "%", None, "2.2%", 6, 10, "2.2%")
    term = Term("t1", "rate hike", "shipped", (Mention(4, 6, "升息"),))
    bank = Entity("e1", "central bank", None, "ORG", "glossary", None, (Mention(0, 2, "央行"),))
    spans = sentence_spans(text)
    assert with_contents(Article(text), spans, [], [figure])[0].bare == 6
    assert with_contents(Article(text), spans, [bank], [figure], [term])[0].bare == 2
    assert with_contents(Article(text), spans, [replace(bank, name=None)], [figure], [term])[0].bare == 4
