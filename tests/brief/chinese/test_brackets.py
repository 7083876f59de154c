import pytest

from nlp.brief.chinese.brackets import bracketless
from nlp.types import Span


def bare(*sentences, brief=True):
    text = "".join(sentences)
    at, spans = 0, []
    for s in sentences:
        spans.append([Span(at, at + len(s))])
        at += len(s)
    return ["".join(text[p.start : p.end] for p in pieces) for pieces in bracketless(text, spans, brief)]


def test_a_name_in_latin_letters_stays_once():
    assert bare("施洛德（Patrick Schröder）說。", "施洛德（Patrick Schröder）又說。") == [
        "施洛德（Patrick Schröder）說。",
        "施洛德又說。",
    ]


def test_an_acronym_stays_where_the_brief_goes_on_to_use_it():
    assert bare("歐洲央行（ECB）升息。", "ECB說會再升。") == ["歐洲央行（ECB）升息。", "ECB說會再升。"]
    assert bare("歐洲央行（ECB）升息。", "央行說會再升。") == ["歐洲央行升息。", "央行說會再升。"]


@pytest.mark.parametrize("inside", ["2330", "2330-TW", "ORCL-US", "NASDAQ：ORCL", "圖／路透", "見下表"])
def test_tickers_and_pointers_go(inside):
    assert bare(f"台積電（{inside}）大漲。") == ["台積電大漲。"]


@pytest.mark.parametrize("inside", ["約台幣一○七億元", "24日", "52歲", "下同"])
def test_what_is_news_stays(inside):
    assert bare(f"道奇三點五億美元（{inside}）最高。") == [f"道奇三點五億美元（{inside}）最高。"]


def test_a_headline_has_no_glosses_and_no_hole_where_one_was():
    assert bare("北約 (NATO) 盟友與呂特（Mark Rutte）會談", brief=False) == ["北約盟友與呂特會談"]
