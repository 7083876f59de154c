import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.quantities import find_quantities, read_english, supported
from nlp.quantities.english_forms import in_figures

DAY = datetime.date(2026, 2, 25)


def holds(english: str, chinese: str) -> bool:
    """Whether every number of the English stands in the Chinese."""
    evidence = find_quantities(chinese, DAY)
    return all(supported(n, evidence, chinese) for n in read_english(english))


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("It was the first to raise spending.", "該公司率先加碼"),
        ("They must disarm first.", "他們必須先解除武裝"),
        ("Half of them left.", "五成離開"),
        ("It took six months.", "花了半年"),
        ("He got 18 months.", "判刑1年6月"),
        ("He was sentenced to three years and two months.", "遭判三年二月徒刑"),
        ("Exports grew for a ninth straight month.", "出口連續9個月成長"),
        ("Rates fell by a quarter point.", "降息1碼"),
        ("Rates fell by half a percentage point.", "降息2碼"),
        ("The two countries agreed.", "兩國同意"),
        ("One person died and five people were hurt.", "釀1死5傷"),
        ("Third-quarter margins rose.", "第3季毛利率上升"),
        ("Visibility in the second half is low.", "下半年能見度低"),
        ("He fell from the fourth floor.", "他從4樓墜下"),
        ("The sixth-grade pupil won.", "六年級生獲勝"),
        ("The 11-month-old boy recovered.", "11個月大男嬰康復"),
        ("The No. 2 reactor stopped.", "2號機停機"),
        ("He ran 9.98 seconds.", "他跑出9秒98"),
        ("He should not run in 2020.", "他不應參選2020"),
        ("Parks are full today.", "現在公園爆滿"),
        ("He scored twice in the second half.", "他下半場進兩球"),
        ("Tens of thousands starved.", "數以萬計餓死"),
        ("He scores.", "他得分"),
        ("Sales began at midnight.", "零時開賣"),
        ("The fine rose from NT$500 to NT$1,200.", "罰鍰從500元提高到1200元"),
        ("A man in his 80s fell.", "八旬老翁跌倒"),
        ("It is a six-second clip.", "那是六秒鐘的短片"),
        ("It was on Sunday morning.", "星期天早晨"),
        ("It took two or three years.", "花了兩三年"),
        ("Some 300 to 400 people came.", "有三、四百人前來"),
        ("It grew two or three times.", "成長兩、三倍"),
        ("The 53-year-old man fled.", "那名53歲的男子逃走"),
        ("It costs US$12 billion.", "耗資120億美元"),
        ("It costs $12 billion.", "耗資120億美元"),
        ("It costs 12 billion dollars.", "耗資120億美元"),
        ("Sales fell 36 percent.", "銷售下滑36%"),
        ("Rates rose by 25 basis points.", "升息一碼"),
        ("A third of them left.", "三分之一離開"),
        ("The score was 17-5.", "比分17-5"),
        ("One in 35,000 has it.", "機率為35000分之一"),
        ("Half of them left.", "一半離開"),
        ("Prices doubled.", "價格翻倍"),
        ("It rose four times as much.", "增為四倍，"),
        ("The vote was 62 to 51.", "62票對51票"),
        ("by 62 votes to 51", "62票對51票"),
        ("It happened on Feb. 24.", "24日發生"),
        ("It happened on Tuesday.", "24日發生"),
        ("It happened in October 2025.", "去年10月發生"),
        ("It happened last year.", "去年發生"),
        ("It is the third time.", "這是第三次"),
        ("A third party is needed.", "需要第三方"),
        ("It is building a third plant.", "興建第三座廠房"),
        ("the first year", "頭一年"),
        ("on Palm Sunday", "在棕枝主日"),
        ("They met last week and meet next week.", "上個星期會面，下禮拜再會"),
        ("A man in his 40s died.", "一名40多歲的男子死亡"),
        ("a third said no, a third voted yes and a third left", "三分之一"),
        ("in the first century", "在頭個世紀裡"),
        ("twelve years", "12年"),
        ("one hundred and ninety-six seats", "196席"),
        ("hundreds of billions of euros", "數千億歐元"),
        ("between 13 and 17 weeks", "13至17週"),
        ("13-17 weeks", "13至17週"),
        ("the fourth quarter of 2025", "去年第4季"),
        ("a five-year contract", "五年合約"),
        ("temperatures above zero", "高於冰點"),
        ("It rose by two and a half degrees Celsius.", "上升攝氏2.5度"),
        ("G7 leaders and COVID-19", "領袖"),
        ("no one, one of them and one another", "他們"),
    ],
)
def test_what_stands_in_the_evidence(english, chinese):
    assert holds(english, chinese)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("It costs US$1.2 billion.", "耗資120億美元"),
        ("It costs NT$12 billion.", "耗資120億美元"),
        ("It costs 12 billion.", "耗資120億美元"),
        ("Sales fell 36 percent.", "銷售下滑36個百分點"),
        ("Rates rose one percentage point.", "升息一碼"),
        ("Half of them left.", "三分之一離開"),
        ("The score was 17-4.", "比分17-5"),
        ("Prices doubled.", "價格上漲"),
        ("A third of the parties left.", "第三方離開"),
        ("in the first century", "一個世紀以來"),
        ("on Sunday", "車主日前報案"),
        ("the first of them", "街頭一名男子"),
        ("Dozens were hurt.", "有人受傷"),
        ("It happened on Feb. 23.", "24日發生"),
        ("It happened on Wednesday.", "24日發生"),
        ("It happened in 2021.", "去年10月發生"),
        ("It happened last year.", "今年發生"),
        ("It is the second time.", "這是第三次"),
        ("12 weeks", "12年"),
        ("12 people", "12桶"),
        ("millions of euros", "數千億歐元"),
        ("13 to 18 weeks", "13至17週"),
        ("the third quarter", "去年第4季"),
        ("62 to 50", "62票對51票"),
        ("two dozen", "二十人"),
        ("It took 23 years.", "花了兩三年"),
        ("It grew nine or three times.", "成長兩、三倍"),
        ("There are 12 excellent shots.", "有一兩個出色的鏡頭"),
        ("It raised NT$34 million.", "募得三四百萬元"),
    ],
)
def test_what_does_not(english, chinese):
    assert not holds(english, chinese)


AMOUNTS = st.tuples(st.integers(1, 99_999), st.sampled_from(["", "萬", "億", "兆"]))
UNITS = st.sampled_from(["美元", "歐元", "日圓", "英鎊", "%", "桶", "席", "公里", "個月", "倍", "個百分點"])


@given(AMOUNTS, UNITS)
def test_what_is_printed_and_read_back_is_the_same_value(amount, unit):
    text = f"共{amount[0]}{amount[1]}{unit}"
    (q,) = find_quantities(text, DAY)
    numbers = read_english(f"It was {q.name} in all.")
    assert numbers, q.name
    assert all(supported(n, [q], "") for n in numbers), q.name


@given(AMOUNTS, UNITS, st.integers(2, 9))
def test_another_value_is_never_supported(amount, unit, factor):
    text = f"共{amount[0]}{amount[1]}{unit}"
    (q,) = find_quantities(text, DAY)
    (other,) = find_quantities(f"共{amount[0] * factor}{amount[1]}{unit}", DAY)
    assert not any(supported(n, [q], text) for n in read_english(f"It was {other.name} in all."))


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2049, 12, 31)))
def test_dates_round_trip(date):
    (q,) = find_quantities(f"{date.year}年{date.month}月{date.day}日", DAY)
    assert q.value == date.isoformat()
    assert all(supported(n, [q], "") for n in read_english(f"It was on {q.name}, he said."))


@given(st.text(alphabet="abc twelve million half 12,.%$€-", max_size=60))
def test_any_text_can_be_read(text):
    for n in read_english(text):
        assert text[n.start : n.end] == n.text
        assert n.value is None or isinstance(n.value, Decimal)


@pytest.mark.parametrize(
    "text", ["去年前三季", "攝氏38度", "停工半年", "二十一世紀", "萬分之五", "增至1.3億", "2026財年", "1月至11月"]
)
def test_each_form_is_read_back_and_holds(text):
    (q,) = find_quantities(text + "。", DAY)
    numbers = read_english(f"It was {q.name} then.")
    assert numbers
    assert all(supported(n, [q], text) for n in numbers)


def test_thousands_are_not_tens_of_thousands():
    source = "數萬人流離失所。"
    found = find_quantities(source, None)
    assert [
        supported(read_english(f"{n} of people fled.")[0], found, source) for n in ("Thousands", "Tens of thousands")
    ] == [False, True]


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("the fifth century B.C.", "the 5th century B.C."),
        ("the first half of the 19th century", "the first half of the 19th century"),
        ("the second half of the third century", "the second half of the 3rd century"),
        ("the 17th to 18th centuries", "the 17th to 18th centuries"),
    ],
)
def test_centuries_in_figures(words, figures):
    assert in_figures(words) == figures
