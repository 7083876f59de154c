import datetime
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.clean import clean, plain
from nlp.clean.lines import read_lines
from tests.clean.pages import BODY, CAPTION, CHINA_TIMES, OTHER, PAGES, RULES, TITLE, UDN, Page, page

ARTICLE = "\n".join(BODY)


def reasons(text: str) -> dict[str, str]:
    return {dropped.text: dropped.reason for dropped in clean(text).dropped}


@pytest.mark.parametrize("wanted", PAGES.values(), ids=PAGES.keys())
def test_the_body_alone_and_whole_is_left(wanted: Page) -> None:
    assert clean(wanted.text).text.split("\n") == list(wanted.body)


@pytest.mark.parametrize("wanted", PAGES.values(), ids=PAGES.keys())
def test_blank_lines_between_paragraphs_do_not_matter(wanted: Page) -> None:
    article = clean(wanted.text.replace("\n\n", "\n"))
    assert article.text.split("\n") == list(wanted.body)
    assert article.title == wanted.title


@pytest.mark.parametrize("wanted", PAGES.values(), ids=PAGES.keys())
def test_the_page_says_its_title_outlet_byline_and_date(wanted: Page) -> None:
    article = clean(wanted.text)
    assert article.title == wanted.title
    assert article.outlet == wanted.outlet
    assert (str(article.published) if article.published else None) == wanted.published
    if wanted.byline:
        assert article.byline == wanted.byline


@pytest.mark.parametrize("wanted", PAGES.values(), ids=PAGES.keys())
def test_every_line_is_in_the_text_or_the_title_or_dropped_with_a_reason(wanted: Page) -> None:
    article = clean(wanted.text)
    accounted = {*article.text.split("\n"), article.title, *(d.text for d in article.dropped)}
    lines = {line.text for line in read_lines(wanted.text)}
    first = read_lines(wanted.text)[0].text
    assert lines - accounted <= {first}
    assert all(dropped.reason for dropped in article.dropped)


def test_reasons_say_what_a_line_was() -> None:
    found = reasons(UDN.text)
    assert found["date 2026-03-05"] == "dateline"
    assert found["快訊"] == "navigation"
    assert found[OTHER[0]] == "headline of another article"
    assert found["經濟日報／ 記者王小明／台北報導"] == "byline"
    assert found[CAPTION] == "caption"
    assert found["延伸閱讀"] == "related news"
    assert found["0 則留言"] == "comment count"
    assert found[RULES[-1]] == "forum rules"
    assert reasons(CHINA_TIMES.text)["#貨櫃 #碼頭"] == "tags"


def test_a_bare_article_is_untouched() -> None:
    assert clean(ARTICLE).text == ARTICLE
    assert clean(ARTICLE).title is None
    assert clean(ARTICLE).dropped == ()


def test_a_bare_article_gives_up_its_title_only() -> None:
    article = clean(f"{TITLE}\n\n{ARTICLE}")
    assert (article.title, article.text, article.dropped) == (TITLE, ARTICLE, ())


@pytest.mark.parametrize("text", ["小貓跑了。", "小貓跑了", "A short English text.", "好"])
def test_a_short_text_is_its_own_body(text: str) -> None:
    assert clean(text).text == text


def test_an_empty_page_has_no_article() -> None:
    assert clean("").text == clean(" \n\u3000\n").text == ""


def test_plain_changes_nothing() -> None:
    text = " date 2025-09-11 快訊\r\n\n  廣告 \u3000"
    day = datetime.date(2026, 3, 5)
    assert plain(text, day).text == text
    assert plain(text, day).published == day


def test_what_the_caller_knows_wins() -> None:
    day = datetime.date(2020, 1, 2)
    article = clean(UDN.text, title="別的標題", outlet="某報", byline="某人", published=day)
    assert (article.title, article.outlet, article.byline, article.published) == ("別的標題", "某報", "某人", day)
    assert article.text == ARTICLE


def test_the_given_title_is_taken_out_of_the_page_once() -> None:
    article = clean(UDN.text, title=TITLE)
    assert article.title == TITLE
    assert TITLE not in article.text
    assert TITLE not in [dropped.text for dropped in article.dropped]


def test_the_site_behind_a_title_goes() -> None:
    assert clean(f"{TITLE} | 產經 | 聯合新聞網\n\n2026/03/05 10:20\n\n{ARTICLE}").title == TITLE


def test_a_page_whose_only_headlines_are_of_others_has_no_title() -> None:
    article = clean(page(" date 2026-01-28 快訊", OTHER[0], "中央社／ 台北27日電", *BODY))
    assert article.title is None
    assert article.text == ARTICLE


def test_the_body_goes_on_behind_links_in_its_middle() -> None:
    text = page(TITLE, "2026/03/05 10:20", BODY[0], "延伸閱讀", *OTHER, *BODY[1:], "相關新聞", "另一則不相干的新聞標題")
    assert clean(text).text == ARTICLE


def test_teasers_that_are_full_paragraphs_stay_out() -> None:
    teaser = "烘焙坊推出草莓季新品，開門前人潮已繞街廓排隊，老闆說每天限量三百個，賣完就提早打烊。"
    assert clean(page(TITLE, "2026/03/05 10:20", *BODY, "相關新聞", OTHER[0], teaser)).text == ARTICLE


def test_a_short_quotation_in_the_body_stays() -> None:
    quotation = "「我們不會放棄。」"
    text = page(" date 2026-03-05 快訊", TITLE, BODY[0], quotation, *BODY[1:], "延伸閱讀", OTHER[0])
    assert quotation in clean(text).text.split("\n")


def test_a_paragraph_that_only_speaks_of_apps_and_cookies_stays() -> None:
    extra = "港務局說，民眾可下載APP查詢船期，也可在網站訂閱電子報，但須同意網站使用Cookie並留下聯絡方式。"
    text = page(" date 2026-03-05 快訊", TITLE, BODY[0], extra, *BODY[1:], "延伸閱讀", OTHER[0])
    assert extra in clean(text).text


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2026/3/5 15:01", "2026-03-05"),
        ("2026-03-05", "2026-03-05"),
        ("2026年3月5日", "2026-03-05"),
        ("民國115年3月5日", "2026-03-05"),
        ("2026/02/31 10:00", "None"),
    ],
)
def test_dates_above_the_body(line: str, day: str) -> None:
    assert str(clean(page(TITLE, line, *BODY)).published) == day


def test_a_date_in_the_body_is_not_the_date_of_the_article() -> None:
    assert (
        clean(
            page(TITLE, "碼頭自2019年4月1日動工，2020年1月2日因疫情停工，去年才復工，全案延宕四年。", *BODY)
        ).published
        is None
    )


@pytest.mark.parametrize(
    "unit",
    [
        UDN.text + "\n",
        "延伸閱讀\n" + ARTICLE + "\n",
        "延伸閱讀\n",
        f"{TITLE}\n",
        "2026/3/5 15:01\n",
        "（圖" * 50,
        BODY[0],
    ],
    ids=["page", "labels and paragraphs", "labels", "headlines", "dates", "open brackets", "one line"],
)
def test_time_grows_with_the_length_alone(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        began = time.perf_counter()
        clean(text)
        return time.perf_counter() - began

    assert seconds(400_000) < 30 * seconds(50_000) + 1, "eight times the length takes far more than eight times as long"


LINES = st.sampled_from(
    [
        *BODY,
        *OTHER,
        *RULES,
        TITLE,
        CAPTION,
        "延伸閱讀",
        "相關新聞",
        "廣告",
        "",
        " ",
        "2026/3/5 15:01",
        "▲",
        "（圖／路透）",
        "……",
        "#",
    ]
)


@given(st.one_of(st.text(), st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=30).map("\n".join)))
@settings(max_examples=300)
def test_any_text_gives_paragraphs_that_are_lines_of_it(text: str) -> None:
    article = clean(text)
    lines = {line.text for line in read_lines(text)}
    body = article.text.split("\n") if article.text else []
    first = read_lines(text)[:1]
    for paragraph in body:
        assert paragraph in lines or (first and first[0].text.endswith(paragraph))
    assert clean(text) == article


@given(st.lists(LINES, max_size=30).map("\n".join))
@settings(max_examples=200)
def test_no_line_is_invented_or_lost(text: str) -> None:
    article = clean(text)
    out = [*article.text.split("\n"), *(d.text for d in article.dropped)] + ([article.title] if article.title else [])
    assert sorted(x for x in out if x) == sorted(line.text for line in read_lines(text))
