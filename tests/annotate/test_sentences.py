import itertools

from hypothesis import given
from hypothesis import strategies as st

from nlp.annotate.sentences import sentence_spans


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentence_spans(text)]


def test_stops_and_line_breaks_end_sentences():
    assert cut("油價上漲。股市下跌！為什麼？\n沒有句點的標題") == [
        "油價上漲。",
        "股市下跌！",
        "為什麼？",
        "沒有句點的標題",
    ]


def test_a_quotation_stays_with_the_one_who_says_it():
    text = "「我們已經準備好了。」財政部長說，會議明天舉行。他沒有多談。"
    assert cut(text) == ["「我們已經準備好了。」財政部長說，會議明天舉行。", "他沒有多談。"]


def test_a_stop_inside_brackets_does_not_end_the_sentence():
    assert cut("公司（去年才成立。）宣布擴廠。") == ["公司（去年才成立。）宣布擴廠。"]


def test_a_quotation_that_closes_a_sentence_ends_it():
    assert cut("他說：「不會退讓。」隔天雙方恢復談判，市場鬆了一口氣。") == [
        "他說：「不會退讓。」",
        "隔天雙方恢復談判，市場鬆了一口氣。",
    ]


def test_a_long_quotation_is_divided_at_its_stops():
    text = "「第一句。第二句。第三句。第四句。」發言人說。"
    assert all(s.count("。") <= 2 for s in cut(text))
    assert "".join(cut(text)) == text


def test_an_unclosed_quote_does_not_swallow_the_line():
    assert len(cut("他說「還沒完。下一句。再一句。")) == 3


def test_an_address_is_not_cut_at_its_mark():
    assert cut("見 example.com/?id=3 一文。") == ["見 example.com/?id=3 一文。"]


@given(st.text(alphabet="甲乙，。！？「」『』（）()\n a?!", max_size=60))
def test_spans_cover_all_but_white_space_in_order(text):
    spans = sentence_spans(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert "".join(cut(text)).replace(" ", "") == "".join(text.split())
