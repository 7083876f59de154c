import datetime

import pytest

from nlp.errors import InputError
from nlp.read import read

PARAGRAPH = "交通部今天宣布，新的鐵路將在明年通車，工程總經費為一百二十億元，沿線設七個車站。" * 2


def test_newlines_and_control_characters():
    raw = read("甲\r\n乙\u2028丙\x1b[31m丁\x07\u202e戊".encode())
    assert raw.text == "甲\n乙\n丙丁戊"


def test_markdown_is_read_as_lines_with_its_heading_as_title():
    raw = read("# 標題\n\n**粗體**與[連結](http://example.com)。\n\n## 小標\n- 一點".encode(), "a.md")
    assert raw.title == "標題"
    assert raw.text.split() == ["粗體與連結。", "小標", "一點"]


def test_html_gives_the_article_and_what_the_page_says_of_it():
    page = f"""<!doctype html><html><head><title>鐵路明年通車</title>
    <meta property="article:published_time" content="2026-02-25"></head>
    <body><nav>首頁 國際</nav><article><h1>鐵路明年通車</h1><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p></article></body></html>"""
    for path in ("a.html", None):
        raw = read(page.encode(), path)
        assert PARAGRAPH in raw.text
        assert "首頁 國際" not in raw.text
        assert raw.title == "鐵路明年通車"
        assert raw.published == datetime.date(2026, 2, 25)


def test_html_without_an_article_is_an_error():
    with pytest.raises(InputError, match=r"a\.html: no article"):
        read(b"<html><body></body></html>", "a.html")


def test_json_fields():
    record = '{"title": "甲", "content": ["一", "二"], "date": "2026-02-25T08:00", "author": "丙"}'
    raw = read(record.encode(), "a.json")
    assert (raw.title, raw.text, raw.byline) == ("甲", "一\n二", "丙")
    assert raw.published == datetime.date(2026, 2, 25)


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}', '{"text": ""}'])
def test_json_that_is_no_article_is_an_error(text):
    with pytest.raises(InputError, match=r"a\.json: "):
        read(text.encode(), "a.json")


def test_the_hash_is_of_the_bytes_as_they_came():
    assert read("甲".encode()).source.sha256 != read("甲".encode("utf-16")).source.sha256
