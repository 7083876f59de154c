"""Where the name before a gloss begins, and how sure that is."""

import pytest

from nlp.annotate.glosses import SURE, TAKEN
from nlp.annotate.language import annotate, build
from nlp.types import Article


@pytest.fixture(scope="module")
def glosses():
    language = build()
    return lambda text: list(annotate(language, Article(text))._.glosses)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("主角由女星崔西.烏嫚 (Tracey Ullman) 擔綱。", "崔西.烏嫚"),
        ("他與球員陶德‧海頓（Todd Heaton）握手。", "陶德‧海頓"),
        ("據分析師史考特－葛蕾 (Natalie Scott-Gray) 估計，需求持平。", "史考特－葛蕾"),
        ("饒舌歌手卡蒂 B (Cardi B) 昨晚登台。", "卡蒂 B"),
        ("作家J. K. 羅琳（J. K. Rowling）出席。", "J. K. 羅琳"),
        ("他曾在公民責任與道德 (Citizens for Responsibility and Ethics) 任職。", "公民責任與道德"),
        ("會員包括海岸保育信託　（Coast Conservation Trust）。", "海岸保育信託"),
        ("委員會位於埃爾芬斯通 (Elphinstone) 近郊。", "埃爾芬斯通"),
        ("此案由德國港口與航運理事會 (German Council of Ports and Shipping) 提出。", "德國港口與航運理事會"),
        ("她主演《北方的風：第二季 (Northern Wind: Season Two)》後走紅。", "北方的風：第二季"),
        ("晚會由施洛德研究員（Patrick Schröder）主持。", "施洛德"),
        ("急救由無國界律師 (Lawyers Without Borders) 與當地人負責。", "無國界律師"),
        ("他迷上社交平臺——海貝 (Seashell)。", "海貝"),
        ("片中有克里斯多福諾蘭（Christopher Nolan）。", "克里斯多福諾蘭"),
        ("首相說，梅首相 (Theresa May) 會出席。", "梅首相"),
    ],
)
def test_left_edges(glosses, text, name):
    assert [g.text for g in glosses(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "反應爐的容量是4.5百萬瓩 (GW)，明年完工。",
        "他說這是必須的 (Il faut bien le faire)。",
        "在周六 (29 日) 上午。",
        "他們偏好重資產 (heavy assets) 的公司。",
    ],
)
def test_no_gloss(glosses, text):
    assert glosses(text) == []


def test_a_title_has_its_subtitle(glosses):
    (gloss,) = glosses("新書《機器的夢：未來與我們 (Dreams of Machines: Our Future)》上市。")
    assert (gloss.latin, gloss.type) == ("Dreams of Machines: Our Future", "WORK_OF_ART")


def test_a_name_that_stands_again_after_something_else_begins_there(glosses):
    once = "她大勝格蘭登 (Grandin)。"
    (alone,), (again,) = glosses(once), glosses(f"{once}格蘭登沒有回應，她又與格蘭登交手。")
    assert again.text == "格蘭登"
    assert again.confidence > alone.confidence


def test_what_is_certain_and_what_is_not(glosses):
    (quoted,) = glosses("政府推出「金庫計畫」（Project Vault）。")
    (allies,) = glosses("沙國及俄羅斯等盟友 (OPEC+) 開會。")
    assert quoted.confidence >= SURE
    assert allies.confidence < TAKEN


def test_a_doubtful_gloss_names_nothing():
    doc = annotate(build(), Article("沙國及俄羅斯等盟友 (OPEC+) 開會，盟友同意。"))
    assert all(m.text != "盟友" for e in doc._.entities for m in e.mentions)
