"""The spaCy pipeline as a whole, and its components in a pipeline of a user's own."""

import datetime

import pytest
import spacy

from nlp.annotate.language import annotate, build
from nlp.types import Article

DAY = datetime.date(2026, 2, 25)


@pytest.fixture(scope="module")
def entities():
    language = build()

    def of(text: str):
        doc = annotate(language, Article(text, published=DAY))
        assert doc.text == text
        assert [(e.start_char, e.end_char) for e in doc.ents] == sorted(
            (m.start, m.end) for entity in doc._.entities for m in entity.mentions
        )
        return {e.name: e for e in doc._.entities}

    return of


@pytest.mark.parametrize(
    ("text", "name", "han"),
    [
        ("資深研究員施洛德（Patrick Schröder）表示擔憂。", "Patrick Schröder", "施洛德"),
        ("大宗商品策略師蔓希（Ewa Manthey）認為如此。", "Ewa Manthey", "蔓希"),
        ("政府推出「金庫計畫」（Project Vault）。", "Project Vault", "金庫計畫"),
        ("英國智庫皇家國際事務研究所（Chatham House）發表報告。", "Chatham House", "皇家國際事務研究所"),
        ("導演的電影《聖蛛》(Holy Spider)上映。", "Holy Spider", "聖蛛"),
        ("歐盟（EU）宣布新措施。", "European Union", "歐盟"),
    ],
)
def test_a_gloss_names_what_stands_before_it(entities, text, name, han):
    found = entities(text)
    assert name in found
    assert found[name].mentions[0].text == han


@pytest.mark.parametrize(
    "text",
    [
        "台積電（2330）股價上漲。",
        "諾和諾德（NVO-US）股價下跌。",
        "投資2.5億美元（約新台幣79億元）。",
        "他們偏好重資產（heavy assets and low risk）的公司。",
    ],
)
def test_what_is_no_gloss(entities, text):
    assert all(e.origin != "gloss" for e in entities(text).values())


def test_a_gloss_holds_for_later_mentions_and_short_forms(entities):
    found = entities("分析師史考特－葛蕾（Natalie Scott-Gray）指出趨勢。葛蕾並說，史考特－葛蕾團隊會追蹤。")
    mentions = [m.text for m in found["Natalie Scott-Gray"].mentions]
    assert mentions == ["史考特－葛蕾", "Natalie Scott-Gray", "葛蕾", "史考特－葛蕾"]
    assert found["Natalie Scott-Gray"].short == "Scott-Gray"


def test_an_acronym_fills_the_short_form_of_a_known_name(entities):
    found = entities("石油輸出國家組織（OPEC）開會，OPEC決定減產。")
    entity = found["Organization of the Petroleum Exporting Countries"]
    assert (entity.short, [m.text for m in entity.mentions]) == ("OPEC", ["石油輸出國家組織", "OPEC", "OPEC"])


def test_variants_of_one_name_are_one_entity(entities):
    found = entities("普丁與普京、蒲亭是同一人，特朗普即川普。")
    assert len(found["Vladimir Putin"].mentions) == 3
    assert len(found["Donald Trump"].mentions) == 2


def test_near_twins_are_kept_apart(entities):
    found = entities("韓國瑜訪問韓國。")
    assert {"Han Kuo-yu", "South Korea"} <= found.keys()


def test_a_people_and_a_language_are_not_the_country(entities):
    found = entities("三名日本人獲救，法國籍導演受傷。")
    assert {(e.type, e.name, e.mentions[0].text) for e in found.values()} >= {
        ("NORP", "Japanese", "日本人"),
        ("NORP", "French", "法國"),
    }
    assert "Spain" not in entities("她會說西班牙語。")
    assert entities("日本人口減少。")["Japan"].type == "GPE"


def test_a_longer_name_stands_before_the_place_in_it(entities):
    found = {m.text for e in entities("考察隊在阿爾卑斯山脈的倫敦塔旁紮營。").values() for m in e.mentions}
    assert "阿爾卑斯山" not in found


def test_the_components_work_in_a_users_own_pipeline():
    own = spacy.blank("zh")
    for factory in ("zhbrief_ner", "zhbrief_gazetteer", "zhbrief_glosses", "zhbrief_quantities", "zhbrief_linker"):
        own.add_pipe(factory)
    doc = own("澳洲投入8億美元，研究員施洛德（Patrick Schröder）說。")
    assert {(s.text, s._.name, s._.origin) for s in doc.ents} >= {
        ("施洛德", "Patrick Schröder", "gloss"),
        ("澳洲", "Australia", "glossary"),
    }
    assert [q.name for q in doc._.quantities] == ["US$800 million"]
