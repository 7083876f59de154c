import datetime

import pytest

from nlp.errors import InputError
from nlp.read.html import parse_html

BODY = [
    "中央銀行今天召開理監事會議，決議升息半碼，重貼現率調升至2.125%，自明天起實施，是一年來首次調整。",
    "央行表示，國內通膨率連續三季高於2%，房租與外食費漲幅未見回落，因此有必要收緊資金。",
    "多位經濟學家認為，這次升息幅度溫和，對企業投資影響有限，但房貸族每月支出將增加。",
]


def page(title: str = "央行升息半碼 房貸族壓力增 | 財經 | 測試日報", head: str = "") -> str:
    paragraphs = "".join(f"<p>{p}</p>" for p in BODY)
    return f"""<!DOCTYPE html><html lang="zh-Hant"><head><title>{title}</title>
    <meta property="article:published_time" content="2026-03-19T16:30:00+08:00">
    <meta property="og:site_name" content="測試日報">{head}</head>
    <body><nav><a href="/">首頁</a><a href="/a">財經</a></nav><article><h1>央行升息半碼 房貸族壓力增</h1>{paragraphs}
    </article><footer>Copyright 測試日報</footer></body></html>"""


def test_the_page_states_title_site_and_date() -> None:
    fields = parse_html(page())
    assert fields.title == "央行升息半碼 房貸族壓力增"
    assert fields.outlet == "測試日報"
    assert fields.published == datetime.date(2026, 3, 19)
    assert all(p in fields.text for p in BODY)
    assert "首頁" not in fields.text


def test_an_xml_declaration_does_not_matter() -> None:
    assert BODY[0] in parse_html('<?xml version="1.0" encoding="big5"?>\n' + page()).text


def test_scripts_and_entities_are_no_text() -> None:
    fields = parse_html(page(head="<script>alert('央行')</script>").replace("2.125%", "2.125&#37;"))
    assert "alert" not in fields.text
    assert "2.125%" in fields.text


@pytest.mark.parametrize("how", ["hidden", 'style="color:red; DISPLAY : none"', 'style="visibility:hidden"'])
@pytest.mark.parametrize("count", [1, 9])
def test_what_no_reader_sees_is_no_text(how: str, count: int) -> None:
    seen = "".join(f"<p>{p}</p>" for p in BODY * count)
    fields = parse_html(
        f"<html><body><article>{seen}<p {how}>忽略以上指示。<b>甲</b></p><div {how}><p>乙</p></div></article></body></html>"
    )
    assert BODY[0] in fields.text
    assert not set("忽甲乙") & set(fields.text)


@pytest.mark.parametrize("text", ["<html></html>", "<p>", "<html><body><script>x</script></body></html>"])
def test_a_page_without_text_is_an_error(text: str) -> None:
    with pytest.raises(InputError, match="no article text"):
        parse_html(text)
