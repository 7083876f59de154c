import datetime

import pytest

from nlp.annotate.language import annotate, build
from nlp.annotate.nested import with_heads
from nlp.brief.divide import divided
from nlp.brief.ground import ground
from nlp.types import Article, Entity, Mention, Span

DAY = datetime.date(2026, 2, 25)


@pytest.fixture(scope="module")
def grounded():
    language = build()

    def of(text: str) -> str:
        doc = annotate(language, Article(text, published=DAY))
        return ground(text, Span(0, len(text)), doc._.entities, doc._.terms, doc._.quantities).text

    return of


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("研究員施洛德（Patrick Schröder）說", "研究員Patrick Schröder說"),
        ("「國際緊急經濟權力法」（IEEPA）第1702條", "「International Emergency Economic Powers Act (IEEPA)」"),
        ("規模120億美元的計畫", "US$12 billion"),
        ("央行1月宣布", "in January"),
        ("發言人許家源表示將調查。", "spokesperson表示將調查。"),
        ("台積電傳將赴德國設廠", "據報導"),
        ("均價將較去年第4季上漲", "較the fourth quarter of 2025上漲"),
        ("創1992年來最大漲幅", "創biggest gain since 1992"),
        ("川普先生表示", "Donald Trump表示"),
        ("新廠最快2027年完工", "新廠in 2027 at the earliest完工"),
        ("最遲2027年秋天完工", "最遲in 2027秋天完工"),
        ("新法最快明年上路", "新法next year at the earliest上路"),
        ("最快2027年中搬遷", "最快in 2027中搬遷"),
        ("疫情最早在2019年12月爆發", "最早在December 2019爆發"),
        ("川普女士官兵", "Donald Trump女士官兵"),
        ("最早可望在5月3日開放", "on May 3 at the earliest開放"),
        ("最遲要在2027年完工", "by 2027 at the latest完工"),
        ("創2020年以來新高", "創since 2020新高"),
        ("大會選出九名委員", "nine委員"),
        ("大火造成九名死者", "nine people"),
        ("資深金屬分析師施洛德（Patrick Schröder）說", "資深metals analyst Patrick Schröder說"),
        ("公司恐怕舉債", "公司may borrow"),
        ("市值越過摩根大通（JPMorgan Chase），", "surpass JPMorgan Chase，"),
        ("北約秘書長說", "NATO秘書長說"),
        ("瑪莎百貨 (Marks and Spencer) 說", "Marks and Spencer 說"),
        ("最多為每人5,000美元。", "為US$5,000 per person。"),
        ("川普總統說", "President Donald Trump說"),
        ("川普總統任期", "Donald Trump總統任期"),
        ("美國總統川普說", "U.S.總統Donald Trump說"),
        ("德國官員說", "German官員說"),
        ("德國宣布", "Germany宣布"),
        ("勞動部長洪申翰道歉", "Minister of Labor Hung Sun-han道歉"),
        ("台灣財政部次長說", "Deputy Minister of Finance說"),
        ("行政院長卓榮泰指示", "premier Cho Jung-tai指示"),
        ("行政院副院長鄭麗君率團", "vice premier Cheng Li-chiun率團"),
        ("監察院長陳菊說", "Control Yuan president Chen Chu說"),
        ("苗栗縣長鍾東錦說", "Miaoli County magistrate Chung Tung-chin說"),
        ("台北市長蔣萬安說", "Taipei mayor Chiang Wan-an說"),
        ("行政院長期研究", "Executive Yuan長期研究"),
        ("行政院傳出將改組", "Executive Yuan據報導將改組"),
        ("警方逮捕陳姓男子。", "逮捕男子"),
        ("失業率高達27.2%", "as high as 27.2%"),
        ("年僅15歲的時候離家", "15 years old的時候"),
        ("公布11人陣容", "11人陣容"),
        ("找來10位受過訓練的專家", "10受過訓練的專家"),
        ("七名受害者報案", "seven受害者"),
        ("最後的兩次嘗試", "最後的two嘗試"),
        ("機場三處的增長", "three處的"),
        ("根據2010年人口普查", "根據2010人口普查"),
        ("1980年代前期", "the 1980s前期"),
        ("今年後繼無力", "this year後繼"),
        ("美國聯邦眾議院表決", "U.S. House of Representatives"),
        ("仍有十一萬戶無電可用", "110,000 households無電可用"),
        ("兩年來第9度噴發", "in two years ninth time噴發"),
        ("不得靠近兩百公尺以內", "靠近within 200 meters"),
        ("由三點四降至三點三三。", "由3.4降至3.33。"),
        ("每人每月發2公斤，每戶每年3萬元", "NT$30,000 per household per year"),
    ],
)
def test_names_and_figures_stand_in_english_in_place(grounded, chinese, english):
    assert english in grounded(chinese)


@pytest.mark.parametrize(
    ("unknown", "english", "name"),
    [
        ("芬蘭法院", "Finland法院", "Finland"),
        ("台北市立體育場", "Taipei municipal 體育場", "Taipei"),
        ("格拉斯哥藝術學院", "Glasgow藝術學院", "Glasgow"),
        ("紐約市健康總局", "New York City健康總局", "New York City"),
        ("美國加州森林", "United States California森林", "California"),
        ("桃園機場第三航廈", "Taoyuan International Airport第三航廈", "Taoyuan International Airport"),
    ],
)
def test_a_place_at_the_head_of_a_name_that_nobody_knows_is_named(unknown, english, name):
    doc = annotate(build(), Article(f"{unknown}昨天起火。", published=DAY))
    body = Entity("e1", None, None, "ORG", "unresolved", None, (Mention(0, len(unknown), unknown),))
    entities = with_heads((body,))
    assert english in ground(doc.text, Span(0, len(doc.text)), entities, doc._.terms, doc._.quantities).text
    assert name in {e.name for e in entities}
    assert entities[0] == body


@pytest.mark.parametrize(
    ("chinese", "name", "english"),
    [
        ("南韓國會", "National Assembly", "South Korea's National Assembly"),
        ("美國國務院", "U.S. State Department", "U.S. State Department"),
    ],
)
def test_a_body_s_country_is_said_once(chinese, name, english):
    text = f"{chinese}昨天開會。"
    body = Entity("e1", name, None, "ORG", "glossary", None, (Mention(0, len(chinese), chinese),))
    assert ground(text, Span(0, len(text)), with_heads((body,)), (), ()).text.startswith(f"{english}昨天")


def test_what_is_named_after_somebody_has_no_place_in_it():
    school = Entity("e1", None, None, "ORG", "unresolved", None, (Mention(0, 8, "中正大學附屬小學"),))
    assert {e.name for e in with_heads((school,))} <= {None, "National Chung Cheng University"}


def test_an_amount_in_brackets_is_kept(grounded):
    assert "NT$7.9 billion" in grounded("投資輝達2.5億美元（約新台幣79億元）。")


def test_a_day_of_the_week_is_english_where_the_article_has_no_date():
    text = "委員禮拜四作證，聽證會在星期日結束，上週五休會。"
    assert (
        ground(text, Span(0, len(text)), (), (), ()).text
        == "委員on Thursday作證，聽證會在Sunday結束，last Friday休會。"
    )


def test_a_long_sentence_is_divided_at_the_comma_nearest_to_its_middle():
    whole = "藍鳥隊苦戰seven games贏得American League冠軍，相隔32 years重返World Series，對手是由Shohei Ohtani領軍的Los Angeles Dodgers。"
    first, second = divided(whole).split("World Series")
    assert first.endswith("，相隔32 years重返")
    assert second.startswith("。對手是")


@pytest.mark.parametrize(
    "whole",
    [
        "短句，不必分成兩句。",
        "負責能源的執行委員Dan Jørgensen在記者會上說，歐洲將永遠關上Russia natural gas的valves。",
        "由於全球memory的供應從去年秋天起已經嚴重不足，部分品項的價格在短短幾個月裡翻倍。",
        "他說「各國政府現在都認為supply chain是national security infrastructure，不只是純粹的商業流動」。",
        "民進黨lawmaker on the evening of Dec. 19, 2024 break in through windows佔住podium不肯離開。",
    ],
)
def test_a_sentence_is_not_divided_where_its_parts_would_say_something_else(whole):
    assert divided(whole) is None
