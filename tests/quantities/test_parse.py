import datetime
import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.quantities import find_quantities, read_english, supported

DAY = datetime.date(2026, 2, 25)


def one(text, anchor=DAY):
    found = find_quantities(text, anchor)
    assert len(found) == 1, [(q.text, q.name) for q in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "name"),
    [
        ("第3季營收", "XXXX-Q3", "the third quarter"),
        ("明年首季營收", "XXXX-Q1", "the first quarter of next year"),
        ("去年上半年營收", "XXXX-H1", "the first half of last year"),
        ("下半年能見度", "XXXX-H2", "the second half of the year"),
        ("7000年前的遺骸", 7000, "7,000 years"),
        ("在上一季獲得", "XXXX", "last quarter"),
    ],
)
def test_what_can_be_known_without_an_article_s_date(text, value, name):
    found = one(text, None)
    assert (found.value, found.name) == (value, name)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("2號機17號停機", ["No. 2", "Feb. 17"]),
        ("國道1號", ["No. 1"]),
        ("發布3號強風信號", ["No. 3"]),
        ("信義路5號3樓", ["No. 5"]),
        ("以5-2勝", []),
        ("罰12碼球", []),
        ("曾3度命令", ["three times"]),
        ("氣溫降3度", ["3 degrees"]),
        ("用電500度", ["500 kilowatt-hours"]),
        ("進口零件與零組件", []),
        ("一成不變", []),
        ("雙位數百分比", []),
        ("每週一次", []),
        ("水手9號到達火星", ["No. 9"]),
        ("第1條有軌電車線路", ["first"]),
        ("憲法第1條", ["Article 1"]),
        ("流域3.95平方千米", ["3.95 square kilometers"]),
        ("噪音65分貝", ["65 decibels"]),
        ("獲頒維多利亞十字勳章", []),
        ("氣溫驟降到十度", ["10 degrees"]),
        ("頂著三十五點五度高溫", ["35.5 degrees"]),
        ("氣溫高上兩度", ["2 degrees"]),
        ("兩度道歉", ["twice"]),
        ("規模五點八地震", ["5.8"]),
        ("由百分之三點四降至三點三三，", ["3.4%", "3.33%"]),
        ("凌晨三點五分", ["3:05 a.m."]),
        ("今年前十個月", ["the first 10 months"]),
        ("去年前五月", ["the first five months of last year"]),
        ("要求七日內道歉", []),
        ("23日內閣總辭", ["Feb. 23"]),
        ("球隊連續三季虧損", ["three seasons"]),
        ("公司連續三季虧損", ["three quarters"]),
        ("首季英超進球", []),
        ("四分衛受傷", []),
        ("半月板破裂", []),
        ("昨天大吵一架", ["Tuesday"]),
        ("「金滿益六號」翻覆", ["No. 6"]),
        ("隼鳥二號帶回砂粒", ["No. 2"]),
        ("說出抱歉二字", []),
        ("跳起八字舞", []),
        ("2分22秒", ["two minutes", "22 seconds"]),
        ("跳出8公尺07", ["8.07 meters"]),
        ("剪破四個輪胎", ["four"]),
        ("一公斤多賺18元", ["1 kilogram", "NT$18"]),
        ("四個多小時", ["more than four hours"]),
        ("超過半年", ["half a year"]),
        ("排名高出63位", ["63 places"]),
        ("小他14歲", ["14 years"]),
        ("五層公寓", ["five stories"]),
        ("於690年改國號", []),
        ("靠近兩百公尺", ["200 meters"]),
        ("撲出十二碼", []),
        ("播出時間改為十點", []),
        ("數一數十四秒內", ["14 seconds"]),
        ("一桶一桶傳水", []),
        ("第一次豫北戰役", ["first"]),
        ("早上6點鐘出發", ["6 a.m."]),
        ("距離1.06億千米", ["106 million kilometers"]),
        ("火星1號發射", ["No. 1"]),
        ("郵政編碼為253114", []),
        ("2010年的底特律車展", ["2010"]),
        ("2011年度最佳", ["2011"]),
        ("在715年入侵", []),
        ("在120年後", ["120 years"]),
        ("續約12個月", ["12 months"]),
        ("一度多達500人", ["up to 500 people"]),
        ("高達十多呎", ["more than 10 feet"]),
        ("貨比三家", []),
        ("8月30這一天", ["Aug. 30"]),
        ("幾十億美元", ["billions of dollars"]),
        ("幾十家銀行", ["dozens"]),
        ("幾十年來", ["decades"]),
        ("下注逾萬次", ["more than 10,000 times"]),
        ("票房破億元", ["more than NT$100 million"]),
        ("近千人參加", ["nearly 1,000 people"]),
        ("遠近馳名", []),
        ("準確率達九成一", ["91%"]),
        ("達三成", ["30%"]),
        ("同治九年", ["the ninth year of Tongzhi"]),
        ("昭和39年", ["1964"]),
        ("民國二年", ["1913"]),
        ("地熱電廠年發電量2500萬度", ["25 million kilowatt-hours"]),
        ("八旬老翁", ["in his 80s"]),
        ("六月上旬", ["early June"]),
        ("史上第18度", ["18th time"]),
        ("3年6個月", ["three years and six months"]),
        ("112年6月", ["June 2023"]),
        ("3年1月", ["three years", "January"]),
    ],
)
def test_what_a_figure_is_of(text, names):
    assert [q.name for q in find_quantities(text, DAY)] == names


@pytest.mark.parametrize(
    ("text", "value", "unit", "name"),
    [
        ("120億美元", 12_000_000_000, "USD", "US$12 billion"),
        ("約台幣一○七億元", 10_700_000_000, "TWD", "about NT$10.7 billion"),
        ("逾3,000億元", 300_000_000_000, "TWD", "more than NT$300 billion"),
        ("8億歐元", 800_000_000, "EUR", "800 million euros"),
        ("近5兆日圓", 5_000_000_000_000, "JPY", "nearly 5 trillion yen"),
        ("£1100 萬", 11_000_000, "GBP", "11 million pounds"),
        ("50 萬桶", 500_000, "barrels", "500,000 barrels"),
        ("人民幣30億元", 3_000_000_000, "CNY", "3 billion yuan"),
        ("36%", 36, "%", "36%"),
        ("百分之十五", 15, "%", "15%"),
        ("三成五", 35, "%", "35%"),
        ("2.5個百分點", Decimal("2.5"), "percentage_point", "2.5 percentage points"),
        ("兩碼", 50, "basis points", "50 basis points"),
        ("半碼", Decimal("12.5"), "basis points", "12.5 basis points"),
        ("50萬桶", 500_000, "barrels", "500,000 barrels"),
        ("4.5百萬瓩", Decimal("4.5"), "gigawatts", "4.5 gigawatts"),
        ("卅五席", 35, "seats", "35 seats"),
        ("五年", 5, "years", "five years"),
        ("三個月", 3, "months", "three months"),
        ("四倍", 4, "times", "four times"),
        ("90位", 90, "people", "90 people"),
    ],
)
def test_value_unit_and_name(text, value, unit, name):
    q = one(f"共{text}。" if text[0] not in "約逾近" else text)
    assert (q.value, q.unit, q.name) == (value, unit, name)


@pytest.mark.parametrize(
    ("text", "low", "high", "name"),
    [
        ("27.4萬～41.1萬桶", 274_000, 411_000, "274,000 to 411,000 barrels"),
        ("13至17週", 13, 17, "13 to 17 weeks"),
        ("50%至55%", 50, 55, "50% to 55%"),
        ("3至5億美元", 300_000_000, 500_000_000, "US$300 million to US$500 million"),
        ("2027或2028年", "2027", "2028", "2027 or 2028"),
        ("62票對51票", 62, 51, "62 votes to 51"),
    ],
)
def test_ranges(text, low, high, name):
    q = one(text)
    assert (q.value, q.value_max, q.name) == (low, high, name)


@pytest.mark.parametrize(
    ("text", "value", "name"),
    [
        ("今（25）日宣布", "2026-02-25", "Feb. 25"),
        ("昨天宣布", "2026-02-24", "Tuesday"),
        ("24日公布", "2026-02-24", "Feb. 24"),
        ("28日登場", "2026-02-28", "Feb. 28"),
        ("28日公告", "2026-01-28", "Jan. 28"),
        ("去年10月28日", "2025-10-28", "Oct. 28, 2025"),
        ("1月宣布", "2026-01", "January"),
        ("11月宣布", "2025-11", "November 2025"),
        ("民國114年", "2025", "2025"),
        ("1150203", "2026-02-03", "Feb. 3"),
        ("2026/2/3", "2026-02-03", "Feb. 3"),
        ("一九九二年", "1992", "1992"),
        ("上半年", "2026-H1", "the first half"),
        ("去年第4季", "2025-Q4", "the fourth quarter of 2025"),
        ("本季", "2026-Q1", "this quarter"),
        ("與上一季相比", "2025-Q4", "the previous quarter"),
        ("上周五", "2026-02-20", "Friday"),
        ("周一", "2026-02-23", "Monday"),
        ("下周二", "2026-03-03", "Tuesday"),
        ("8月底", "2026-08-31", "the end of August"),
        ("2024年底", "2024-12", "the end of 2024"),
        ("24日下午3時", "2026-02-24T15:00", "3 p.m. on Feb. 24"),
        ("上月", "2026-01", "January"),
        ("1990年代", "1990", "the 1990s"),
    ],
)
def test_dates_are_resolved_from_the_articles_date(text, value, name):
    q = one(text)
    assert (q.value, q.name) == (value, name)


def test_a_bare_day_is_of_the_month_named_last_in_its_paragraph():
    found = find_quantities("自去年12月17日起留守，19日晚間衝突。\n20日記者會。", DAY)
    assert [q.value for q in found] == ["2025-12-17", "2025-12-19", "2026-02-20"]


def test_without_a_date_what_is_not_known_stays_open():
    assert one("3月5日開會", None).value == "XXXX-03-05"
    assert find_quantities("昨天開會", None) == []
    assert one("10月初開會", None).name == "early October"
    assert one("10月底開會", None).name == "the end of October"
    assert one("去年5月接任", None).name == "May of last year"
    assert one("明年3月2日開會", None).name == "March 2 of next year"
    assert one("前年5月接任", None).name == "May of the year before last"
    assert [q.name for q in find_quantities("2023年8月上任，今年5月卸任", None)] == ["August 2023", "May of this year"]


def test_ages_of_tens():
    assert [q.name for q in find_quantities("50餘歲、四十多歲、100多歲", DAY)] == [
        "in their 50s",
        "in their 40s",
        "more than 100 years old",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "三星電子與五角大廈",
        "GPT-4與F-16",
        "5G晶片",
        "一些人",
        "十分重要",
        "千萬別去",
        "四川九龍",
        "一方面",
        "兩岸關係",
        "台積電（2330）",
        "COVID-19",
    ],
)
def test_what_is_no_quantity(text):
    assert [q.text for q in find_quantities(text, DAY)] in ([], ["2330"])


def test_more_by_an_amount_is_not_more_than_a_day():
    assert [q.name for q in find_quantities("身價一天多出8億美元", DAY)] == ["one day", "US$800 million"]
    assert [q.name for q in find_quantities("等了30天多", DAY)] == ["more than 30 days"]


def test_thousands_and_wan_are_never_mistaken():
    values = [q.value for q in find_quantities("1.2兆元、1.2萬億元、1.2億元、1.2萬元", DAY)]
    assert values == [Decimal(10) ** 12 * 12 / 10, Decimal(10) ** 12 * 12 / 10, 120_000_000, 12_000]


@given(st.text(alphabet="一二三十百千萬億兆0123456789.,%年月日美元桶至約第成倍個（）\n 的", max_size=40))
def test_offsets_are_exact_and_in_order(text):
    found = find_quantities(text, DAY)
    assert all(text[q.start : q.end] == q.text and "\n" not in q.text for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert [q.id for q in found] == [f"q{i + 1}" for i in range(len(found))]


@pytest.mark.parametrize(
    ("text", "value", "name"),
    [
        ("攝氏38度", "38", "38 degrees Celsius"),
        ("零下5度", "-5", "minus 5 degrees"),
        ("一個半月", "1.5", "a month and a half"),
        ("500兆瓦", "500", "500 megawatts"),
        ("停工半年", "0.5", "half a year"),
        ("二十一世紀", "21", "the 21st century"),
        ("萬分之五", "0.05", "0.05%"),
        ("百萬分之一", "1", "1 in 1 million"),
        ("三百分之二", "2", "2 in 300"),
        ("增至1.3億", "130000000", "130 million"),
        ("500多萬", "5000000", "more than 5 million"),
        ("每桶75.3美元", "75.3", "US$75.30"),
        ("時速120公里", "120", "120 kilometers an hour"),
        ("80年代", "1980", "the 1980s"),
        ("民國80年代", "1991", "the 1990s"),
        ("2026財年", "2026", "fiscal 2026"),
        ("去年前三季", "2025-Q1", "the first three quarters of 2025"),
        ("1月至11月", "2025-01", "January to November 2025"),
    ],
)
def test_further_forms(text, value, name):
    q = one(text + "。")
    assert (q.value, q.name) == (Decimal(value) if isinstance(q.value, Decimal) else value, name)


@pytest.mark.parametrize(
    "text", ["股價站上5字頭", "2025/26年球季", "90後", "千萬別去", "億萬富翁", "在同一天", "他在那一年"]
)
def test_further_figures_that_count_nothing(text):
    assert find_quantities(text + "。", DAY) == []


@given(st.integers(0, 23), st.integers(0, 59), st.booleans())
def test_a_time_of_day_is_rendered_and_read_back(hour, minute, dated):
    part = "凌晨" if hour < 6 else "上午" if hour < 12 else "下午" if hour < 18 else "晚間"
    figure = hour if hour <= 12 else hour - 12
    text = f"{'24日' if dated else ''}{part}{figure}時{minute}分"
    q = one(text)
    assert q.value == f"{'2026-02-24' if dated else ''}T{hour:02}:{minute:02}"
    assert [n.kind for n in read_english(q.name)] == (["clock", "date"] if dated else ["clock"])
    assert all(supported(n, [q], "") for n in read_english(q.name))
    shifted = read_english("5:17 a.m.")[0]
    assert supported(shifted, [q], "") == ((hour, minute) == (5, 17))


def test_spaces_between_figures_and_chinese_belong_to_the_mention():
    (found,) = find_quantities("他在 42 歲那年", None)
    assert (found.start, found.end, found.text) == (3, 7, "42 歲")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("七八年前", ["seven or eight years"]),
        ("民國七八年", ["1989"]),
        ("第一二季", []),
        ("七八十到一百人", ["70 to 100 people"]),
        ("百分之七八十", ["70% to 80%"]),
        ("3至4公里", ["3 to 4 kilometers"]),
        ("三五成群", []),
        ("升息兩三碼", []),
        ("下午三四點", []),
        ("十七八世紀", []),
        ("十七、八世紀", []),
        ("一、二十三名學生", ["23 people"]),
        ("花了2、3年", ["two or three years"]),
        ("17、8歲", ["17 or 18 years old"]),
        ("2、3百人", ["200 to 300 people"]),
        ("7、8成", ["70% to 80%"]),
        ("三、四、五名", ["five people"]),
        ("20、30人", ["30 people"]),
        ("約三兩天", ["about two or three days"]),
        ("等了七八年才出獄", ["seven or eight years"]),
        ("成長兩、三倍", ["two or three times"]),
        ("兩三人死亡", ["two or three people"]),
        ("三人、四人", ["four people"]),
    ],
)
def test_two_figures_in_a_row_are_an_estimate_where_they_count(text, names):
    assert [q.name for q in find_quantities(text, None)] == names
