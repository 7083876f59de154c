import datetime

import pytest

from nlp.annotate.language import annotate, build
from nlp.brief.chinese import Title, write_chinese
from nlp.brief.chinese.traditional import simplified_only
from nlp.brief.chinese.write import stopped
from nlp.types import Article, Result, Source

TEXT = (
    "澳洲政府1月公布8億美元的戰略儲備方案，首批鎖定銻、鎵與稀土。\n"
    "不過，皇家國際事務研究所（Chatham House）研究員施洛德（Patrick Schröder）指出，庫存若不透明，就會變成囤貨。他沒有提出解方。\n"
    "南韓由國家出資約1.72億美元，用於增加各種關鍵礦產庫存並在全國各地興建相關設施與專用碼頭；印度則與巴西約定在稀土等領域加強合作，希望兼顧雙邊貿易與供應鏈韌性。\n"
    "澳洲政府在1月公布8億美元戰略儲備方案，首批鎖定銻、鎵與稀土等。"
)


@pytest.fixture(scope="module")
def language():
    return build()


def result(language, text):
    article = Article(text, published=datetime.date(2026, 2, 25))
    doc = annotate(language, article)
    return Result(
        Source(None, None, "", ""), article, tuple(doc._.entities), tuple(doc._.terms), tuple(doc._.quantities)
    )


def test_the_articles_own_sentences_cut_and_in_order(language):
    written = write_chinese(result(language, TEXT), 3, None)
    assert [s.text for s in written.brief.sentences] == [
        "澳洲政府1月公布8億美元的戰略儲備方案，首批鎖定銻、鎵與稀土。",
        "不過，皇家國際事務研究所（Chatham House）研究員施洛德（Patrick Schröder）指出，庫存若不透明，就會變成囤貨。",
        "南韓由國家出資約1.72億美元，用於增加各種關鍵礦產庫存並在全國各地興建相關設施與專用碼頭。",
    ]
    assert written.brief.headline.text == "澳洲政府1月公布8億美元的戰略儲備方案，首批鎖定銻、鎵與稀土"
    assert written.warnings == []


def test_each_sentence_points_at_its_evidence_and_at_what_it_names_and_no_more(language):
    read = result(language, TEXT)
    last = write_chinese(read, 5, None).brief.sentences[-1]
    (span,) = last.evidence
    assert read.article.text[span.start : span.end].endswith("供應鏈韌性。")
    assert {e.name for e in read.entities if e.id in last.entities} == {"South Korea"}
    assert {q.name for q in read.quantities if q.id in last.quantities} == {"about US$172 million"}
    assert last.how == "draft"


def test_what_ties_a_sentence_to_one_that_is_not_there_goes(language):
    brief = write_chinese(result(language, TEXT.replace("\n不過", "\n市場沒有反應。不過")), 3, None).brief
    assert brief.sentences[1].text.startswith("皇家國際")


def test_a_title_that_holds_is_the_headline(language):
    read = result(language, TEXT)
    brief = write_chinese(read, 5, Title("澳洲公布8億美元戰略儲備 鎖定稀土", ())).brief
    assert brief.headline.text == "澳洲公布8億美元戰略儲備 鎖定稀土"
    assert len(brief.headline.evidence) <= 3
    assert (
        write_chinese(read, 5, Title("澳洲公布80億美元戰略儲備", ())).brief.headline.text != "澳洲公布80億美元戰略儲備"
    )


def test_what_leans_comes_in_only_behind_what_it_leans_on(language):
    brief = write_chinese(result(language, TEXT), 4, None).brief
    assert [s.text for s in brief.sentences][1:3] == [
        "不過，皇家國際事務研究所（Chatham House）研究員施洛德（Patrick Schröder）指出，庫存若不透明，就會變成囤貨。",
        "他沒有提出解方。",
    ]


def test_simplified_articles_give_traditional_briefs(language):
    text = "美国总统特朗普25日宣布，将投入120亿美元发展人工智能芯片。\n新西兰政府对此表示支持，并将提供协助。\n中国外交部发言人毛宁说，中方反对。"
    written = write_chinese(result(language, text), 3, Title("特朗普宣布投入120亿美元发展芯片", ()))
    said = "".join(s.text for s in written.brief.sentences) + written.brief.headline.text
    assert not simplified_only() & set(said)
    assert "川普25日宣布，將投入120億美元發展人工智慧晶片" in said
    assert written.brief.headline.text == "川普宣布投入120億美元發展晶片" or "特朗普" not in said


@pytest.mark.parametrize(
    ("cut", "said"),
    [("甲；", "甲。"), ("甲。", "甲。"), ("他說：「甲。", "他說：「甲。」"), ("他說『甲', ", "他說『甲'。』"), ("甲\n 乙", "甲 乙。")],
)  # fmt: skip
def test_a_sentence_ends_in_a_stop(cut, said):
    assert stopped(cut) == said


def test_an_article_without_text_has_no_brief():
    empty = Result(Source(None, None, "", ""), Article("  "))
    assert [w.code for w in write_chinese(empty, 3, None).warnings] == ["no-brief"]
