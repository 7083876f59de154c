import datetime

from nlp.read.markdown import parse_markdown


def test_marks_go_and_words_stay() -> None:
    fields = parse_markdown(
        "# 央行升息半碼\n\n> 記者某某／台北報導\n\n中央銀行**今天**宣布[升息](https://example.com/a)，`重貼現率`調升。\n\n"
        "![央行大樓](a.png)\n\n## 房貸\n\n* 利率加 *半碼*\n1. 首購族受影響\n\n---\n\n```\n原文\n```\n"
    )
    assert fields.title == "央行升息半碼"
    assert [line for line in fields.text.split("\n") if line] == [
        "記者某某／台北報導",
        "中央銀行今天宣布升息，重貼現率調升。",
        "房貸",
        "利率加 半碼",
        "1. 首購族受影響",
        "原文",
    ]


def test_front_matter_states_title_date_and_author() -> None:
    fields = parse_markdown('---\ntitle: "央行升息"\ndate: 2026-03-19\nauthor: 王某某\n---\n央行今天升息。')
    assert (fields.title, fields.byline, fields.published) == ("央行升息", "王某某", datetime.date(2026, 3, 19))
    assert fields.text == "央行今天升息。"


def test_what_only_looks_like_marks_stays() -> None:
    text = "3 * 4 * 5 = 60，snake_case_name 不變，*未閉合"
    assert parse_markdown(text).text == text


def test_an_underlined_heading_is_a_title() -> None:
    assert parse_markdown("央行升息\n====\n央行今天升息。").title == "央行升息"
