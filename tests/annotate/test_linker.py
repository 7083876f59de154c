"""One entity a thing: short forms after full ones, variants together, near twins apart."""

from dataclasses import replace

import pytest

import nlp
from nlp.annotate.candidates import Candidate
from nlp.annotate.evidence import Recognised
from nlp.annotate.language import annotate, build
from nlp.annotate.linker import candidates, with_surnames
from nlp.names import Layer
from nlp.types import Article


@pytest.fixture(scope="module")
def link():
    language = build()
    return lambda text: annotate(language, Article(text))


def mentions(doc):
    return {e.name: [m.text for m in e.mentions] for e in doc._.entities}


@pytest.mark.parametrize(
    ("text", "name", "surfaces"),
    [
        (
            "史考特－葛蕾（Natalie Scott-Gray）說。葛蕾表示。",
            "Natalie Scott-Gray",
            "史考特－葛蕾 Natalie_Scott-Gray 葛蕾",
        ),
        ("美國總統川普周二說，川普會再加關稅。", "Donald Trump", "川普 川普"),
        ("台積電昨天公布財報，台積股價大漲。", "TSMC", "台積電 台積"),
        ("經濟學人智庫（EIU）指出放緩。EIU預估回升。", "Economist Intelligence Unit", "經濟學人智庫 EIU EIU"),
        ("馬斯克（Elon Musk）說將發射。Musk補充。", "Elon Musk", "馬斯克 Elon_Musk Musk"),
        ("普丁、普京與蒲亭。", "Vladimir Putin", "普丁 普京 蒲亭"),
        ("川普與特朗普。", "Donald Trump", "川普 特朗普"),
        ("歐巴馬與奧巴馬。", "Barack Obama", "歐巴馬 奧巴馬"),
        ("義大利與意大利。", "Italy", "義大利 意大利"),
        ("雪梨與悉尼兩地。", "Sydney", "雪梨 悉尼"),
        ("許家德（RobertWhite）說，White會再來。", "Robert White", "許家德 RobertWhite White"),
        ("演員JeffreyDeanMorgan昨天表示，他會再來。", "Jeffrey Dean Morgan", "JeffreyDeanMorgan"),
    ],
)
def test_the_forms_of_one_name_are_one_entity(link, text, name, surfaces):
    assert mentions(link(text))[name] == [s.replace("_", " ") for s in surfaces.split()]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("外交部長吳釗燮出席，立委吳尚雨提問。", {"Joseph Wu", "Wu Shang-yu"}),
        ("輝達執行長黃仁勳與台積電財務長黃仁昭同台。", {"Jensen Huang", "Wendell Huang"}),
        ("韓國瑜訪問韓國。", {"Han Kuo-yu", "South Korea"}),
    ],
)
def test_near_twins_are_kept_apart(link, text, names):
    assert names <= mentions(link(text)).keys()


def test_a_body_without_its_tail_is_not_the_place_it_is_named_after(link):
    found = mentions(link("日本銀行（BOJ）升息，日本股市上漲。日銀按兵不動。"))
    assert found == {"Bank of Japan": ["日本銀行", "BOJ", "日銀"], "Japan": ["日本"]}


def test_two_persons_of_one_short_form_keep_none(link):
    found = {e.name: e.short for e in link("輝達執行長黃仁勳與台積電財務長黃仁昭同台。")._.entities}
    assert (found["Jensen Huang"], found["Wendell Huang"]) == (None, None)
    assert {e.short for e in link("黃仁勳說。")._.entities} == {"Huang"}


def test_a_namesake_in_a_dropped_headline_is_nobody_in_the_article():
    page = """歌手葛蕾離婚風波再起
影星葛蕾街頭被拍
銅價展望轉弱 分析師看淡
2026-02-24 10:00 記者王小明／綜合報導
分析師史考特－葛蕾（Natalie Scott-Gray）周二表示，今年上半年的需求比預期疲弱，庫存仍在增加。
葛蕾說，價格在第三季以前不會回升，除非大型礦場的供應中斷，市場才會重新評估今年的供需情況。
"""
    result = nlp.load(task="entities")(page)
    found = {e.name: [m.start for m in e.mentions] for e in result.entities}
    assert "離婚" not in result.article.text
    assert len(found["Natalie Scott-Gray"]) == 3


def test_the_article_s_word_stands_against_a_glossary_and_is_told(link):
    doc = link("金庫計畫（Project Silver）上路。")
    assert [e.name for e in doc._.entities] == ["Project Silver"]
    assert [w.code for w in doc._.warnings] == ["gloss-conflict"]
    assert "Project Vault" in doc._.warnings[0].message


def test_a_gloss_that_names_a_near_twin_is_a_mistake_and_is_told(link):
    doc = link("歐盟理事會（European Council）通過決議。")
    assert [e.name for e in doc._.entities] == ["Council of the European Union"]
    assert [w.code for w in doc._.warnings] == ["gloss-conflict"]


@pytest.mark.parametrize(
    "text", ["輝達（NVIDIA）", "布蘭特原油（Brent）", "歐盟（EU）", "世界衛生組織（WHO）", "川普（Trump）"]
)
def test_a_part_or_another_spelling_is_no_contradiction(link, text):
    assert link(text + "今天表示。")._.warnings == ()


def test_where_other_names_have_their_spaces_a_glued_one_is_meant_so(link):
    doc = link("歌手Taylor Swift與PewDiePie昨天表示，他們會再來。")
    assert "PewDiePie" in mentions(doc)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("八旬翁開車", "八旬翁"),
        ("連曾力挺他的人", "曾力"),
        ("下半場梅開二度", "梅開"),
        ("理事長叫屈", "屈"),
        ("法說會釋利多", "利多"),
    ],
)
def test_a_word_or_a_part_of_one_is_nobody(link, text, seen):
    doc, start = link(text), text.index(seen)
    doc._.recognised = [Recognised(start, start + len(seen), "PERSON")]
    assert seen not in {text[c.start : c.end] for c in candidates(doc)}


def test_somebody_whom_only_the_recogniser_sees_is(link):
    doc = link("記者王大同說")
    doc._.recognised = [Recognised(2, 5, "PERSON")]
    assert "王大同" in {doc.text[c.start : c.end] for c in candidates(doc)}


@pytest.mark.parametrize(
    ("text", "name", "known"),
    [
        ("德·威特·柯林頓中學", "Bill Clinton", False),
        ("前總統比爾·柯林頓出席", "Bill Clinton", True),
        ("比爾·柯林頓說", "Bill Clinton", True),
        ("柯林頓·瓊斯說", "Bill Clinton", False),
        ("柯林頓說", "Bill Clinton", True),
    ],
)
def test_a_known_name_is_nobody_s_within_another_s(link, text, name, known):
    assert (name in {e.name for e in link(text)._.entities}) is known


def test_a_surname_alone_is_the_only_bearer_s(link):
    text = "大谷翔平抵達。走下飛機的不是大谷。"
    doc = link(text)
    full = Candidate(0, 4, Layer.SHIPPED, "Shohei Ohtani", "Ohtani", "PERSON", "glossary", "people", "k")
    alone = Candidate(14, 16, Layer.UNRESOLVED, None, None, "PERSON", "unresolved", None, "?大谷")
    assert [c.key for c in with_surnames(doc.text, [full, alone])] == ["k", "k"]
    another = replace(full, start=6, end=10, key="l")
    assert (
        with_surnames(
            "大谷翔平與大谷亮平，大谷說", [full, replace(another, start=5, end=9), replace(alone, start=10, end=12)]
        )[2].name
        is None
    )


def test_a_known_body_stands_against_a_span_that_adds_its_country(link):
    assert "Federal Bureau of Investigation" in mentions(link("美國聯邦調查局搜索。"))


def test_a_surname_within_another_latin_name_is_nobody_s(link):
    doc = link("克倫威爾（Oliver Cromwell）像前，Cromwell Society 說，Thomas Cromwell 不同。Cromwell死了。")
    assert [m.text for m in doc._.entities[0].mentions] == ["克倫威爾", "Oliver Cromwell", "Cromwell"]


def test_a_day_of_the_week_is_nobody(link):
    surfaces = [
        m.text for e in link("國民隊未公布禮拜天的先發投手，但據報傾向讓Scherzer投球。")._.entities for m in e.mentions
    ]
    assert surfaces
    assert "禮拜天" not in surfaces


@pytest.mark.parametrize(
    ("text", "name", "surface"),
    [
        ("倫敦市的居民抗議。", "London", "倫敦市"),
        ("他在印度孟買市遇上大火。", "Mumbai", "孟買市"),
        ("倫敦市長昨天說，他會再來。", "London", "倫敦"),
    ],
)
def test_a_place_takes_the_kind_of_place_behind_it(link, text, name, surface):
    assert mentions(link(text))[name] == [surface]


def test_a_country_and_its_city_are_two_places(link):
    assert "Monaco" not in mentions(link("他昨天抵達摩納哥市。"))
