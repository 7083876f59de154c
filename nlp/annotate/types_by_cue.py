"""What kind of thing a name is, by the words it is made of.

Used where no glossary and no recogniser has said. The cues are the closing characters that Chinese gives such names,
and the words of the Latin name.
"""

from __future__ import annotations

import re

from nlp.types import EntityType

_SUFFIXES: tuple[tuple[EntityType, tuple[str, ...]], ...] = (
    ("LAW", ("法", "法案", "條例", "公約", "憲章", "條約", "議定書", "修正案", "草案")),
    ("EVENT", ("計畫", "計劃", "倡議", "論壇", "峰會", "大會", "行動", "奧運", "盃", "賽", "戰爭", "會談", "專案", "方案", "登陸", "戰役")),
    ("ORG", (
        "公司", "集團", "銀行", "大學", "學院", "研究所", "研究院", "智庫", "協會", "學會", "基金會", "基金", "委員會", "組織", "聯盟",
        "部", "局", "署", "院", "廳", "處", "黨", "社", "報", "日報", "時報", "周刊", "週刊", "雜誌", "電視台", "電台", "通訊社", "央行", "法院",
        "警察", "軍", "隊", "工會", "商會", "交易所", "證券", "控股", "科技", "電子", "半導體", "航空", "汽車", "製藥", "中心", "理事會",
        "議會", "網路", "俱樂部", "實驗室", "聯合會", "公會", "馬會", "同盟", "陣線", "軍團", "部隊", "工業", "能源", "保險", "資本", "顧問", "平台",
    )),
    ("GPE", ("國", "市", "縣", "州", "省", "共和國", "鎮", "郡", "鄉")),
    ("LOC", ("島", "山", "河", "海", "灣", "海峽", "半島", "洲", "湖", "港", "運河", "沙漠", "群島", "區",
        "山脈", "大陸", "地峽", "海域", "海溝", "高原", "平原", "盆地", "森林", "瀑布", "峽谷", "冰川", "江", "溪")),
    ("FAC", ("機場", "大樓", "大橋", "球場", "體育館", "車站", "博物館", "醫院", "電廠", "核電廠", "水庫",
        "塔", "公園", "鐵路", "公路", "大廈", "廣場", "教堂", "寺", "宮", "城堡", "監獄", "劇院", "紀念館", "美術館", "動物園", "碼頭", "高鐵站",
        "飯店", "酒店", "大道", "路", "街", "廟", "寺院", "清真寺", "墓園", "隧道", "航廈", "農場", "牧場", "植物園", "遊樂園", "水族館", "體育場", "巨蛋", "園區")),
)  # fmt: skip
_KINDS: dict[str, EntityType] = {suffix: kind for kind, group in reversed(_SUFFIXES) for suffix in group}
_KINDS_OF_PLACES = {"GPE": re.compile("[市城]"), "LOC": re.compile("島|山脈?|[河江湖海]")}
_LENGTHS = sorted({len(suffix) for suffix in _KINDS}, reverse=True)
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
_PRODUCT = re.compile(
    r"^(?:iPhone|iPad|iMac|iOS|MacBook|AirPods|Apple Watch|Vision Pro|Galaxy|Pixel|Android|Windows|PlayStation|Xbox|Switch|"
    r"Model [SXY3]|Cybertruck|ChatGPT|GPT|Gemini|Claude|Copilot|DeepSeek[- ][RV]\d|Kindle|Surface|ThinkPad|GeForce|Ryzen|"
    r"Ozempic|Wegovy|Zepbound|Mounjaro)\b|^[A-Z][A-Za-z]?-\d{1,3}[A-Z]?$"
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


def is_product(latin: str) -> bool:
    """Whether a Latin name is that of a product: Model Y, Galaxy S26, F-35, GPT-5."""
    return _PRODUCT.search(latin) is not None


def end_of_place(text: str, end: int, kind: EntityType | None) -> int | None:
    """Where the name of a place that ends at ``end`` (code points) ends with the kind of place behind it, or None.

    It stays the same place: 倫敦市, 阿爾卑斯山脈. 密西西比河 is none of 密西西比, which is a state.
    """
    kinds = _KINDS_OF_PLACES.get(kind or "")
    m = kinds.match(text, end) if kinds else None
    return m.end() if m else None


def suffix_type(han: str) -> EntityType | None:
    """The type that the closing characters of a Chinese name tell, or None. The cue alone is no name."""
    for length in _LENGTHS:
        kind = _KINDS.get(han[-length:])
        if kind is not None and len(han) > length + (length == 1):
            return kind
    return None
