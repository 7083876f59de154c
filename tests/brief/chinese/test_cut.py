import pytest

from nlp.brief.chinese.cut import beginning, ends, ties
from nlp.types import Span


def shortest(sentence):
    return sentence[: ends(sentence, Span(0, len(sentence)))[0]]


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("美國聯準會18日維持利率在3.50%至3.75%，並暗示今年可能再降息；歐洲央行則按兵不動。", "美國聯準會18日維持利率在3.50%至3.75%"),
        ("藍鳥隊苦戰七場贏得美聯冠軍，也是相隔卅二年重返世界大賽。", "藍鳥隊苦戰七場贏得美聯冠軍"),
        ("金庫計畫規模達120億美元，打算收儲稀土等材料，讓國內工廠少受供應中斷之苦。", "金庫計畫規模達120億美元，打算收儲稀土等材料"),
        ("福特去年營收只有二十億美元；通用則把未來押在單一客戶身上。", "福特去年營收只有二十億美元"),
    ],
)  # fmt: skip
def test_an_addition_may_go(sentence, kept):
    assert shortest(sentence) == kept


@pytest.mark.parametrize(
    "sentence",
    [
        "政府將補助所有的中小企業一年，但不包括外商。",
        "政府宣布將補助所有中小企業，並以三個月為限。",
        "部長指出若油價持續上漲，並拖累今年的經濟成長，政府將補貼。",
        "這家公司不僅關閉三座工廠，也裁減了五千名員工。",
        "除了收儲稀土和其他礦產以外，也在外交上布局。",
        "明年的利率將維持不變，並將視通膨調整，央行總裁說。",
        "他說：「我們今年一定會回來，並且會贏得比賽」。",
        "財政部長在記者會上表示，並不考慮加稅。",
        "布局有三個方面：一是收儲各種重要的礦產；二是外交。",
        "中國外交部發言人毛寧表示，而美國並未回應。",
        "他並不是為了名利參加這次的選舉，而是為了理念。",
    ],
)
def test_what_would_say_something_else_stays_whole(sentence):
    assert shortest(sentence) == sentence


@pytest.mark.parametrize(
    ("sentence", "begun"),
    [
        ("不過，也有學者擔心囤積過頭會推高價格。", "也有學者擔心囤積過頭會推高價格。"),
        ("但分析師認為這波漲勢難以持續到年底。", "分析師認為這波漲勢難以持續到年底。"),
        ("但書規定的期限將在年底之前屆滿失效。", "但書規定的期限將在年底之前屆滿失效。"),
        ("此外，央行升息。", "此外，央行升息。"),
    ],
)
def test_what_ties_a_sentence_to_the_one_before_goes_where_enough_is_left(sentence, begun):
    assert sentence[beginning(sentence, Span(0, len(sentence))) :] == begun


@pytest.mark.parametrize(
    ("sentence", "tie"),
    [
        ("印度則與巴西約定合作。", "則"),
        ("油國因此決定加開會議。", "因此"),
        ("修訂法則與規則的會議。", ""),
        ("若有需要則升息。", ""),
    ],
)
def test_a_tie_in_the_first_clause(sentence, tie):
    span = ties(sentence, Span(0, len(sentence)))
    assert sentence[span.start : span.end] == tie
