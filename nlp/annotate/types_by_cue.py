"""What kind of thing a name is, by the words it is made of.

Used where no glossary and no recogniser has said. The cues are the closing characters that Chinese gives such names,
and the words of the Latin name.
"""

from __future__ import annotations

import re

from nlp.types import EntityType

_SUFFIXES: tuple[tuple[EntityType, tuple[str, ...]], ...] = (
    ("LAW", ("法", "法案", "條例", "公約", "憲章", "條約", "議定書", "修正案", "草案")),
    ("EVENT", ("計畫", "計劃", "倡議", "論壇", "峰會", "大會", "行動", "奧運", "盃", "賽", "戰爭", "會談", "專案")),
    ("ORG", (
        "公司", "集團", "銀行", "大學", "學院", "研究所", "研究院", "智庫", "協會", "學會", "基金會", "基金", "委員會", "組織", "聯盟",
        "部", "局", "署", "院", "廳", "處", "黨", "社", "報", "日報", "時報", "周刊", "週刊", "雜誌", "電視台", "通訊社", "央行", "法院",
        "警察", "軍", "隊", "工會", "商會", "交易所", "證券", "控股", "科技", "電子", "半導體", "航空", "汽車", "製藥", "中心", "理事會",
        "議會", "俱樂部", "實驗室", "聯合會", "工業", "能源", "保險", "資本", "顧問", "平台",
    )),
    ("GPE", ("國", "市", "縣", "州", "省", "共和國", "鎮", "郡")),
    ("LOC", ("島", "山", "河", "海", "灣", "海峽", "半島", "洲", "湖", "港", "運河", "沙漠", "群島", "區")),
    ("FAC", ("機場", "大樓", "大橋", "球場", "體育館", "車站", "博物館", "醫院", "電廠", "核電廠", "水庫")),
)  # fmt: skip
_BY_LENGTH: tuple[tuple[str, EntityType], ...] = tuple(
    sorted(((s, kind) for kind, group in _SUFFIXES for s in group), key=lambda p: -len(p[0]))
)
_ORG_WORDS = re.compile(
    r"\b(Inc|Corp|Corporation|Co|Ltd|LLC|Group|Holdings?|Bank|University|College|Institute|House|Council|Committee|"
    r"Commission|Agency|Association|Ministry|Department|Bureau|Office|Organi[sz]ation|Union|Party|Times|Post|Journal|News|"
    r"Fund|Foundation|Center|Centre|Capital|Partners|Securities|Airlines?|Motors?|Electronics|Technolog(?:y|ies)|Systems|"
    r"Research|Intelligence|Unit|Labs?|Energy|Pharma|Society|Federation|League|Parliament|Court|Reserve|Authority|"
    r"Company|Media|Network|Press|Administration|Service|Services|Exchange|International|Global|Industries)\b"
)
_LAW_WORDS = re.compile(r"\b(Act|Law|Treaty|Convention|Protocol|Charter|Constitution|Accord|Agreement)\b")
_EVENT_WORDS = re.compile(
    r"\b(Project|Initiative|Forum|Summit|Program(?:me)?|Plan|Operation|Games|Cup|Championship|Strategy)\b"
)
_PERSON = re.compile(
    r"[A-ZÀ-Þ][\w.'’\-]*(?: (?:von|van|der|den|de|da|di|del|la|le|bin|al|el|ter|dos|[A-ZÀ-Þ][\w.'’\-]*)){1,4}$"
)


def type_by_cue(han: str, latin: str | None = None, after: str = "") -> EntityType:
    """The most likely type of a name given its Chinese and Latin forms; ORG where nothing tells.

    ``after`` is the text that follows: 「矽和平」（Pax Silica）倡議 is an initiative.
    """
    if latin:
        for words, kind in ((_LAW_WORDS, "LAW"), (_EVENT_WORDS, "EVENT"), (_ORG_WORDS, "ORG")):
            if words.search(latin):
                return kind  # type: ignore[return-value]
    cued = suffix_type(han) or suffix_type(f"甲乙{after}")
    if cued is not None:
        return cued
    if latin and _PERSON.match(latin) and len(han) >= 2 and not latin.isupper():
        return "PERSON"
    return "ORG"


def suffix_type(han: str) -> EntityType | None:
    """The type that the closing characters of a Chinese name tell, or None. The cue alone is no name."""
    for suffix, kind in _BY_LENGTH:
        if han.endswith(suffix) and len(han) > len(suffix) + (len(suffix) == 1):
            return kind
    return None
