"""English for persons whom no source names: Taiwanese in Wade–Giles, mainland Chinese in Pinyin, others not at all.

A Chinese name is read differently on each side of the strait, in Hong Kong, Singapore and Korea, so it is romanised only
where what stands around it tells where its bearer belongs; a transliterated foreign name never is. The cues are offices,
parties and places that belong to one side alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from nlp.annotate.sentences import sentence_spans
from nlp.names.romanise import THRESHOLD, likelihood, mainland, taiwanese
from nlp.types import Entity

Side = Literal["tw", "cn", "other"]
SHORT_THRESHOLD = THRESHOLD + 4
"""Two characters say less than three: 喬丹, 柯瑞 and 戴利 look as Chinese as 唐鳳."""
_CUES: dict[Side, str] = {
    "tw": """
        台灣 臺灣 台北 臺北 新北 桃園 新竹 苗栗 台中 臺中 彰化 南投 雲林 嘉義 台南 臺南 高雄 屏東 宜蘭 花蓮 台東 臺東 基隆 澎湖 金門 馬祖
        立委 立法院 立院 行政院 政院 監察院 司法院 考試院 總統府 大法官 憲法法庭 國民黨 民進黨 民眾黨 時代力量 台灣基進 藍營 綠營 里長
        衛福部 陸委會 海基會 內政部 經濟部長 財政部長 國防部長 中選會 國發會 金管會 調查局 地檢署 台大 臺大 政大 成大 清大 中研院 國軍 台電 中油
        台積電 鴻海 聯發科 中華民國 中央社 健保
        """,
    "cn": """
        中國大陸 大陸 中共 北京 上海 天津 重慶 廣東 廣州 深圳 浙江 杭州 江蘇 南京 四川 成都 湖北 武漢 山東 福建 廈門 河南 河北 山西 陝西 西安 遼寧
        吉林 黑龍江 安徽 江西 湖南 雲南 貴州 海南 甘肅 青海 新疆 西藏 內蒙古 廣西 國務院 人大常委 全國人大 政協 解放軍 央視 新華社 人民日報
        國台辦 中國外交部 中國商務部 中國國防部 省委 市委 中紀委 政治局 人行 清華大學 北大 中國社科院
        """,
    "other": """
        香港 港府 特首 澳門 港星 新加坡 星國 馬來西亞 大馬 南韓 韓國 北韓 首爾 韓星 韓方 日本 東京 大阪 日方 日籍 越南 河內 泰國 緬甸 美籍 華裔 僑領
        """,
}
_SIDES = {word: side for side, words in _CUES.items() for word in words.split()}
_CUE = re.compile("|".join(sorted(_SIDES, key=len, reverse=True)))


def romanise(entities: Sequence[Entity], text: str) -> list[Entity]:
    """``entities`` with a romanised name for each Chinese person who has none and whose side is told."""
    fulls = [max((m.text for m in e.mentions), key=len) for e in entities]
    asked = [
        e.type == "PERSON" and e.name is None and _is_chinese(full) for e, full in zip(entities, fulls, strict=True)
    ]
    if not any(asked):
        return list(entities)
    sentences = [text[s.start : s.end] for s in sentence_spans(text)]
    whole = _count(text)
    out = []
    for e, full, chinese in zip(entities, fulls, asked, strict=True):
        if chinese:
            near = _count("\n".join(s for s in sentences if full in s))
            side = _side(near) or _side(whole)
            if side == "tw":
                e = _named(e, taiwanese(full), "Wade-Giles")
            elif side == "cn":
                e = _named(e, mainland(full), "Hanyu Pinyin")
        out.append(e)
    return _without_twins(out)


def _is_chinese(name: str) -> bool:
    return likelihood(name) > (THRESHOLD if len(name) > 2 else SHORT_THRESHOLD)


def _count(text: str) -> Counter[Side]:
    return Counter(_SIDES[m.group()] for m in _CUE.finditer(text))


def _side(cues: Counter[Side]) -> Side | None:
    """The side that more than two in three of the cues tell."""
    for side, n in cues.most_common(1):
        if 3 * n > 2 * cues.total():
            return side
    return None


def _named(entity: Entity, name: str, system: str) -> Entity:
    return replace(entity, name=name, short=name.split()[0], origin="romanised", source=system)


def _without_twins(entities: Sequence[Entity]) -> list[Entity]:
    """Two persons who would get the same name keep none: 志明 and 志銘 are not one man."""
    names = Counter(e.name for e in entities if e.origin == "romanised")
    twins = {name for name, n in names.items() if n > 1}
    return [
        replace(e, name=None, short=None, origin="unresolved", source=None)
        if e.origin == "romanised" and e.name in twins
        else e
        for e in entities
    ]
